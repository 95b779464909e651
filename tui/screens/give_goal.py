"""Wins without a goal, to be given one."""

from collections.abc import Sequence
from typing import ClassVar, Final

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Label, SelectionList
from textual.widgets.selection_list import Selection

from data import words
from data.models import Goal, Win
from data.text import clean_line, steady
from tui.screens.choose import Choose

SHOWN: Final = 200
"""The most wins that are listed at once; the next ones come when these have a goal."""


class GiveGoal(ModalScreen[tuple[tuple[str, ...], str] | None]):
    """Returns the ids of the chosen wins and that of the goal, or None when the person leaves."""

    DEFAULT_CSS = """
    GiveGoal SelectionList { height: auto; max-height: 20; border: none; background: $surface; padding: 0; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("g,ctrl+s", "choose", "goal", key_display="g", id="give.goal", tooltip="Choose their goal"),
        Binding("escape", "leave", "leave", id="give.leave", tooltip="Leave them as they are"),
    ]

    def __init__(self, wins: Sequence[Win], goals: Sequence[Goal]) -> None:
        super().__init__()
        self._wins = wins[:SHOWN]
        self._all = len(wins)
        self._goals = goals

    def compose(self) -> ComposeResult:
        """Yield the wins."""
        with Vertical(classes="dialog"):
            newest = f": the {SHOWN:,} newest of {self._all:,}" if self._all > SHOWN else ""
            yield Label(f"Wins without a goal{newest}", classes="dialog--title")
            yield SelectionList[str](*(Selection(_row(win), win.id) for win in self._wins), compact=True)
            yield Label("space mark   g give the marked ones a goal   esc leave", classes="form--aside")

    def action_choose(self) -> None:
        """Ask for the goal of the marked wins, or of the one under the cursor."""
        goals = [(goal.id, goal.name) for goal in self._goals]
        self.app.push_screen(Choose("Which goal?", goals), self._give)

    def _give(self, goal: str | None) -> None:
        wins = self.query_one(SelectionList)
        marked = tuple(wins.selected)
        if not marked and wins.highlighted is not None:
            marked = (self._wins[wins.highlighted].id,)
        if goal is not None:
            self.dismiss((marked, goal))

    def action_leave(self) -> None:
        """Leave the wins as they are."""
        self.dismiss(None)


def _row(win: Win) -> Content:
    return Content(f"{words.day_month(win.happened_on)} {win.happened_on.year}  {steady(clean_line(win.title))}")

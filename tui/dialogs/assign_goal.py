"""Wins without a goal, to be given one."""

from collections.abc import Sequence
from typing import ClassVar, Final

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Button, Label, OptionList
from textual.widgets.option_list import Option

from data.base.formatting import day_month
from data.base.text import clean_line, fixed_width
from data.model.records import Goal, Win
from tui.dialogs.choose import Choose
from tui.dialogs.dialog import Dialog
from widgets.bars.hints import Hints

_MAX_LISTED: Final = 200
"""The most wins that are listed at once; the next ones come when these have a goal."""


class AssignGoal(Dialog[tuple[tuple[str, ...], str] | None]):
    """Returns the ids of the chosen wins and that of the goal, or None when the person leaves."""

    DEFAULT_CSS = """
    AssignGoal OptionList { height: auto; max-height: 50vh; border: none; background: $surface; padding: 0; }
    AssignGoal OptionList:focus { background-tint: transparent; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "mark", "mark", id="give.mark", tooltip="Mark this win, or take its mark off"),
        Binding("g,ctrl+s", "choose", "goal", key_display="g", id="give.goal", tooltip="Choose their goal"),
        Binding("escape", "leave", "leave", id="give.leave", tooltip="Leave them as they are"),
    ]

    def __init__(self, wins: Sequence[Win], goals: Sequence[Goal]) -> None:
        super().__init__()
        self._wins = wins[:_MAX_LISTED]
        self._all = len(wins)
        self._goals = goals
        self._marked: set[int] = set()

    def compose(self) -> ComposeResult:
        """Yield the wins, and what to do with those that are marked."""
        with Vertical(classes="dialog"):
            newest = f": the {_MAX_LISTED:,} newest of {self._all:,}" if self._all > _MAX_LISTED else ""
            yield Label(f"Wins without a goal{newest}", classes="dialog--title")
            yield OptionList(*(Option(_row(win, marked=False)) for win in self._wins), compact=True)
            yield Hints(
                ("space", "space or a click marks"), ("g", "g give the marked ones a goal"), ("escape", "esc leave")
            )
            with Horizontal(classes="dialog--buttons"):
                yield Button("Give them a goal (g)", compact=True)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Mark what was clicked, or entered."""
        self._mark(event.option_index)

    def action_mark(self) -> None:
        """Mark the win under the cursor, or take its mark off."""
        under = self.query_one(OptionList).highlighted
        if under is not None:
            self._mark(under)

    def _mark(self, place: int) -> None:
        self._marked ^= {place}
        row = _row(self._wins[place], marked=place in self._marked)
        self.query_one(OptionList).replace_option_prompt_at_index(place, row)

    def on_button_pressed(self) -> None:
        """Ask for the goal by mouse."""
        self.action_choose()

    def action_choose(self) -> None:
        """Ask for the goal of the marked wins, or of the one under the cursor."""
        goals = [(goal.id, goal.name) for goal in self._goals]
        self.app.push_screen(Choose("Which goal?", goals), self._give)

    def _give(self, goal: str | None) -> None:
        under = self.query_one(OptionList).highlighted
        places = sorted(self._marked) or ([under] if under is not None else [])
        if goal is not None:
            self.dismiss((tuple(self._wins[place].id for place in places), goal))

    def action_leave(self) -> None:
        """Leave the wins as they are."""
        self.dismiss(None)


def _row(win: Win, *, marked: bool) -> Content:
    day = f"{day_month(win.happened_on)} {win.happened_on.year}"
    return Content(f"{'✓' if marked else ' '} {day:>11}  {fixed_width(clean_line(win.title))}")

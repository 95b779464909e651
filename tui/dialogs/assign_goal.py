"""Choosing a goal for wins that have none."""

from collections.abc import Sequence
from typing import ClassVar, Final

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Label, OptionList

from data.base.formatting import day_month
from data.base.text import clean_line, fixed_width
from data.model.records import Goal, Win
from tui.dialogs.choose import Choose
from tui.dialogs.dialog import ChoiceList, Dialog, DialogButtons

_MAX_LISTED: Final = 200
"""Most wins listed at once; the next ones come when these have a goal."""


class AssignGoal(Dialog[tuple[tuple[str, ...], str] | None]):
    """Returns the ids of the chosen wins and that of the goal, or None."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "mark", "mark", id="give.mark", tooltip="Mark or unmark this win"),
        Binding("g,ctrl+s", "choose", "goal", key_display="g", id="give.goal", tooltip="Choose their goal"),
        Binding("escape", "leave", "cancel", id="give.leave", tooltip="Cancel"),
    ]

    def __init__(self, wins: Sequence[Win], goals: Sequence[Goal]) -> None:
        super().__init__()
        self._wins = wins[:_MAX_LISTED]
        self._all = len(wins)
        self._goals = goals
        self._marked: set[int] = set()

    def compose(self) -> ComposeResult:
        """Yield the wins, and what can be done with the marked ones."""
        with Vertical(classes="dialog"):
            newest = f": the {_MAX_LISTED:,} newest of {self._all:,}" if self._all > _MAX_LISTED else ""
            yield Label(f"Wins without a goal{newest}", classes="dialog--title")
            yield ChoiceList()
            yield DialogButtons(("Choose goal (g)", "choose"), ("Mark (space)", "mark"), ("Cancel (esc)", "leave"))

    def on_mount(self) -> None:
        """List the wins."""
        choices = self.query_one(ChoiceList)
        choices.add_options(_row(win, marked=False) for win in self._wins)
        choices.highlighted = 0 if self._wins else None
        choices.focus()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Mark or unmark what was clicked."""
        self._mark(event.option_index)

    def action_mark(self) -> None:
        """Mark or unmark the highlighted win."""
        under = self.query_one(ChoiceList).highlighted
        if under is not None:
            self._mark(under)

    def _mark(self, place: int) -> None:
        self._marked ^= {place}
        row = _row(self._wins[place], marked=place in self._marked)
        self.query_one(ChoiceList).replace_option_prompt_at_index(place, row)

    def action_choose(self) -> None:
        """Ask for the goal of the marked wins, or of the highlighted one."""
        goals = [(goal.id, goal.name) for goal in self._goals]
        self.app.push_screen(Choose("Which goal?", goals), self._give)

    def _give(self, goal: str | None) -> None:
        under = self.query_one(ChoiceList).highlighted
        places = sorted(self._marked) or ([under] if under is not None else [])
        if goal is not None:
            self.dismiss((tuple(self._wins[place].id for place in places), goal))

    def action_leave(self) -> None:
        """Cancel."""
        self.dismiss(None)


def _row(win: Win, *, marked: bool) -> Content:
    day = f"{day_month(win.happened_on)} {win.happened_on.year}"
    return Content(f"{'✓' if marked else ' '} {day:>11}  {fixed_width(clean_line(win.title))}")

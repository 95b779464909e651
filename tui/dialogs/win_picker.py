"""A search over wins, to choose one."""

from typing import ClassVar, Final

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Label, OptionList
from textual.widgets.option_list import Option

from data.base import text
from data.base.formatting import month_year
from data.model.journal import Journal
from data.model.records import VERDICT_MARKS, Win
from data.search.filters import newest_first
from tui.dialogs.dialog import Dialog
from widgets.bars.hints import Hints
from widgets.base.text_input import TextInput

_MAX_LISTED: Final = 50
"""The most wins that are listed; a search narrows them."""
NO_WIN: Final = ""
"""What is returned for "no win"."""


def rank_wins(journal: Journal, search: str, without: str = "") -> list[Win]:
    """Return the live wins that are like the search, the likest first; all of them, newest first, without a search.

    Args:
        journal: Where to look.
        search: A few words, in any case, with or without accents, with slips of the finger.
        without: The id of a win to leave out.
    """
    wins = newest_first([win for win in journal.live() if win.id != without])
    wanted = text.fold(text.clean_line(search))
    if not wanted:
        return wins[:_MAX_LISTED]
    from rapidfuzz import fuzz, process  # noqa: PLC0415 - 50 ms that only a search should cost

    titles = [text.fold(win.title) for win in wins]
    found = process.extract(wanted, titles, scorer=fuzz.WRatio, limit=_MAX_LISTED, score_cutoff=55)
    return [wins[index] for _, _, index in found]


class WinPicker(Dialog[str | None]):
    """Returns the id of the chosen win, "" for none of them, or None when the person leaves it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "leave", id="picker.leave", tooltip="Leave it as it is"),
        Binding("down,up", "to_list", show=False, id="picker.list", tooltip="Into the list"),
    ]

    def __init__(self, journal: Journal, *, without: str = "", title: str = "Which win?") -> None:
        super().__init__()
        self._journal = journal
        self._without = without
        self._title = title

    def compose(self) -> ComposeResult:
        """Yield the search and what it finds."""
        with Vertical(classes="dialog picker"):
            yield Label(Content(self._title), classes="dialog--title")
            yield TextInput(placeholder="Type a few letters", compact=True)
            yield OptionList(compact=True, markup=False)
            yield Hints(("enter", "enter choose"), ("down", "↓ list"), ("escape", "esc leave"))

    def on_mount(self) -> None:
        """List the newest wins."""
        self._list("")

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        self._list(event.value)

    def _list(self, search: str) -> None:
        options = [Option(Content("none"), id="none")] if not search else []
        options += [Option(self._row(win), id=win.id) for win in rank_wins(self._journal, search, self._without)]
        found = self.query_one(OptionList)
        found.set_options(options)
        found.highlighted = min(len(options) - 1, 1 if not search else 0) if options else None

    def _row(self, win: Win) -> Content:
        day = f"{win.happened_on.day:>2} {month_year(win.happened_on)}"
        return Content(f"{VERDICT_MARKS[win.verdict]} {day}  {text.clean_line(win.title)}")

    def action_to_list(self) -> None:
        """Go on in the list."""
        self.query_one(OptionList).focus()

    @on(Input.Submitted)
    def _submitted(self) -> None:
        found = self.query_one(OptionList)
        if found.highlighted is not None:
            found.action_select()

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(NO_WIN if event.option_id == "none" else event.option_id)

    def action_leave(self) -> None:
        """Leave the choice as it was."""
        self.dismiss(None)

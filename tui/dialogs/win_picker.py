"""A search over wins, to choose one."""

from collections.abc import Sequence
from typing import Final

from textual.content import Content

from data.base import text
from data.base.formatting import month_year
from data.base.text import fixed_width
from data.model.journal import Journal
from data.model.records import VERDICT_MARKS, Win
from data.search.filters import newest_first
from tui.dialogs.chooser import Chooser

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


class WinPicker(Chooser):
    """Returns the id of the chosen win, `NO_WIN` for none of them, or None."""

    def __init__(self, journal: Journal, *, without: str = "", title: str = "Which win?") -> None:
        super().__init__(title)
        self._journal = journal
        self._without = without

    def find(self, typed: str) -> Sequence[tuple[str, Content]]:
        """Return the wins that are like what was typed; without it the newest, below the choice of none."""
        none = [] if typed else [(NO_WIN, Content("No win"))]
        return [*none, *((win.id, _row(win)) for win in rank_wins(self._journal, typed, self._without))]

    def start(self) -> int:
        """Return the line of the newest win, if there is one."""
        return min(1, len(self.find("")) - 1)


def _row(win: Win) -> Content:
    day = f"{win.happened_on.day:>2} {month_year(win.happened_on)}"
    return Content(f"{VERDICT_MARKS[win.verdict]} {day}  {fixed_width(text.clean_line(win.title))}")

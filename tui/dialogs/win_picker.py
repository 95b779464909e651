"""A search over wins, to choose one."""

from collections.abc import Iterable, Sequence
from typing import Final

from textual.content import Content

from data.base import text
from data.base.formatting import month_year
from data.base.text import fixed_width
from data.model.records import VERDICT_MARKS, Win
from data.search.filters import newest_first
from tui.dialogs.chooser import Chooser

_MAX_LISTED: Final = 50
"""The most wins that are listed; a search narrows them."""
NO_WIN: Final = ""
"""What is returned for "no win"."""


def rank_wins(newest: Sequence[Win], search: str) -> Sequence[Win]:
    """Return the wins that are like the search, the likest first; the newest without a search.

    Args:
        newest: Where to look, the newest first.
        search: A few words, in any case, with or without accents, with slips of the finger.
    """
    wanted = text.fold(text.clean_line(search))
    if not wanted:
        return newest[:_MAX_LISTED]
    from rapidfuzz import fuzz, process  # noqa: PLC0415 - 50 ms that only a search should cost

    titles = [text.fold(win.title) for win in newest]
    found = process.extract(wanted, titles, scorer=fuzz.WRatio, limit=_MAX_LISTED, score_cutoff=55)
    return [newest[index] for _, _, index in found]


class WinPicker(Chooser):
    """Returns the id of the chosen win, `NO_WIN` for none of them, or None.

    Args:
        wins: Those there are to choose from.
        title: What is asked.
        none: Whether "No win" may be chosen.
    """

    def __init__(self, wins: Iterable[Win], *, title: str = "Which win?", none: bool = True) -> None:
        super().__init__(title)
        self._none = none
        self._wins = newest_first(wins)

    def find(self, typed: str) -> Sequence[tuple[str, Content]]:
        """Return the wins that are like what was typed; without it the newest, below the choice of none."""
        none = [] if typed or not self._none else [(NO_WIN, Content("No win"))]
        return [*none, *((win.id, _row(win)) for win in rank_wins(self._wins, typed))]

    def start(self) -> int:
        """Return the line of the newest win, if there is one."""
        return 1 if self._none and self._wins else 0


def _row(win: Win) -> Content:
    day = f"{win.happened_on.day:>2} {month_year(win.happened_on)}"
    return Content(f"{VERDICT_MARKS[win.verdict]} {day}  {fixed_width(text.clean_line(win.title))}")

"""One settled win that deserves a second look, before the review asks anything.

Never one that is, or will be, due for a blind look-back: to show it would tell what is still to be asked.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from msgspec import Struct

from data.base.formatting import number_word, plural
from data.base.text import clean_line
from data.model.journal import Journal
from data.model.records import Verdict, Win
from data.review import lookbacks

_UNSEEN: Final = timedelta(weeks=8)
"""An ordinary real win comes back once nothing about it has changed for so long."""


class ThingBack(Struct, frozen=True):
    """A win to look at again.

    Attributes:
        win: The win.
        why: Why it came back, cleaned; it may hold the titles of other wins, so draw it as text.
    """

    win: Win
    why: str


def find_thing_back(journal: Journal, week: date, today: date, lookback_weeks: Sequence[int]) -> ThingBack | None:
    """Return the win that comes back in the review of a week, another one each week, or None.

    First one that was called candy once and has opened a door since; else a real one not seen for eight weeks; else one
    of this week in another year.
    """
    waits = [timedelta(weeks=count) for count in sorted(lookback_weeks)]
    settled = [win for win in journal.live() if win.verdict is not None and _is_settled(win, waits)]
    for find in (_once_candy, _unseen_real, _this_week_before):
        found = sorted(find(journal, settled, today), key=lambda one: (one.win.happened_on, one.win.id))
        if found:
            return found[week.toordinal() // 7 % len(found)]
    return None


def _is_settled(win: Win, waits: Sequence[timedelta]) -> bool:
    return lookbacks.next_due(win, waits) is None


def _once_candy(journal: Journal, wins: Sequence[Win], _today: date) -> list[ThingBack]:
    return [
        ThingBack(win, f"You once called it candy. Since then it opened: {_titles(journal, win)}.")
        for win in wins
        if journal.opens.get(win.id) and any(one.verdict is Verdict.CANDY for one in win.decided)
    ]


def _titles(journal: Journal, win: Win) -> str:
    return ", ".join(clean_line(journal.wins[key].title) for key in journal.opens.get(win.id, ()))


def _unseen_real(_journal: Journal, wins: Sequence[Win], today: date) -> list[ThingBack]:
    return [
        ThingBack(win, f"A real one, {plural((today - win.happened_on).days // 7, 'week')} ago.")
        for win in wins
        if win.verdict is Verdict.REAL and today - win.updated_at.date() >= _UNSEEN
    ]


def _this_week_before(_journal: Journal, wins: Sequence[Win], today: date) -> list[ThingBack]:
    year, number, _ = today.isocalendar()
    return [
        ThingBack(win, f"This week, {number_word(year - then)} {'year' if year - then == 1 else 'years'} ago.")
        for win in wins
        for then, week, _ in [win.happened_on.isocalendar()]
        if week == number and then < year
    ]

"""One settled win that deserves a second look, before the review asks anything.

Never one that is, or will be, due for a blind look-back: to show it would tell what is still to be asked.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import chain
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
    for find, say in ((_once_candy, _say_doors), (_unseen_real, _say_weeks), (_this_week_before, _say_years)):
        found = find(journal, today)
        start = week.toordinal() // 7 % len(found) if found else 0
        # Whether one is settled costs more than whether it fits, so it is asked of as few as it takes.
        back = next((win for win in chain(found[start:], found[:start]) if _is_settled(win, waits)), None)
        if back is not None:
            return ThingBack(back, say(journal, back, today))
    return None


def _is_settled(win: Win, waits: Sequence[timedelta]) -> bool:
    return win.verdict is not None and win.deleted_at is None and lookbacks.next_due(win, waits) is None


def _once_candy(journal: Journal, _today: date) -> list[Win]:
    opened = (journal.wins.get(key) for key in journal.opens)
    return [win for win in opened if win is not None and any(one.verdict is Verdict.CANDY for one in win.decided)]


def _say_doors(journal: Journal, win: Win, _today: date) -> str:
    titles = ", ".join(clean_line(journal.wins[key].title) for key in journal.opens.get(win.id, ()))
    return f"You once called it candy. Since then it opened: {titles}."


def _unseen_real(journal: Journal, today: date) -> list[Win]:
    since = today - _UNSEEN
    return [win for win in journal.live() if win.verdict is Verdict.REAL and win.updated_at.date() <= since]


def _say_weeks(_journal: Journal, win: Win, today: date) -> str:
    return f"A real one, {plural((today - win.happened_on).days // 7, 'week')} ago."


def _this_week_before(journal: Journal, today: date) -> list[Win]:
    year, number, _ = today.isocalendar()
    return [
        win
        for win in journal.live()
        if win.happened_on.year <= year - 1 and win.happened_on.isocalendar()[:2] < (year, 0)
        if win.happened_on.isocalendar()[1] == number
    ]


def _say_years(_journal: Journal, win: Win, today: date) -> str:
    years = today.isocalendar()[0] - win.happened_on.isocalendar()[0]
    return f"This week, {number_word(years)} {'year' if years == 1 else 'years'} ago."

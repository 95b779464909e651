"""Look-backs: asking again, blind, weeks after a verdict, whether a win was real.

Knowing how a thing turned out, people misremember what they had thought of it (outcome bias: Baron & Hershey 1988,
https://doi.org/10.1037/0022-3514.54.4.569), so nothing here that a question needs tells the old verdict;
`verdict_before` alone does, for afterwards.

A verdict carries a moment in UTC and a look-back a local date; the two may differ by a day, which is why a decision
within a day of a look-back that decided the same counts as made by it.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from heapq import nlargest
from typing import Final

from msgspec import structs

from data.base.weeks import shift_day
from data.model.edits import get_win
from data.model.journal import Edit, Journal
from data.model.records import Changes, Decision, Lookback, Verdict, Win
from data.model.verdict_scale import Judgement, describe_verdict

LOOKBACK_WEEKS: Final = (4, 12)
"""Weeks after a verdict when a look-back comes due, unless the person sets others."""
ASK_AGAIN_AFTER: Final = timedelta(weeks=4)
"""After "can't tell yet" it is asked again this much later."""
MAX_LOOKBACKS: Final = 5
"""The most look-backs in one review."""
_DAY: Final = timedelta(days=1)


def own_decisions(win: Win) -> list[Decision]:
    """Return the decisions of a win that no look-back made, oldest first."""
    return [decision for decision in win.decided if not _by_lookback(win.lookbacks, decision)]


def _by_lookback(lookbacks: Iterable[Lookback], decision: Decision) -> bool:
    return decision.p is None and any(
        one.verdict is not None and one.verdict == decision.verdict and abs(one.on - decision.when.date()) <= _DAY
        for one in lookbacks
    )


def decided_on(win: Win) -> date | None:
    """Return the day of the verdict that look-backs are counted from, or None when the win is unsorted.

    It is the day of the person's last decision; of a win that came sorted, as from an import, the day it was added.
    """
    if win.verdict is None:
        return None
    own = own_decisions(win) if win.lookbacks else win.decided
    return own[-1].when.date() if own else win.created_at.date()


def next_due(win: Win, waits: Sequence[timedelta]) -> date | None:
    """Return the day on which the next look-back of a win is due, which may be long past, or None when none is to come.

    One answer settles every look-back due by then, so a person who was away for months is asked once.

    Args:
        win: The win.
        waits: The times after a verdict when a look-back comes due, the shortest first.
    """
    start = decided_on(win)
    if start is None or win.deleted_at is not None:
        return None
    if not win.lookbacks:
        return shift_day(start, waits[0]) if waits else None
    latest = max((one for one in win.lookbacks if one.on > start), key=lambda one: one.on, default=None)
    if latest is not None and latest.verdict is None:
        return shift_day(latest.on, ASK_AGAIN_AFTER)
    days = (shift_day(start, wait) for wait in waits)
    return next((day for day in days if latest is None or day > latest.on), None)


def due_lookbacks(
    journal: Journal, today: date, weeks: Sequence[int] = LOOKBACK_WEEKS, most: int | None = None
) -> list[Win]:
    """Return the wins whose look-back is due, longest waiting (in whole weeks) and most uncertain first.

    Args:
        journal: The journal.
        today: The local date.
        weeks: Weeks after a verdict when a look-back comes due.
        most: How many to return at most; None is all of them.
    """
    waits = [timedelta(weeks=count) for count in sorted(weeks)]
    days = ((next_due(win, waits), win) for win in journal.live())
    found = [((today - day).days // 7, day, win) for day, win in days if day is not None and day <= today]
    if most is not None and len(found) > most:  # of thousands, only those that wait longest need to be ranked
        least = nlargest(most, (waiting for waiting, _, _ in found))[-1]
        found = [one for one in found if one[0] >= least]
    ranked = sorted(found, key=lambda one: (-one[0], _certainty(one[2]), one[1], one[2].id))
    return [win for _, _, win in ranked[:most]]


def _certainty(win: Win) -> float:
    """Return how far from even the last forecast was, 0 to 0.5; 0 for a verdict without one."""
    own = own_decisions(win)
    p = own[-1].p if own else None
    return round(abs(p - 0.5), 9) if p is not None else 0.0  # unrounded, 0.95 is further from even than 0.05


def record_lookback(identity: str, answer: Judgement, on: date, now: datetime) -> Edit:
    """Keep the answer of a look-back; the win's verdict becomes the new one, unless that is "can't tell yet".

    A second answer of the same day replaces the first. A verdict that changes is kept in `decided` without a forecast,
    since it was made knowing how things went.

    Raises (from the edit):
        NotFoundError: The win is gone for good.
    """

    def edit(journal: Journal) -> Changes:
        win = _without(_with_history(get_win(journal, identity)), on)
        lookbacks = (*win.lookbacks, Lookback(on=on, verdict=answer.verdict, p=answer.p))
        turned = answer.verdict is not None and answer.verdict != win.verdict
        decided = (*win.decided, Decision(when=now, verdict=answer.verdict)) if turned else win.decided
        verdict = answer.verdict if turned else win.verdict
        return Changes(
            put=(structs.replace(win, lookbacks=lookbacks, decided=decided, verdict=verdict, updated_at=now),)
        )

    return edit


def _with_history(win: Win) -> Win:
    """Return a win that came sorted, as from an import, with the decision it came with, so that it is not lost."""
    if win.decided or win.verdict is None:
        return win
    return structs.replace(win, decided=(Decision(when=win.created_at, verdict=win.verdict),))


def _without(win: Win, on: date) -> Win:
    """Return the win as it was before that day's look-back, if there was one."""
    taken = [one for one in win.lookbacks if one.on == on]
    if not taken:
        return win
    kept = tuple(one for one in win.lookbacks if one.on != on)
    decided = tuple(one for one in win.decided if not _by_lookback(taken, one))
    return structs.replace(win, lookbacks=kept, decided=decided, verdict=decided[-1].verdict if decided else None)


def without_last(win: Win) -> Win:
    """Return the win as it was before the day of its last look-back."""
    return _without(win, win.lookbacks[-1].on)


def verdict_before(win: Win) -> tuple[Verdict | None, float | None]:
    """Return the verdict that stood before the last look-back and its forecast. Only ever show it afterwards."""
    earlier = [one for one in win.lookbacks[:-1] if one.verdict is not None]
    own = [one for one in own_decisions(win) if one.verdict is not None]
    if earlier and (not own or earlier[-1].on > own[-1].when.date() + _DAY):
        return earlier[-1].verdict, earlier[-1].p
    return (own[-1].verdict, own[-1].p) if own else (win.verdict, None)


def describe_reveal(win: Win) -> str:
    """Return what a person had said before the last look-back, for after it is answered."""
    latest = win.lookbacks[-1]
    if latest.verdict is None:
        return "Fair. I'll ask again in four weeks."
    verdict, p = verdict_before(win)
    held = "Your call held." if verdict == latest.verdict else "You've changed your mind."
    return f"You had said {describe_verdict(verdict, p)}. {held}"

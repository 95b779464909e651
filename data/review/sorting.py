"""Which wins a review asks about: few enough for one sitting, never imported history unless the person asks for it."""

from collections import Counter
from collections.abc import Container, Iterator, Sequence
from datetime import date
from heapq import nsmallest
from typing import Final

from msgspec import Struct

from data.base.weeks import WEEK
from data.model.journal import Journal
from data.model.records import IMPORT_ID, INBOX_ID, Review, Win, id_version
from data.review import lookbacks

_BATCH: Final = 3
"""This many wins added at one moment came from an import, though their ids are random, as our own CSV has them."""


class SortList(Struct, frozen=True):
    """The wins of the part Sort.

    Attributes:
        asked: Newest week first, those that were called in this review among them.
        called: The ids of these.
        rest: How many more wins are unsorted; the review asks about them only if the person wants to.
    """

    asked: tuple[Win, ...]
    called: frozenset[str]
    rest: int


def wins_to_sort(journal: Journal, week: date, most: int, review: Review | None = None) -> SortList:
    """Return the wins that the review of a week asks about.

    By itself it asks about wins of its week and those written down since the last review, at most `most` of them. With
    `review.older` it takes that many more of any age.

    Args:
        journal: The journal.
        week: The first day of the week.
        most: The most that it asks about by itself.
        review: The review of that week, once it has begun.
    """
    unsorted = [win for win in journal.live() if win.verdict is None and win.happened_on < week + WEEK]
    own, older = _parted(journal, unsorted, week)
    called = list(_called_in(journal, review))
    more = review.older if review else 0
    # Of thousands only the few that are asked need to be ranked.
    ready = nsmallest(most + more, own, key=_newest_week_first)
    ready += nsmallest(more - max(0, len(own) - most), older, key=_newest_week_first)
    is_done = review is not None and review.finished_at is not None  # opened again, it asks about what came since
    room = max(0, most + more - (0 if is_done else len(called)))
    asked = sorted([*called, *ready[:room]], key=_newest_week_first)
    taken = len(asked) - len(called)
    return SortList(tuple(asked), frozenset(win.id for win in called), len(unsorted) - taken)


def _newest_week_first(win: Win) -> tuple[int, date, object, str]:
    return -(win.happened_on.toordinal() // 7), win.happened_on, win.created_at, win.id


def _parted(journal: Journal, unsorted: Sequence[Win], week: date) -> tuple[list[Win], list[Win]]:
    """Return the wins that a review asks about by itself, and the others."""
    last = _review_before(journal, week)
    since, reviewed = (last.finished_at, last.week) if last is not None else (None, week)
    own = {win.id for win in unsorted if win.happened_on >= week}
    fresh = [win for win in unsorted if win.id not in own and (since is None or win.created_at > since)]
    batches = _batches(journal, fresh)
    own |= {win.id for win in fresh if win.happened_on >= reviewed or _is_by_hand(win, batches)}
    return [win for win in unsorted if win.id in own], [win for win in unsorted if win.id not in own]


def _review_before(journal: Journal, week: date) -> Review | None:
    """Return the last review that was finished, of those of earlier weeks."""
    before = (one for one in journal.reviews.values() if one.finished_at and one.week < week)
    return max(before, key=lambda one: one.week, default=None)


def _is_by_hand(win: Win, batches: Container[object]) -> bool:
    return not is_imported(win) and win.created_at not in batches


def is_imported(win: Win) -> bool:
    """Return whether a win came from another program's file, as its id tells."""
    return id_version(win.id) == IMPORT_ID


def _batches(journal: Journal, wins: Sequence[Win]) -> frozenset[object]:
    """Return the moments at which several of these wins were added at once: by an import, not by hand."""
    moments = {win.created_at for win in wins}
    if not moments:
        return frozenset()
    added = (win for win in journal.live() if win.created_at in moments and id_version(win.id) != INBOX_ID)
    counted = Counter(win.created_at for win in added)
    return frozenset(moment for moment, count in counted.items() if count >= _BATCH)


def _called_in(journal: Journal, review: Review | None) -> Iterator[Win]:
    """Yield the wins that were called in a review; a move on the board meanwhile has no forecast, and is no call."""
    if review is None:
        return
    for win in journal.live():
        if win.decided and win.decided[-1].when >= review.started_at and win.verdict is not None:
            own = lookbacks.own_decisions(win)
            if own and own[-1].when >= review.started_at and own[-1].p is not None:
                yield win

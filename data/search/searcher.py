"""What the board shows of a journal: filters and a search together, and what to ease when that leaves nothing."""

import time
from collections.abc import Callable
from threading import Lock
from typing import Final, Literal

from msgspec import Struct, structs

from data.model.journal import Journal
from data.model.records import Win
from data.search.filters import NO_FILTER, Filter, newest_first
from data.search.query import BATCH, NO_MATCH, IsCancelled, Query, best_first, score_wins, short_text

Criterion = Literal["period", "goal", "tag", "search"]
CRITERIA: Final[tuple[Criterion, ...]] = ("period", "goal", "tag", "search")
NO_QUERY: Final = Query(())
GIVE_WAY: Final = 0.001
"""Seconds that a search in a thread leaves to the screen after each batch."""
_SHOWN: Final = 1.0


class SearchRequest(Struct, frozen=True):
    """What the person wants to see.

    Attributes:
        filter: What a win must be; its own `search` is not used.
        query: What was typed.
    """

    filter: Filter = NO_FILTER
    query: Query = NO_QUERY

    def __bool__(self) -> bool:
        return bool(self.filter) or bool(self.query.words)

    def score(self, win: Win) -> float:
        """Say how well a win that is not in the trash fits: 0 not at all."""
        if win.deleted_at is not None or not self.filter.matches(win):
            return NO_MATCH
        return self.query.score(win) if self.query.words else _SHOWN

    def criteria(self) -> tuple[Criterion, ...]:
        """Return what is asked for at all."""
        return tuple(part for part in CRITERIA if self.without(part) != self)

    def without(self, criterion: Criterion) -> "SearchRequest":
        """Return the same without one part."""
        if criterion == "search":
            return structs.replace(self, query=NO_QUERY)
        return structs.replace(self, filter=_relax(self.filter, criterion))


def _relax(wanted: Filter, part: Criterion) -> Filter:
    if part == "period":
        return structs.replace(wanted, since=None, until=None)
    return structs.replace(wanted, goal=None) if part == "goal" else structs.replace(wanted, tag="")


class SearchResult(Struct, frozen=True):
    """What was found.

    Attributes:
        wins: In the order to show them: the best match first, else the newest.
        scores: How well each matches, by id; empty without a search.
        relaxed: How many there would be without each part, when there are none with all of them.
    """

    wins: list[Win]
    scores: dict[str, float]
    relaxed: tuple[tuple[Criterion, int], ...] = ()


class Searcher:
    """Runs one search after another in a thread, and drops those that nobody waits for any more.

    A letter more asks for another search while the one before may still run; only the newest matters. What was listed
    and folded for the last search serves the next one, as long as journal and filter are the same.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._requested: tuple[Journal, SearchRequest] | None = None
        self._busy = False
        self._listed: tuple[Journal, Filter, list[Win]] | None = None
        self._folded: tuple[list[Win], list[str]] | None = None

    def request(self, journal: Journal, request: SearchRequest) -> bool:
        """Ask for a search; return whether the caller should start `run` in a thread."""
        with self._lock:
            self._requested = (journal, request)
            start, self._busy = not self._busy, True
            return start

    def run(self, report: Callable[[Journal, SearchRequest, SearchResult], object]) -> None:
        """Search until nothing is requested any more, and report what was finished. Runs in a thread."""
        while (job := self._next()) is not None:
            found = self.search(*job, self._outdated)
            if found is not None:
                report(*job, found)

    def search(
        self, journal: Journal, request: SearchRequest, cancelled: IsCancelled = lambda: False
    ) -> SearchResult | None:
        """Return what of the journal is asked for, or None when it was cancelled."""
        wins, scores = self._find(journal, request, cancelled)
        if wins or cancelled():
            return None if cancelled() else SearchResult(wins, scores)
        relaxed = tuple(
            (part, len(self._find(journal, request.without(part), cancelled)[0])) for part in request.criteria()
        )
        return None if cancelled() else SearchResult(wins, scores, relaxed)

    def _next(self) -> tuple[Journal, SearchRequest] | None:
        with self._lock:
            job, self._requested = self._requested, None
            self._busy = job is not None
            return job

    def _outdated(self) -> bool:
        """Let the screen have its turn, then say whether something newer was asked for."""
        time.sleep(GIVE_WAY)
        return self._requested is not None

    def _find(
        self, journal: Journal, request: SearchRequest, cancelled: IsCancelled
    ) -> tuple[list[Win], dict[str, float]]:
        wins = self._list(journal, request.filter)
        if not request.query.words or cancelled():
            return wins, {}
        shorts = self._fold(wins, cancelled)
        scores = score_wins(request.query, wins, shorts, cancelled) if len(shorts) == len(wins) else {}
        return best_first(wins, scores), scores

    def _list(self, journal: Journal, wanted: Filter) -> list[Win]:
        known = self._listed
        if known is None or known[0] is not journal or known[1] != wanted:
            known = self._listed = (journal, wanted, newest_first(wanted.select(journal)))
        return known[2]

    def _fold(self, wins: list[Win], cancelled: IsCancelled) -> list[str]:
        """Return the short texts of all wins, or fewer when cancelled; the whole is kept for the next letter."""
        known = self._folded
        if known is not None and known[0] is wins:
            return known[1]
        shorts: list[str] = []
        for start in range(0, len(wins), BATCH):
            shorts += map(short_text, wins[start : start + BATCH])
            if cancelled():
                return shorts
        self._folded = (wins, shorts)
        return shorts

    def forget(self) -> None:
        """Let go of what is kept for a next search."""
        self._listed = self._folded = None

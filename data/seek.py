"""What the board shows of a journal: filters and a search together, and what to ease when that leaves nothing."""

from collections.abc import Callable
from typing import Final, Literal

from msgspec import Struct, structs

from data.filters import NO_FILTER, Filter, newest_first
from data.find import NO_MATCH, Query, best_first
from data.journal import Journal
from data.models import Win

Part = Literal["period", "goal", "tag", "search"]
PARTS: Final[tuple[Part, ...]] = ("period", "goal", "tag", "search")
NO_QUERY: Final = Query(())
_SHOWN: Final = 1.0


class Sought(Struct, frozen=True):
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

    def parts(self) -> tuple[Part, ...]:
        """Return what is asked for at all."""
        return tuple(part for part in PARTS if self.without(part) != self)

    def without(self, part: Part) -> "Sought":
        """Return the same without one part."""
        if part == "search":
            return structs.replace(self, query=NO_QUERY)
        return structs.replace(self, filter=_ease(self.filter, part))


def _ease(wanted: Filter, part: Part) -> Filter:
    if part == "period":
        return structs.replace(wanted, since=None, until=None)
    return structs.replace(wanted, goal=None) if part == "goal" else structs.replace(wanted, tag="")


class Found(Struct, frozen=True):
    """What was found.

    Attributes:
        wins: In the order to show them: the best match first, else the newest.
        scores: How well each matches, by id; empty without a search.
        eased: How many there would be without each part, when there are none with all of them.
    """

    wins: list[Win]
    scores: dict[str, float]
    eased: tuple[tuple[Part, int], ...] = ()


def seek(journal: Journal, sought: Sought, stopped: Callable[[], bool] = lambda: False) -> Found | None:
    """Return what of the journal is sought, or None when it was stopped on the way."""
    wins, scores = _find(journal, sought, stopped)
    if stopped():
        return None
    if wins or not sought:
        return Found(wins, scores)
    eased = tuple((part, len(_find(journal, sought.without(part), stopped)[0])) for part in sought.parts())
    return None if stopped() else Found(wins, scores, eased)


def _find(journal: Journal, sought: Sought, stopped: Callable[[], bool]) -> tuple[list[Win], dict[str, float]]:
    wins = newest_first(sought.filter.select(journal))
    if not sought.query.words:
        return wins, {}
    scores: dict[str, float] = {}
    for batch in sought.query.scores(wins):
        scores |= batch
        if stopped():
            break
    return best_first(wins, scores), scores

"""Which wins to show: a filter as a value, the same for the board, `list` and the exports."""

from collections.abc import Iterable
from datetime import date
from operator import attrgetter
from typing import Final, Literal

from msgspec import Struct

from data.base.text import fold
from data.base.weeks import WEEK, week_of
from data.model.journal import Journal
from data.model.records import Win

VerdictName = Literal["real", "candy", "unsorted"]
Period = Literal["week", "4 weeks", "12 weeks", "year", "all"]
PERIODS: Final[tuple[Period, ...]] = ("week", "4 weeks", "12 weeks", "year", "all")
"""What `w` steps through on the board."""


WITHOUT_GOAL: Final = ""
"""Stands for the wins without a goal, where a goal's id would stand."""


class Filter(Struct, frozen=True, kw_only=True):
    """What a win must be to be shown; a field that is None asks for nothing, and so do "" as tag and search.

    Attributes:
        since: The first day.
        until: The last day.
        verdict: The person's decision, with "unsorted" for none yet.
        goal: The id of a goal; `WITHOUT_GOAL` for the wins without one.
        tag: A tag, compared without case and accents.
        search: Words that must all be in the title, the story or the tags, compared without case and accents.
    """

    since: date | None = None
    until: date | None = None
    verdict: VerdictName | None = None
    goal: str | None = None
    tag: str = ""
    search: str = ""

    def __bool__(self) -> bool:
        return self != NO_FILTER

    def matches(self, win: Win) -> bool:
        """Say whether the win is one of those asked for; whether it is in the trash is not asked."""
        return (
            (self.since is None or win.happened_on >= self.since)
            and (self.until is None or win.happened_on <= self.until)
            and (self.verdict is None or self.verdict == (win.verdict or "unsorted"))
            and (self.goal is None or win.goal == (self.goal or None))
            and (not self.tag or fold(self.tag) in map(fold, win.tags))
            and (not self.search or matches_words(win, fold(self.search).split()))
        )

    def select(self, journal: Journal) -> list[Win]:
        """Return the matching wins that are not in the trash, in the order of the file."""
        return [win for win in journal.live() if self.matches(win)] if self else list(journal.live())


NO_FILTER: Final = Filter()
"""Asks for nothing."""


def matches_words(win: Win, words: list[str]) -> bool:
    """Say whether all these folded words are in the title, the tags or the story (read last, it may be long)."""
    short = fold(f"{win.title}\n{' '.join(win.tags)}")
    missing = [word for word in words if word not in short]
    return not missing or (bool(win.story) and all(word in fold(win.story) for word in missing))


def period_start(period: Period, today: date, week_start: int) -> date | None:
    """Return the first day of a period that ends today, or None for all.

    Args:
        period: "week" is this week, "4 weeks" this one and the three before it, and so on; "year" is 52 weeks.
        today: The local date.
        week_start: 0 for Monday, 6 for Sunday.
    """
    weeks = {"week": 1, "4 weeks": 4, "12 weeks": 12, "year": 52}.get(period)
    return week_of(today, week_start) - (weeks - 1) * WEEK if weeks is not None else None


def next_period(period: Period) -> Period:
    """Return the period after this one; after all comes this week."""
    return PERIODS[(PERIODS.index(period) + 1) % len(PERIODS)]


def newest_first(wins: Iterable[Win]) -> list[Win]:
    """Return wins as the board lists them: by date, then by the time they were added, both newest first."""
    # Two stable sorts by one attribute each: a file that is in order already, as most are, costs one pass each.
    found = sorted(wins, key=attrgetter("created_at"), reverse=True)
    found.sort(key=attrgetter("happened_on"), reverse=True)
    return found

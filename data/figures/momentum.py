"""Weekly tallies, momentum and sugar: how many real wins a week, with recent weeks weighing most.

Momentum is the bias-corrected exponentially weighted moving average of real wins a week (what pandas calls
`ewm(halflife=h, adjust=True).mean()`); sugar is the same of candy. Both are kept as a numerator and a denominator that
each week multiplies by the decay, so a series costs one pass over its weeks.

Weeks run from the first win's through the current one. A win dated in a later week is not counted before that week
comes; one dated later in the current week belongs to it already.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from enum import StrEnum
from typing import Final

from msgspec import Struct

from data.base.weeks import MONDAY, group_by_week, week_of, weeks_between
from data.files.settings import Settings
from data.model.journal import Journal, Tally, add_up, days_of
from data.model.records import Win
from data.search.filters import Filter

TREND_WEEKS: Final = 4
"""How many weeks back the headline is compared with."""
TREND_BAND: Final = 0.10
"""The share by which momentum must differ before it counts as rising or falling."""


class Trend(StrEnum):
    """Where momentum is going; too early with under five complete weeks."""

    RISING = "rising"
    STEADY = "steady"
    FALLING = "falling"
    TOO_EARLY = "too early"


class Week(Struct, frozen=True, gc=False):
    """One week of a series.

    Attributes:
        start: The first day, which names the week.
        tally: Wins of each kind dated in it.
        momentum: Real wins a week as of its end, recent weeks weighing most.
        sugar: The same for candy.
        complete: Whether the week is over; the current one is "so far".
    """

    start: date
    tally: Tally
    momentum: float
    sugar: float
    complete: bool


class WeekSeries(Struct, frozen=True):
    """Every week from the first win's through the current one, oldest first; empty without a win.

    Attributes:
        weeks: The weeks, empty ones as zeros.
        half_life: Weeks after which a week weighs half as much.
    """

    weeks: tuple[Week, ...]
    half_life: float

    @property
    def complete(self) -> tuple[Week, ...]:
        """The weeks that are over: all but the current one."""
        return self.weeks[:-1]

    @property
    def headline(self) -> Week | None:
        """The last complete week, whose momentum is the headline; None before there is one."""
        return self.complete[-1] if self.complete else None

    @property
    def before(self) -> Week | None:
        """The complete week that the headline is compared with; None while that is too early."""
        return self.complete[-1 - TREND_WEEKS] if len(self.complete) > TREND_WEEKS else None

    @property
    def trend(self) -> Trend:
        """Where momentum is going."""
        if self.headline is None or self.before is None:
            return Trend.TOO_EARLY
        return trend_between(self.headline.momentum, self.before.momentum)

    @property
    def tally(self) -> Tally:
        """All weeks together."""
        return add_up(week.tally for week in self.weeks)

    def last(self, count: int | None) -> "WeekSeries":
        """Return the last `count` weeks, the current one among them; figures stay those of the whole series."""
        return self if count is None else WeekSeries(self.weeks[max(0, len(self.weeks) - count) :], self.half_life)


def week_series(days: Mapping[date, Tally], today: date, half_life: float = 4.0, first: int = MONDAY) -> WeekSeries:
    """Return the weeks of a journal or of some of its wins.

    Args:
        days: Wins of each day, such as `Journal.days` or `days_of` some wins.
        today: The local date; its week is the current one.
        half_life: In weeks, above 0.
        first: The weekday that weeks start on, as `date.weekday()` has it.
    """
    tallies = weekly(days, today, first)
    decay = 0.5 ** (1 / half_life)
    momentum = averages((tally.real for tally in tallies.values()), decay)
    sugar = averages((tally.candy for tally in tallies.values()), decay)
    current = week_of(today, first)
    rows = zip(tallies.items(), momentum, sugar, strict=True)
    return WeekSeries(tuple(Week(start, tally, m, s, start < current) for (start, tally), m, s in rows), half_life)


def filtered_series(journal: Journal, chosen: Filter, today: date, settings: Settings) -> WeekSeries:
    """Return the weeks of the wins that are meant, by the person's settings."""
    days = days_of(chosen.select(journal)) if chosen else journal.days
    return week_series(days, today, settings.half_life, settings.week_start)


def weekly(days: Mapping[date, Tally], today: date, first: int = MONDAY) -> dict[date, Tally]:
    """Return the tally of each week from the first win's through the current one; {} when no win is dated by then."""
    current = week_of(today, first)
    found = group_by_week(days, first)
    return {week: add_up(found.get(week, ())) for week in weeks_between(min(found), current)} if found else {}


def averages(counts: Iterable[float], decay: float) -> Iterator[float]:
    """Yield, for each count, the mean of it and those before, each week back weighing `decay` times as much."""
    numerator = denominator = 0.0
    for count in counts:
        numerator = count + decay * numerator
        denominator = 1 + decay * denominator
        yield numerator / denominator


def trend_between(now: float, before: float) -> Trend:
    """Return how momentum stands against an earlier one, in real wins a week."""
    if now > before * (1 + TREND_BAND):
        return Trend.RISING
    return Trend.FALLING if now < before * (1 - TREND_BAND) else Trend.STEADY


def sugar_ratio(tally: Tally) -> float | None:
    """Return candy's share of the sorted wins, 0 to 1, or None when none is sorted."""
    sorted_wins = tally.real + tally.candy
    return tally.candy / sorted_wins if sorted_wins else None


def by_week(wins: Iterable[Win], first: int = MONDAY) -> dict[date, list[Win]]:
    """Return the wins of each week, oldest first, those of a day in the order they were added."""
    found: dict[date, list[Win]] = {}
    for win in sorted(wins, key=lambda win: (win.happened_on, win.created_at)):
        found.setdefault(week_of(win.happened_on, first), []).append(win)
    return found

"""Weekly tallies, momentum and sugar against an independent computation."""

from collections.abc import Collection
from datetime import UTC, date, datetime, timedelta
from math import isclose

from hypothesis import given, settings
from hypothesis import strategies as st

from data.figures.momentum import Trend, WeekSeries, averages, by_week, sugar_ratio, trend_between, week_series, weekly
from data.model import edits
from data.model.journal import Tally

MONDAY = date(2026, 11, 16)
FRIDAY = date(2026, 11, 20)

days_before = st.integers(min_value=0, max_value=700)
tallies = st.builds(Tally, real=st.integers(0, 6), candy=st.integers(0, 6), unsorted=st.integers(0, 3))
journals = st.dictionaries(
    days_before.map(lambda back: FRIDAY - timedelta(days=back)), tallies.filter(lambda tally: tally.total), max_size=40
)


def explicit(counts: list[int], half_life: float) -> float:
    """The formula as design section 3 writes it: a sum over every week back."""
    decay = 0.5 ** (1 / half_life)
    weights: list[float] = [decay**back for back in range(len(counts))]
    return sum(w * n for w, n in zip(weights, reversed(counts), strict=True)) / sum(weights)


@settings(max_examples=200)
@given(journals, st.floats(min_value=0.5, max_value=30), st.sampled_from([0, 6]))
def test_momentum_and_sugar_equal_the_explicit_sum(days: dict[date, Tally], half_life: float, first: int) -> None:
    weeks = week_series(days, FRIDAY, half_life, first).weeks
    for index, week in enumerate(weeks):
        so_far = [w.tally for w in weeks[: index + 1]]
        assert isclose(week.momentum, explicit([t.real for t in so_far], half_life), rel_tol=1e-12, abs_tol=1e-12)
        assert isclose(week.sugar, explicit([t.candy for t in so_far], half_life), rel_tol=1e-12, abs_tol=1e-12)


def counted(tallies: Collection[Tally]) -> list[int]:
    """The wins of each kind, all tallies together."""
    return [sum(getattr(tally, kind) for tally in tallies) for kind in ("real", "candy", "unsorted")]


@settings(max_examples=100)
@given(journals, st.sampled_from([0, 6]))
def test_every_win_is_in_the_week_it_happened_and_no_week_is_left_out(days: dict[date, Tally], first: int) -> None:
    found = weekly(days, FRIDAY, first)
    for start, tally in found.items():
        inside = [t for day, t in days.items() if start <= day < start + timedelta(days=7)]
        assert counted([tally]) == counted(inside)
        assert start.weekday() == first
    assert counted(found.values()) == counted(days.values())
    assert list(found) == [min(found) + timedelta(weeks=n) for n in range(len(found))] if found else not days


def test_weeks_without_wins_are_zeros_and_the_current_week_is_so_far() -> None:
    got = week_series({date(2026, 10, 28): Tally(real=2)}, FRIDAY)
    assert [week.tally.real for week in got.weeks] == [2, 0, 0, 0]
    assert [week.complete for week in got.weeks] == [True, True, True, False]


def test_a_sunday_belongs_to_the_week_that_the_setting_says() -> None:
    sunday = {date(2026, 11, 15): Tally(real=1)}
    assert list(weekly(sunday, FRIDAY)) == [date(2026, 11, 9), MONDAY]
    assert list(weekly(sunday, FRIDAY, 6)) == [date(2026, 11, 15)]


def test_a_win_dated_in_a_later_week_is_not_counted_before_that_week_comes() -> None:
    later = {FRIDAY: Tally(real=1), date(2026, 12, 1): Tally(real=5)}
    assert [week.tally.real for week in week_series(later, FRIDAY).weeks] == [1]
    assert [week.tally.real for week in week_series(later, date(2026, 12, 2)).weeks] == [1, 0, 5]
    assert week_series({date(2026, 12, 1): Tally(real=5)}, FRIDAY).weeks == ()


def test_the_first_days_of_the_calendar_have_a_week_too() -> None:
    assert next(iter(weekly({date.min: Tally(real=1)}, date(1, 2, 1), 6))) <= date(1, 1, 1)


def steady(weeks: int, *, real: int = 2) -> WeekSeries:
    """A course of so many complete weeks with the same tally, and the current week empty."""
    return week_series({MONDAY - timedelta(weeks=n + 1): Tally(real=real) for n in range(weeks)}, FRIDAY)


def test_the_headline_is_the_last_complete_week() -> None:
    got = steady(6)
    assert got.headline is not None
    assert got.headline.start == MONDAY - timedelta(weeks=1)
    assert got.headline.momentum == 2


def test_a_course_whose_first_week_still_runs_has_no_headline() -> None:
    got = week_series({FRIDAY: Tally(real=3)}, FRIDAY)
    assert got.headline is None
    assert got.trend is Trend.TOO_EARLY


def test_under_five_complete_weeks_it_is_too_early_for_a_trend() -> None:
    assert steady(4).trend is Trend.TOO_EARLY
    assert steady(5).trend is Trend.STEADY


def test_more_than_a_tenth_more_is_rising_and_more_than_a_tenth_less_is_falling() -> None:
    assert trend_between(1.11, 1.0) is Trend.RISING
    assert trend_between(1.09, 1.0) is Trend.STEADY
    assert trend_between(0.91, 1.0) is Trend.STEADY
    assert trend_between(0.89, 1.0) is Trend.FALLING
    assert trend_between(0.1, 0.0) is Trend.RISING
    assert trend_between(0.0, 0.0) is Trend.STEADY


def test_the_sugar_ratio_is_of_sorted_wins_and_none_without_any() -> None:
    assert sugar_ratio(Tally(real=3, candy=1, unsorted=9)) == 0.25
    assert sugar_ratio(Tally(unsorted=9)) is None


def test_a_shorter_range_keeps_the_figures_of_the_whole_course() -> None:
    got = steady(10)
    assert got.last(3).weeks == got.weeks[-3:]
    assert got.last(None) is got
    assert got.last(99).weeks == got.weeks


def test_ten_years_take_one_pass() -> None:
    assert len(list(averages([1.0] * 520, 0.84))) == 520
    assert steady(520).headline is not None


def test_the_wins_of_a_week_are_in_the_order_of_their_days_and_of_adding() -> None:
    noon = datetime(2026, 11, 20, 12, tzinfo=UTC)
    named = [("late", FRIDAY, 0), ("second", MONDAY, 2), ("first", MONDAY, 1), ("before", MONDAY - timedelta(1), 3)]
    wins = [edits.new_win(title, happened_on=day, now=noon + timedelta(hours=hour)) for title, day, hour in named]
    found = [(week, [win.title for win in inside]) for week, inside in by_week(wins).items()]
    assert found == [(MONDAY - timedelta(weeks=1), ["before"]), (MONDAY, ["first", "second", "late"])]

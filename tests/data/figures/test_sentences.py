"""What the figures say in words."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs

from data.base.formatting import cell_count, format_rate
from data.figures import sentences as words
from data.figures.momentum import Trend, WeekSeries, week_series
from data.model import edits
from data.model.doors import DoorStats
from data.model.journal import Tally
from data.model.records import Verdict

FRIDAY = date(2026, 11, 20)
MONDAY = date(2026, 11, 16)
NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


def weekly_real(*counts: int) -> WeekSeries:
    """A course whose complete weeks have these real wins, oldest first; the current week has none."""
    days = {MONDAY - timedelta(weeks=len(counts) - n): Tally(real=count, unsorted=1) for n, count in enumerate(counts)}
    return week_series(days, FRIDAY)


def test_an_empty_journal_says_what_starts_it() -> None:
    assert (
        words.describe_momentum(week_series({}, FRIDAY)) == "Nothing to draw yet: the first win starts the first week."
    )
    assert words.describe_headline(week_series({}, FRIDAY)) == ""


def test_a_first_week_that_still_runs_claims_nothing() -> None:
    got = week_series({FRIDAY: Tally(real=3)}, FRIDAY)
    assert words.describe_momentum(got) == "Your first week is still running. Momentum needs a full week."


def test_few_weeks_say_how_few() -> None:
    said = words.describe_momentum(weekly_real(2, 2))
    assert said == "2 real wins a week over 2 complete weeks; too early to speak of a trend."
    assert words.describe_headline(weekly_real(2, 2)) == "2 real a week"


def test_a_rise_and_a_fall_name_both_figures() -> None:
    assert words.describe_momentum(weekly_real(1, 1, 1, 1, 1, 3, 3)).startswith(
        "1.8 real wins a week, up from 1 four weeks ago"
    )
    assert "down from 3 four weeks ago" in words.describe_momentum(weekly_real(3, 3, 3, 0, 0, 0, 0))
    assert words.describe_headline(weekly_real(1, 1, 1, 1, 1, 3, 3)) == "1.8 real a week ↗"


def test_a_steady_pace_is_not_called_a_change() -> None:
    assert words.describe_momentum(weekly_real(2, 2, 2, 2, 2)) == "2 real wins a week, the same as four weeks ago."


def test_weeks_without_real_wins_are_said_plainly() -> None:
    assert words.describe_momentum(weekly_real(0, 0, 0, 0, 0)) == "No real wins a week, the same as four weeks ago."


def test_a_rise_too_small_for_one_decimal_never_shows_two_equal_figures() -> None:
    said = words.describe_momentum(weekly_real(*[0] * 40, 1, *[0] * 40))
    assert "from" not in said


@pytest.mark.parametrize(("value", "said"), [(0, "0"), (0.01, "under 0.1"), (0.05, "0.1"), (1.96, "2"), (1.84, "1.8")])
def test_a_rate_has_one_decimal(value: float, said: str) -> None:
    assert format_rate(value) == said


def test_sugar_names_its_count_and_no_percentage_of_few() -> None:
    assert words.describe_sugar(Tally(real=9, candy=3), 8) == "3 of 12 (25 %) sorted wins in 8 weeks were candy."
    assert words.describe_sugar(Tally(real=1, candy=1), 1) == "1 of 2 sorted wins in 1 week was candy."
    assert words.describe_sugar(Tally(unsorted=4), 8) == "Nothing sorted in 8 weeks, so no sugar ratio."


def test_doors_are_said_as_a_friend_would() -> None:
    stats = DoorStats(opened=5, rate=0.5, median_days=8.5, longest_chain=3, ripe=4)
    said = "5 of your real wins opened a door, usually within two weeks. Longest chain: 3."
    assert words.describe_doors(stats) == said
    none = DoorStats(opened=0, rate=None, median_days=None, longest_chain=0, ripe=0)
    assert words.describe_doors(none) == "No win is linked to the one that opened it yet."


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (-3, "the same day"),
        (0, "the same day"),
        (1, "within a day"),
        (7.5, "within a week"),
        (8, "within two weeks"),
        (30, "within a month"),
        (45, "within two months"),
        (400, "within 14 months"),
    ],
)
def test_a_wait_is_said_in_round_terms(days: float, said: str) -> None:
    assert words.describe_wait(days) == said


def test_a_rise_out_of_weeks_that_are_not_sorted_is_not_called_one() -> None:
    weeks = {FRIDAY - timedelta(weeks=n): Tally(real=2) if n <= 4 else Tally(unsorted=3) for n in range(1, 10)}
    said = words.describe_momentum(week_series(weeks, FRIDAY))
    assert said.endswith("real wins a week. Sort the old wins first: 5 weeks are unsorted.")
    weeks[FRIDAY - timedelta(weeks=9)] = weeks[FRIDAY - timedelta(weeks=8)] = Tally(candy=1)
    assert "up from 0 four weeks ago" in words.describe_momentum(week_series(weeks, FRIDAY))


def test_days_between_wins_are_said_both_ways() -> None:
    assert [words.describe_gap(gap) for gap in (7, 1, 0, -2)] == [
        "after 7 days",
        "after 1 day",
        "the same day",
        "2 days before",
    ]


def test_a_week_names_as_many_wins_as_there_is_room_for() -> None:
    monday = weekly_real(2).weeks[0]
    wins = [
        structs.replace(
            edits.new_win(f"Title number {n} 日本語", happened_on=monday.start, now=NOON), verdict=Verdict.REAL
        )
        for n in range(5)
    ]
    whole = words.describe_week(monday, wins)
    assert whole == (
        "Week of 9 Nov 2026: 5 real (Title number 0 日本語; Title number 1 日本語; Title number 2 日本語; and 2 more)."
    )
    for room in range(30, 140):
        said = words.describe_week(monday, wins, room)
        assert cell_count(said) <= room
        assert said.startswith("Week of 9 Nov 2026: 5 real")
    assert words.describe_week(monday, wins, 1) == "Week of 9 Nov 2026: 5 real."


@settings(max_examples=100)
@given(st.lists(st.integers(0, 5), min_size=1, max_size=40))
def test_momentum_is_never_said_to_rise_or_fall_when_it_does_not(counts: list[int]) -> None:
    got = weekly_real(*counts)
    said = words.describe_momentum(got)
    assert (" up from " in said or " more than " in said) == (got.trend is Trend.RISING)
    assert (" down from " in said or " less than " in said) == (got.trend is Trend.FALLING)
    assert ("too early" in said) == (got.trend is Trend.TOO_EARLY)
    if " from " in said:
        figures = said.split(" real win")[0].lower(), said.split(" from ")[1].split(" four")[0]
        assert figures[0] != figures[1]


@pytest.mark.parametrize(
    ("now", "before", "said"),
    [
        (0.03, 0.01, "Under 0.1 real wins a week, a little more than four weeks ago."),
        (0.01, 0.03, "Under 0.1 real wins a week, a little less than four weeks ago."),
        (1.04, 1.01, "1 real win a week, much as four weeks ago."),
    ],
)
def test_a_change_too_small_for_one_decimal_is_said_without_figures(now: float, before: float, said: str) -> None:
    got = weekly_real(1, 1, 1, 1, 1)
    first, *middle, last, current = got.weeks
    moved = (structs.replace(first, momentum=before), *middle, structs.replace(last, momentum=now), current)
    assert words.describe_momentum(structs.replace(got, weeks=moved)) == said


def test_weeks_are_counted_up_in_a_sentence() -> None:
    assert words.describe_tally(week_series({}, FRIDAY)) == "No wins in these weeks."
    assert (
        words.describe_tally(week_series({FRIDAY: Tally(real=2, candy=1)}, FRIDAY)) == "2 real and 1 candy in 1 week."
    )
    assert words.describe_tally(weekly_real(2, 0)) == "2 real and 0 candy in 3 weeks; 2 not sorted yet."

"""The sugar ratio and the three tests over weeks, against sums made the long way."""

from datetime import UTC, date, datetime, timedelta
from statistics import fmean

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs

from data.figures import sentences as words
from data.figures.chart_data import build_chart_data
from data.figures.momentum import week_series
from data.figures.trends import Mean, rolling_scores, score_means, score_parts, sugar_ratios, weekly_scores
from data.files.settings import Settings
from data.model import edits
from data.model.journal import Journal, Tally
from data.model.records import Answers, Verdict, Win
from data.search.filters import NO_FILTER, Filter

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
TODAY = date(2026, 11, 20)


def win(days_ago: int, stretch: int | None = None, **fields: object) -> Win:
    """A win so many days ago with an answer on stretch."""
    made = edits.new_win("A win", happened_on=TODAY - timedelta(days=days_ago), now=NOON)
    return structs.replace(made, answers=Answers(stretch=stretch), **fields)


@settings(max_examples=50)
@given(st.dictionaries(st.integers(0, 120), st.tuples(st.integers(0, 3), st.integers(0, 3)), max_size=15))
def test_each_ratio_is_over_its_week_and_the_three_before(made: dict[int, tuple[int, int]]) -> None:
    days = {TODAY - timedelta(days=back): Tally(real=real, candy=candy) for back, (real, candy) in made.items()}
    weeks = week_series(days, TODAY).weeks
    for week, ratio in zip(weeks, sugar_ratios(weeks), strict=True):
        until = week.start + timedelta(days=6)
        window = [t for day, t in days.items() if until - timedelta(days=27) <= day <= until]
        candy, known = sum(t.candy for t in window), sum(t.candy + t.real for t in window)
        assert ratio == (candy / known if known else None)


@settings(max_examples=50)
@given(st.lists(st.tuples(st.integers(0, 90), st.integers(1, 5)), max_size=15))
def test_each_test_score_is_the_mean_over_four_weeks(made: list[tuple[int, int]]) -> None:
    wins = [win(back, score) for back, score in made]
    journal = Journal.of(*wins)
    weeks = week_series(journal.days, TODAY).weeks
    scores = weekly_scores(journal, wins)
    for week, value in zip(weeks, rolling_scores(weeks, scores)["Stretch"], strict=True):
        until = week.start + timedelta(days=6)
        known = [
            (score - 1) / 4
            for one, (_, score) in zip(wins, made, strict=True)
            if until - timedelta(days=27) <= one.happened_on <= until
        ]
        assert (value is None) == (not known)
        assert value is None or abs(value - fmean(known)) < 1e-12
    assert score_means(weeks, scores).get("Stretch", Mean(0, 0)).n == len(made)


@settings(max_examples=50)
@given(st.lists(st.tuples(st.integers(0, 90), st.integers(1, 5)), max_size=15), st.integers(0, 13))
def test_the_values_of_the_last_weeks_are_those_of_the_whole_course(made: list[tuple[int, int]], first: int) -> None:
    wins = [win(back, score, verdict=Verdict.REAL if score > 2 else Verdict.CANDY) for back, score in made]
    journal = Journal.of(*wins)
    weeks = week_series(journal.days, TODAY).weeks
    scores = weekly_scores(journal, wins)
    whole = rolling_scores(weeks, scores)
    assert rolling_scores(weeks, scores, first) == {test: values[first:] for test, values in whole.items()}
    assert sugar_ratios(weeks, first) == sugar_ratios(weeks)[first:]


def test_the_scores_of_a_week_are_added_up_and_counted() -> None:
    wins = [win(0, 5), win(1, 3), win(9, 4)]
    journal = Journal.of(*wins)
    weeks = week_series({**journal.days, TODAY - timedelta(weeks=2): Tally(real=1)}, TODAY).weeks
    assert score_parts(weeks, weekly_scores(journal, wins), "Stretch") == ((0, 0), (0.75, 1), (1.5, 2))


def test_a_door_that_opened_counts_in_the_test_of_momentum() -> None:
    first = structs.replace(win(10), answers=Answers(door=1))
    journal = Journal.of(first, win(3, opened_by=first.id))
    (scores,) = weekly_scores(journal, journal.wins.values()).values()
    assert scores["Momentum"] == [1.0]
    bare = structs.replace(first, answers=Answers())
    (alone,) = weekly_scores(journal, [bare]).values()
    assert alone == {"Momentum": [1.0]}


def test_the_tests_are_not_ranked_on_few_answers_or_small_gaps() -> None:
    few = {test: Mean(0.5, 4) for test in ("Momentum", "Alignment", "Stretch")}
    assert words.describe_tests({}, 8) == "No win in 8 weeks has answers yet; a review asks for them."
    assert words.describe_tests(few, 8) == "4 wins with answers in 8 weeks; too few to compare the tests."
    close = {test: Mean(0.5, 40) for test in few}
    assert words.describe_tests(close, 8) == "Momentum, alignment and stretch are about even."
    apart = {**close, "Stretch": Mean(0.3, 30)}
    assert words.describe_tests(apart, 8).endswith("Stretch weakest (30 %), 30 wins.")
    tenth = {**dict.fromkeys(few, Mean(0.1, 40)), "Stretch": Mean(0.0, 40)}
    assert words.describe_tests(tenth, 8).endswith("is strongest (10 %), Stretch weakest (0 %), 40 wins.")


def test_an_outlook_is_of_the_wins_that_are_meant() -> None:
    goal = edits.new_goal("Climate", NOON)
    inside = [win(n * 7, 4, goal=goal.id, verdict=Verdict.REAL) for n in range(10)]
    outside = [win(n * 7, 1, verdict=Verdict.CANDY) for n in range(40)]
    journal = Journal.of(goal, *inside, *outside)
    whole = build_chart_data(journal, NO_FILTER, TODAY, Settings()).last(26)
    part = build_chart_data(journal, Filter(goal=goal.id), TODAY, Settings()).last(26)
    assert len(whole.shown.weeks) == len(whole.ratios) == len(whole.scores["Stretch"]) == 26
    assert len(part.shown.weeks) == len(part.ratios) == 10
    assert part.means["Stretch"] == Mean(0.75, 10)
    assert sum(tally.total for tally in part.days.values()) == 10
    assert part.insights[0].n == 10


def test_an_outlook_without_wins_is_empty() -> None:
    got = build_chart_data(Journal(), NO_FILTER, TODAY, Settings())
    assert (got.shown.weeks, got.ratios, got.means, got.days) == ((), (), {}, {})

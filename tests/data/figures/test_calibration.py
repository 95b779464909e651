import random
from datetime import UTC, date, datetime, time, timedelta
from math import sqrt

import msgspec.json
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.figures import calibration
from data.figures.calibration import JudgedWin
from data.model import assessment, edits
from data.model.journal import Edit, Journal
from data.model.verdict_scale import FORECASTS, JUDGEMENTS, judgement
from data.review import lookbacks

START = date(2025, 1, 3)
TRUTH = {0.05: 0.15, 0.25: 0.30, 0.75: 0.65, 0.95: 0.85}
"""The made-up person: given each forecast, how often a win proves real."""
TELLING = {"Momentum": 0.85, "Alignment": 0.70, "Stretch": 0.55}
"""And how often each test tells the truth for them."""

outcomes = st.builds(
    JudgedWin,
    p=st.sampled_from(FORECASTS),
    real=st.booleans(),
    scores=st.fixed_dictionaries(
        {test: st.none() | st.sampled_from([0.0, 0.375, 0.5, 1.0]) for test in assessment.TESTS}
    ),
)


def at(day: date) -> datetime:
    return datetime.combine(day, time(17), UTC)


@given(st.lists(outcomes, min_size=10, max_size=40))
def test_the_brier_score_and_the_share_kept_equal_an_independent_count(given_outcomes: list[JudgedWin]) -> None:
    found = calibration.calibration_of(given_outcomes)
    total = sum((one.p - 1) ** 2 if one.real else one.p**2 for one in given_outcomes)
    assert found.brier == pytest.approx(total / len(given_outcomes), abs=1e-12)
    held = [one for one in given_outcomes if (one.p > 0.5 and one.real) or (one.p < 0.5 and not one.real)]
    assert found.kept == pytest.approx(len(held) / len(given_outcomes), abs=1e-12)
    assert sum(row.n for row in found.forecasts) == found.n
    assert sum(row.real for row in found.forecasts) == sum(one.real for one in given_outcomes)


@given(st.lists(outcomes, max_size=9))
def test_under_ten_wins_only_the_counts_are_said(given_outcomes: list[JudgedWin]) -> None:
    found = calibration.calibration_of(given_outcomes)
    assert (found.n, found.enough, found.kept, found.brier) == (len(given_outcomes), False, None, None)
    assert all(row.share is None for row in found.tests.values())
    assert calibration.describe_calibration(found)[0] == "After 10 look-backs you'll see how often your calls hold."


def test_always_answering_even_gives_a_quarter() -> None:
    assert calibration.brier([(0.5, True), (0.5, False)]) == calibration.CHANCE_BRIER


def test_the_shape_for_other_programs() -> None:
    assert msgspec.json.decode(msgspec.json.encode(calibration.calibrate(Journal()))) == {
        "n": 0,
        "kept": None,
        "brier": None,
        "enough": False,
        "forecasts": [{"p": p, "n": 0, "real": 0} for p in FORECASTS],
        "tests": {test: {"n": 0, "agreed": 0, "share": None} for test in assessment.TESTS},
    }


def test_a_test_that_says_more_of_the_truth_is_named() -> None:
    good, bad = {"Momentum": 1.0, "Alignment": 0.0, "Stretch": 0.0}, {"Momentum": 0.0, "Alignment": 0.0, "Stretch": 1.0}
    found = calibration.calibration_of([JudgedWin(0.95, True, good)] * 9 + [JudgedWin(0.95, False, bad)] * 3)
    assert found.best_test == "Momentum"
    assert calibration.describe_calibration(found) == (
        "You call it right 7 times in 10.",
        "9 of 12 calls held.",
        "Momentum is the test to trust: right 12 of 12 times.",
    )
    assert calibration.describe_brier(found) == "Brier score of your forecasts: 0.23; guessing scores 0.25."


def test_a_move_on_the_board_and_cant_tell_yet_do_not_count() -> None:
    win = edits.new_win("A raise", happened_on=START, now=at(START))
    journal = Journal.of(win)
    journal = journal.apply(edits.set_verdict([win.id], JUDGEMENTS[0].verdict, at(START))(journal))
    later = START + timedelta(weeks=4)
    moved = journal.apply(lookbacks.record_lookback(win.id, judgement(5), later, at(later))(journal))
    assert calibration.calibrate(moved).n == 0
    forecast = journal.apply(edits.set_verdict([win.id], JUDGEMENTS[0].verdict, at(START), 0.05)(journal))
    unsure = forecast.apply(lookbacks.record_lookback(win.id, judgement(3), later, at(later))(forecast))
    assert calibration.calibrate(unsure).n == 0


def test_the_latest_lookback_judges_the_forecast_before_it() -> None:
    win = edits.new_win("A raise", happened_on=START, now=at(START))
    journal = Journal.of(win)
    journal = journal.apply(edits.set_verdict([win.id], judgement(4).verdict, at(START), 0.75)(journal))
    for weeks, key in ((4, 1), (12, 5)):
        day = START + timedelta(weeks=weeks)
        journal = journal.apply(lookbacks.record_lookback(win.id, judgement(key), day, at(day))(journal))
    last = START + timedelta(weeks=12)
    journal = journal.apply(edits.set_verdict([win.id], judgement(1).verdict, at(last), 0.05)(journal))
    found = calibration.judged_win(journal.wins[win.id])
    assert found is not None
    assert (found.p, found.real) == (0.75, True)


def simulated_year(chance: random.Random, a_week: int = 12) -> Journal:
    """Return 52 weeks of a made-up person whose judgement is `TRUTH` and whose tests tell the truth as in `TELLING`."""
    journal, fate = Journal(), dict[str, bool]()
    for week in range(52 + 12):
        day = START + timedelta(weeks=week)
        for _ in range(a_week if week < 52 else 0):
            journal = _live_through(journal, fate, day, chance)
        for win in lookbacks.due_lookbacks(journal, day):
            key = chance.choice([4, 5] if fate[win.id] else [1, 2])
            journal = journal.apply(lookbacks.record_lookback(win.id, judgement(key), day, at(day))(journal))
    return journal


def _live_through(journal: Journal, fate: dict[str, bool], day: date, chance: random.Random) -> Journal:
    """Add a win, answer its questions and decide on it, as the made-up person would."""
    win = edits.new_win("A win", happened_on=day, now=at(day))
    key = chance.choice([1, 2, 4, 5])
    forecast = judgement(key).p
    assert forecast is not None
    real = fate[win.id] = chance.random() < TRUTH[forecast]
    doing: list[Edit] = [edits.add_win(win)]
    for question in assessment.QUICK_QUESTIONS:
        high = real == (chance.random() < TELLING[question.test])
        doing.append(edits.answer_question(win.id, question.id, chance.choice([3, 4, 5] if high else [1, 2]), at(day)))
    doing.append(edits.set_verdict([win.id], judgement(key).verdict, at(day), forecast))
    return journal.apply(edits.combine_edits(*doing)(journal))


def test_a_simulated_year_gives_back_the_judgement_that_was_put_in() -> None:
    found = calibration.calibrate(simulated_year(random.Random(5)))  # noqa: S311 - a made-up person, not a secret
    assert found.n == 52 * 12
    for row in found.forecasts:
        error = sqrt(TRUTH[row.p] * (1 - TRUTH[row.p]) / row.n)
        assert abs(row.real / row.n - TRUTH[row.p]) < 3 * error
    for test, told in found.tests.items():
        error = sqrt(TELLING[test] * (1 - TELLING[test]) / told.n)
        assert told.share is not None
        assert abs(told.share - TELLING[test]) < 3 * error
    assert found.best_test == "Momentum"
    expected = sum(q * (1 - p) ** 2 + (1 - q) * p**2 for p, q in TRUTH.items()) / len(TRUTH)
    spread = sum(q * (1 - p) ** 4 + (1 - q) * p**4 for p, q in TRUTH.items()) / len(TRUTH) - expected**2
    assert found.brier is not None
    assert abs(found.brier - expected) < 3 * sqrt(spread / found.n)


def test_two_tests_that_tell_as_much_of_the_truth_are_not_ranked() -> None:
    found = calibration.calibration_of([JudgedWin(0.75, True, dict.fromkeys(assessment.TESTS, 1.0))] * 10)
    assert found.best_test is None
    assert calibration.describe_calibration(found) == ("10 of 10 calls held.",)


def rated(**shares: float) -> calibration.Calibration:
    """A calibration with such shares of each test."""
    rows = {test: calibration.Agreement(10, 5, shares.get(test)) for test in assessment.TESTS}
    return calibration.Calibration(20, 0.8, 0.2, True, (), rows)


def test_the_best_test_is_named_only_where_all_are_known_and_one_leads() -> None:
    assert rated(Momentum=0.6, Alignment=0.9, Stretch=0.7).best_test == "Alignment"
    assert rated(Momentum=0.9, Alignment=0.7, Stretch=0.7).best_test == "Momentum"
    assert rated(Momentum=0.9, Alignment=0.9, Stretch=0.7).best_test is None
    assert rated(Momentum=0.9, Alignment=0.7).best_test is None


def test_the_last_forecast_at_least_two_days_before_the_look_back_is_judged() -> None:
    win = edits.new_win("A course", happened_on=START, now=at(START))
    journal = Journal.of(win)
    for days, key in ((0, 1), (10, 5), (19, 4), (20, 2)):
        answer = judgement(key)
        decide = edits.set_verdict([win.id], answer.verdict, at(START + timedelta(days=days)), answer.p)
        journal = journal.apply(decide(journal))
    looked = lookbacks.record_lookback(win.id, judgement(4), START + timedelta(days=21), at(START))
    found = calibration.judged_win(journal.apply(looked(journal)).wins[win.id])
    assert found is not None
    assert (found.p, found.real) == (0.75, True)


def test_a_forecast_of_another_program_has_a_row_of_its_own_in_its_place() -> None:
    found = calibration.calibration_of([JudgedWin(p, True, dict.fromkeys(assessment.TESTS)) for p in (0.6, 0.5, 0.5)])
    assert [(row.p, row.n) for row in found.forecasts] == [
        (0.05, 0), (0.25, 0), (0.5, 2), (0.6, 1), (0.75, 0), (0.95, 0)
    ]  # fmt: skip
    even = [JudgedWin(0.5, True, dict.fromkeys(assessment.TESTS))] * 10
    assert calibration.calibration_of(even).kept == 1


def test_a_score_stands_beside_that_of_guessing() -> None:
    even = [JudgedWin(0.5, True, dict.fromkeys(assessment.TESTS))] * 10
    said = calibration.describe_brier(calibration.calibration_of(even))
    assert said == "Brier score of your forecasts: 0.25; guessing scores 0.25."
    assert calibration.describe_brier(calibration.calibration_of(even[1:])) == ""


def test_a_test_is_rated_from_ten_wins_on() -> None:
    rows = [JudgedWin(0.75, True, dict.fromkeys(assessment.TESTS, 0.5))] * 10
    assert calibration.calibration_of(rows).tests["Stretch"].share == 1

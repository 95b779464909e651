"""What moves over the weeks besides momentum: the sugar ratio and the three tests, each over four weeks at a time.

A single week has too few wins for a ratio; four are the same month that the trend of momentum looks back.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from statistics import fmean
from typing import Final

from msgspec import Struct

from data.base.weeks import MONDAY, week_of
from data.figures.momentum import Week, sugar_ratio
from data.model.assessment import TESTS, test_scores, with_evidence
from data.model.journal import Journal, add_up
from data.model.records import NO_ANSWERS, Answers, Win

WINDOW_WEEKS: Final = 4
"""Weeks that each value is over: its own and those before it."""


WeeklyScores = Mapping[date, Mapping[str, Sequence[float]]]
"""Test scores, 0 to 1, by the first day of a week and by test."""


class Mean(Struct, frozen=True):
    """A mean test score, 0 to 1, and over how many wins."""

    score: float
    n: int


def sugar_ratios(weeks: Sequence[Week], first: int = 0) -> tuple[float | None, ...]:
    """Return, for each week from `first` on, candy's share of what was sorted in it and the three before, or None."""
    windows = (weeks[max(0, end - WINDOW_WEEKS) : end] for end in range(first + 1, len(weeks) + 1))
    return tuple(sugar_ratio(add_up(week.tally for week in window)) for window in windows)


@lru_cache(maxsize=20_000)
def scores_of(answers: Answers) -> tuple[float | None, ...]:
    """Return the score of each of `TESTS`; kept, for the same answers are asked about again and again."""
    return tuple(test_scores(answers)[test] for test in TESTS)


def weekly_scores(journal: Journal, wins: Iterable[Win], first: int = MONDAY) -> WeeklyScores:
    """Return the test scores of each week's wins that have answers, by test.

    Args:
        journal: Tells which wins opened a door, which counts as the best answer to that question.
        wins: Those that are meant.
        first: The weekday that weeks start on.
    """
    opens = journal.opens
    found: dict[date, dict[str, list[float]]] = {}
    for win in wins:
        opened = win.id in opens
        if opened or win.answers != NO_ANSWERS:
            week = found.setdefault(week_of(win.happened_on, first), {})
            for test, score in zip(TESTS, scores_of(with_evidence(win, opened)), strict=True):
                if score is not None:
                    week.setdefault(test, []).append(score)
    return found


def rolling_scores(weeks: Sequence[Week], scores: WeeklyScores, first: int = 0) -> dict[str, tuple[float | None, ...]]:
    """Return each test's mean score, for each week from `first` on, over it and the three before; None without any."""
    begin = max(0, first - WINDOW_WEEKS + 1)
    by_test: dict[str, tuple[float | None, ...]] = {}
    for test in TESTS:
        given = [scores.get(week.start, {}).get(test, ()) for week in weeks[begin:]]
        windows = (given[max(0, end - WINDOW_WEEKS) : end] for end in range(first - begin + 1, len(given) + 1))
        joined = ([score for part in window for score in part] for window in windows)
        by_test[test] = tuple(fmean(window) if window else None for window in joined)
    return by_test


def score_parts(weeks: Sequence[Week], scores: WeeklyScores, test: str) -> tuple[tuple[float, float], ...]:
    """Return the sum and the number of a test's scores in each week."""
    given = (scores.get(week.start, {}).get(test, ()) for week in weeks)
    return tuple((sum(part), float(len(part))) for part in given)


def score_means(weeks: Sequence[Week], scores: WeeklyScores) -> dict[str, Mean]:
    """Return each test's mean score over all these weeks; tests without an answer are absent."""
    means: dict[str, Mean] = {}
    for test in TESTS:
        given = [score for week in weeks for score in scores.get(week.start, {}).get(test, ())]
        if given:
            means[test] = Mean(fmean(given), len(given))
    return means

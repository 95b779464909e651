"""Sentences of the pages, word for word."""

from datetime import date

import pytest
from msgspec.structs import replace

from data.base.formatting import MIN_FOR_PERCENT, cell_count, sparkline
from data.figures import sentences as words
from data.figures.momentum import Week
from data.figures.trends import Mean
from data.model.doors import DoorStats
from data.model.edits import new_win
from data.model.journal import Tally
from data.model.records import Verdict, Win
from tests.support.fake_disk import NOON

WEEK = Week(date(2026, 11, 16), Tally(), 0, 0, True)


def wins(count: int, title: str, verdict: Verdict | None = Verdict.REAL) -> list[Win]:
    made = new_win(title, happened_on=WEEK.start, now=NOON)
    return [replace(made, verdict=verdict) for _ in range(count)]


def means(n: int, **scores: float) -> dict[str, Mean]:
    return {test: Mean(score, n) for test, score in scores.items()}


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({}, "No win in 4 weeks has answers yet; a review asks for them."),
        (
            means(MIN_FOR_PERCENT, Momentum=0.5, Stretch=0.9),
            f"{MIN_FOR_PERCENT} wins with answers in 4 weeks; too few",
        ),
        (means(MIN_FOR_PERCENT - 1, Momentum=0.1, Alignment=0.5, Stretch=0.9), "too few to compare the tests."),
        (
            means(MIN_FOR_PERCENT, Momentum=0.9, Alignment=0.5, Stretch=0.1),
            f"Momentum is strongest (90 %), Stretch weakest (10 %), {MIN_FOR_PERCENT} wins.",
        ),
        (
            means(MIN_FOR_PERCENT, Momentum=0.5, Alignment=0.5, Stretch=0.52),
            "Momentum, alignment and stretch are about even.",
        ),
    ],
)
def test_the_tests_are_compared_on_enough_answers_and_a_clear_gap(given: dict[str, Mean], said: str) -> None:
    assert said in words.describe_tests(given, 4)


def test_a_week_names_as_many_wins_as_there_is_room_for() -> None:
    few = [*wins(2, "Asked"), *wins(1, "Badge", Verdict.CANDY), *wins(1, "Course", None)]
    start = "Week of 16 Nov 2026: "
    assert (
        words.describe_week(WEEK, few) == f"{start}2 real (Asked; Asked), 1 candy (Badge), 1 not sorted yet (Course)."
    )
    assert words.describe_week(WEEK, []) == f"{start}no wins."
    many = wins(4, "x" * 70)
    long, short, tiny = f"{'x' * 59}…", f"{'x' * 33}…", f"{'x' * 15}…"
    ladder = [
        f"{start}4 real ({long}; {long}; {long}; and 1 more).",
        f"{start}4 real ({short}; {short}; {short}; and 1 more).",
        f"{start}4 real ({short}; {short}; and 2 more).",
        f"{start}4 real ({short}; and 3 more).",
        f"{start}4 real ({tiny}; and 3 more).",
        f"{start}4 real.",
    ]
    for said in ladder:
        cells = cell_count(said)
        assert words.describe_week(WEEK, many, cells) == said
        assert said == ladder[-1] or words.describe_week(WEEK, many, cells - 1) != said
    assert words.describe_week(WEEK, many, 3) == ladder[-1]
    assert words.describe_week(WEEK, wins(3, "a")) == f"{start}3 real (a; a; a)."


@pytest.mark.parametrize(
    ("title", "shown"),
    [("x" * 60, "x" * 60), ("x" * 61, "x" * 59 + "…"), ("x" * 58 + " yy", "x" * 58 + "…"), (" a\x1b  b ", "a b")],
)
def test_a_title_in_a_sentence_is_cleaned_and_shortened(title: str, shown: str) -> None:
    assert words.describe_loop([title, "z"]) == f"{shown} → z"


@pytest.mark.parametrize(("text", "cells"), [("abc", 3), ("é", 1), ("面接", 4), ("a面", 3)])
def test_wide_characters_take_two_cells(text: str, cells: int) -> None:
    assert cell_count(text) == cells


@pytest.mark.parametrize(("gap", "said"), [(0, "the same day"), (1, "after 1 day"), (-2, "2 days before")])
def test_how_long_after_the_win_before(gap: int, said: str) -> None:
    assert words.describe_gap(gap) == said


def test_doors_are_told_with_what_there_is_to_tell() -> None:
    assert words.describe_doors(DoorStats(0, None, None, 0, 0)) == "No win is linked to the one that opened it yet."
    one = "1 of your real wins opened a door, usually within a week. Longest chain: 2."
    assert words.describe_doors(DoorStats(1, None, 3, 2, 0)) == one
    candy = "No real win opened a door yet. Longest chain: 2."
    assert words.describe_doors(DoorStats(0, None, 3, 2, 0)) == candy


@pytest.mark.parametrize(
    ("values", "line"), [([], ""), ([0, 0], "  "), ([1], "█"), ([0, 0.01, 4, 8], " ▁▄█"), ([0.5, 0.25], "█▄")]
)
def test_a_line_of_values_is_as_high_as_its_largest(values: list[float], line: str) -> None:
    assert sparkline(values) == line

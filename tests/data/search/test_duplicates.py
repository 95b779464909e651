"""The same win written down twice."""

from datetime import UTC, date, datetime

import pytest

from data.model.edits import new_win
from data.model.records import Win
from data.search.duplicates import find_duplicate

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
FRIDAY = date(2026, 11, 20)


def win(title: str, on: date = date(2026, 11, 17)) -> Win:
    return new_win(title, happened_on=on, now=NOON)


COFFEE = win("Coffee with a mentor")


@pytest.mark.parametrize(
    "title", ["Coffee with a mentor", "  coffee WITH a mentor", "Coffee with a mentor!", "Cofee with mentor"]
)
def test_the_same_or_nearly_the_same_title_is_found(title: str) -> None:
    assert find_duplicate([win("Gym"), COFFEE], title, FRIDAY) is COFFEE


@pytest.mark.parametrize("title", ["", "Coffee with Ada", "Tea with a doctor", "Gim"])
def test_another_title_is_not(title: str) -> None:
    assert find_duplicate([win("Gym"), COFFEE], title, FRIDAY) is None


def test_the_likest_of_several_is_named() -> None:
    close, closer = win("Coffee with a mentor 1!"), win("Coffee with a mentor 1")
    assert find_duplicate([close, closer], "coffee with a mentor 2", FRIDAY) is closer


@pytest.mark.parametrize(("day", "found"), [(6, True), (5, False)])
def test_only_within_two_weeks(day: int, *, found: bool) -> None:
    old = win("Coffee with a mentor", date(2026, 11, day))
    assert (find_duplicate([old], "Coffee with a mentor", FRIDAY) is old) is found


def test_in_a_crowd_the_latest_are_compared_letter_by_letter_and_all_as_they_are() -> None:
    crowd = [win(f"Coffee with mentor number {number}") for number in range(5_000)]
    assert find_duplicate(crowd, "Coffee with mentor number 4999!", FRIDAY) is crowd[-1]
    assert find_duplicate(crowd, "COFFEE with mentor number 7", FRIDAY) is crowd[7]

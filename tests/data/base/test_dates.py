from contextlib import suppress
from datetime import date, timedelta
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.base.dates import parse_date, parse_past, parse_week
from data.base.errors import NotAllowedError, SmallWinsError
from data.base.weeks import MONDAY, SUNDAY, week_name

FRIDAY = date(2026, 11, 20)


DATES: Final = (
    ("2026-11-20", date(2026, 11, 20)),
    ("2026-1-5", date(2026, 1, 5)),
    ("today", FRIDAY),
    (" Yesterday ", date(2026, 11, 19)),
    ("mon", date(2026, 11, 16)),
    ("Sunday", date(2026, 11, 15)),
    ("thurs", date(2026, 11, 19)),
    ("fri", FRIDAY),
    ("last fri", date(2026, 11, 13)),
    ("last mon", date(2026, 11, 16)),
    ("3 days ago", date(2026, 11, 17)),
    ("1 day ago", date(2026, 11, 19)),
    ("a week ago", date(2026, 11, 13)),
    ("2  weeks ago", date(2026, 11, 6)),
    ("last week", date(2026, 11, 13)),
    ("two weeks ago", date(2026, 11, 6)),
    ("last night", date(2026, 11, 19)),
    ("day before yesterday", date(2026, 11, 18)),
    ("the day before yesterday", date(2026, 11, 18)),
    ("last month", date(2026, 10, 20)),
    ("three months ago", date(2026, 8, 20)),
    ("a year ago", date(2025, 11, 20)),
    ("20 nov", FRIDAY),
    ("Nov 21", date(2025, 11, 21)),
    ("on 20 Nov 2026", FRIDAY),
    ("Nov 20, 2026", FRIDAY),
    ("20.11.2026", FRIDAY),
    ("2026/11/20", FRIDAY),
    ("20/11/2026", FRIDAY),
    ("11/20/2026", FRIDAY),
    ("11/20", FRIDAY),
    ("25/12", date(2025, 12, 25)),
    ("29 feb", date(2024, 2, 29)),
    ("Fri 20 Nov 2026 09:15", FRIDAY),
)


@pytest.mark.parametrize(("words", "expected"), DATES)
def test_a_date_is_understood_as_people_say_it(words: str, expected: date) -> None:
    assert parse_date(words, FRIDAY) == expected


@pytest.mark.parametrize(
    "words",
    ["", "soon", "2026-02-30", "2026-13-01", "t", "mo", "11/20/20266", "\u0662026-11-20", "Thu 20 Nov 2026"],
)
def test_what_is_no_date_is_refused_with_the_forms_there_are(words: str) -> None:
    with pytest.raises(NotAllowedError, match="not a date") as error:
        parse_date(words, FRIDAY)
    assert "yesterday" in error.value.hint
    assert "3 days ago" in error.value.hint


@pytest.mark.parametrize("words", ["0026-11-20", "999999 weeks ago", "9999-12-31"])
def test_a_date_centuries_away_is_refused(words: str) -> None:
    with pytest.raises(NotAllowedError, match="too far away"):
        parse_date(words, FRIDAY)


@pytest.mark.parametrize(
    ("words", "days"),
    [
        ("03/04/2026", ("4 March 2026 (2026-03-04)", "3 April 2026 (2026-04-03)")),
        ("3/4", ("4 March 2026 (2026-03-04)", "3 April 2026 (2026-04-03)")),
        (
            "11-12-25",
            ("12 November 2025 (2025-11-12)", "11 December 2025 (2025-12-11)", "25 December 2011 (2011-12-25)"),
        ),
    ],
)
def test_a_date_that_can_mean_several_days_is_refused_with_all_of_them(words: str, days: tuple[str, ...]) -> None:
    with pytest.raises(NotAllowedError, match="That date can mean") as error:
        parse_date(words, FRIDAY)
    assert all(day in error.value.message for day in days)


@pytest.mark.parametrize(
    ("today", "day"), [(date(2026, 3, 31), date(2026, 2, 28)), (date(2026, 1, 5), date(2025, 12, 5))]
)
def test_a_month_ago_is_the_same_day_or_the_last_of_a_shorter_month(today: date, day: date) -> None:
    assert parse_date("last month", today) == day


def test_a_win_can_not_be_dated_tomorrow() -> None:
    with pytest.raises(NotAllowedError, match="2026-11-21 is still to come"):
        parse_past("tomorrow", FRIDAY)
    assert parse_past("2026-11-20", FRIDAY) == FRIDAY
    with pytest.raises(NotAllowedError, match="still to come"):
        parse_past("2026-11-21", FRIDAY)


@pytest.mark.parametrize(
    ("words", "first", "expected"),
    [
        ("this", MONDAY, date(2026, 11, 16)),
        ("last week", MONDAY, date(2026, 11, 9)),
        ("2026-W47", MONDAY, date(2026, 11, 16)),
        ("2026w47", MONDAY, date(2026, 11, 16)),
        ("2026-W47", SUNDAY, date(2026, 11, 15)),
        ("2026-11-18", MONDAY, date(2026, 11, 16)),
        ("2026-11-15", SUNDAY, date(2026, 11, 15)),
        ("yesterday", MONDAY, date(2026, 11, 16)),
    ],
)
def test_a_week_is_understood_by_its_name_or_a_day_in_it(words: str, first: int, expected: date) -> None:
    assert parse_week(words, FRIDAY, first) == expected


@pytest.mark.parametrize("words", ["2026-W54", "2026-W00", "whenever", "0001-W01"])
def test_what_is_no_week_is_refused(words: str) -> None:
    with pytest.raises(NotAllowedError):
        parse_week(words, FRIDAY)


@given(st.text(max_size=30), st.dates(date(1950, 1, 1), date(2100, 1, 1)))
def test_any_words_are_a_day_or_a_sentence(words: str, today: date) -> None:
    with suppress(SmallWinsError):
        assert parse_date(words, today).year < 3000


@given(st.dates(date(1950, 1, 1), date(2100, 1, 1)), st.integers(0, 400))
def test_days_ago_count_back_from_today(today: date, days: int) -> None:
    assert parse_date(f"{days} days ago", today) == today - timedelta(days=days)


def test_dates_go_from_1900_to_2200() -> None:
    for words in ("1900-01-01", "2200-12-31"):
        assert parse_date(words, FRIDAY).isoformat() == words
    for words in ("1899-12-31", "2201-01-01", "999999 weeks ago", "900000 months ago"):
        with pytest.raises(NotAllowedError, match="is too far away"):
            parse_date(words, FRIDAY)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("  Last   Week ", date(2026, 11, 9)),
        ("this week", date(2026, 11, 16)),
        (" This  Week ", date(2026, 11, 16)),
        (" 2026-W47 ", date(2026, 11, 16)),
    ],
)
def test_a_week_may_be_called_one(words: str, expected: date) -> None:
    assert parse_week(words, FRIDAY) == expected


@pytest.mark.parametrize("words", ["soon", "2026-02-30", "week"])
def test_what_is_no_week_is_refused_as_one(words: str) -> None:
    with pytest.raises(NotAllowedError, match="That is not a week"):
        parse_week(words, FRIDAY)


@pytest.mark.parametrize("first", [date(2026, 11, 16), date(2026, 11, 15)])
def test_a_week_that_begins_on_sunday_has_the_name_of_its_monday(first: date) -> None:
    assert week_name(first) == "2026-W47"

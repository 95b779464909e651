"""Dates at the start of a line, in headings and names of files, and what a heading says of those below it."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.base.written_dates.in_text import DatedText, find_day, read_period, split_day
from data.base.written_dates.parts import AmbiguousDate, HeadingPeriod

DAY = date(2026, 1, 13)


@pytest.mark.parametrize(
    ("line", "rest"),
    [
        ("2026-01-13 Passed the exam", "Passed the exam"), ("01/13/2026 Passed", "Passed"),
        ("13.01.2026: Passed", "Passed"), ("Jan 13, 2026 – Passed 3 exams", "Passed 3 exams"),
        ("[[2026-01-13]] Passed", "Passed"), ("(2026-01-13) Passed", "Passed"), ("2026-01-13", ""),
        ("2026-01-13 10:30 called Ada", "called Ada"), ("2026-01-13 10:30 call Ada", "call Ada"),
        ("2026-01-13 - 2026-01-20 Trip", "Trip"), ("2026-01-13 - 3 calls", "3 calls"),
        ("13–20 Jan 2026 Conference", "Conference"), ("13 Jan 2026, sent it", "sent it"),
        ("[2026-01-13 10:00] Title", "Title"), ("13 Jan 2026 Tuesdays are fine", "Tuesdays are fine"),
        ("13 Jan 2026 Tue men came", "Tue men came"), ("Tuesday, 13 January 2026: Passed", "Passed"),
        ("2026-01-13 2 people came", "2 people came"),
    ],
)  # fmt: skip
def test_a_line_begins_with_its_date(line: str, rest: str) -> None:
    assert split_day(line) == DatedText(DAY, rest)


@pytest.mark.parametrize(
    "line",
    [
        "2026-13-45 Wrote", "01/13/20266 typo", "2026-01-13Passed", "31 Feb 2026 Sent", "Mon 13 Jan 2026 Sent",
        "13/13/2026 x",
    ],
)  # fmt: skip
def test_what_begins_like_a_date_and_is_none_is_told(line: str) -> None:
    assert split_day(line) == DatedText(None, line)


@pytest.mark.parametrize(
    "line", ["Passed", "2026 was good", "May 5 people called", "3/4 of it", "1.2.3 released", "", "10 of 12"]
)
def test_other_lines_have_no_date(line: str) -> None:
    assert split_day(line) is None
    assert split_day(line, under=HeadingPeriod(2026)) is None


def test_a_date_without_a_year_takes_it_from_the_heading_above() -> None:
    assert split_day("Jan 13: sent it", under=HeadingPeriod(2026)) == DatedText(DAY, "sent it")
    assert split_day("13 Jan – sent it", under=HeadingPeriod(2026)) == DatedText(DAY, "sent it")
    assert split_day("Jan 13 (Tuesday)", under=HeadingPeriod(2026)) == DatedText(DAY, "(Tuesday)")
    assert find_day("Week 3 (12–18 Jan)", under=HeadingPeriod(2026)) == date(2026, 1, 12)
    assert split_day("Jan 13 people called", under=HeadingPeriod(2026)) is None
    assert split_day("Jan 13: sent it") is None


def test_a_line_may_begin_with_one_of_two_days() -> None:
    found = split_day("03/04/2026 Wrote")
    assert found == DatedText(AmbiguousDate((date(2026, 3, 4), date(2026, 4, 3))), "Wrote")


@pytest.mark.parametrize(
    "name",
    [
        "2026_01_13", "2026_01_13 Notes", "20260113", "2026.01.13", "January 13th, 2026", "2026-01-13 A06-front-matter",
        "journal-2026-01-13", "Wins of 2026-01-13", "Standup 13 Jan 2026", "Tuesday 13 January 2026 – a good day",
        "2026-01-13_notes", "01-13-2026", "Retro (13 Jan 2026)", "Week of 13 Jan 2026",
    ],
)  # fmt: skip
def test_a_heading_or_a_file_is_about_its_one_day(name: str) -> None:
    assert find_day(name) == DAY


@pytest.mark.parametrize(
    "name",
    [
        "Wins",
        "Notes of Mon, 13 Jan 2026",
        "Monday 13 January 2026",
        "2026",
        "Notes 3",
        "from 2026-01-13 or 2026-01-14 on",
        "v1.2.3",
        "x" * 200,
        "IMG2026-01-133",
    ],
)
def test_a_heading_may_be_about_none(name: str) -> None:
    assert find_day(name) is None


@pytest.mark.parametrize(
    ("heading", "year", "month"),
    [
        ("January", 2026, 1), ("Jan", 2026, 1), ("2026-05", 2026, 5), ("05/2026", 2026, 5), ("März 2026", 2026, 3),
        ("2026 Mai", 2026, 5), ("mayo de 2025", 2025, 5), ("Sept. 2025", 2025, 9),
    ],
)  # fmt: skip
def test_a_heading_may_be_a_month(heading: str, year: int, month: int) -> None:
    assert read_period(heading, HeadingPeriod(2026)) == HeadingPeriod(year, month, date(year, month, 1))


def test_a_heading_may_be_a_year_or_a_quarter() -> None:
    assert read_period("2026") == HeadingPeriod(2026)
    assert (
        read_period("Q3", HeadingPeriod(2026)) == read_period("2026 Q3") == HeadingPeriod(2026, None, date(2026, 7, 1))
    )
    assert read_period("Q3 2025", HeadingPeriod(2026)) == HeadingPeriod(2025, None, date(2025, 7, 1))


@pytest.mark.parametrize("heading", ["January", "Q3", "Sales", "3026", "13", "2026-13", "2026-01-13", ""])
def test_other_headings_are_no_period_of_their_own(heading: str) -> None:
    assert read_period(heading) is None


@given(st.text(max_size=200), st.sampled_from([None, HeadingPeriod(2026), HeadingPeriod(2026, 5, date(2026, 5, 1))]))
def test_any_heading_is_a_period_or_none(text: str, under: HeadingPeriod | None) -> None:
    period = read_period(text, under)
    assert period is None or 1900 <= period.year <= 2200

"""Dates and weeks as people type them: "yesterday", "fri", "3 days ago", "20 Nov", "2026-W47".

Words are relative to a `today` that is passed in; a date without a year is the last one.
"""

import re
from datetime import date, timedelta
from typing import Final

from data.base.errors import NotAllowedError
from data.base.formatting import WEEKDAY_NAMES, long_date
from data.base.text import clean_line
from data.base.weeks import FIRST_DATE, LAST_DATE, MONDAY, SUNDAY, WEEK, shift_day, week_of

DATE_FORMS: Final = "2026-11-20, 20 Nov, today, yesterday, a weekday such as fri (the last one), 3 days ago, last week"
"""The ways to write a date, as help and errors name them."""
WEEK_FORMS: Final = "this, last, 2026-W47, or a date in that week"
"""The ways to write a week."""

_WEEKDAYS: Final = tuple(map(str.lower, WEEKDAY_NAMES))
_WORDS: Final = {
    "tomorrow": -1,
    "today": 0,
    "now": 0,
    "tonight": 0,
    "this morning": 0,
    "yesterday": 1,
    "last night": 1,
    "yesterday evening": 1,
    "day before yesterday": 2,
    "last week": 7,
}
_MONTHS_AGO: Final = {"last month": 1, "last year": 12}
_UNITS: Final = {"day": 1, "week": 7, "month": 1, "year": 12}
_NUMBERS: Final = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_ISO: Final = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})", re.ASCII)
_AGO: Final = re.compile(rf"(an?|{'|'.join(_NUMBERS)}|\d{{1,6}}) (day|week|month|year)s? ago", re.ASCII)
_WEEK: Final = re.compile(r"(\d{4})-?w(\d{1,2})", re.ASCII)
_LEAP: Final = 8
"""Years within which 29 February has come at least once."""


def parse_date(words: str, today: date) -> date:
    """Return the day that these words mean.

    A weekday is the last one: on a Friday, "fri" is today and "last fri" the Friday before.

    Raises:
        NotAllowedError: They mean no day, several, or one centuries away; the hint says how to write it.
    """
    text = clean_line(words).lower().removeprefix("on ").removeprefix("the ")
    day = _relative(text, today) or _weekday(text, today) or _calendar(text) or _written(text, today)
    if day is None:
        raise NotAllowedError("That is not a date.", f"Write it as {DATE_FORMS}.")
    return _within_reason(day)


def _within_reason(day: date) -> date:
    if not FIRST_DATE <= day <= LAST_DATE:
        raise NotAllowedError(f"{day} is too far away.", f"Dates go from {FIRST_DATE} to {LAST_DATE}.")
    return day


def parse_past(words: str, today: date) -> date:
    """Return the day that these words mean, as long as it has come: a win is something that happened.

    Raises:
        NotAllowedError: They mean no day, or one after `today`.
    """
    day = parse_date(words, today)
    if day > today:
        raise NotAllowedError(f"{day} is still to come.", "A win has happened: give today or a day before.")
    return day


def parse_week(words: str, today: date, first: int = MONDAY) -> date:
    """Return the first day of the week that these words mean: "this", "last", "2026-W47", or any date in it.

    Args:
        words: As typed.
        today: The local date.
        first: The weekday that weeks start on, as `date.weekday()` has it.

    Raises:
        NotAllowedError: They mean no week.
    """
    text = clean_line(words).lower().removesuffix(" week")
    if text in ("this", "last"):
        return week_of(today, first) - (WEEK if text == "last" else timedelta())
    if (match := _WEEK.fullmatch(text)) is not None:
        return _iso_week(int(match[1]), int(match[2]), first)
    try:
        return week_of(parse_date(text, today), first)
    except NotAllowedError as error:
        raise NotAllowedError("That is not a week.", f"Write it as {WEEK_FORMS}.") from error


def _iso_week(year: int, number: int, first: int) -> date:
    try:
        monday = date.fromisocalendar(year, number, 1)
    except ValueError as error:
        raise NotAllowedError(f"{year} has no week {number}.", f"Write it as {WEEK_FORMS}.") from error
    return _within_reason(monday - timedelta(days=1) if first == SUNDAY else monday)


def _relative(text: str, today: date) -> date | None:
    if text in _WORDS:
        return _days_before(today, _WORDS[text])
    if text in _MONTHS_AGO:
        return _months_before(today, _MONTHS_AGO[text])
    match = _AGO.fullmatch(text)
    if match is None:
        return None
    count = _count(match[1]) * _UNITS[match[2]]
    return _months_before(today, count) if match[2] in {"month", "year"} else _days_before(today, count)


def _count(word: str) -> int:
    if word.isdecimal():
        return int(word)
    return _NUMBERS.index(word) + 1 if word in _NUMBERS else 1


def _days_before(today: date, count: int) -> date:
    return shift_day(today, timedelta(days=-count))


def _months_before(today: date, count: int) -> date:
    """Return the same day of an earlier month, or the last one of a shorter month."""
    months = max(12, today.year * 12 + today.month - 1 - count)
    year, month = divmod(months, 12)
    first = date(year, month + 1, 1)
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)  # `calendar` would cost `add` a millisecond
    return date(year, month + 1, min(today.day, last.day))


def _weekday(text: str, today: date) -> date | None:
    name = text.removeprefix("last ")
    found = [index for index, weekday in enumerate(_WEEKDAYS) if len(name) >= 3 and weekday.startswith(name)]  # noqa: PLR2004 - "mon", and "t" would be two days
    if not found:
        return None
    back = (today.weekday() - found[0]) % 7
    return today - timedelta(days=7 if back == 0 and text != name else back)


def _calendar(text: str) -> date | None:
    match = _ISO.fullmatch(text)
    try:
        return date(int(match[1]), int(match[2]), int(match[3])) if match is not None else None
    except ValueError:
        return None


def _written(text: str, today: date) -> date | None:
    """Return a date that is written out; without a year, the last one.

    Raises:
        NotAllowedError: It can mean more than one day.
    """
    from data.base.written_dates.parts import AmbiguousDate, HeadingPeriod  # noqa: PLC0415 - most dates are words
    from data.base.written_dates.reader import read_day  # noqa: PLC0415

    found = read_day(text)
    if found is None:
        years = (HeadingPeriod(year) for year in range(today.year, today.year - _LEAP - 1, -1))
        read = (read_day(text, under=year) for year in years)
        found = next(
            (day for day in read if day is not None and (isinstance(day, AmbiguousDate) or day <= today)), None
        )
    if not isinstance(found, AmbiguousDate):
        return found
    days = " or ".join(f"{long_date(day)} ({day})" for day in found.days)
    raise NotAllowedError(f"That date can mean {days}.", "Write it with the year first, as in brackets.")

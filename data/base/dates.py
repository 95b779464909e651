"""Dates and weeks as people type them: "yesterday", "fri", "3 days ago", "2026-W47".

Everything is said against a `today` that is passed in.
"""

import re
from datetime import date, timedelta
from typing import Final

from data.base.errors import NotAllowedError
from data.base.formatting import WEEKDAY_NAMES
from data.base.text import clean_line
from data.base.weeks import MONDAY, SUNDAY, WEEK, week_of

DATE_FORMS: Final = "2026-11-20, today, yesterday, a weekday such as fri (the last one), 3 days ago, last week"
"""The ways to say a date, as help and errors name them."""
WEEK_FORMS: Final = "this, last, 2026-W47, or a date in that week"
"""The ways to say a week."""
FIRST_DATE: Final = date(1900, 1, 1)
LAST_DATE: Final = date(2999, 12, 31)
"""No journal of a career reaches further; years such as 0026 are slips of the finger."""

_WEEKDAYS: Final = tuple(map(str.lower, WEEKDAY_NAMES))
_WORDS: Final = {"today": 0, "now": 0, "yesterday": 1, "last week": 7}
_DAYS: Final = {"day": 1, "week": 7}
_ISO: Final = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})", re.ASCII)
_AGO: Final = re.compile(r"(an?|one|\d{1,6}) (day|week)s? ago", re.ASCII)
_WEEK: Final = re.compile(r"(\d{4})-?w(\d{1,2})", re.ASCII)


def parse_date(words: str, today: date) -> date:
    """Return the day that these words mean.

    A weekday is the last one: on a Friday, "fri" is today and "last fri" the Friday before.

    Raises:
        NotAllowedError: They mean no day, or one centuries away; the hint names the forms there are.
    """
    text = clean_line(words).lower()
    day = _relative(text, today) or _weekday(text, today) or _calendar(text)
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
        return today - timedelta(days=_WORDS[text])
    match = _AGO.fullmatch(text)
    if match is None:
        return None
    days = _DAYS[match[2]] * (int(match[1]) if match[1].isdigit() else 1)
    return today - timedelta(days=days) if days < (today - date.min).days else date.min


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

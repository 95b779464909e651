"""Dates in longer texts: at the start of a line, in a heading or a file's name, and the period that a heading names."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Final

from msgspec import Struct

from data.base.text import fold
from data.base.weeks import FIRST_DATE, LAST_DATE
from data.base.written_dates.names import weekday_numbers
from data.base.written_dates.parts import (
    ANY_ORDER,
    MAX_DATE_LENGTH,
    NUMERIC_DATE,
    AmbiguousDate,
    DateOrder,
    HeadingPeriod,
    days_in_order,
    named_parts,
    valid_days,
    week_days,
)
from data.base.written_dates.reader import ToLocalDay, plain_date, read_day, without_weekday

_LIKE_NUMERIC: Final = re.compile(r"[\[(<*]{0,2}(?=[\d./-]{0,8}\d{4})\d{1,4}([-/.])\d{1,2}\1\d", re.ASCII)
_ISO_WEEK: Final = re.compile(r"(?<!\d)\d{4}-?w\d\d(?!\d)", re.ASCII)
_YEAR_MONTH: Final = re.compile(r"(?:(\d{4})[-/._](\d{1,2})|(\d{1,2})[-/.](\d{4}))", re.ASCII)
_QUARTER: Final = re.compile(r"(?:(\d{4})[- ]?q([1-4])|q([1-4])[ /-]?(\d{4})|q([1-4]))", re.ASCII)
_DAY: Final = re.compile(r"(\d{1,2})(?:st|nd|rd|th|er|ste|e|o|a|\.)?", re.ASCII)
_NUMBERED: Final = re.compile(r"(\d{4}-\d\d-\d\d)[-_ ]\d{1,6}", re.ASCII)
"""A second note of a day, or one of a time: "2026-01-05-2", "2026-01-05_1430"."""
_TITLE_WITH_YEAR: Final = re.compile(r"[^\d]*(?<![\w./-])((?:19|20|21)\d\d)(?![\w./-])[^\d]*", re.ASCII)
_DASHES: Final = frozenset(":–—-")
_BREAKS: Final = _DASHES | frozenset("([")
"""What follows a date that needs no more than that, such as "Jan 5 (Monday)"."""
_DELIMITERS: Final = ":–—-, "
_MOST_WORDS: Final = 10
_MOST_NAMED: Final = 4
"""Words in a date with a month's name and a weekday."""


class DatedText(Struct, frozen=True):
    """A text that begins with a date, or with something like one.

    Attributes:
        day: The date; None where it looks like one and is none.
        rest: What follows it.
    """

    day: date | AmbiguousDate | None
    rest: str


def split_day(
    text: str, *, order: DateOrder = ANY_ORDER, under: HeadingPeriod | None = None, local: ToLocalDay | None = None
) -> DatedText | None:
    """Return the date that a text begins with and what follows it, or None where it begins with nothing like a date.

    The longest beginning that is a whole date counts. A date without a year counts only below a heading that has one,
    and before a colon or a dash.

    Args:
        text: A line, such as "2026-01-13 Passed the exam" or "Jan 5: sent it".
        order: What the rest of the file says about the order of day and month.
        under: What the heading above says.
        local: Gives the day of a moment with a zone.
    """
    ends = [match.end() for match in re.finditer(r"\S+", text[: MAX_DATE_LENGTH + 1])][:_MOST_WORDS]
    for end in reversed(ends):
        head = text[:end].rstrip(_DELIMITERS)
        rest = text[end:].lstrip()
        parted = len(head) < end or rest[:1] in _BREAKS
        if not parted and rest and _ends_in_weekday(head):
            continue
        day = read_day(head, order=order, local=local)
        if day is None and parted and under is not None:
            day = read_day(head, order=order, under=under, local=local)
        if day is not None:
            dash = len(head) == end and rest[:1] in _DASHES  # one behind a colon belongs to what follows
            return DatedText(day, rest.lstrip(_DELIMITERS).lstrip() if dash else rest)
    return DatedText(None, text) if _looks_dated(text, ends) else None


def _ends_in_weekday(head: str) -> bool:
    """Say whether the last word may be the first of a title: "20 Nov 2026 Sun shone all day"."""
    return " " in head and _is_weekday(head.rpartition(" ")[2])


def _is_weekday(word: str) -> bool:
    return fold(word) in weekday_numbers()


def _looks_dated(text: str, ends: list[int]) -> bool:
    """Say whether a text begins with a date gone wrong, such as "2026-13-45", "01/13/20266" or "31 Feb 2026"."""
    if _LIKE_NUMERIC.match(text[:MAX_DATE_LENGTH]):
        return True
    heads = [fold(text[:end]) for end in ends[:_MOST_NAMED]]
    rests = [rest for head in heads for _, rest in without_weekday(head)]
    return any(_is_full(named_parts(head.rstrip(":,"))) for head in (*heads, *rests))


def _is_full(parts: list[str | int] | None) -> bool:
    """Say whether parts are those of a date with a month's name and a year of four digits."""
    return (
        parts is not None
        and len(parts) == 3  # noqa: PLR2004
        and sum(isinstance(part, int) for part in parts) == 1
        and any(isinstance(part, str) and len(part) == 4 for part in parts)  # noqa: PLR2004
    )


def find_day(
    text: str, *, order: DateOrder = ANY_ORDER, under: HeadingPeriod | None = None, local: ToLocalDay | None = None
) -> date | AmbiguousDate | None:
    """Return the one day that a heading or a file's name is about: the whole of it, its beginning, its end, or within.

    None where it names none, or two.

    Args:
        text: A heading, or the name of a file without its ending.
        order: What the rest of the file says about the order of day and month.
        under: What the heading above says.
        local: Gives the day of a moment with a zone.
    """
    whole = read_day(text, order=order, under=under, local=local)
    if whole is not None:
        return whole
    start = split_day(text, order=order, under=under, local=local)
    if start is not None and start.day is not None:
        return start.day
    if under is not None and (of_month := _day_of_month(plain_date(text), under)) is not None:
        return of_month
    if (match := _NUMBERED.fullmatch(text)) is not None:
        return read_day(match[1])
    found = _at_the_end(text, order, local) if len(text) <= MAX_DATE_LENGTH else None
    return found if found is not None else _within(fold(text[:MAX_DATE_LENGTH]), order)


def _at_the_end(text: str, order: DateOrder, local: ToLocalDay | None) -> date | AmbiguousDate | None:
    """Return the day that a text ends with, but for one behind a weekday, which the whole text would have been."""
    starts = [match.start() for match in re.finditer(r"\S+", text)][-_MOST_WORDS:]
    fitting = (place for place in starts if not _is_weekday(text[:place].rstrip(" ,.").rpartition(" ")[2]))
    ends = (read_day(text[place:].strip("()"), order=order, local=local) for place in fitting)
    return next((day for day in ends if day is not None), None)


def _day_of_month(text: str, under: HeadingPeriod) -> date | AmbiguousDate | None:
    """Return the day of a heading that is only its number, below one of its month: "5th", "Mon 5", "Di, 6.".

    One that the calendar does not have is a date of no days, as is "31 Feb" below a year.
    """
    parts = named_parts(text)
    if parts is not None and len(parts) == 2 and any(isinstance(part, int) for part in parts):  # noqa: PLR2004
        return AmbiguousDate(())
    shapes = [(weekday, match) for weekday, rest in _with_weekday(text) if (match := _DAY.fullmatch(rest))]
    if not shapes or under.month is None:
        return None
    days = valid_days(under.year, under.month, int(shapes[0][1][1]))
    return days[0] if days and shapes[0][0] in (None, days[0].weekday()) else AmbiguousDate(())


def _with_weekday(text: str) -> Iterator[tuple[int | None, str]]:
    yield None, text
    yield from without_weekday(text)


def _within(text: str, order: DateOrder) -> date | AmbiguousDate | None:
    """Return the day of the only date of numbers, or the only week, in a text."""
    found = {tuple(days_in_order(match, order)) for match in NUMERIC_DATE.finditer(text) if _has_year(match)}
    found |= {tuple(week_days(match[0], order, None)) for match in _ISO_WEEK.finditer(text)}
    days = found.pop() if len(found) == 1 else ()
    if len(set(days)) > 1:
        return AmbiguousDate(tuple(sorted(set(days))))
    return days[0] if days else None


def _has_year(match: "re.Match[str]") -> bool:
    return 4 in {len(match["a"]), len(match["c"])}  # noqa: PLR2004


def read_period(text: str, under: HeadingPeriod | None = None) -> HeadingPeriod | None:
    """Return the year, quarter or month that a heading is: "2026", "Q3 2026", "January" below a year, "2026-05".

    Args:
        text: The whole heading.
        under: What the heading above it says.
    """
    if len(text) > MAX_DATE_LENGTH:
        return None
    plain = plain_date(text)
    if len(plain) == 4 and plain.isascii() and plain.isdecimal():  # noqa: PLR2004
        return HeadingPeriod(int(plain)) if FIRST_DATE.year <= int(plain) <= LAST_DATE.year else None
    if (match := _TITLE_WITH_YEAR.fullmatch(plain)) is not None and named_parts(plain) is None:
        return HeadingPeriod(int(match[1]))
    year, month, whole = _year_and_month(plain, under.year if under else 0)
    days = valid_days(year, month, 1)
    return HeadingPeriod(year, month if whole else None, days[0]) if days else None


def _year_and_month(text: str, above: int) -> tuple[int, int, bool]:
    """Return year, month and whether it is a month, not a quarter; zeros for what is neither."""
    if (match := _YEAR_MONTH.fullmatch(text)) is not None:
        return int(match[1] or match[4]), int(match[2] or match[3]), True
    if (match := _QUARTER.fullmatch(text)) is not None:
        quarter = int(match[2] or match[3] or match[5])
        return int(match[1] or match[4] or above), 3 * quarter - 2, False
    match named_parts(text):
        case [int(month), str(year)] | [str(year), int(month)] if len(year) == 4:  # noqa: PLR2004
            return int(year), month, True
        case [int(month)]:
            return above, month, True
        case _:
            return 0, 0, False

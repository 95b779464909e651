"""The reader of a whole text as a day.

A text is believed whole or not at all: "2026-11-20x" and "01/13/20266" are no dates, "Mon 17 Nov 2026" is none either
(it was a Tuesday), and "03/04/2026" is two, until the rest of the file tells which.
"""

import re
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Final

from data.base.text import clean_line, fold
from data.base.written_dates.names import weekday_numbers
from data.base.written_dates.parts import (
    ANY_ORDER,
    MAX_DATE_LENGTH,
    AmbiguousDate,
    DateOrder,
    HeadingPeriod,
    date_days,
    named_parts,
    valid_days,
)

ToLocalDay = Callable[[datetime], date]
"""Returns the local day of a moment that has a zone."""

_TIME: Final = re.compile(
    r"(?:(?<=\d)t|,? (?:at |um |a las |alle |a |om )?)"
    r"(?P<h>\d{1,2})(?:[:h](?P<m>\d\d)(?::(?P<s>\d\d)(?:[.,]\d{1,9})?)?|(?= ?[ap]\.?m\b))"
    r"(?: ?(?P<half>[ap])\.?m\.?)?(?: ?uhr)?(?: ?(?P<zone>z|utc|gmt|[+-]\d\d(?::?\d\d)?|"
    r"\(?(?:cet|cest|eet|eest|wet|west|bst|ist|msk|est|edt|cst|cdt|mst|mdt|pst|pdt|jst|hkt|sgt|aest|aedt)\)?|"
    r"[a-z]{3,10}/[a-z_]{3,20}))?",
    re.ASCII,
)
_COMPACT_TIME: Final = re.compile(r"(?<!\d)(\d{8})t(\d\d)(\d\d)(?:\d\d)?(?=z|[+-]\d|[ :,]|$)", re.ASCII)
"""ISO's time without colons: "20261120T101500Z"."""
_CTIME: Final = re.compile(
    r"(.*?[a-z]{3,9} \d{1,2}),? (\d{1,2}:\d\d(?::\d\d)?)( [a-z]{3,4})? (\d{4})( [+-]\d\d:?\d\d)?", re.ASCII
)
"""The time before the year, as `date` and `git log` print it: "Fri Nov 20 09:15:00 2026 +0100"."""
_RANGE: Final = re.compile(r" ?(?:[–—]|(?<= )-(?= )|\.\.| to | until | bis | a | al | au | tot | ate |/|-) ?")
_BRACKETS: Final = {"[": "]", "<": ">", "(": ")"}


def read_day(
    text: str, *, order: DateOrder = ANY_ORDER, under: HeadingPeriod | None = None, local: ToLocalDay | None = None
) -> date | AmbiguousDate | None:
    """Return the day that a whole text says: None when it says none, `AmbiguousDate` when it can mean several.

    A time and a zone may stand behind it, a weekday before or behind it (one that is wrong makes it no date), brackets
    around it; a range is its first day, a week its Monday.

    Args:
        text: As it was written, of any length.
        order: What the rest of the file says about the order of day and month.
        under: What the heading above says, for dates without a year.
        local: Gives the day of a moment with a zone; without it the day is the one that is written.
    """
    if len(text) > MAX_DATE_LENGTH:
        return None
    days = list(dict.fromkeys(_days(plain_date(text), order, under, local)))
    if len(days) > 1:
        return AmbiguousDate(tuple(sorted(days)))
    return days[0] if days else None


def plain_date(text: str) -> str:
    """Return a text folded, without brackets around it or a colon behind it, and with its time at the end."""
    line = _COMPACT_TIME.sub(r"\1t\2:\3", fold(clean_line(text))).rstrip(":, ")
    while len(line) > 1 and _BRACKETS.get(line[0]) == line[-1]:
        line = line[1:-1].strip()
    if (match := _CTIME.fullmatch(line)) is not None:
        return f"{match[1]} {match[4]} {match[2]}{match[5] or match[3] or ''}"
    return line


def _days(text: str, order: DateOrder, under: HeadingPeriod | None, local: ToLocalDay | None) -> list[date]:
    """Return every day that a plain text can mean."""
    return _timed(text, order, under, local) or _range_start(text, order, under)


def _timed(text: str, order: DateOrder, under: HeadingPeriod | None, local: ToLocalDay | None = None) -> list[date]:
    """Return every day that a text with or without a time can mean."""
    clock = _clock_of(text)
    if clock is None:
        return _dated(text, order, under)
    found = _dated(text[: clock.start()], order, under) if _is_time(clock) else []
    return [_at(day, clock, local) for day in found]


def _clock_of(text: str) -> "re.Match[str] | None":
    return next((match for match in _TIME.finditer(text) if match.end() == len(text)), None)


def _is_time(clock: "re.Match[str]") -> bool:
    hour = int(clock["h"])
    hours = range(1, 13) if clock["half"] else range(24)
    return hour in hours and int(clock["m"] or 0) < 60 and int(clock["s"] or 0) <= 60  # noqa: PLR2004 - a leap second


def _at(day: date, clock: "re.Match[str]", local: ToLocalDay | None) -> date:
    """Return the local day of a date with a time: another one only where the time names its distance from UTC."""
    zone = _zone(clock["zone"] or "")
    if local is None or zone is None:
        return day
    hour = int(clock["h"]) % 12 + (12 if clock["half"] == "p" else 0) if clock["half"] else int(clock["h"])
    try:
        return local(datetime(day.year, day.month, day.day, hour, int(clock["m"] or 0), tzinfo=zone))
    except (ValueError, OverflowError, OSError):
        return day


def _zone(name: str) -> timezone | None:
    if name in {"z", "utc", "gmt"}:
        return UTC
    if name[:1] not in {"+", "-"}:
        return None
    minutes = int(name[1:3]) * 60 + int(name[3:].lstrip(":") or 0)
    return timezone(timedelta(minutes=minutes if name[0] == "+" else -minutes)) if minutes < 24 * 60 else None


def _dated(text: str, order: DateOrder, under: HeadingPeriod | None) -> list[date]:
    """Return every day that a text without a time can mean, those that its weekday allows."""
    days = date_days(text, order, under)
    if days:
        return days
    for weekday, rest in without_weekday(text):
        days = [day for day in date_days(rest, order, under) if day.weekday() == weekday]
        if days:
            return days
    return []


def without_weekday(text: str) -> Iterator[tuple[int, str]]:
    """Yield a text without the weekday at its beginning, and without the one at its end."""
    names = weekday_numbers()
    first, _, rest = text.replace("-feira", "", 1).partition(" ")
    if (name := first.strip(".,")) in names and rest:
        yield names[name], rest.lstrip()
    rest, _, last = text.rpartition(" ")
    if (name := last.strip("().,")) in names and rest:
        yield names[name], rest.rstrip(", ")


def _range_start(text: str, order: DateOrder, under: HeadingPeriod | None) -> list[date]:
    """Return the first day of a range whose both ends are dates, or times of one day."""
    for match in _RANGE.finditer(text):
        left, right = text[: match.start()], text[match.end() :]
        if _clock_of(left) is not None and _TIME.fullmatch(f" {right}"):
            return _timed(left, order, under)
        lasts = _timed(right, order, under)
        if firsts := [day for last in lasts for day in _completed(left, last, order) if day <= last]:
            return firsts
    return _month_first_range(text)


def _completed(left: str, last: date, order: DateOrder) -> list[date]:
    """Return the days that the first end of a range can mean; it may leave out the year, or all but the day."""
    alone = left.rstrip(".")
    if len(alone) < 3 and alone.isascii() and alone.isdecimal():  # noqa: PLR2004
        return valid_days(last.year, last.month, int(alone))
    days = _timed(left, order, HeadingPeriod(last.year))
    return [day for day in days if day <= last] or _timed(left, order, HeadingPeriod(last.year - 1))


def _month_first_range(text: str) -> list[date]:
    """Return the first day of "Jan 13-20, 2026"."""
    match named_parts(text.replace("–", "-")):
        case [int(month), str(first), str(last), str(year)] if max(len(first), len(last)) < 3 and len(year) == 4:  # noqa: PLR2004
            days = valid_days(int(year), month, int(first))
            return days if days and int(first) <= int(last) and valid_days(int(year), month, int(last)) else []
        case _:
            return []

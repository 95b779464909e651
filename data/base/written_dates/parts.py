"""A date without time and weekday: three numbers in the order of their file, a month's name, or a week's number."""

import re
from collections.abc import Iterable
from datetime import date
from typing import Final, Literal

from msgspec import Struct

from data.base.weeks import FIRST_DATE, LAST_DATE
from data.base.written_dates.names import month_numbers

MAX_DATE_LENGTH: Final = 80
"""No date with its time, zone and weekday is longer; what is longer is not looked at."""

FieldOrder = Literal["dmy", "mdy", "ymd"]


class AmbiguousDate(Struct, frozen=True):
    """A date that can mean more than one day, earliest first."""

    days: tuple[date, ...]


class DateOrder(Struct, frozen=True):
    """The orders of day, month and year that a file's dates of three numbers may have, by what parts them."""

    slashed: frozenset[FieldOrder] = frozenset(("dmy", "mdy", "ymd"))
    dotted: frozenset[FieldOrder] = frozenset(("dmy", "mdy", "ymd"))

    @classmethod
    def fixed(cls, order: FieldOrder) -> "DateOrder":
        """Return the order that a person said."""
        return cls(frozenset((order,)), frozenset((order,)))

    @classmethod
    def of(cls, texts: Iterable[str]) -> "DateOrder":
        """Return what the dates in these texts leave open together: one "13/01/2026" decides for all of them."""
        found = {True: set(ANY_ORDER.dotted), False: set(ANY_ORDER.slashed)}
        for text in texts:
            for match in NUMERIC_DATE.finditer(text[:MAX_DATE_LENGTH]):
                possible = set(_numeric_days(match))
                if possible and len(match["a"]) < 4:  # noqa: PLR2004 - else the year is first, which tells nothing
                    found[match["part"] == "."] &= possible
        return cls(frozenset(found[False]), frozenset(found[True]))


ANY_ORDER: Final = DateOrder()


class HeadingPeriod(Struct, frozen=True):
    """What a heading says about the dates below it.

    Attributes:
        year: The year.
        month: The month, or None for a whole year or a quarter.
        day: The first day of it, or None for a whole year, which dates nothing.
    """

    year: int
    month: int | None = None
    day: date | None = None


NUMERIC_DATE: Final = re.compile(
    r"(?<![^\W_])(?<!\d[-/._])(?P<a>\d{4}|\d{1,2})(?P<part>[-/._]) ?(?P<b>\d{1,2})(?P=part) ?(?P<c>\d{4}|\d{1,2})"
    r"(?![^\W_])(?![-/._]\d)",
    re.ASCII,
)
_COMPACT: Final = re.compile(r"(\d{4})(\d\d)(\d\d)", re.ASCII)
_YEARLESS: Final = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\.?", re.ASCII)
_WEEK: Final = re.compile(
    r"(?:(?P<y>\d{4})[- ]?)?(?:w|wk|cw|kw|week|calendar week|woche|kalenderwoche|semaine|semana|settimana|sem|sett)"
    r"[ .-]{0,2}(?P<w>\d{1,2})(?:-(?P<d>[1-7]))?(?:(?:, ?| ?/ ?| of | de | )(?P<z>\d{4}))?",
    re.ASCII,
)
_TOKEN: Final = re.compile(r"(\d{1,4})(?:st|nd|rd|th|er|ste|e|o|a|°)?(?![a-z\d])|([a-z]+)|([-/.,'\u2019 ])", re.ASCII)
_FILLERS: Final = frozenset(
    ("of", "de", "del", "the", "den", "der", "le", "el", "il", "la", "am", "on", "do", "dia", "dem")
)
_WEEK_OF: Final = re.compile(
    r"(?:the )?(?:week|wk|woche|semaine|semana|settimana)"
    r"(?: (?:of|from|beginning|starting|vom|du|del|de|van))? "
)
_CENTURY: Final = 70
"""A year of two digits from here on is of the last century."""


def date_days(text: str, order: DateOrder, under: HeadingPeriod | None) -> list[date]:
    """Return the days that a date alone can mean, without time and weekday."""
    if (match := NUMERIC_DATE.fullmatch(text.rstrip("."))) is not None:
        return days_in_order(match, order)
    if (match := _COMPACT.fullmatch(text)) is not None:
        return valid_days(int(match[1]), int(match[2]), int(match[3]))
    if under is not None and (match := _YEARLESS.fullmatch(text)) is not None:
        known = order.dotted if match[2] == "." else order.slashed
        return _yearless(int(match[1]), int(match[3]), under.year, known)
    return week_days(text, order, under) or _named(text, under)


def _yearless(first: int, second: int, year: int, orders: frozenset[FieldOrder]) -> list[date]:
    """Return the days of a year that two numbers, such as 11/20, can mean."""
    found: dict[FieldOrder, list[date]] = {
        "dmy": valid_days(year, second, first),
        "mdy": valid_days(year, first, second),
    }
    allowed = [days for name, days in found.items() if name in orders and days] or list(found.values())
    return list(dict.fromkeys(day for days in allowed for day in days))


def days_in_order(match: "re.Match[str]", order: DateOrder) -> list[date]:
    """Return the days that a match of `NUMERIC_DATE` can mean, as far as the file leaves its order open."""
    found = _numeric_days(match)
    dotted = match["part"] == "."
    known = order.dotted if dotted else order.slashed
    allowed = {name: day for name, day in found.items() if name in known} or found
    if dotted and "dmy" in allowed:  # no country writes the month first with dots, or a short year first
        return [allowed["dmy"]]
    return list(allowed.values())


def _numeric_days(match: "re.Match[str]") -> dict[FieldOrder, date]:
    """Return the day that three numbers say in each order that they can have."""
    a, b, c = match["a"], match["b"], match["c"]
    tries: dict[FieldOrder, tuple[str, str, str]] = {"ymd": (a, b, c)}
    if len(a) < 4:  # noqa: PLR2004 - else the year is first
        tries = {"dmy": (c, b, a), "mdy": (c, a, b)}
        if match["part"] == "-" and len(a) == len(c) == 2:  # noqa: PLR2004
            tries["ymd"] = (a, b, c)
    found = ((name, valid_days(_year(y), int(m), int(d))) for name, (y, m, d) in tries.items())
    return {name: days[0] for name, days in found if days}


def _year(digits: str) -> int:
    """Return a year of four digits or of two; of one digit none."""
    if len(digits) != 2:  # noqa: PLR2004
        return int(digits) if len(digits) == 4 else 0  # noqa: PLR2004
    return int(digits) + (1900 if int(digits) >= _CENTURY else 2000)


def valid_days(year: int, month: int, day: int) -> list[date]:
    """Return the one day of these numbers, or nothing where there is none from `FIRST_DATE` to `LAST_DATE`."""
    try:
        return [date(year, month, day)] if FIRST_DATE.year <= year <= LAST_DATE.year else []
    except ValueError:
        return []


def week_days(text: str, order: DateOrder, under: HeadingPeriod | None) -> list[date]:
    """Return the day of a week's number: its Monday, or the day that it names."""
    plain = _WEEK_OF.sub("", text, count=1) if _WEEK_OF.match(text) else None
    if plain is not None and (named := date_days(plain, order, under)):
        return named
    match = _WEEK.fullmatch(text)
    year = int((match["y"] or match["z"] or 0) if match is not None else 0) or (under.year if under else 0)
    if match is None or not FIRST_DATE.year <= year <= LAST_DATE.year or (match["y"] and match["z"]):
        return []
    try:
        return [date.fromisocalendar(year, int(match["w"]), int(match["d"] or 1))]
    except ValueError:
        return []


def named_parts(text: str) -> list[str | int] | None:
    """Return a date with a month's name as its numbers, as they are written, and its month as a number."""
    parts: list[str | int] = []
    place = 0
    while place < len(text):
        match = _TOKEN.match(text, place)
        if match is None:
            return None
        place = match.end()
        if match[1]:
            parts.append(match[1])
        elif match[2] in month_numbers():
            parts.append(month_numbers()[match[2]])
        elif match[2] and match[2] not in _FILLERS:
            return None
    return parts


def _named(text: str, under: HeadingPeriod | None) -> list[date]:
    """Return the day of a date with a month's name, such as "20 Nov 2026" or "Nov 20th", with the year from above."""
    match named_parts(text):
        case [str(first), int(month), str(last)] if len(first) == 4 and len(last) < 3:  # noqa: PLR2004
            return valid_days(int(first), month, int(last))
        case [str(day), int(month), str(year)] | [int(month), str(day), str(year)] if len(day) < 3:  # noqa: PLR2004
            return valid_days(_year(year), month, int(day))
        case [str(day), int(month)] | [int(month), str(day)] if len(day) < 3 and under is not None:  # noqa: PLR2004
            return valid_days(under.year, month, int(day))
        case _:
            return []

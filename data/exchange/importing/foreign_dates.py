"""Dates as other programs write them."""

import re
from datetime import UTC, date, datetime
from typing import Final

from data.exchange.importing.entry import LocalDay

_COMPACT: Final = re.compile(r"(\d{8})T(\d{6})(Z?)", re.ASCII)
_EPOCH: Final = re.compile(r"-?\d{9,13}", re.ASCII)
_MILLIS: Final = 100_000_000_000
"""Larger numbers count milliseconds: as seconds they would be the year 5138."""
_WORDS: Final = (
    "%Y/%m/%d", "%Y.%m.%d", "%Y%m%d", "%d.%m.%Y", "%d %b %Y", "%d %B %Y", "%d. %B %Y", "%d. %b %Y",
    "%b %d %Y", "%B %d %Y", "%d-%b-%Y", "%a %d %b %Y", "%A %d %B %Y", "%a %b %d %Y", "%A %B %d %Y",
)  # fmt: skip
_SLASHED: Final = re.compile(r"(\d{1,2})[/-](\d{1,2})[/-](\d{4})", re.ASCII)
_LETTERS: Final = re.compile(r"d+|m+|y+", re.IGNORECASE)
_PARTS: Final = {"y": "%Y", "yyyy": "%Y", "mmm": "%b", "mmmm": "%B"}
"""Where it is more than a percent sign before the letter."""
_CLOCK: Final = re.compile(r"(?<=\d{4}) (?:at )?\d{1,2}:\d\d(?::\d\d)?(?: ?[AaPp][Mm])?$", re.ASCII)
_YEAR: Final = re.compile(r"\d{4}", re.ASCII)
_MONTHS: Final = 12


def moment_day(value: object, local: LocalDay) -> date | None:
    """Return the local date of a moment: ISO 8601, `YYYYMMDDTHHMMSSZ`, or seconds or milliseconds since 1970.

    None when it is none of them.
    """
    try:
        moment = _moment(value)
        return local(moment) if moment is not None else None
    except (ValueError, OverflowError, OSError):
        return None


def _moment(value: object) -> datetime | None:
    if not isinstance(value, int | float | str):
        return None
    text = str(value).strip()
    if (match := _COMPACT.fullmatch(text)) is not None:
        plain = datetime.strptime(match[1] + match[2], "%Y%m%d%H%M%S")  # noqa: DTZ007 - the zone is set below
        return plain.replace(tzinfo=UTC) if match[3] else plain
    if isinstance(value, float) or _EPOCH.fullmatch(text):
        number = float(value)
        return datetime.fromtimestamp(number / 1000 if abs(number) > _MILLIS else number, UTC)
    return datetime.fromisoformat(text)


def date_form(text: str) -> str:
    """Return how dates are written, as `datetime.strptime` has it: "d/m/y" and "DD/MM/YYYY" are "%d/%m/%Y" too."""
    if "%" in text:
        return text
    return _LETTERS.sub(lambda found: _PARTS.get(found[0].lower(), f"%{found[0][0].lower()}"), text)


def said_day(text: str, form: str) -> date | None:
    """Return the date that a text says in a form of `datetime.strptime`; None when it does not."""
    try:
        return datetime.strptime(text.strip(), form).date()  # noqa: DTZ007 - a date without a time
    except ValueError:
        return None


def written_day(text: str, local: LocalDay) -> date | None:
    """Return the date that a cell or a heading says, in ISO or in words; None when it says none, or one of two.

    "03/04/2026" is one of two: the third of April, or the fourth of March.
    """
    if not _YEAR.search(text):
        return None
    plain = _CLOCK.sub("", " ".join(text.replace(",", " ").split()))
    return moment_day(plain, local) or _slashed(plain) or _in_words(plain)


def _slashed(text: str) -> date | None:
    match = _SLASHED.match(text)
    if match is None:
        return None
    first, second, year = int(match[1]), int(match[2]), int(match[3])
    if first <= _MONTHS and second <= _MONTHS and first != second:
        return None
    day, month = (first, second) if second <= _MONTHS else (second, first)
    return _date(year, month, day)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _in_words(text: str) -> date | None:
    return next((day for form in _WORDS if (day := said_day(text, form)) is not None), None)

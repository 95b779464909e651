"""Dates as other programs write them."""

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Final

from data.base.errors import NotAllowedError
from data.base.written_dates.in_text import DatedText, find_day, read_period, split_day
from data.base.written_dates.parts import MAX_DATE_LENGTH, AmbiguousDate, DateOrder, HeadingPeriod
from data.base.written_dates.reader import ToLocalDay, read_day
from data.exchange.importing.date_pattern import DatePattern
from data.exchange.importing.entry import ReadOptions

UNCLEAR: Final = "Its date can't be understood; write 2026-11-20, or add --dates."
TWO_WAYS: Final = "Its date can be read in two ways; add --dates d/m/y or m/d/y."
_COMPACT: Final = re.compile(r"(\d{8})T(\d{6})(Z?)", re.ASCII)
_EPOCH: Final = re.compile(r"-?\d{9,17}(?:\.\d{1,9})?", re.ASCII)
_MILLIS: Final = 100_000_000_000
"""Larger numbers count milliseconds: as seconds they would be the year 5138."""
_ZONE: Final = re.compile(r" (?:GMT|UTC)?([+-]\d{4})(?: \([^()\n]{1,40}\)| UTC)?\Z", re.ASCII)
"""A zone as JavaScript ("GMT+0100 (CET)") and Ruby ("+0000 UTC") write it."""
_CJK: Final = re.compile(r"(\d{4})[年년] ?(\d{1,2})[月월] ?(\d{1,2})[日일](?: ?[(\uff08].[)\uff09])?", re.ASCII)
_DIGIT: Final = re.compile(r"\d")
_WORD: Final = re.compile(r"\S+")
_LEADING: Final = 40
"""Characters at the start of a line in which the digits of its date are."""
_SAMPLE: Final = 200_000
_MICROS: Final = 100_000_000_000_000
"""And larger ones still microseconds."""


def _first_of_month(text: str) -> date | None:
    """Return the first day of a month such as "Mar 2025", as LinkedIn writes when something began or ended."""
    period = read_period(text)
    return period.day if period is not None and period.month is not None else None


def describe_unclear(day: AmbiguousDate) -> str:
    """Return why nothing can be dated by something that is more than one day, or none."""
    return TWO_WAYS if day.days else UNCLEAR


class UnclearDateError(NotAllowedError):
    """A date that can't be understood, or can be read in two ways."""


def moment_day(value: object, local: ToLocalDay) -> date | None:
    """Return the local date of a moment: ISO 8601, `YYYYMMDDTHHMMSSZ`, or (milli-, micro-)seconds since 1970.

    None when it is none of them.
    """
    try:
        moment = _moment(value)
        return local(moment) if moment is not None else None
    except (ValueError, OverflowError, OSError):
        return None


def _moment(value: object) -> datetime | None:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    text = str(value).strip()
    if (match := _COMPACT.fullmatch(text)) is not None:
        plain = datetime.strptime(match[1] + match[2], "%Y%m%d%H%M%S")  # noqa: DTZ007 - the zone is set below
        return plain.replace(tzinfo=UTC) if match[3] else plain
    if isinstance(value, float) or _EPOCH.fullmatch(text):
        number = float(value)
        scale = 1_000_000 if abs(number) > _MICROS else 1_000 if abs(number) > _MILLIS else 1
        return datetime.fromtimestamp(number / scale, UTC)
    return datetime.fromisoformat(text)


def _plain(text: str) -> str:
    """Return a date as people write it: programs have ways of their own for zones, spans and dates in Chinese."""
    if text.isascii():
        return _ZONE.sub(r" \1", text)
    return _ZONE.sub(r" \1", _CJK.sub(r"\1-\2-\3", text.replace("→", "–")))


class DayReader:
    """Reads the dates of one file."""

    def __init__(self, options: ReadOptions, texts: Iterable[str] = ()) -> None:
        """Learn in which order day and month stand.

        Args:
            options: What the person said.
            texts: All texts of the file that may be dates: one "13/01/2026" among them decides for the others.

        Raises:
            NotAllowedError: The pattern that the person said can't be understood.
        """
        self._local = options.local
        self._pattern = DatePattern(options.dates) if options.dates else None
        self._order = DateOrder.fixed(self._pattern.order) if self._pattern is not None else DateOrder.of(texts)

    def read(self, value: object, under: HeadingPeriod | None = None) -> date | None:
        """Return the local day that a value says, None where it says nothing.

        Args:
            value: A cell, a heading, a field of JSON.
            under: What the heading above says, for dates without a year.

        Raises:
            UnclearDateError: It says something else than a day, or one of two.
        """
        text = str(value).strip() if isinstance(value, str | int | float) and not isinstance(value, bool) else ""
        if not text:
            if value in (None, "") or isinstance(value, str):
                return None
            raise UnclearDateError(UNCLEAR)
        found = self._said(text) or self._found(value, text, under) or _first_of_month(text)
        if isinstance(found, AmbiguousDate):
            raise UnclearDateError(describe_unclear(found))
        if found is None:
            raise UnclearDateError(UNCLEAR)
        return found

    @classmethod
    def silent(cls, text: str) -> "DayReader":
        """Return a reader of a text about which nobody said anything, to find out what it is."""
        return cls(ReadOptions(local=lambda moment: moment.date()), text[:_SAMPLE].split("\n"))

    def whole(self, text: str, under: HeadingPeriod | None = None) -> date | AmbiguousDate | None:
        """Return the day that a whole text says; None where it says none."""
        if len(text) > MAX_DATE_LENGTH or not (_DIGIT.search(text) or under is not None):
            return None
        return self._said(text) or read_day(_plain(text), order=self._order, under=under, local=self._local)

    def split(self, text: str, under: HeadingPeriod | None = None) -> DatedText | None:
        """Return the date that a text begins with, and the rest; None where it begins with nothing like a date."""
        if _DIGIT.search(text[:_LEADING]) is None:
            return None
        head = _CJK.match(text)
        if head is not None:  # it needs no blank behind it
            return DatedText(read_day(_plain(head[0])), text[head.end() :].lstrip(" :–—-,"))
        return self._said_first(text) or split_day(text, order=self._order, under=under, local=self._local)

    def find(self, text: str, under: HeadingPeriod | None = None) -> date | AmbiguousDate | None:
        """Return the one day that a heading or the name of a file is about; None where it names none, or two.

        A date gone wrong, such as "2026-02-31", is one of no days.
        """
        if len(text) > MAX_DATE_LENGTH or not (_DIGIT.search(text) or under is not None):
            return None
        found = self._said(text) or find_day(_plain(text), order=self._order, under=under, local=self._local)
        if found is None and (start := self.split(text, under)) is not None and start.day is None:
            return AmbiguousDate(())  # a date gone wrong: what is below it must not get the date of something else
        return found

    @staticmethod
    def period(text: str, under: HeadingPeriod | None = None) -> HeadingPeriod | None:
        """Return the year, quarter or month that a heading is."""
        return read_period(text, under)

    def _said_first(self, text: str) -> DatedText | None:
        """Return the date of the person's own pattern that a text begins with."""
        if self._pattern is None:
            return None
        for end in [match.end() for match in _WORD.finditer(text[:MAX_DATE_LENGTH])][::-1]:
            day = self._pattern.read(text[:end].rstrip(":–—-, "))
            if day is not None:
                return DatedText(day, text[end:].lstrip(":–—-, "))
        return None

    def _said(self, text: str) -> date | None:
        return self._pattern.read(text) if self._pattern is not None else None

    def _found(self, value: object, text: str, under: HeadingPeriod | None) -> date | AmbiguousDate | None:
        if isinstance(value, int | float) or _EPOCH.fullmatch(text) or _COMPACT.fullmatch(text):
            return moment_day(value, self._local)
        return read_day(_plain(text), order=self._order, under=under, local=self._local) or moment_day(
            text, self._local
        )

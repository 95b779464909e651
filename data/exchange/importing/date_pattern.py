"""How a person says that dates are written: "d/m/y", "M/D/YYYY H:mm", "dd. mmmm yyyy", or "%d/%m/%Y"."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Final

from data.base.errors import NotAllowedError
from data.base.text import fold
from data.base.written_dates.names import month_numbers
from data.base.written_dates.parts import MAX_DATE_LENGTH, FieldOrder

_MAX_LENGTH: Final = 40
_PERCENT: Final = {
    "d": "d", "e": "d", "m": "m", "b": "mmm", "B": "mmm", "h": "mmm", "y": "y", "Y": "y", "a": "ddd", "A": "ddd",
    "H": "H", "I": "H", "M": "min", "S": "s", "p": "a", "F": "y-m-d", "T": "H:min:s", "R": "H:min",
}  # fmt: skip
"""What `strftime` calls the same; its flags (%-d) do not matter."""
_WORDS: Final = re.compile(r"([A-Za-z]+)|\s+|.", re.DOTALL)
_CLOCKS: Final = re.compile(r"h{1,2}m{1,2}(?:s{1,2})?z?|s{1,2}z|h{1,2}a")
_RUN: Final = re.compile(r"([a-z])\1*")
_FIELDS: Final = {
    "day": r"(?P<day>\d{1,2})(?:st|nd|rd|th|\.)?",
    "month": r"(?P<month>\d{1,2})",
    "name": r"(?P<name>[^\W\d_]+)\.?",
    "year": r"(?P<year>\d{4}|\d{2})",
    "weekday": r"[^\W\d_]+\.?",
    "clock": r"\d{1,2}",
    "half": r"[ap]\.?m\.?",
    "zone": r"(?:z|[a-z]{1,5}|[+-]\d\d:?\d\d)",
}
_TIME: Final = (
    r"(?:[\sT,]+(?:at\s+)?\d{1,2}[:.h]\d\d(?:[:.]\d\d(?:[.,]\d+)?)?"
    r"(?:\s*[ap]\.?m\.?)?(?:\s*(?:z|[a-z]{3,4}|[+-]\d\d:?\d\d))?)?"
)
_CENTURY: Final = 70


class DatePattern:
    """A pattern of dates, and what it makes of a text.

    Attributes:
        order: In which order day, month and year stand.
    """

    def __init__(self, said: str) -> None:
        """Understand a pattern.

        Args:
            said: d, m and y (in any number and case) for day, month and year; mmm for a month's name, ddd for a
                weekday's, h:mm:ss for a time; or what `strftime` has. A time behind the date need not be said.

        Raises:
            NotAllowedError: It has not one day, one month and one year, or is too long.
        """
        fields = list(_fields(_letters(said[:_MAX_LENGTH]).replace("'", " ")))
        kinds = ["month" if name == "name" else name for name, _ in fields]
        dates = tuple(kind for kind in kinds if kind in ("day", "month", "year"))
        if len(said) > _MAX_LENGTH or sorted(dates) != ["day", "month", "year"]:
            raise NotAllowedError(
                "Dates need one day, one month and one year.", "Say them as d/m/y, m/d/yyyy h:mm or dd. mmm yyyy."
            )
        self.order: FieldOrder = "ymd" if dates[0] == "year" else "mdy" if dates[0] == "month" else "dmy"
        timed = "" if "clock" in kinds else _TIME
        self._pattern = re.compile("".join(part for _, part in fields) + timed, re.IGNORECASE)

    def read(self, text: str) -> date | None:
        """Return the date that a whole text is; None where it is none of this pattern."""
        plain = text.strip()
        match = self._pattern.fullmatch(plain) if len(plain) <= MAX_DATE_LENGTH else None
        if match is None:
            return None
        found = match.groupdict()
        month = int(found["month"]) if found.get("month") else month_numbers().get(fold(found["name"] or ""), 0)
        year = int(found["year"])
        if len(found["year"]) == 2:  # noqa: PLR2004 - of two digits
            year += 1900 if year >= _CENTURY else 2000
        try:
            return date(year, month, int(found["day"]))
        except ValueError:
            return None


def _letters(said: str) -> str:
    """Return a pattern of `strftime` in letters; one in letters as it is."""
    if "%" not in said:
        return said
    return re.sub(r"%[-_0^#]?(.)", lambda found: _PERCENT.get(found[1], found[0]), said)


def _fields(said: str) -> Iterator[tuple[str, str]]:
    """Yield the parts of a pattern: what each is, "" for what stands as it is, and its regular expression."""
    timed = False
    for match in _WORDS.finditer(said):
        word = match[0].lower()
        if match[1] is None:
            yield "", r"\s*" if word.isspace() else re.escape(word)
            continue
        for name in _word_fields(word, timed=timed):
            timed = timed or name == "clock"
            yield (name, _FIELDS[name]) if name in _FIELDS else ("", re.escape(name))


def _word_fields(word: str, *, timed: bool) -> list[str]:
    """Return the fields that a word of letters stands for; the word itself where it is only a word."""
    if word == "min":
        return ["clock"]
    runs = [match[0] for match in _RUN.finditer(word)]
    if len(runs) > 1 and not (set(word) <= set("dmy") or _CLOCKS.fullmatch(word)):
        return [word]
    return [_field(run, timed=timed) for run in runs]


def _field(run: str, *, timed: bool) -> str:
    letter, long = run[0], len(run) > 2  # noqa: PLR2004 - mmm and ddd are names
    if letter == "m":
        return "clock" if timed else "name" if long else "month"
    if letter == "d":
        return "weekday" if long else "day"
    return {"y": "year", "e": "weekday", "h": "clock", "s": "clock", "a": "half", "z": "zone"}.get(letter, run)

"""Counts, dates and shares in words and figures, in English wherever the program runs."""

from collections.abc import Sequence
from datetime import date
from typing import Final
from unicodedata import east_asian_width

MONTH_NAMES: Final = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
MONTHS: Final = tuple(name[:3] for name in MONTH_NAMES)
WEEKDAY_NAMES: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
"""In the order of `date.weekday()`."""
WEEKDAYS: Final = tuple(name[:3] for name in WEEKDAY_NAMES)
MIN_FOR_PERCENT: Final = 10
"""The fewest cases whose share is given in per cent; with fewer, the counts speak."""
SPARK_MARKS: Final = "▁▂▃▄▅▆▇█"
"""Eighths of a cell, lowest first."""
_NUMBERS: Final = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def plural(count: int, word: str, words: str = "") -> str:
    """Return "1 win", "3 wins"; `words` is the plural where an s is not enough."""
    return f"{count:,} {word if count == 1 else words or word + 's'}"


def number_word(count: int) -> str:
    """Return a small count as a word, a larger one in figures."""
    return _NUMBERS[count] if count < len(_NUMBERS) else f"{count:,}"


def capitalise(text: str) -> str:
    """Return text with its first letter in upper case and the rest as it was."""
    return text[:1].upper() + text[1:]


def shorten(line: str, length: int) -> str:
    """Return a line in at most `length` characters, with an ellipsis where something is missing."""
    return line if len(line) <= length else f"{line[: length - 1].rstrip()}…"


def day_month(day: date) -> str:
    """Return "3 Sep"."""
    return f"{day.day} {MONTHS[day.month - 1]}"


def weekday_date(day: date, today: date | None = None) -> str:
    """Return "Thu 3 Sep", with the year where it is not that of `today`."""
    year = f" {day.year}" if today is not None and day.year != today.year else ""
    return f"{WEEKDAYS[day.weekday()]} {day_month(day)}{year}"


def month_year(day: date) -> str:
    """Return "Sep 2026"."""
    return f"{MONTHS[day.month - 1]} {day.year}"


def long_date(day: date) -> str:
    """Return "3 September 2026"."""
    return f"{day.day} {MONTH_NAMES[day.month - 1]} {day.year}"


def format_rate(value: float) -> str:
    """Return wins a week with one decimal; whole ones without, and tiny ones never as a zero that they are not."""
    if 0 < value < 0.05:  # noqa: PLR2004
        return "under 0.1"
    return f"{value:.1f}".removesuffix(".0")


def percent(share: float) -> str:
    """Return a share, 0 to 1, as whole per cent."""
    return f"{share:.0%}".replace("%", " %")


def share_of(part: int, whole: int) -> str:
    """Return "3 of 7", with a percentage once there are enough for it to mean something."""
    return f"{part:,} of {whole:,}" + (f" ({percent(part / whole)})" if whole >= MIN_FOR_PERCENT else "")


def format_days(count: float) -> str:
    """Return "1 day", "14 days", "2.5 days"."""
    amount = f"{count:.1f}".removesuffix(".0")
    return f"{amount} day" if amount == "1" else f"{amount} days"


def cell_count(text: str) -> int:
    """Return how many cells of a terminal a cleaned text takes at most: wide characters take two."""
    return len(text) if text.isascii() else sum(1 + (east_asian_width(c) in "WF") for c in text)


def sparkline(values: Sequence[float]) -> str:
    """Return values from 0 up as one line of eighth blocks, the largest full; a zero is a blank."""
    top = max(values, default=0.0)
    eighths = len(SPARK_MARKS)
    return "".join(SPARK_MARKS[max(0, round(v / top * eighths) - 1)] if v > 0 else " " for v in values)

r"""One line says it all: `yesterday: coffee with a mentor #people @Climate` is a title, a date, a tag and a goal.

A date stands first, before a colon and a space. A `#word` with a letter in it is a tag. An `@word` is a goal when it is
the whole name of one, or the start of one alone. What isn't understood stays in the title. A backslash before a sign
keeps the sign: `\#`, `\@`, `yesterday\:`.
"""

import re
from collections.abc import Sequence
from datetime import date
from typing import Final

from msgspec import Struct

from data.base.dates import parse_past
from data.base.errors import NotAllowedError
from data.base.formatting import weekday_date
from data.base.text import TAG_LIMIT, clean_line, fold
from data.model.journal import Journal

_DATE: Final = r"([^:\\]{3,30})(\\*):(?= )"
_SIGN: Final = r"(\\*)([#@])"
_ENDS: Final = ",.;:!?)"
"""Punctuation that ends a tag or a goal; it goes with it."""


class OneLine(Struct, frozen=True):
    """What one line says.

    Attributes:
        title: The words that are left, cleaned; all of them when nothing would be left.
        on: The day it names, or None.
        goal: The name of the goal it names, or "".
        tags: The tags it names, in the order of the line.
    """

    title: str
    on: date | None = None
    goal: str = ""
    tags: tuple[str, ...] = ()

    @property
    def understood(self) -> bool:
        """Whether the line says more than a title."""
        return bool(self.on or self.goal or self.tags)

    def describe(self, today: date) -> str:
        """Return what was understood beside the title: "Thu 19 Nov · Climate · #people"; another year is said."""
        day = weekday_date(self.on, today) if self.on else ""
        return " · ".join(filter(None, (day, clean_line(self.goal), *(f"#{tag}" for tag in self.tags))))


def goal_names(journal: Journal) -> tuple[str, ...]:
    """Return the names of the goals that aren't archived."""
    return tuple(goal.name for goal in journal.goals.values() if goal.archived_at is None)


def parse_line(line: str, goals: Sequence[str], today: date) -> OneLine:
    """Return what a line says.

    Args:
        line: As it was typed.
        goals: The names an `@word` may mean.
        today: The local date; a day after it stays in the title.
    """
    whole = clean_line(line)
    on, rest = _split_date(whole, today)
    tags: list[str] = []
    goal = ""
    title: list[str] = []
    words = rest.split(" ")
    at = 0
    while at < len(words):
        word, taken = words[at], 1
        if tag := _tag(word):
            tags.append(tag)
        elif not goal and (found := _goal(words[at:], goals)):
            goal, taken = found
        else:
            title.append(_unescape(word))
        at += taken
    left = clean_line(" ".join(title))
    return OneLine(left, on, goal, tuple(dict.fromkeys(tags))) if left else OneLine(whole)


def escape_line(title: str, goals: Sequence[str], today: date) -> str:
    """Return a title so that `parse_line` gives it back as it is, and nothing else."""
    if parse_line(title, goals, today) == OneLine(clean_line(title)):
        return title
    words = (re.sub(_SIGN, r"\\\g<0>", word, count=1) if re.match(_SIGN, word) else word for word in title.split(" "))
    escaped = " ".join(words)
    dated = re.match(_DATE, escaped)
    return f"{dated[1]}\\{dated[2]}{escaped[dated.end(2) :]}" if dated and _day(dated[1], today) else escaped


def _split_date(line: str, today: date) -> tuple[date | None, str]:
    """Return the day before a colon and the words after it; one escaped colon loses one backslash."""
    match = re.match(_DATE, line)
    day = _day(match[1], today) if match else None
    if match is None or day is None:
        return None, line
    if match[2]:
        return None, f"{match[1]}{match[2][1:]}{line[match.end(2) :]}"
    return day, line[match.end() + 1 :]


def _day(words: str, today: date) -> date | None:
    try:
        return parse_past(words, today)
    except NotAllowedError:
        return None


def _tag(word: str) -> str:
    name = word[1:].rstrip(_ENDS)
    plain = not word.startswith("#") or len(name) > TAG_LIMIT or "#" in name
    return "" if plain or not any(map(str.isalpha, name)) else name


def _goal(words: Sequence[str], goals: Sequence[str]) -> tuple[str, int] | None:
    """Return the goal that the first words name, and how many words that takes; the longest name wins."""
    if not words[0].startswith("@") or len(words[0]) == 1:
        return None
    folded = [fold(word) for word in (words[0][1:], *words[1:])]
    whole = [(len(parts), goal) for goal in goals if (parts := fold(clean_line(goal)).split()) and _same(folded, parts)]
    if whole:
        taken, name = max(whole, key=lambda found: found[0])
        return name, taken
    start = folded[0].rstrip(_ENDS)
    begun = [goal for goal in goals if start and fold(clean_line(goal)).startswith(start)]
    return (begun[0], 1) if len(begun) == 1 else None


def _same(folded: Sequence[str], parts: Sequence[str]) -> bool:
    given = list(folded[: len(parts)])
    return given[:-1] == list(parts[:-1]) and parts[-1] in (given[-1], given[-1].rstrip(_ENDS))


def _unescape(word: str) -> str:
    return word[1:] if re.match(r"\\+[#@]", word) else word

"""Bullets, in Markdown or plain text: each a win, with its date from its beginning, the heading above, or the file.

What is indented below a bullet is its story. A box that is not ticked is not done, and left out.
"""

import re
from collections.abc import Iterator
from datetime import date
from textwrap import dedent
from typing import Final

from data.base.errors import NotAllowedError
from data.exchange.formats.markdown import unescape
from data.exchange.importing.entry import ImportEntry, ImportItem, LocalDay, ReadFormat, Reading, ReadOptions, Skipped
from data.exchange.importing.foreign_dates import written_day
from data.exchange.importing.source import Source
from data.model.records import Verdict

_BULLET: Final = re.compile(r"(\s*)(?:[-*+•‣◦–]|\d{1,3}[.)])\s+(.*)")
_HEADING: Final = re.compile(r"(#{1,6})\s+(.*?)\s*#*\s*")
_BOX: Final = re.compile(r"\[([ xX✓✔-])\]\s+")
_MARK: Final = re.compile(r"([◆◇·])\s+")
_DATED: Final = re.compile(r"\(?(\d{4}-\d\d-\d\d)\)?(?:\s*[:–—-])?(?:\s+|$)", re.ASCII)
_IN_HEADING: Final = re.compile(r"\d{4}-\d\d-\d\d|\d{4}-[Ww]\d\d|\d{1,2}\.\d{1,2}\.\d{4}", re.ASCII)
_TAGS: Final = re.compile(r"(?:(?:^|\s+)#[^\s#]+)+\s*$")
_STRONG: Final = re.compile(r"(\*\*|__)(.+)\1")
_VERDICTS: Final = {"◆": Verdict.REAL, "◇": Verdict.CANDY}
_BELOW: Final = 7
"""The level of a line of plain text, or a bullet, that is a date and nothing more: below every heading with a #."""
_SHORT: Final = 40
"""A line of plain text longer than this is no heading."""


def _detects(source: Source, found: object) -> bool:
    """Say whether any line is a bullet."""
    return found is None and any(_BULLET.fullmatch(line) for line in source.text.split("\n"))


def _read(source: Source, wishes: ReadOptions) -> Reading:
    """Read the bullets of a text.

    Raises:
        NotAllowedError: There is none.
    """
    lines = source.text.split("\n")
    if not _detects(source, None):
        raise NotAllowedError("There are no bullets in it.", "Begin each win with a - and a space.")
    named = _IN_HEADING.search(source.name)  # a note a day: 2026-11-20.md
    day = _day_of(named[0], wishes.local) if named is not None else None
    return Reading(_Reader(wishes.local, day).items(lines), len(lines), "line")


class _Bullet:
    """The bullet that is being read."""

    def __init__(self, line: int, indent: int, text: str, day: date | None) -> None:
        self.line = line
        self.day = day
        self.indent = indent
        self.text = text
        self.story: list[str] = []


class _Reader:
    """Goes through lines, knowing the dates of the headings it is under."""

    def __init__(self, local: LocalDay, day: date | None) -> None:
        self._local = local
        self._days: dict[int, date] = {0: day} if day is not None else {}
        self._bullet: _Bullet | None = None

    def items(self, lines: list[str]) -> Iterator[ImportItem]:
        """Yield what the lines hold."""
        for number, line in enumerate(lines, 1):
            done = self._take(number, line.expandtabs(4))
            if done is not None:
                yield _item(done, self._local)
        if self._bullet is not None:
            yield _item(self._bullet, self._local)

    def _take(self, number: int, line: str) -> _Bullet | None:
        """Take a line in; return the bullet that ends with it."""
        open_ = self._bullet
        if open_ is not None and (not line.strip() or _indent(line) > open_.indent):
            open_.story.append(line)
            return None
        if (heading := self._heading(line)) is not None:
            self._enter(*heading)
            self._bullet = None
            return open_
        if (match := _BULLET.fullmatch(line)) is not None:
            self._bullet = _Bullet(number, len(match[1]), match[2], self._days.get(max(self._days, default=0)))
            return open_
        if open_ is not None and not open_.story:  # a paragraph goes on where it is not indented
            open_.text += " " + line
            return None
        self._bullet = None
        return open_

    def _heading(self, line: str) -> tuple[int, date | None] | None:
        """Return the level and the date of a heading: with a #, or a line or bullet that is a date and nothing more."""
        if (match := _HEADING.fullmatch(line)) is not None:
            return len(match[1]), _day_of(match[2], self._local)
        bullet = _BULLET.fullmatch(line)
        text = (bullet[2] if bullet is not None else line).strip().rstrip(":").strip("*_ ")
        day = _day_of(text, self._local) if len(text) <= _SHORT else None
        if day is None or (bullet is not None and _says_more(text, self._local)):
            return None
        return _BELOW + _indent(line), day

    def _enter(self, level: int, day: date | None) -> None:
        self._days = {known: kept for known, kept in self._days.items() if known < level}
        if day is not None:
            self._days[level] = day


def _item(bullet: _Bullet, local: LocalDay) -> ImportItem:
    text, day, verdict = bullet.text, bullet.day, None
    if (box := _BOX.match(text)) is not None:
        text = text[box.end() :]
        if box[1] == " ":
            return Skipped(bullet.line)
    if (mark := _MARK.match(text)) is not None:
        text, verdict = text[mark.end() :], _VERDICTS.get(mark[1])
    if (dated := _DATED.match(text)) is not None and (said := written_day(dated[1], local)) is not None:
        text, day = text[dated.end() :], said
    tags = _TAGS.search(text)
    return ImportEntry(
        line=bullet.line,
        title=unescape(_STRONG.sub(r"\2", text[: tags.start()] if tags is not None else text)),
        day=day,
        story=unescape(dedent("\n".join(bullet.story)).strip("\n")),
        tags=tuple(tags[0].replace("#", " ").split()) if tags is not None else (),
        verdict=verdict,
    )


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _day_of(heading: str, local: LocalDay) -> date | None:
    """Return the date in a heading: ISO, an ISO week (its Monday), or the whole heading in words."""
    match = _IN_HEADING.search(heading)
    return written_day(match[0].upper() if match is not None else heading.lower().removeprefix("week of"), local)


def _says_more(text: str, local: LocalDay) -> bool:
    """Say whether a bullet that holds a date holds anything else: then it is a win."""
    match = _IN_HEADING.search(text)
    return (match is not None and match[0] != text) or (match is None and written_day(text, local) is None)


BULLETS: Final = ReadFormat("bullets", "Markdown or plain-text bullets", _detects, _read)

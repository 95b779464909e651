"""todo.txt (http://todotxt.org): what is done, `x 2026-11-20 2026-11-18 Call Ada +climate @phone`."""

import re
from collections.abc import Iterator
from typing import Final

from data.exchange.importing.entry import ImportEntry, ImportItem, ReadFormat, Reading, ReadOptions, Skipped, dated
from data.exchange.importing.foreign_dates import moment_day
from data.exchange.importing.source import Source

_DONE: Final = re.compile(r"x (?:\([A-Z]\) )?(?:(\d{4}-\d\d-\d\d) )?(?:\d{4}-\d\d-\d\d )?(.*)", re.ASCII)
_OPEN: Final = re.compile(r"\([A-Z]\) |\d{4}-\d\d-\d\d ", re.ASCII)
_MARKED: Final = re.compile(r"(?<!\S)([+@])(\S+)")
_SETTING: Final = re.compile(r"(?<!\S)(?:pri|due|t|rec|h|p|id):\S+")


def _detects(source: Source, _: object) -> bool:
    """Say whether a line is done, and most are done, have a priority or begin with a date."""
    lines = [line for line in source.text.split("\n") if line.strip()]
    known = sum(line.startswith("x ") or _OPEN.match(line) is not None for line in lines)
    return any(line.startswith("x ") for line in lines) and known * 2 > len(lines)


def _read(source: Source, wishes: ReadOptions) -> Reading:
    """Read a todo.txt or done.txt."""
    lines = source.text.split("\n")
    return Reading(_items(lines, wishes), len(lines), "line")


def _items(lines: list[str], wishes: ReadOptions) -> Iterator[ImportItem]:
    for number, line in enumerate(lines, 1):
        match = _DONE.fullmatch(line)
        if match is not None:
            yield _entry(number, match[1] or "", match[2], wishes)
        elif line.strip():
            yield Skipped(number)


def _entry(line: int, day: str, text: str, wishes: ReadOptions) -> ImportItem:
    marked = _MARKED.findall(text)
    projects = [name for mark, name in marked if mark == "+"]
    entry = ImportEntry(
        line=line,
        title=_MARKED.sub("", _SETTING.sub("", text)),
        day=moment_day(day, wishes.local),
        goal=projects[0] if projects else "",
        tags=(*projects[1:], *(name for mark, name in marked if mark == "@")),
    )
    return dated(entry, day)


TODO_TXT: Final = ReadFormat("todotxt", "todo.txt", _detects, _read)

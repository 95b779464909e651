"""todo.txt (http://todotxt.org): what is done, `x 2026-11-20 2026-11-18 Call Ada +climate @phone`."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from data.exchange.importing.entry import ImportEntry, ImportItem, ReadFormat, Reading, ReadOptions, Refused, Skipped
from data.exchange.importing.foreign_dates import DayReader, UnclearDateError
from data.exchange.importing.source import Source

_DATE: Final = r"\d{4}-\d\d-\d\d"
_DONE: Final = re.compile(
    rf"x (?:\([A-Z]\) )?(?:({_DATE}) )?(?:\([A-Z]\) )?(?:{_DATE} )?(?:\([A-Z]\) )?(.*)", re.ASCII
)  # the priority of a task stays where the program that ticked it left it
_OPEN: Final = re.compile(rf"\([A-Z]\) |{_DATE} ", re.ASCII)
_MARKED: Final = re.compile(r"(?<!\S)([+@])(\S+)")
_SETTING: Final = re.compile(r"(?<!\S)(?:pri|due|t|rec|h|p|id|created|completed|uuid):\S+")


def _detects(source: Source, _: object) -> bool:
    lines = [line for line in source.text.split("\n") if line.strip()]
    known = sum(line.startswith("x ") or _OPEN.match(line) is not None for line in lines)
    return any(line.startswith("x ") for line in lines) and known * 2 > len(lines)


def _read(source: Source, options: ReadOptions) -> Reading:
    lines = source.text.split("\n")
    return Reading(_items(lines, DayReader(options)), len(lines))


def _items(lines: Sequence[str], days: DayReader) -> Iterator[ImportItem]:
    for number, line in enumerate(lines, 1):
        match = _DONE.fullmatch(line)
        if match is not None:
            yield _entry(number, match[1] or "", match[2], days)
        elif line.strip():
            yield Skipped(number, "not done")


def _entry(line: int, said: str, text: str, days: DayReader) -> ImportItem:
    marked = _MARKED.findall(text)
    projects = [name for mark, name in marked if mark == "+"]
    try:
        day = days.read(said)
    except UnclearDateError as error:
        return Refused(line, error.message)
    return ImportEntry(
        line=line,
        title=_MARKED.sub("", _SETTING.sub("", text)),
        day=day,
        goal=projects[0] if projects else "",
        tags=(*projects[1:], *(name for mark, name in marked if mark == "@")),
    )


TODO_TXT: Final = ReadFormat("todotxt", "todo.txt", _detects, _read)

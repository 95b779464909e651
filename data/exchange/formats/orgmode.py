"""Org mode (https://orgmode.org): a heading that is DONE is a win, and so is one below a heading that is a date.

Its date is that of CLOSED, else its own, else that of the heading above. Below a date, items of plain lists are wins.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from textwrap import dedent
from typing import Final

from data.base.written_dates.parts import AmbiguousDate
from data.exchange.importing.entry import ImportEntry, ImportItem, ReadFormat, Reading, ReadOptions, Refused, Skipped
from data.exchange.importing.foreign_dates import DayReader, describe_unclear
from data.exchange.importing.source import Source

_HEADING: Final = re.compile(r"(\*+) +(?:(?P<state>[A-Z][A-Z-]{2,15}) +)?(?:\[#[A-Z0-9]\] *)?(?P<title>.*)")
_DONE: Final = frozenset(("DONE", "FINISHED", "COMPLETED", "CLOSED", "FIXED"))
_OPEN: Final = frozenset(
    ("TODO", "NEXT", "WAITING", "WAIT", "HOLD", "STARTED", "DOING", "PROJ", "SOMEDAY", "MAYBE", "LATER", "NOW")
)
_OFF: Final = frozenset(("CANCELLED", "CANCELED", "KILL", "DROPPED"))
_TAGS: Final = re.compile(r":([\w@#%:]+):")
_STAMP: Final = re.compile(r"[\[<](\d{4}-\d\d-\d\d)(?: [^\]>\n]{0,60})?[\]>](?:--?[\[<][^\]>\n]{0,70}[\]>])?", re.ASCII)
_CLOSED: Final = re.compile(r"\bCLOSED: *[\[<]?(\d{4}-\d\d-\d\d)", re.ASCII)
_PLANNING: Final = re.compile(r"\s*(?:CLOSED|SCHEDULED|DEADLINE):")
_COOKIE: Final = re.compile(r" ?\[\d*(?:/\d*|%)\]")
_LINK: Final = re.compile(r"\[\[[^\[\]\n]{1,2000}\]\[([^\[\]\n]{1,500})\]\]")
_KEYWORDS: Final = re.compile(r"#\+(?:SEQ_|TYP_)?TODO:(?P<open>[^|]*)(?:\|(?P<done>.*))?", re.IGNORECASE)
_ITEM: Final = re.compile(r"\s*(?:[-+]|\d{1,3}[.)]) +(?:\[(?P<box>[ xX-])\] +)?(?P<title>.*)")
_BEGIN: Final = re.compile(r"\*+ +(?:DONE|TODO|NEXT|CANCELLED|CANCELED) ")


def _detects(source: Source, found: object) -> bool:
    if found is not None:
        return False
    if source.suffix == ".org":
        return True
    return any(_BEGIN.match(line) for line in source.text.split("\n"))


def _read(source: Source, options: ReadOptions) -> Reading:
    lines = source.text.split("\n")
    days = DayReader(options, lines)
    return Reading(_Org(lines, days, days.find(Path(source.name).stem)).items(), len(lines))


class _Org:
    """Goes through the headings of a file."""

    def __init__(self, lines: Sequence[str], days: DayReader, day: date | AmbiguousDate | None) -> None:
        self._lines = lines
        self._days = days
        self._above: dict[int, date | AmbiguousDate] = {0: day} if day is not None else {}
        opened, done = _own_states(lines)
        self._open, self._done = _OPEN | opened, _DONE | done

    def items(self) -> Iterator[ImportItem]:
        """Yield what the file holds."""
        heads = [(at, match) for at, line in enumerate(self._lines) if (match := _HEADING.fullmatch(line)) is not None]
        yield from self._body(0, heads[0][0] if heads else len(self._lines))
        ends = [*(at for at, _ in heads), len(self._lines)][1:]
        for (at, match), end in zip(heads, ends, strict=True):
            yield from self._heading(at, end, match)

    def _heading(self, at: int, end: int, match: "re.Match[str]") -> Iterator[ImportItem]:
        level, state = len(match[1]), match["state"] or ""
        self._above = {known: day for known, day in self._above.items() if known < level}
        words = match["title"].rstrip()
        title = words if state in self._done | self._open | _OFF else f"{state} {words}".strip()
        day = self._days.whole(_STAMP.sub(r"\1", title)) or self._days.whole(title)
        if state in self._open or state in _OFF:
            yield Skipped(at + 1, "cancelled" if state in _OFF else "not done")
            yield from self._body(at + 1, end)
        elif day is not None and state not in self._done:
            self._above[level] = day
            yield from self._body(at + 1, end)
        elif state in self._done or self._dated_above(level) is not None or _STAMP.search(title):
            yield self._entry(at + 1, title, self._lines[at + 1 : end], level)
        else:
            yield from self._body(at + 1, end)

    def _dated_above(self, level: int) -> date | AmbiguousDate | None:
        """Return the date of a heading above; not that of the file, which makes no wins of headings."""
        return next((self._above[known] for known in sorted(self._above, reverse=True) if 0 < known < level), None)

    def _entry(self, line: int, title: str, body: Sequence[str], level: int) -> ImportItem:
        closed = next((match[1] for text in body[:3] if (match := _CLOSED.search(text)) is not None), "")
        stamp = _STAMP.search(title)
        said = closed or (stamp[1] if stamp is not None else "")
        day = self._days.whole(said) if said else self._dated_above(level) or self._above.get(0)
        if isinstance(day, AmbiguousDate):
            return Refused(line, describe_unclear(day))
        words, _, last = title.rpartition(" ")
        tags = _TAGS.fullmatch(last)
        plain = _COOKIE.sub("", _STAMP.sub("", words if tags is not None else title))
        return ImportEntry(
            line=line,
            title=_LINK.sub(r"\1", plain),
            day=day,
            moment=said,
            story=dedent("\n".join(_words(body))).strip("\n"),
            tags=tuple(tags[1].split(":")) if tags is not None else (),
        )

    def _body(self, start: int, end: int) -> Iterator[ImportItem]:
        """Yield the items of lists below a heading that is not a win; other lines are passed over."""
        day = self._above[max(self._above)] if self._above else None
        prose = 0
        for number, line in enumerate(self._lines[start:end], start + 1):
            item = _ITEM.fullmatch(line)
            if item is not None and item["box"] in (" ", "-"):
                yield Skipped(number, "not done")
            elif item is not None and isinstance(day, AmbiguousDate):
                yield Refused(number, describe_unclear(day))
            elif item is not None and not isinstance(day, AmbiguousDate) and (day is not None or item["box"]):
                yield ImportEntry(line=number, title=_LINK.sub(r"\1", item["title"]), day=day)
            elif not prose and line.strip() and not line.lstrip().startswith(("#+", ":")) and not _PLANNING.match(line):
                prose = number
                yield Skipped(number, "text outside of wins")


def _own_states(lines: Sequence[str]) -> tuple[frozenset[str], frozenset[str]]:
    """Return the words for open and for done that a file names itself; without a bar the last one is done."""
    opened, done = list[str](), list[str]()
    for match in filter(None, map(_KEYWORDS.fullmatch, lines)):
        before, after = (re.sub(r"\([^()]{0,20}\)", "", match[name] or "").split() for name in ("open", "done"))
        opened += before if after else before[:-1]
        done += after or before[-1:]
    return frozenset(opened), frozenset(done)


def _words(body: Sequence[str]) -> Iterator[str]:
    """Yield the lines of a text without planning and drawers."""
    inside = False
    for line in body:
        word = line.strip()
        if word.startswith(":") and word.endswith(":") and len(word) > 2 and " " not in word:  # noqa: PLR2004 - :X:
            inside = word.upper() != ":END:"
        elif not inside and not _PLANNING.match(line):
            yield line


ORG: Final = ReadFormat("org", "Org mode", _detects, _read)

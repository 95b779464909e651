"""jrnl (https://jrnl.sh): its JSON export, and the text of its journals, in whatever way they write time."""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from data.base.written_dates.parts import AmbiguousDate
from data.exchange.importing.entry import ImportEntry, ImportItem, ReadFormat, Reading, ReadOptions, Refused, Skipped
from data.exchange.importing.foreign_dates import DayReader, describe_unclear
from data.exchange.importing.foreign_json import JsonObject, as_text, entry_list, first_object, read_each, tag_list
from data.exchange.importing.source import Source

STARRED: Final = "starred"
"""The tag of an entry that had a star."""
_HEAD: Final = re.compile(r"\[(?P<when>[^\[\]\n]{4,60})\] ?(?P<title>.*)")
_TAG: Final = re.compile(r"(?<!\S)[@#]([-+*#/\w]+)")


def _detects_json(_: Source, found: object) -> bool:
    return isinstance(found, dict) and {"title", "body", "date"} <= set(first_object(found.get("entries")))


def _read_json(source: Source, options: ReadOptions) -> Reading:
    days = DayReader(options)
    return read_each(entry_list(source), lambda line, one: _json_entry(line, one, days))


def _json_entry(line: int, one: JsonObject, days: DayReader) -> ImportItem:
    starred = (STARRED,) if one.get("starred") is True else ()
    return ImportEntry(
        line=line,
        title=as_text(one.get("title")),
        day=days.read(one.get("date")),
        moment=f"{one.get('date')} {one.get('time')}",
        story=as_text(one.get("body")),
        tags=(*tag_list(one.get("tags")), *starred),
    )


def _detects_text(source: Source, _: object) -> bool:
    first = source.text.lstrip().partition("\n")[0]
    match = _HEAD.fullmatch(first)
    return match is not None and DayReader.silent(match["when"]).whole(match["when"]) is not None


def _read_text(source: Source, options: ReadOptions) -> Reading:
    lines = source.text.split("\n")
    days = DayReader(options, (match["when"] for match in map(_HEAD.fullmatch, lines) if match is not None))
    return Reading(_entries(lines, days), len(lines))


def _entries(lines: Sequence[str], days: DayReader) -> Iterator[ImportItem]:
    heads = [(at, match, day) for at, line in enumerate(lines) if (match := _HEAD.fullmatch(line)) is not None
             and (day := days.whole(match["when"])) is not None]  # fmt: skip
    before = heads[0][0] if heads else len(lines)
    start = next((at for at, line in enumerate(lines[:before], 1) if line.strip()), None)
    if start is not None:
        yield Skipped(start, "before the first entry")
    ends = [*(at for at, _, _ in heads), len(lines)][1:]
    for (at, match, day), end in zip(heads, ends, strict=True):
        yield _text_entry(at + 1, match, day, "\n".join(lines[at + 1 : end]))


def _text_entry(line: int, match: "re.Match[str]", day: date | AmbiguousDate, story: str) -> ImportItem:
    if isinstance(day, AmbiguousDate):
        return Refused(line, describe_unclear(day))
    title = match["title"].rstrip()
    starred = title.endswith(" *") or title.startswith("* ")
    found = _TAG.findall(f"{title}\n{story}")
    return ImportEntry(
        line=line,
        title=title.removesuffix(" *").removeprefix("* "),
        day=day,
        moment=match["when"],
        story=story,
        tags=(*found, *((STARRED,) if starred else ())),
    )


JRNL_JSON: Final = ReadFormat("jrnl-json", "jrnl JSON", _detects_json, _read_json)
JRNL_TEXT: Final = ReadFormat("jrnl", "jrnl text", _detects_text, _read_text)

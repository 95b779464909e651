"""jrnl (https://jrnl.sh): its JSON export, and the text of its journals."""

import re
from collections.abc import Iterator
from typing import Any, Final

from data.exchange.importing.entry import ImportEntry, ImportItem, ReadFormat, Reading, ReadOptions, Refused, dated
from data.exchange.importing.foreign_dates import moment_day
from data.exchange.importing.foreign_json import entry_list, first_object, tag_list, text_or_empty
from data.exchange.importing.source import Source

STARRED: Final = "starred"
"""The tag of an entry that had a star."""
_HEAD: Final = re.compile(
    r"\[(?P<day>\d{4}-\d\d-\d\d)(?:[ T]\d{1,2}:\d\d(?::\d\d)?(?: ?[AaPp]\.?[Mm]\.?)?)?\] ?(?P<title>.*)", re.ASCII
)
_TAG: Final = re.compile(r"(?<!\S)[@#]([^\s@#,.;:!?()]+)")


def _detects_json(_: Source, found: object) -> bool:
    """Say whether it is `{"entries": [{"title", "body", "date", "time"}]}`."""
    return isinstance(found, dict) and {"title", "body", "date"} <= set(first_object(found.get("entries")))


def _read_json(source: Source, wishes: ReadOptions) -> Reading:
    """Read a JSON export."""
    found = entry_list(source)
    return Reading((_entry(index, one, wishes) for index, one in enumerate(found, 1)), len(found))


def _entry(line: int, one: Any, wishes: ReadOptions) -> ImportItem:  # noqa: ANN401 - a stranger's value
    if not isinstance(one, dict):
        return Refused(line, "It is no entry.")
    starred = (STARRED,) if one.get("starred") is True else ()
    entry = ImportEntry(
        line=line,
        title=text_or_empty(one.get("title")),
        day=moment_day(one.get("date"), wishes.local),
        story=text_or_empty(one.get("body")),
        tags=(*tag_list(one.get("tags")), *starred),
    )
    return dated(entry, one.get("date"))


def _detects_text(source: Source, _: object) -> bool:
    """Say whether its first line is `[2020-06-28 18:22] Title`."""
    return _HEAD.fullmatch(source.text.lstrip().partition("\n")[0]) is not None


def _read_text(source: Source, wishes: ReadOptions) -> Reading:
    """Read the text of a journal."""
    lines = source.text.split("\n")
    return Reading(_entries(lines, wishes), len(lines), "line")


def _entries(lines: list[str], wishes: ReadOptions) -> Iterator[ImportItem]:
    heads = [(index, match) for index, line in enumerate(lines) if (match := _HEAD.fullmatch(line)) is not None]
    before = heads[0][0] if heads else len(lines)
    if any(line.strip() for line in lines[:before]):
        yield Refused(1, "It stands before the first entry, which begins with a date in brackets.")
    ends = [*(index for index, _ in heads), len(lines)][1:]
    for (start, match), end in zip(heads, ends, strict=False):
        yield _told(start + 1, match, "\n".join(lines[start + 1 : end]), wishes)


def _told(line: int, match: "re.Match[str]", story: str, wishes: ReadOptions) -> ImportItem:
    title = match["title"].rstrip()
    starred = title.endswith(" *") or title.startswith("* ")
    found = _TAG.findall(f"{title}\n{story}")
    entry = ImportEntry(
        line=line,
        title=title.removesuffix(" *").removeprefix("* "),
        day=moment_day(match["day"], wishes.local),
        story=story,
        tags=(*found, *((STARRED,) if starred else ())),
    )
    return dated(entry, match["day"])


JRNL_JSON: Final = ReadFormat("jrnl-json", "jrnl JSON", _detects_json, _read_json)
JRNL_TEXT: Final = ReadFormat("jrnl", "jrnl text", _detects_text, _read_text)

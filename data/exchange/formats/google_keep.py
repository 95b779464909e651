"""Google Keep (https://keep.google.com): the notes of a Takeout, a JSON file each.

A note is a win, with its first line as the title where it has none; of a checklist each item that is ticked is one.
"""

from collections.abc import Iterator
from typing import Any, Final

from data.exchange.importing.entry import ImportEntry, ImportItem, ReadFormat, Reading, ReadOptions, Refused, Skipped
from data.exchange.importing.foreign_dates import DayReader, UnclearDateError
from data.exchange.importing.foreign_json import JsonObject, as_text, decode_json, list_of, tag_list
from data.exchange.importing.source import Source

_TIMES: Final = ("createdTimestampUsec", "userEditedTimestampUsec")
_MARKS: Final = {"userEditedTimestampUsec", "isTrashed", "isPinned", "isArchived", "textContent", "listContent"}


def _notes(found: object) -> list[Any]:
    return found if isinstance(found, list) else [found]


def _detects(_: Source, found: object) -> bool:
    first = next(iter(_notes(found)), None)
    return isinstance(first, dict) and len(_MARKS & set(first)) > 1


def _read(source: Source, options: ReadOptions) -> Reading:
    notes = list_of(_notes(decode_json(source)), "notes")
    return Reading(_all_items(notes, DayReader(options)), len(notes))


def _all_items(notes: list[Any], days: DayReader) -> Iterator[ImportItem]:
    for line, note in enumerate(notes, 1):
        try:
            yield from list(_items(line, note, days))
        except UnclearDateError as error:
            yield Refused(line, error.message)


def _items(line: int, note: object, days: DayReader) -> Iterator[ImportItem]:
    if not isinstance(note, dict) or note.get("isTrashed") is True:
        yield Skipped(line, "in the trash" if isinstance(note, dict) else "not a note")
        return
    title, text = as_text(note.get("title")).strip(), as_text(note.get("textContent")).strip()
    ticked = note.get("listContent")
    for one in ticked if isinstance(ticked, list) else []:
        if isinstance(one, dict) and one.get("isChecked") is True:
            yield _entry(line, note, days, as_text(one.get("text")), "")
        else:
            yield Skipped(line, "not done")
    if title or text:
        if ticked:
            yield Skipped(line, "the title of a checklist")
        else:
            yield _entry(line, note, days, title or text, text if title else "")
    elif not ticked:
        yield Skipped(line, "no words")


def _entry(line: int, note: JsonObject, days: DayReader, title: str, story: str) -> ImportEntry:
    moment = next((note[name] for name in _TIMES if note.get(name)), None)
    return ImportEntry(
        line=line,
        title=title,
        day=days.read(moment),
        moment=str(moment),
        story=story,
        tags=tag_list(note.get("labels")),
    )


GOOGLE_KEEP: Final = ReadFormat("keep", "Google Keep JSON", _detects, _read)

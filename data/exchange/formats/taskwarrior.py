"""Taskwarrior (https://taskwarrior.org): `task export`, an array or one object a line. What is done is a win."""

from collections.abc import Iterator
from typing import Final

from data.exchange.importing.entry import ImportEntry, ImportItem, ReadFormat, Reading, ReadOptions, Skipped
from data.exchange.importing.foreign_dates import DayReader, moment_day
from data.exchange.importing.foreign_json import (
    JsonObject,
    as_text,
    decode_json,
    first_object,
    list_of,
    read_each,
    tag_list,
)  # fmt: skip
from data.exchange.importing.source import Source


def _detects(_: Source, found: object) -> bool:
    task = found if isinstance(found, dict) else first_object(found)
    return {"description", "status", "uuid"} <= set(task)


def _read(source: Source, options: ReadOptions) -> Reading:
    found = decode_json(source)
    tasks = list_of([found] if isinstance(found, dict) else found, "tasks")
    days = DayReader(options)
    return read_each(tasks, lambda line, task: _item(line, task, days, options))


def _item(line: int, task: JsonObject, days: DayReader, options: ReadOptions) -> ImportItem:
    if task.get("status") != "completed":
        return Skipped(line, "not done")
    return ImportEntry(
        line=line,
        title=as_text(task.get("description")),
        day=days.read(task.get("end")),
        moment=str(task.get("end")),
        story="\n".join(_notes(task.get("annotations"), options)),
        goal=as_text(task.get("project")),
        tags=tag_list(task.get("tags")),
        source=as_text(task.get("uuid")),
    )


def _notes(found: object, options: ReadOptions) -> Iterator[str]:
    for note in found if isinstance(found, list) else []:
        if isinstance(note, dict):
            day = moment_day(note.get("entry"), options.local)
            said = as_text(note.get("description"))
            yield f"{day}: {said}" if day is not None else said


TASKWARRIOR: Final = ReadFormat("taskwarrior", "Taskwarrior (task export)", _detects, _read)

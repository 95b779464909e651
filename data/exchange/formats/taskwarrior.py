"""Taskwarrior (https://taskwarrior.org): `task export`, an array or one object a line. What is done is a win."""

from collections.abc import Iterator
from typing import Any, Final

from data.exchange.importing.entry import (
    ImportEntry,
    ImportItem,
    ReadFormat,
    Reading,
    ReadOptions,
    Refused,
    Skipped,
    dated,
)
from data.exchange.importing.foreign_dates import moment_day
from data.exchange.importing.foreign_json import decode_json, first_object, list_of, tag_list, text_or_empty
from data.exchange.importing.source import Source


def _detects(_: Source, found: object) -> bool:
    """Say whether its first object has `description`, `status` and `uuid`."""
    task = found if isinstance(found, dict) else first_object(found)
    return {"description", "status", "uuid"} <= set(task)


def _read(source: Source, wishes: ReadOptions) -> Reading:
    """Read what `task export` wrote."""
    found = decode_json(source)
    tasks = list_of([found] if isinstance(found, dict) else found, "tasks")
    return Reading((_item(index, task, wishes) for index, task in enumerate(tasks, 1)), len(tasks))


def _item(line: int, task: Any, wishes: ReadOptions) -> ImportItem:  # noqa: ANN401 - a stranger's value
    if not isinstance(task, dict):
        return Refused(line, "It is no task.")
    if task.get("status") != "completed":
        return Skipped(line)
    entry = ImportEntry(
        line=line,
        title=text_or_empty(task.get("description")),
        day=moment_day(task.get("end"), wishes.local),
        story="\n".join(_notes(task.get("annotations"), wishes)),
        goal=text_or_empty(task.get("project")),
        tags=tag_list(task.get("tags")),
        source=text_or_empty(task.get("uuid")),
    )
    return dated(entry, task.get("end"))


def _notes(found: object, wishes: ReadOptions) -> Iterator[str]:
    for note in found if isinstance(found, list) else []:
        if isinstance(note, dict):
            day = moment_day(note.get("entry"), wishes.local)
            said = text_or_empty(note.get("description"))
            yield f"{day}: {said}" if day is not None else said


TASKWARRIOR: Final = ReadFormat("taskwarrior", "Taskwarrior (task export)", _detects, _read)

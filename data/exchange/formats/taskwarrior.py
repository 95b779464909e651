"""Taskwarrior (https://taskwarrior.org): `task export`, an array or one object a line. What is done is a win."""

from collections.abc import Iterator
from typing import Any

from data.exchange.importing.entry import Entry, Item, LeftOut, Reading, Refused, Wishes, dated
from data.exchange.importing.foreign_dates import moment_day
from data.exchange.importing.foreign_json import decode, first, rows, tags, words
from data.exchange.importing.source import Source


def detects(_: Source, found: object) -> bool:
    """Say whether its first object has `description`, `status` and `uuid`."""
    task = found if isinstance(found, dict) else first(found)
    return {"description", "status", "uuid"} <= set(task)


def read(source: Source, wishes: Wishes) -> Reading:
    """Read what `task export` wrote."""
    found = decode(source)
    tasks = rows([found] if isinstance(found, dict) else found, "tasks")
    return Reading((_item(index, task, wishes) for index, task in enumerate(tasks, 1)), len(tasks))


def _item(line: int, task: Any, wishes: Wishes) -> Item:  # noqa: ANN401 - a stranger's value
    if not isinstance(task, dict):
        return Refused(line, "It is no task.")
    if task.get("status") != "completed":
        return LeftOut(line)
    entry = Entry(
        line=line,
        title=words(task.get("description")),
        day=moment_day(task.get("end"), wishes.local),
        story="\n".join(_notes(task.get("annotations"), wishes)),
        goal=words(task.get("project")),
        tags=tags(task.get("tags")),
        source=words(task.get("uuid")),
    )
    return dated(entry, task.get("end"))


def _notes(found: object, wishes: Wishes) -> Iterator[str]:
    for note in found if isinstance(found, list) else []:
        if isinstance(note, dict):
            day = moment_day(note.get("entry"), wishes.local)
            said = words(note.get("description"))
            yield f"{day}: {said}" if day is not None else said

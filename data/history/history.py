"""The history of changes: what undo takes back, what redo does again, and what an opened card tells of its past.

It is a table in the journal's own file, so that a change and its entry are saved together or not at all. An entry keeps
the fields that changed, before and after; of a record that was added only the id, and its fields while it is undone.
"""

from collections.abc import Iterable
from datetime import datetime
from itertools import accumulate
from typing import Any, Final, TypeVar
from uuid import uuid4

import msgspec
from msgspec import Raw, Struct, structs

from data.base.errors import NotAllowedError
from data.history.entry import HistoryEntry, to_builtins
from data.model.bounds import find_out_of_range
from data.model.journal import Journal
from data.model.records import Changes, Record, Superseded, TableName, table_of

_Any = TypeVar("_Any")

MAX_ENTRIES: Final = 200
"""Changes that can be taken back."""
MIN_HISTORY_BYTES: Final = 4_000_000
"""Bytes that the history may take in any journal; in a large one, half as much as the file."""
_UNCOUNTED: Final = "updated_at"
"""Every change sets it anew, undo and redo too, so it is not worth an entry."""


class FieldChanges(Struct, frozen=True, omit_defaults=True):
    """What changed of one record: values as JSON, by field.

    Attributes:
        before: What it was.
        after: What it became.
        aside: What gave way to something newer, in a merge.
    """

    before: dict[str, Any] = {}
    after: dict[str, Any] = {}
    aside: dict[str, Any] = {}


class TouchedRecords(Struct, frozen=True, omit_defaults=True):
    """What one change did, by table.

    Attributes:
        added: The ids of new records.
        changed: What changed, by id.
        kept: The records that undo took out, whole, for redo.
    """

    added: dict[TableName, tuple[str, ...]] = {}
    changed: dict[TableName, dict[str, FieldChanges]] = {}
    kept: dict[TableName, tuple[dict[str, Any], ...]] = {}


class Revision(Struct, frozen=True):
    """One step in the life of a record, for the opened card; values as JSON."""

    when: datetime
    label: str
    fields: FieldChanges


def touched_by(entry: HistoryEntry) -> TouchedRecords:
    """Return what an entry's change did.

    Raises:
        NotAllowedError: The entry is damaged.
    """
    try:
        if find_out_of_range(entry):
            raise msgspec.ValidationError
        return msgspec.json.decode(entry.touched, type=TouchedRecords)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise NotAllowedError(
            "That entry of the history is damaged.", "`smallwins doctor --fix` removes it."
        ) from error


def is_damaged(entry: HistoryEntry) -> bool:
    """Return whether an entry can't be read, so that it can't be undone either."""
    try:
        touched_by(entry)
    except NotAllowedError:
        return True
    return False


def make_entry(journal: Journal, changes: Changes, label: str, now: datetime) -> HistoryEntry | None:
    """Return the entry of a change to a journal, or None where nothing would change."""
    added: dict[TableName, list[str]] = {}
    changed: dict[TableName, dict[str, FieldChanges]] = {}
    for record in changes.put:
        name = table_of(record)
        old: Record | None = getattr(journal, name).get(record.id)
        if old is None:
            added.setdefault(name, []).append(record.id)
        elif fields := _difference(old, record):
            changed.setdefault(name, {})[record.id] = fields
    for aside in changes.superseded:
        _set_aside(changed, aside)
    if not (added or changed or changes.drop):
        return None
    touched = TouchedRecords(added={name: tuple(ids) for name, ids in added.items()}, changed=changed)
    return HistoryEntry(
        id=str(uuid4()), label=label, when=now, touched=encode_touched(touched), final=bool(changes.drop)
    )


def _difference(old: Record, new: Record) -> FieldChanges | None:
    names = [n for n in old.__struct_fields__ if n != _UNCOUNTED and getattr(old, n) != getattr(new, n)]
    return FieldChanges(before=_values(old, names), after=_values(new, names)) if names else None


def _set_aside(changed: dict[TableName, dict[str, FieldChanges]], aside: Superseded) -> None:
    table = changed.setdefault(table_of(aside.record), {})
    known = table.get(aside.record.id, FieldChanges())
    table[aside.record.id] = structs.replace(known, aside=_values(aside.record, aside.fields))


def _values(record: Record, names: Iterable[str]) -> dict[str, Any]:
    return {name: to_builtins(getattr(record, name)) for name in names}


def encode_touched(touched: TouchedRecords) -> Raw:
    """Return what an entry keeps of what its change did."""
    return Raw(msgspec.json.encode(touched))


def append_entry(
    history: tuple[HistoryEntry, ...], entry: HistoryEntry, gone: Iterable[Record] = (), room: int = MIN_HISTORY_BYTES
) -> tuple[HistoryEntry, ...]:
    """Return the history with one more change: what was undone can't be done again, and the oldest make room.

    Args:
        history: The history so far, oldest first.
        entry: The new entry, kept whatever its size.
        gone: Records that leave for good: every trace of them leaves the history too.
        room: The most bytes it may take.
    """
    done = [known for known in history if not known.undone]
    newest_first = [entry, *reversed(forget_records(done, {record.id for record in gone}))][:MAX_ENTRIES]
    sizes = accumulate(len(bytes(known.touched)) for known in newest_first)
    fitting = sum(size <= room for size in sizes)
    return tuple(reversed(newest_first[: max(1, fitting)]))


def forget_records(history: Iterable[HistoryEntry], ids: set[str]) -> tuple[HistoryEntry, ...]:
    """Return the history without any trace of these records."""
    if not ids:
        return tuple(history)
    whole = (entry for entry in history if not is_damaged(entry))  # a damaged one may hold traces that nobody can find
    return tuple(lean for entry in whole if (lean := _without(entry, ids)) is not None)


def _without(entry: HistoryEntry, ids: set[str]) -> HistoryEntry | None:
    touched = touched_by(entry)
    lean = TouchedRecords(
        added=_filled({name: tuple(key for key in keys if key not in ids) for name, keys in touched.added.items()}),
        changed=_filled({n: {k: f for k, f in table.items() if k not in ids} for n, table in touched.changed.items()}),
    )  # what an undone entry keeps goes too: only what was done has a history to be left in
    if lean == touched:
        return entry
    return structs.replace(entry, touched=encode_touched(lean)) if lean != TouchedRecords() or entry.final else None


def _filled(tables: dict[TableName, _Any]) -> dict[TableName, _Any]:
    return {name: table for name, table in tables.items() if table}


def revisions_of(history: Iterable[HistoryEntry], identity: str) -> list[Revision]:
    """Return what happened to a record, oldest first, for its opened card.

    What was taken back is left out, and so is an entry that can't be read. An addition has no fields.
    """
    found = (
        (entry, touched_by(entry))
        for entry in history
        if not entry.undone and identity.encode() in bytes(entry.touched) and not is_damaged(entry)
    )
    return [
        Revision(when=entry.when, label=entry.label, fields=fields)
        for entry, touched in found
        if (fields := _fields_of(touched, identity)) is not None
    ]


def _fields_of(touched: TouchedRecords, identity: str) -> FieldChanges | None:
    if any(identity in keys for keys in touched.added.values()):
        return FieldChanges()
    return next((table[identity] for table in touched.changed.values() if identity in table), None)

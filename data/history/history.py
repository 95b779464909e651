"""The history of changes, for undo, redo and the past of a win.

It is a table in the journal's file, so that a change and its entry are saved together or not at all. An entry keeps the
changed fields, before and after; of an added record only the id, and all its fields while it is undone.
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
"""The most changes that can be undone."""
MIN_HISTORY_BYTES: Final = 4_000_000
"""Bytes that the history may always take; in a large journal, half the size of the file."""
_UNCOUNTED: Final = "updated_at"
"""Every change sets it, undo and redo too, so entries leave it out."""


class FieldChanges(Struct, frozen=True, omit_defaults=True):
    """The changed fields of one record: values as JSON, by field.

    Attributes:
        before: The old values.
        after: The new values.
        aside: Values that lost to newer ones in a merge.
    """

    before: dict[str, Any] = {}
    after: dict[str, Any] = {}
    aside: dict[str, Any] = {}


class TouchedRecords(Struct, frozen=True, omit_defaults=True):
    """The effect of one change, by table.

    Attributes:
        added: The ids of new records.
        changed: The changed fields, by id.
        kept: The records that undo removed, for redo.
        dropped: The ids of undone changes that this one dropped from the history: they were undone, not lost.
    """

    added: dict[TableName, tuple[str, ...]] = {}
    changed: dict[TableName, dict[str, FieldChanges]] = {}
    kept: dict[TableName, tuple[dict[str, Any], ...]] = {}
    dropped: tuple[str, ...] = ()


class Revision(Struct, frozen=True):
    """One change in the life of a record; values as JSON."""

    when: datetime
    label: str
    fields: FieldChanges


def touched_by(entry: HistoryEntry) -> TouchedRecords:
    """Return the effect of an entry's change.

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
    """Return whether an entry can't be read, and so can't be undone."""
    try:
        touched_by(entry)
    except NotAllowedError:
        return True
    return False


def make_entry(journal: Journal, changes: Changes, label: str, now: datetime) -> HistoryEntry | None:
    """Return the entry for a change to a journal, or None if nothing changes."""
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
    """Return the effect of a change as an entry stores it."""
    return Raw(msgspec.json.encode(touched))


def append_entry(
    history: tuple[HistoryEntry, ...], entry: HistoryEntry, gone: Iterable[Record] = (), room: int = MIN_HISTORY_BYTES
) -> tuple[HistoryEntry, ...]:
    """Return the history with one more change. Undone changes are dropped, and the oldest ones make room.

    Args:
        history: The history so far, oldest first.
        entry: The new entry, kept whatever its size.
        gone: Records that are deleted permanently, from the history too.
        room: The most bytes of the history.
    """
    done = [known for known in history if not known.undone]
    if len(done) < len(history):
        dropped = dropped_ids(known for known in history if known.undone)
        entry = structs.replace(entry, touched=encode_touched(structs.replace(touched_by(entry), dropped=dropped)))
    newest_first = [entry, *reversed(forget_records(done, {record.id for record in gone}))][:MAX_ENTRIES]
    sizes = accumulate(len(bytes(known.touched)) for known in newest_first)
    fitting = sum(size <= room for size in sizes)
    return tuple(reversed(newest_first[: max(1, fitting)]))


def dropped_ids(undone: Iterable[HistoryEntry]) -> tuple[str, ...]:
    """Return the ids of undone changes, and of those that they had dropped; the latest `MAX_ENTRIES`."""
    found: list[str] = []
    for entry in undone:
        found += (*(() if is_damaged(entry) else touched_by(entry).dropped), entry.id)
    return tuple(found[-MAX_ENTRIES:])


def forget_records(history: Iterable[HistoryEntry], ids: set[str]) -> tuple[HistoryEntry, ...]:
    """Return the history without these records."""
    if not ids:
        return tuple(history)
    whole = (entry for entry in history if not is_damaged(entry))  # a damaged one may hold something of them
    return tuple(lean for entry in whole if (lean := _without(entry, ids)) is not None)


def _without(entry: HistoryEntry, ids: set[str]) -> HistoryEntry | None:
    touched = touched_by(entry)
    lean = TouchedRecords(
        added=_filled({name: tuple(key for key in keys if key not in ids) for name, keys in touched.added.items()}),
        changed=_filled({n: {k: f for k, f in table.items() if k not in ids} for n, table in touched.changed.items()}),
        dropped=touched.dropped,
    )  # `kept` goes too: it is only set while an entry is undone
    if lean == touched:
        return entry
    return structs.replace(entry, touched=encode_touched(lean)) if lean.added or lean.changed or entry.final else None


def _filled(tables: dict[TableName, _Any]) -> dict[TableName, _Any]:
    return {name: table for name, table in tables.items() if table}


def revisions_of(history: Iterable[HistoryEntry], identity: str) -> list[Revision]:
    """Return the changes of a record, oldest first.

    Undone changes and damaged entries are left out. An addition has no fields.
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

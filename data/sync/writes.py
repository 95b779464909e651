"""What a journal holds, as writes: each register of a record with the moment it was written."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import cache
from itertools import groupby
from operator import itemgetter
from typing import Any

import msgspec
from msgspec import NODEFAULT

from data.base.errors import NotAllowedError
from data.history.entry import HistoryEntry, to_builtins
from data.history.history import FieldChanges, touched_by
from data.model.journal import Journal
from data.model.records import TABLES, TableName
from data.sync.record_state import RecordState, write
from data.sync.registers import Document, absent, document_of, field_of, registers_of
from data.sync.stamps import LEAST, stamp_after

FieldTimes = Mapping[tuple[str, str], datetime]
"""When the fields of records got the values they have, by record id and field; only what a history tells."""
Writes = dict[str, tuple[Any, datetime]]
"""Registers of a record: value as JSON, and the moment it was written."""


def field_times(history: Iterable[HistoryEntry], journal: Journal) -> FieldTimes:
    """Return what the history of a copy tells of its fields; the newest entry whose value still stands counts."""
    times: dict[tuple[str, str], datetime] = {}
    for entry in history:
        for table, records in _changed_by(entry).items():
            for key, fields in records.items():
                now = to_builtins(getattr(journal, table).get(key)) or {}
                times |= {(key, name): entry.when for name, value in fields.after.items() if now.get(name) == value}
    return times


def _changed_by(entry: HistoryEntry) -> Mapping[TableName, Mapping[str, FieldChanges]]:
    """Return what an entry changed that was not undone; nothing for one that can't be read."""
    try:
        return {} if entry.undone else touched_by(entry).changed
    except NotAllowedError:
        return {}


def all_writes(table: TableName, document: Document, times: FieldTimes) -> Writes:
    """Return every register of a record with when it was written.

    A decision tells that itself. Of other fields the history does; else it is as old as the record's last change, or,
    for one that still has the value a new record begins with, as old as the record.
    """
    key = document["id"]
    changed, made = (_moment(document, name) for name in ("updated_at", "created_at"))

    def since(field: str, value: Any) -> datetime:  # noqa: ANN401 - JSON is of any type
        otherwise = made if _untouched(table, field, document) else changed
        return _decided(value) or times.get((key, field), otherwise)

    return {name: (value, since(field_of(name), value)) for name, value in registers_of(table, document).items()}


def filled_writes(table: TableName, document: Document, times: FieldTimes) -> Writes:
    """Return the registers that somebody filled: what was never touched is no write, when two copies meet first."""
    key = document["id"]
    return {
        name: found
        for name, found in all_writes(table, document, times).items()
        if (field := field_of(name)) == "state"  # a step's three fields are never left out
        or not _untouched(table, field, document)
        or (key, field) in times
    }


def _untouched(table: TableName, field: str, document: Document) -> bool:
    defaults = _defaults(table)
    return field in defaults and document.get(field, defaults[field]) == defaults[field]


@cache
def _defaults(table: TableName) -> Mapping[str, Any]:
    fields = msgspec.structs.fields(TABLES[table])
    return {field.name: to_builtins(field.default) for field in fields if field.default is not NODEFAULT}


def _decided(value: Any) -> datetime | None:  # noqa: ANN401 - JSON is of any type
    when = value.get("when") if isinstance(value, dict) else None
    return msgspec.convert(when, datetime) if when else None


def _moment(document: Document, name: str) -> datetime:
    return msgspec.convert(document.get(name) or document.get("started_at") or document["updated_at"], datetime)


def write_all(state: RecordState, writes: Writes, actor: str) -> RecordState:
    """Return a state after these writes, in the order of their moments, each later than all the state had seen."""
    by_moment = sorted((when, name, value) for name, (value, when) in writes.items())
    for when, group in groupby(by_moment, key=itemgetter(0)):
        state = write(state, {name: value for _, name, value in group}, stamp_after(when, actor, state.newest))
    return state


def write_differences(
    table: TableName, document: Document, state: RecordState, times: FieldTimes, actor: str
) -> RecordState:
    """Return what is known of a record after what the journal holds of it was written where it differs.

    Args:
        table: The record's table.
        document: The record as the journal has it.
        state: What is known of it.
        times: What the journal's history tells.
        actor: Who writes.
    """
    known = state.values()
    writes = all_writes(table, document, times)
    changed = {name: found for name, found in writes.items() if name not in known or known[name] != found[0]}
    last = _moment(document, "updated_at")
    gone = {name: (absent(name), last) for name in known if _is_gone(name, writes, known[name])}
    after = _decisions_in_order(write_all(state, {**changed, **gone}, actor), writes, last, actor)
    if table == "wins" and document_of(table, after)["verdict"] != document.get("verdict"):
        return write_all(after, {"verdict": (document.get("verdict"), last)}, actor)
    return after


def _decisions_in_order(state: RecordState, writes: Writes, last: datetime, actor: str) -> RecordState:
    """Return a state whose decisions stand in the order of the journal: of two the later one may be older by its clock.

    Args:
        state: The state after these writes.
        writes: What the journal holds.
        last: When the record was changed last.
        actor: Who writes.
    """
    names = [name for name in writes if field_of(name) == "decided" and "/" in name]
    known = LEAST
    for name in names:
        if state.stamp(name) <= known:
            state = write_all(state, {name: (writes[name][0], last)}, actor)
        known = state.stamp(name)
    return state


def _is_gone(name: str, writes: Writes, value: Any) -> bool:  # noqa: ANN401 - JSON is of any type
    return name not in writes and name != "verdict" and not name.startswith("~") and value != absent(name)

"""Two copies of a record with no past in common that anybody knows: a file carried by hand, a backup, another computer.

Fields in which they differ count as written by two people who had seen nothing of each other: the newer one holds, the
other is an aside. A field that only one copy ever filled is no difference: what is there wins.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from hashlib import sha256
from typing import Any, Final

import msgspec

from data.history.entry import HistoryEntry, to_builtins
from data.history.history import is_damaged, touched_by
from data.model.journal import Journal
from data.model.records import Record, Step, table_of
from data.sync.record_state import RecordState
from data.sync.registers import field_of, registers_of
from data.sync.stamps import context_of, stamp_after

FieldTimes = Mapping[tuple[str, str], datetime]
"""When the fields of records got the values they have, by record id and field; only what a history tells."""

_COMMON: Final = "0" * 8
"""The actor of what both copies hold alike."""


def field_times(history: Iterable[HistoryEntry], journal: Journal) -> FieldTimes:
    """Return what the history of a copy tells of its fields; the newest entry whose value still stands counts."""
    times: dict[tuple[str, str], datetime] = {}
    for entry in history:
        changed = {} if entry.undone or is_damaged(entry) else touched_by(entry).changed
        for table, records in changed.items():
            for key, fields in records.items():
                now = to_builtins(getattr(journal, table).get(key)) or {}
                times |= {(key, name): entry.when for name, value in fields.after.items() if now.get(name) == value}
    return times


def meet(one: Record, other: Record, times: FieldTimes, other_times: FieldTimes) -> tuple[RecordState, RecordState]:
    """Return the states of two copies of a record; their join is the record that both become.

    Args:
        one: A record.
        other: The same record in the other copy.
        times: What the one's history tells.
        other_times: What the other's history tells.
    """
    mine, theirs = _written(one, times), _written(other, other_times)
    alike = {
        name: stamp_after(max(mine[name][1], theirs[name][1]), _COMMON)
        for name in mine.keys() & theirs.keys()
        if mine[name][0] == theirs[name][0]
    }
    return _state(mine, alike), _state(theirs, alike)


def _written(record: Record, times: FieldTimes) -> dict[str, tuple[Any, datetime]]:
    """Return the registers that somebody filled, each with when; what was never touched counts as not written."""
    defaults = dict(zip(reversed(record.__struct_fields__), reversed(record.__struct_defaults__), strict=False))
    untouched = {
        name for name, value in defaults.items() if getattr(record, name) == value and (record.id, name) not in times
    }
    since = {"state": record.created_at} if isinstance(record, Step) and "state" in untouched else {}
    return {
        name: (value, _moment(value, times.get((record.id, field), since.get(field, record.updated_at))))
        for name, value in registers_of(table_of(record), to_builtins(record)).items()
        if (field := field_of(name)) not in untouched or field in since  # a step's three fields are never left out
    }


def _moment(value: Any, otherwise: datetime) -> datetime:  # noqa: ANN401 - JSON is of any type
    """Return when a value was written: a decision tells it itself."""
    when = value.get("when") if isinstance(value, dict) else None
    return msgspec.convert(when, datetime) if when else otherwise


def _state(written: Mapping[str, tuple[Any, datetime]], alike: Mapping[str, str]) -> RecordState:
    stamps = {
        name: alike.get(name) or stamp_after(when, _actor(name, value)) for name, (value, when) in written.items()
    }
    return RecordState({name: {stamp: written[name][0]} for name, stamp in stamps.items()}, context_of(stamps.values()))


def _actor(name: str, value: Any) -> str:  # noqa: ANN401 - JSON is of any type
    """Return who wrote a value: of two values of one moment the same one holds, whichever copy asks, and whenever."""
    return sha256(msgspec.json.encode((name, value))).hexdigest()[:8]

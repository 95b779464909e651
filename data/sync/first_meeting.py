"""Two copies of a record with no past in common that anybody knows: a file carried by hand, a backup, another computer.

Fields in which they differ count as written by two people who had seen nothing of each other: the newer one holds, the
other is an aside. A field that only one copy ever filled is no difference: what is there wins.
"""

from hashlib import sha256
from typing import Any

import msgspec

from data.history.entry import to_builtins
from data.model.records import Record, table_of
from data.sync.record_state import RecordState
from data.sync.stamps import context_of, stamp_after
from data.sync.writes import FieldTimes, Writes, filled_writes


def meet(one: Record, other: Record, times: FieldTimes, other_times: FieldTimes) -> tuple[RecordState, RecordState]:
    """Return the states of two copies of a record; their join is the record that both become.

    Args:
        one: A record.
        other: The same record in the other copy.
        times: What the one's history tells.
        other_times: What the other's history tells.
    """
    table = table_of(one)
    mine = filled_writes(table, to_builtins(one), times)
    theirs = filled_writes(table, to_builtins(other), other_times)
    return _state(mine), _state(theirs)


def _state(written: Writes) -> RecordState:
    stamps = {name: stamp_after(when, _actor(name, value)) for name, (value, when) in written.items()}
    return RecordState({name: {stamp: written[name][0]} for name, stamp in stamps.items()}, context_of(stamps.values()))


def _actor(name: str, value: Any) -> str:  # noqa: ANN401 - JSON is of any type
    """Return who wrote a value: the value itself, so that both copies of one that they hold alike are one write.

    Of two values of one moment the same one holds, whichever copy asks, and whenever.
    """
    return sha256(msgspec.json.encode((name, value))).hexdigest()[:8]

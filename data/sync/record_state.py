"""The state of one record as copies exchange it, and how two states become one.

It is a map of multi-value registers with a causal context, as in delta-state CRDTs (Almeida, Shoker, Baquero 2018): the
join needs no common base, no device's name and no order. The value of a field is that of its highest stamp; the others
are *asides*, values that lost to one whose writer had not seen them.
"""

from collections.abc import Mapping
from typing import Any, Final

import msgspec
from msgspec import Struct, structs

from data.sync.stamps import LEAST, Context, context_of, covers, together

Register = Mapping[str, Any]
"""The values of one field as JSON, by the stamp of their write."""


class RecordState(Struct, frozen=True):
    """One record: its fields, and what its copy has seen.

    Attributes:
        fields: Each field's values by stamp; the names are those of `data.sync.registers`.
        seen: The writes of this record that the copy knows of.
        gone: The writes that somebody removed for good, having seen them.
    """

    fields: Mapping[str, Register] = {}
    seen: Context = {}
    gone: Context = {}

    @property
    def newest(self) -> str:
        """The newest stamp of the record that is known, removed or not."""
        return max((*self.seen.values(), *self.gone.values()), default=LEAST)

    def stamp(self, name: str) -> str:
        """Return the stamp of a field's value, `LEAST` where it has none."""
        return max(self.fields.get(name, {}), default=LEAST)

    def values(self) -> dict[str, Any]:
        """Return the value of each field."""
        return {name: register[max(register)] for name, register in self.fields.items()}

    def asides(self) -> dict[str, dict[str, Any]]:
        """Return the values that lost, by field and stamp, of the fields that have any."""
        return {
            name: {stamp: value for stamp, value in register.items() if stamp != max(register)}
            for name, register in self.fields.items()
            if len(register) > 1
        }


NOTHING: Final = RecordState()


def join(one: RecordState, other: RecordState) -> RecordState:
    """Return the state of a copy that has both; commutative, associative and idempotent."""
    gone = together(one.gone, other.gone)
    fields = {
        name: kept
        for name in {**one.fields, **other.fields}
        if (kept := _joined(one.fields.get(name, {}), other.fields.get(name, {}), one, other, gone))
    }
    return RecordState(fields, together(one.seen, other.seen), gone)


def _joined(mine: Register, theirs: Register, one: RecordState, other: RecordState, gone: Context) -> Register:
    values = {**mine, **theirs}
    for stamp in mine.keys() & theirs.keys():  # the same unless somebody forged one
        values[stamp] = max(mine[stamp], theirs[stamp], key=msgspec.json.encode)
    values = {stamp: value for stamp, value in values.items() if not covers(gone, stamp)}
    top = max(values, default=LEAST)
    return {
        stamp: value
        for stamp, value in values.items()
        if stamp == top
        or ((stamp in mine or not covers(one.seen, stamp)) and (stamp in theirs or not covers(other.seen, stamp)))
    }


def write(state: RecordState, values: Mapping[str, Any], stamp: str, *, keep: bool = False) -> RecordState:
    """Return the state after some fields were written.

    Args:
        state: What the writer knows.
        values: The new values by field.
        stamp: The stamp of the write, later than `state.newest`.
        keep: Whether the values that give way stay as asides: for repairs, which no person chose.
    """
    written = {}
    for name, value in values.items():
        old = state.fields.get(name, {})
        rest = old if keep else {known: aside for known, aside in old.items() if known != max(old)}
        written[name] = {**rest, stamp: value}
    seen = together(state.seen, context_of([stamp])) if values else state.seen
    return RecordState({**state.fields, **written}, seen, state.gone)


def mark_gone(state: RecordState) -> RecordState:
    """Return the state after the record was removed for good: what its remover had seen is gone everywhere."""
    return structs.replace(state, fields={}, gone=together(state.gone, state.seen))

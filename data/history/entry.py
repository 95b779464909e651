"""One entry of the history, as stored in the file, and what comes of undoing one."""

from typing import Any, Final

import msgspec
from msgspec import UNSET, Raw, Struct

from data.model.records import Changes, Id, Moment


def to_builtins(value: object) -> Any:  # noqa: ANN401  # JSON is of any type
    """Return a value as JSON types: dicts, lists, strings, numbers (`msgspec.to_builtins` leaves tuples).

    A field that is not set is None.
    """
    return None if value is UNSET else msgspec.json.decode(msgspec.json.encode(value))


SYNC_LABEL: Final = "sync"
"""The label of what a pass of sync did: what gave way to another device's value, or what another device removed."""


class HistoryEntry(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One change.

    Attributes:
        label: What was done, such as "add a win"; never the text of a win.
        when: When it was saved.
        touched: Its effect, a `data.history.history.TouchedRecords` as JSON, decoded when needed.
        undone: Whether it was undone and can be redone.
        final: Whether it can't be undone: it deleted records permanently.
    """

    id: Id
    label: str
    when: Moment
    touched: Raw = Raw(b"{}")
    undone: bool = False
    final: bool = False


class Reversal(Struct, frozen=True):
    """The effect of undo or redo.

    Attributes:
        changes: The changes to the journal.
        history: The history afterwards.
        label: What is undone or redone.
        notes: Sentences for the person.
        entry: The id of the entry that is undone or redone.
    """

    changes: Changes
    history: tuple[HistoryEntry, ...]
    label: str
    notes: tuple[str, ...] = ()
    entry: str = ""

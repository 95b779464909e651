"""One entry of the history, as the file keeps it."""

from typing import Any, Final

import msgspec
from msgspec import Raw, Struct

from data.model.records import Id, Moment


def to_builtins(value: object) -> Any:  # noqa: ANN401  # JSON is of any type
    """Return a value as the file has it: dicts, lists, text, numbers (`msgspec.to_builtins` would leave tuples)."""
    return msgspec.json.decode(msgspec.json.encode(value))


SYNC_LABEL: Final = "sync"
"""The label of what a pass of sync did: what gave way to another device's value, or what another device removed."""


class HistoryEntry(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One change in the history.

    Attributes:
        label: What was done, such as "add a win"; it never holds the text of a win.
        when: The moment it was saved.
        touched: What it did, a `data.history.history.TouchedRecords` as JSON, read when it is needed.
        undone: Whether it was taken back and can be done again.
        final: Whether undo stops here: what it removed is gone for good.
    """

    id: Id
    label: str
    when: Moment
    touched: Raw = Raw(b"{}")
    undone: bool = False
    final: bool = False

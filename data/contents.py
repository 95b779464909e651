"""What a journal's file holds: the records, the history, and what this version does not know but keeps."""

from typing import Any, Final

import msgspec
from msgspec import Raw, Struct

from data.journal import Journal
from data.models import SCHEMA, Id, Moment, TableName


def plain(value: object) -> Any:  # noqa: ANN401  # JSON is of any type
    """Return a value as the file has it: dicts, lists, text, numbers (`msgspec.to_builtins` would leave tuples)."""
    return msgspec.json.decode(msgspec.json.encode(value))


Overlay = dict[str, Any]
"""The unknown fields of a record: by name, and under the name of a known field those inside it (by place in a list)."""


class Entry(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One change in the history.

    Attributes:
        label: What was done, such as "add a win"; it never holds the text of a win.
        when: The moment it was saved.
        touched: What it did, a `data.history.Touched` as JSON, read when it is needed.
        undone: Whether it was taken back and can be done again.
        final: Whether undo stops here: what it removed is gone for good.
    """

    id: Id
    label: str
    when: Moment
    touched: Raw = Raw(b"{}")
    undone: bool = False
    final: bool = False


class Extras(Struct, frozen=True):
    """What a later version, or another program, put into the file.

    Attributes:
        records: The unknown fields of records, by table and id.
        tables: Unknown tables, as they are.
        meta: Other documents of `meta`, and other fields of its document "1".
    """

    records: dict[tuple[TableName, str], Overlay] = {}
    tables: dict[str, Any] = {}
    meta: dict[str, Any] = {}


NO_EXTRAS: Final = Extras()


class Contents(Struct, frozen=True):
    """All that a file holds.

    Attributes:
        schema: Above this program's own, the file must not be written.
        own: Whether the bytes are just as this program would write them.
    """

    journal: Journal = Journal()
    history: tuple[Entry, ...] = ()
    extras: Extras = NO_EXTRAS
    schema: int = SCHEMA
    own: bool = True


EMPTY: Final = Contents()

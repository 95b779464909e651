"""What a journal's file holds: the records, the history, and what this version does not know but keeps."""

from typing import Any, Final

from msgspec import Struct

from data.history.entry import HistoryEntry
from data.model.journal import Journal
from data.model.records import SCHEMA_VERSION, TableName

UnknownFields = dict[str, Any]
"""The unknown fields of a record: by name, and under the name of a known field those inside it (by place in a list)."""


class Extras(Struct, frozen=True):
    """What a later version, or another program, put into the file.

    Attributes:
        records: The unknown fields of records, by table and id.
        tables: Unknown tables, as they are.
        meta: Other documents of `meta`, and other fields of its document "1".
    """

    records: dict[tuple[TableName, str], UnknownFields] = {}
    tables: dict[str, Any] = {}
    meta: dict[str, Any] = {}


NO_EXTRAS: Final = Extras()


class Contents(Struct, frozen=True):
    """All that a file holds.

    Attributes:
        schema: Above this program's own, the file must not be written.
        own: Whether the bytes are just as this program would write them.
        base: The name of what sync knew of the journal at its last pass, or "" where sync is not set up.
    """

    journal: Journal = Journal()
    history: tuple[HistoryEntry, ...] = ()
    extras: Extras = NO_EXTRAS
    schema: int = SCHEMA_VERSION
    own: bool = True
    base: str = ""


EMPTY: Final = Contents()

"""The content of a journal's file: records, history, and unknown fields that are kept."""

from typing import Any, Final

from msgspec import Struct

from data.history.entry import HistoryEntry
from data.model.journal import Journal
from data.model.records import SCHEMA_VERSION, TableName

UnknownFields = dict[str, Any]
"""The unknown fields of a record by name; those inside a known field under its name, in a list by index."""


class Extras(Struct, frozen=True):
    """What a later version or another program put into the file.

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
    """All of a file.

    Attributes:
        schema: The version of the file; if it is newer than this program's, the file is read-only.
        own: Whether the file is exactly as this program writes it.
        base: The name of what sync knew of the journal at its last pass, or "" where sync is not set up.
    """

    journal: Journal = Journal()
    history: tuple[HistoryEntry, ...] = ()
    extras: Extras = NO_EXTRAS
    schema: int = SCHEMA_VERSION
    own: bool = True
    base: str = ""


EMPTY: Final = Contents()

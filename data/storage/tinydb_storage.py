"""The journal as a TinyDB database: TinyDB's own tables over the journal's file.

TinyDB's own JSON storage left the file unreadable after kills, power cuts, a full disk and two programs at once, so
this one reads and writes through `JournalFile`.
"""

import json
from collections.abc import Iterable, Mapping
from typing import Any
from uuid import uuid4

from tinydb import TinyDB
from tinydb.storages import Storage
from tinydb.table import Document, Table

from data.base.errors import BusyError
from data.files.file_version import FileStamp
from data.storage.contents import Contents
from data.storage.encoder import FileEncoder
from data.storage.journal_file import JournalFile


class _Snapshot(dict[str, dict[str, Any]]):
    """The tables as TinyDB reads, changes and returns them, with the version of the file they are from."""

    def __init__(self, tables: dict[str, dict[str, Any]], stamp: FileStamp | None) -> None:
        super().__init__(tables)
        self.stamp = stamp


class JournalStorage(Storage):
    """A journal's file, as TinyDB reads and writes it."""

    def __init__(self, file: JournalFile) -> None:
        self._file = file

    def read(self) -> dict[str, dict[str, Any]]:
        """Return the whole file: tables of documents by their ids, as strings."""
        contents, stamp = self._file.snapshot()
        return _Snapshot(json.loads(b"".join(FileEncoder(contents))), stamp)

    def write(self, data: dict[str, dict[str, Any]]) -> None:
        """Replace the whole file, as TinyDB does for every change.

        Raises:
            JournalFileError: A document isn't a valid record.
            SmallWinsError: It can't be saved.
        """
        from data.storage.validating_decoder import contents_of_tables  # noqa: PLC0415 - our own changes do without

        contents = contents_of_tables(data, self._file.now())

        def replaced(_: Contents) -> Contents:
            if isinstance(data, _Snapshot) and data.stamp != self._file.stamp:
                raise BusyError("Another program changed the journal meanwhile, so nothing was saved.", "Try again.")
            return contents

        self._file.update(replaced)

    def close(self) -> None:
        """Close the file."""
        self._file.close()


class _SharedTable(Table):
    """A table that another thread, program or device may change too.

    It has no query cache, and a new document's id is random, as every id of the journal. TinyDB counts on from the
    largest: two that insert at once would choose one id, and two devices one id for two wins.
    """

    def __init__(self, storage: Storage, name: str) -> None:
        super().__init__(storage, name, cache_size=0)

    def insert(self, document: Mapping[str, Any]) -> int:
        """Insert a document under its own id or a new one, and return that id."""
        return super().insert(_with_id(document))

    def insert_multiple(self, documents: Iterable[Mapping[str, Any]]) -> list[int]:
        """Insert documents under their own ids or new ones, and return the ids."""
        return super().insert_multiple(map(_with_id, documents))


def _with_id(document: Mapping[str, Any]) -> Document:
    return document if isinstance(document, Document) else Document(document, doc_id=uuid4().int)


class JournalDatabase(TinyDB):
    """A journal as a TinyDB database, for scripts; its default table is `wins`."""

    table_class: type[Table] = _SharedTable
    default_table_name = "wins"

    def __init__(self, file: JournalFile) -> None:
        super().__init__(file, storage=JournalStorage)

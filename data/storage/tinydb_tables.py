"""TinyDB's tables over the records in memory: a document is a view of a record, and a change costs one write.

TinyDB's own table reads and rebuilds the whole of it for every change; this one touches only what changes.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, MutableMapping
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Any, Protocol, cast
from uuid import UUID, uuid4

from msgspec import structs
from tinydb import TinyDB
from tinydb.table import Document, Table

from data.base.errors import NotAllowedError
from data.history.entry import to_builtins
from data.model.records import TABLES, Changes, Record, TableName, doc_id
from data.storage import validating_decoder
from data.storage.contents import Contents, UnknownFields
from data.storage.encoder import merge_unknown_into


class RecordView(Mapping[str, Any]):
    """A document: the fields of a record as JSON has them, with the unknown ones. It can't be changed."""

    def __init__(self, record: Record, overlay: UnknownFields) -> None:
        self.record = record
        self._overlay = overlay

    def __getitem__(self, name: str) -> Any:  # noqa: ANN401  # JSON is of any type
        if name in self.record.__struct_fields__:
            value = to_builtins(getattr(self.record, name))
            return merge_unknown_into(value, self._overlay[name]) if name in self._overlay else value
        return self._overlay[name]

    def __iter__(self) -> Iterator[str]:
        yield from self.record.__struct_fields__
        yield from (name for name in self._overlay if name not in self.record.__struct_fields__)

    def __len__(self) -> int:
        return sum(1 for _ in self)


class ViewDocument(Mapping[str, Any]):
    """A document as TinyDB hands it out: a view with its `doc_id`."""

    def __init__(self, value: Mapping[str, Any], doc_id: int) -> None:
        self._value = value
        self.doc_id = doc_id

    def __getitem__(self, name: str) -> Any:  # noqa: ANN401  # JSON is of any type
        return self._value[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._value)

    def __len__(self) -> int:
        return len(self._value)


class TableView(Mapping[str, RecordView]):
    """The documents of a table by their id as text."""

    def __init__(self, contents: Contents, name: TableName) -> None:
        self._records: Mapping[str, Record] = getattr(contents.journal, name)
        self._overlays = contents.extras.records
        self._name = name

    def __getitem__(self, key: str) -> RecordView:
        try:
            identity = str(UUID(int=int(key)))
        except ValueError as error:
            raise KeyError(key) from error
        return RecordView(self._records[identity], self._overlays.get((self._name, identity), {}))

    def __iter__(self) -> Iterator[str]:
        return (str(doc_id(identity)) for identity in self._records)

    def __len__(self) -> int:
        return len(self._records)


class _Draft(MutableMapping[int, dict[str, Any]]):
    """A table while TinyDB changes it: a document is copied when it is first touched."""

    def __init__(self, view: TableView) -> None:
        self._view = view
        self.touched: dict[int, dict[str, Any]] = {}
        self.gone: set[int] = set()

    def __getitem__(self, key: int) -> dict[str, Any]:
        if key not in self.touched:
            if key in self.gone:
                raise KeyError(key)
            self.touched[key] = dict(self._view[str(key)])
        return self.touched[key]

    def __setitem__(self, key: int, document: dict[str, Any]) -> None:
        self.gone.discard(key)
        self.touched[key] = document

    def __delitem__(self, key: int) -> None:
        if key not in self:
            raise KeyError(key)
        self.touched.pop(key, None)
        self.gone.add(key)

    def __contains__(self, key: object) -> bool:
        return key in self.touched or (key not in self.gone and str(key) in self._view)

    def __iter__(self) -> Iterator[int]:
        known = [int(key) for key in self._view]
        yield from (key for key in known if key not in self.gone)
        yield from (key for key in self.touched if str(key) not in self._view)

    def __len__(self) -> int:
        return sum(1 for _ in self)


class _Staging(Protocol):
    """What a table needs of its storage: `data.storage.tinydb_storage.JournalStorage`."""

    watchers: list[Callable[[], None]]

    @property
    def staged(self) -> Contents: ...

    def changing(self) -> AbstractContextManager[None]: ...

    def stage(self, changes: Changes) -> None: ...

    def stage_documents(self, name: TableName, documents: Mapping[int, Mapping[str, Any]], gone: set[int]) -> None: ...


class RecordTable(Table):
    """A table of records; one of another name works as TinyDB's own."""

    document_class = cast("type[Document]", ViewDocument)  # TinyDB only asks for a mapping with a `doc_id`

    def __init__(self, storage: Any, name: str, **options: Any) -> None:  # noqa: ANN401  # as TinyDB has it
        super().__init__(storage, name, **options)
        self._staging: _Staging = storage
        self._staging.watchers.append(self.clear_cache)

    def change(self, changes: Changes) -> None:
        """Put and drop records of this table, within the storage's `changing`."""
        self._staging.stage(changes)
        self.clear_cache()

    def insert(self, document: Mapping[str, Any]) -> int:
        """Insert a document; TinyDB's own `Document` keeps its id."""
        return super().insert(_view_of(document))

    def insert_multiple(self, documents: Iterable[Mapping[str, Any]]) -> list[int]:
        """Insert documents; TinyDB's own ones keep their ids."""
        return super().insert_multiple(_view_of(document) for document in documents)

    def _get_next_id(self) -> int:
        """Return a random id: TinyDB's next one would clash with another program's."""
        return uuid4().int

    def _update_table(self, updater: Callable[[dict[int, Mapping[str, Any]]], None]) -> None:
        if self.name not in TABLES:
            super()._update_table(updater)
            return
        name = self.name
        with self._staging.changing():
            draft = _Draft(TableView(self._staging.staged, name))
            updater(cast("dict[int, Mapping[str, Any]]", draft))
            self._staging.stage_documents(name, draft.touched, draft.gone)
        self.clear_cache()


def _view_of(document: Mapping[str, Any]) -> Mapping[str, Any]:
    return ViewDocument(document, document.doc_id) if isinstance(document, Document) else document


class JournalDB(TinyDB):
    """A TinyDB whose tables are a journal's; its own table is that of the wins."""

    table_class: type[Table] = RecordTable
    default_table_name = "wins"

    def records(self, name: TableName) -> RecordTable:
        """Return one of the journal's tables."""
        return cast("RecordTable", self.table(name))


def with_documents(
    contents: Contents, name: TableName, documents: Mapping[int, Mapping[str, Any]], gone: set[int], now: datetime
) -> Contents:
    """Return the contents with these documents put into a table, and others taken out.

    Raises:
        JournalFileError: A document is no record.
        NotAllowedError: It is of an id that another document has.
    """
    table: Mapping[str, Record] = getattr(contents.journal, name)
    overlays = dict(contents.extras.records)
    drop = [table[key] for key in (str(UUID(int=number)) for number in gone) if key in table]
    put: list[Record] = []
    for number, document in documents.items():
        record, overlay = validating_decoder.read_record(name, str(number), document, now)
        if record.id in table and doc_id(record.id) != number:
            raise NotAllowedError(f"There is a record of the id {record.id} already.")
        put.append(record)
        overlays[name, record.id] = overlay
    kept = {where: overlay for where, overlay in overlays.items() if overlay}
    journal = contents.journal.apply(Changes(put=tuple(put), drop=tuple(drop)))
    return structs.replace(contents, journal=journal, extras=structs.replace(contents.extras, records=kept))


def with_tables(contents: Contents, tables: Mapping[str, Mapping[str, Any]], now: datetime) -> Contents:
    """Return the contents with every table replaced; one that is a `TableView` is as it was.

    Raises:
        JournalFileError: A document is no record.
    """
    for name in TABLES:
        given = tables.get(name, {})
        if not isinstance(given, TableView):
            gone = {doc_id(identity) for identity in getattr(contents.journal, name)}
            documents = {int(key): document for key, document in given.items()}
            contents = with_documents(contents, name, documents, gone, now)
    others = {name: table for name, table in tables.items() if name not in TABLES}
    return structs.replace(contents, extras=structs.replace(contents.extras, tables=others))

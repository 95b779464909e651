"""Encoding the file: JSON that stock TinyDB reads, one record per line, in small pieces.

They are small because msgspec blocks all other threads during a call, and not smaller because each hands the
interpreter over a few times: with 64 records in a piece, one key in twenty waited three times as long. A
piece whose records didn't change is copied from the old file instead of encoded again, if its checksum is right: that
halves the cost of a change and takes no memory.

The file ends with a seal: a checksum of everything before it, and the form of its records. A file with a valid seal is
exactly as this program wrote it, so the reader need not look for anything unknown.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import accumulate, islice
from typing import Any, Final
from zlib import crc32

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from data.history.entry import HistoryEntry, to_builtins
from data.model.journal import Journal
from data.model.records import SCHEMA_VERSION, TABLES, Answers, Decision, Lookback, Proof, Record, TableName, Win
from data.storage.contents import NO_EXTRAS, Contents, UnknownFields

ROWS_A_PIECE: Final = 96
_KINDS: Final = (*TABLES.values(), Answers, Decision, Lookback, HistoryEntry)
_FIELDS: Final = [tuple(name for name in kind.__struct_fields__ if name != "proof") for kind in _KINDS]
FORM: Final = crc32(repr((SCHEMA_VERSION, *_FIELDS)).encode())
"""Identifies the fields that records have in this version, as long as no win has proof."""
_FORMS: Final = {
    (synced, proven): crc32(repr((FORM, *["sync"] * synced, *[Proof.__struct_fields__] * proven)).encode())
    for synced in (False, True)
    for proven in (False, True)
} | {(False, False): FORM}
"""The same by whether there is a table of sync, and proof; a version without either treats such a file as another
program's and keeps what it does not know."""
OWN_FORMS: Final = frozenset(_FORMS.values())
"""The forms of files that hold nothing unknown."""
MIXED: Final = 0
"""The form of a file with unknown fields or tables, which are kept."""
_SEAL: Final = b',\n"seal":{'
encode_record: Final = msgspec.json.Encoder().encode


class Piece(Struct, frozen=True):
    """Some records of a table.

    Attributes:
        place: Their position in the file, in bytes.
        size: Their bytes.
        check: The checksum of those.
        proven: Whether one of them has proof.
    """

    records: tuple[Record, ...]
    place: int
    size: int
    check: int
    proven: bool = False


Layout = Mapping[TableName, Sequence[Piece]]
"""The pieces of a file, in order; those with unknown fields are empty."""
NO_LAYOUT: Final[Layout] = {}
_UNKNOWN: Final = Piece((), 0, 0, 0)

ReadAt = Callable[[int, int], bytes]
"""Reads from the old file: how many bytes, and from which position."""


def read_nothing(_size: int, _place: int) -> bytes:
    """Read from no file."""
    return b""


def layout_of(data: bytes, journal: Journal) -> Layout:
    """Return the pieces of a file that this program wrote, found by its lines: each record is one.

    Args:
        data: The whole file.
        journal: What it holds.
    """
    ends = _line_ends(data)
    tables: dict[TableName, tuple[Record, ...]] = {name: tuple(getattr(journal, name).values()) for name in TABLES}
    heads = [*accumulate((len(rows) + 1 for rows in tables.values()), initial=0)]
    named = zip(heads, (*TABLES, "history"), strict=True)
    if heads[-1] >= len(ends) or not all(
        data.startswith(b'"%b":{' % name.encode(), ends[at] + 1) for at, name in named
    ):
        return NO_LAYOUT
    return {
        name: list(_pieces(data, rows, ends[at + 1 :])) for at, (name, rows) in zip(heads, tables.items(), strict=False)
    }


def _line_ends(data: bytes) -> list[int]:
    """Return where the lines of a file end: a quarter of the time that splitting it takes."""
    ends = [data.find(b"\n")]
    while (end := data.find(b"\n", ends[-1] + 1)) >= 0:
        ends.append(end)
    return ends


def _pieces(data: bytes, records: tuple[Record, ...], ends: Sequence[int]) -> Iterator[Piece]:
    """Yield the pieces of one table, whose head and rows end there; a comma is after each row, and a brace the last."""
    for first in range(0, len(records), ROWS_A_PIECE):
        batch = records[first : first + ROWS_A_PIECE]
        last, place = first + len(batch), ends[first]
        size = ends[last] - place - (2 if last == len(records) else 1)
        yield Piece(batch, place, size, crc32(memoryview(data)[place : place + size]), _has_proof(batch))


class FileEncoder:
    """Encodes the content of a file; iterating yields its bytes, once.

    Attributes:
        layout: The pieces of the new file; complete after the iteration.
    """

    def __init__(self, contents: Contents, known: Layout = NO_LAYOUT, read: ReadAt = read_nothing) -> None:
        """Prepare the encoding.

        Args:
            contents: The content of the file.
            known: The pieces of the old file.
            read: Reads from the old file.
        """
        self.layout: dict[TableName, list[Piece]] = {}
        self._contents = contents
        self._known = known
        self._read = read
        self._place = 0

    def __iter__(self) -> Iterator[bytes]:
        check = 0
        for data in self._file():
            self._place += len(data)
            check = crc32(data, check)
            yield data
        proven = any(piece.proven for piece in self.layout["wins"])
        yield _seal(_form(self._contents, proven=proven), check)

    def _file(self) -> Iterator[bytes]:
        extras = self._contents.extras
        yield b'{"meta":' + _plain(_meta(self._contents))
        for name in TABLES:
            yield b',\n"%b":{' % name.encode()
            yield from self._rows(name)
            yield b"}"
        entries = [b"\n%b:%b" % (_key(entry.id), encode_record(entry)) for entry in self._contents.history]
        yield b',\n"history":{' + b",".join(entries) + b"}"
        if self._contents.base:
            yield b',\n"sync":' + _plain({"1": {"base": self._contents.base}})
        for other, table in extras.tables.items():
            yield b",\n%b:%b" % (_plain(other), _plain(table))

    def _rows(self, name: TableName) -> Iterator[bytes]:
        table: Mapping[str, Record] = getattr(self._contents.journal, name)
        overlays = {key: overlay for (where, key), overlay in self._contents.extras.records.items() if where == name}
        known = iter(self._known.get(name, ()))
        layout = self.layout[name] = []
        records = iter(table.values())
        while batch := tuple(islice(records, ROWS_A_PIECE)):
            if layout:
                yield b","
            strange = not overlays.keys().isdisjoint(record.id for record in batch) if overlays else False
            piece = next(known, _UNKNOWN)
            if data := self._again(piece, batch, strange=strange):
                layout.append(replace(piece, records=batch, place=self._place))
            else:
                data = _encoded(batch, overlays)
                made = Piece(batch, self._place, len(data), crc32(data), _has_proof(batch))
                layout.append(_UNKNOWN if strange else made)
            yield data

    def _again(self, piece: Piece, batch: tuple[Record, ...], *, strange: bool) -> bytes:
        """Return the bytes of a piece from the old file, or none if the records or the bytes changed."""
        if strange or piece.records != batch:
            return b""
        data = self._read(piece.size, piece.place)
        return data if crc32(data) == piece.check and len(data) == piece.size else b""


def _has_proof(records: Iterable[Record]) -> bool:
    return any(isinstance(record, Win) and record.proof for record in records)


def _form(contents: Contents, *, proven: bool) -> int:
    return MIXED if contents.extras != NO_EXTRAS else _FORMS[bool(contents.base), proven]


def _seal(form: int, check: int) -> bytes:
    return b'%b"1":{"form":%d,"crc32":%d}}}\n' % (_SEAL, form, check)


def form_of(data: bytes) -> int | None:
    """Return the form of a file with a valid seal, or None if another program changed it."""
    start = data.rfind(_SEAL)
    check = crc32(memoryview(data)[: max(start, 0)])
    return next((form for form in (*OWN_FORMS, MIXED) if start > 0 and data[start:] == _seal(form, check)), None)


def _encoded(batch: Sequence[Record], overlays: Mapping[str, UnknownFields]) -> bytes:
    if not overlays:
        return b",".join([b"\n%b:%b" % (_key(record.id), encode_record(record)) for record in batch])
    return b",".join([b"\n%b:%b" % (_key(record.id), _merged(record, overlays.get(record.id))) for record in batch])


def _merged(record: Record, overlay: UnknownFields | None) -> bytes:
    return encode_record(record) if overlay is None else _plain(document_of_record(record, overlay))


def document_of_record(record: Record, overlay: UnknownFields | None) -> dict[str, Any]:
    """Return a record as the file has it, with its unknown fields."""
    return _merge_unknown(to_builtins(record), overlay or {})


def _meta(contents: Contents) -> dict[str, Any]:
    extra = contents.extras.meta
    first = {"schema": SCHEMA_VERSION, **extra.get("1", {})}
    return {"1": first, **{key: value for key, value in extra.items() if key != "1"}}


def _key(identity: str) -> bytes:
    """Return a record's key, its `data.model.records.doc_id` in quotes (three times as fast as calling that)."""
    return b'"%d"' % int(identity.replace("-", ""), 16)


def _plain(value: object) -> bytes:
    """Encode values that `json` read; numbers may be too large for msgspec."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def _merge_unknown(fields: dict[str, Any], overlay: UnknownFields) -> dict[str, Any]:
    """Return the known fields together with the unknown ones."""
    return {**fields, **{name: _merge_unknown_inside(fields.get(name), value) for name, value in overlay.items()}}


def _merge_unknown_inside(known: object, value: Any) -> object:  # noqa: ANN401  # JSON is of any type
    """Return the value of a known field together with the unknown ones inside it."""
    if isinstance(known, dict):
        return _merge_unknown(known, value)
    if isinstance(known, list):
        return [_merge_unknown(item, value[place]) if place in value else item for place, item in enumerate(known)]
    return value

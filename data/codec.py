"""The file's bytes and what they mean, on the fast path: a file that this program wrote.

Reading decodes into records and writes them again in memory: if the bytes are the same, nothing in the file is unknown,
doubled or odd. Anything else is for `data.careful`. Writing yields small pieces, because `msgspec` keeps all other
threads waiting during a call.
"""

import gc
import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from itertools import islice
from typing import Any, Final

import msgspec
from msgspec import Struct

from data import careful
from data.contents import Contents, Entry, Extras, Overlay, plain
from data.errors import SaveError
from data.journal import Journal
from data.models import SCHEMA, TABLES, Goal, Record, Review, Step, TableName, Win

_ROWS_A_PIECE: Final = 64
_encode: Final = msgspec.json.Encoder().encode


class _Meta(Struct, frozen=True):
    schema: int


class _File(Struct, frozen=True):
    """The file as this program writes it."""

    meta: dict[str, _Meta]
    wins: dict[str, Win]
    goals: dict[str, Goal]
    steps: dict[str, Step]
    reviews: dict[str, Review]
    history: dict[str, Entry]


_decoder: Final = msgspec.json.Decoder(_File)


def decode(data: bytes, now: datetime) -> Contents:
    """Return what a file holds.

    Args:
        data: The whole file.
        now: The moment, for records of other programs that have no timestamps.

    Raises:
        JournalFileError: It can't be understood; the message says where.
    """
    with _no_collections():
        own = _decode_own(data)
        if own is not None:
            return own
        contents = careful.decode(data, now)
        return msgspec.structs.replace(contents, own=_matches(data, encode(contents)))


def _decode_own(data: bytes) -> Contents | None:
    try:
        file = _decoder.decode(data)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return None
    contents = Contents(
        journal=Journal(
            wins={record.id: record for record in file.wins.values()},
            goals={record.id: record for record in file.goals.values()},
            steps={record.id: record for record in file.steps.values()},
            reviews={record.id: record for record in file.reviews.values()},
        ),
        # A copy: a `Raw` is a view that would keep the bytes of the whole file in memory.
        history=tuple(msgspec.structs.replace(e, touched=e.touched.copy()) for e in file.history.values()),
    )
    return contents if _matches(data, encode(contents)) else None


def _matches(data: bytes, pieces: Iterator[bytes]) -> bool:
    place = 0
    for piece in pieces:
        if not data.startswith(piece, place):
            return False
        place += len(piece)
    return place == len(data)


@contextmanager
def _no_collections() -> Iterator[None]:
    """Keep the garbage collector from walking through the many new objects again and again."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def encode(contents: Contents) -> Iterator[bytes]:
    """Yield the bytes of a file in small pieces: JSON as stock TinyDB reads it, a record a line."""
    extras = contents.extras
    yield b'{"meta":' + _plain(_meta(contents))
    for name in TABLES:
        yield b',\n"%b":{' % name.encode()
        yield from _rows(name, getattr(contents.journal, name), extras)
        yield b"}"
    yield (
        b',\n"history":{'
        + b",".join([b"\n%b:%b" % (_key(entry.id), _encode(entry)) for entry in contents.history])
        + b"}"
    )
    for other, table in extras.tables.items():
        yield b",\n%b:%b" % (_plain(other), _plain(table))
    yield b"}\n"


def check(records: Sequence[Record]) -> None:
    """Make sure that records can be read again once they are written: the file must never hold what is refused.

    Raises:
        SaveError: One can't.
    """
    for kind in TABLES.values():
        ours = [record for record in records if type(record) is kind]
        try:
            same = not ours or msgspec.json.decode(_encode(ours), type=list[kind]) == ours  # type: ignore[valid-type]
        except UnicodeEncodeError as error:
            raise SaveError("The change was not saved: its text holds half a character (a lone surrogate).") from error
        except msgspec.MsgspecError as error:
            reason = careful.reason_of(error)[0]
            raise SaveError(f"The change was not saved: a value is not allowed ({reason}).") from error
        if not same:
            raise SaveError("The change was not saved: a value can't be written.")


def _meta(contents: Contents) -> dict[str, Any]:
    extra = contents.extras.meta
    first = {"schema": SCHEMA, **extra.get("1", {})}
    return {"1": first, **{key: value for key, value in extra.items() if key != "1"}}


def _rows(name: TableName, table: Mapping[str, Record], extras: Extras) -> Iterator[bytes]:
    records = iter(table.values())
    overlays = {key: overlay for (where, key), overlay in extras.records.items() if where == name}
    comma = b""
    while batch := list(islice(records, _ROWS_A_PIECE)):
        rows = [
            b"\n%b:%b" % (_key(r.id), _merged(r, overlays[r.id]) if r.id in overlays else _encode(r)) for r in batch
        ]
        yield comma + b",".join(rows)
        comma = b","


def _key(identity: str) -> bytes:
    """Return a record's key: its `data.models.doc_id` in quotes (in this form, three times as fast)."""
    return b'"%d"' % int(identity.replace("-", ""), 16)


def _plain(value: object) -> bytes:
    """Encode what `json` read: it may hold numbers too large for msgspec."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def _merged(record: Record, overlay: Overlay) -> bytes:
    return _plain(lay(plain(record), overlay))


def lay(fields: dict[str, Any], overlay: Overlay) -> dict[str, Any]:
    """Return the known fields with the unknown ones back in their places."""
    return {**fields, **{name: lay_into(fields.get(name), value) for name, value in overlay.items()}}


def lay_into(known: object, value: Any) -> object:  # noqa: ANN401  # JSON is of any type
    """Return the value of a known field with the unknown ones inside it back in their places."""
    if isinstance(known, dict):
        return lay(known, value)
    if isinstance(known, list):
        return [lay(item, value[place]) if place in value else item for place, item in enumerate(known)]
    return value

"""Batches: what travels. A file that is written once, never changed, and named by its checksum.

A batch is `age(zlib(lines))`: a head, then a record a line, whole even where one field changed, so that any set of
batches is a valid state of the journal. It opens with `age -d -i key FILE | zlib-flate -uncompress`.
"""

import zlib
from collections.abc import Iterator
from datetime import datetime
from hashlib import sha256
from typing import Any, Final

import msgspec
from msgspec import Struct, structs

from data.sync.record_state import RecordState
from data.sync.repairs import Key, States
from data.sync.stamps import actor_of, is_stamp

FORMAT: Final = 1
"""Raised by every change of the lines or of a rule: an older program takes in and sends nothing then."""
SEALED_LIMIT: Final = 16_000_000
"""Bytes of a batch as it travels."""
OPEN_LIMIT: Final = 64_000_000
"""Bytes of a batch once it is inflated."""
_PART: Final = 12_000_000
"""Bytes of lines that are sent as one batch: a larger one could reach the limits of those who read it."""


class BatchError(Exception):
    """A batch that can't be used; nothing of it is taken in."""


class NewerFormatError(BatchError):
    """A batch of a later version of this program."""


class Head(Struct, frozen=True, omit_defaults=True):
    """The first line of a batch.

    Attributes:
        format: The version of the lines and the rules.
        device: What the computer that wrote it calls itself, for the sentences that a person reads.
        replaces: The names of batches whose content this one holds too.
        lost: The names of batches that its writer could not open.
        sent: When it was written, by its writer's clock.
        heard: The latest such moment that its writer had heard of, by the clock of whoever that was.
    """

    format: int
    device: str = ""
    replaces: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()
    sent: datetime | None = None
    heard: datetime | None = None


class Batch(Struct, frozen=True):
    """What one pass sends: its head and the states of records."""

    head: Head
    states: States


class _Line(Struct, frozen=True, omit_defaults=True):
    i: str
    t: str
    f: dict[str, dict[str, Any]] = {}
    seen: dict[str, str] = {}
    gone: dict[str, str] = {}


_line_decoder: Final = msgspec.json.Decoder(_Line)
_head_decoder: Final = msgspec.json.Decoder(Head)


def encode_batches(batch: Batch, part: int = _PART) -> list[bytes]:
    """Return a batch as bytes, not sealed yet: as one or more that are small enough to be read; the last has its head.

    Args:
        batch: What is sent.
        part: How many bytes of lines one of them may hold.
    """
    parts: list[list[bytes]] = [[]]
    room = part
    for line in _lines(batch.states):
        if len(line) > room and parts[-1]:
            parts.append([])
            room = part
        parts[-1].append(line)
        room -= len(line)
    plain = structs.replace(batch.head, replaces=(), lost=())
    return [*(_packed(plain, lines) for lines in parts[:-1]), _packed(batch.head, parts[-1])]


def _lines(states: States) -> Iterator[bytes]:
    for (table, key), state in states.items():
        fields = {name: dict(register) for name, register in state.fields.items()}
        yield msgspec.json.encode(_Line(key, table, fields, dict(state.seen), dict(state.gone)))


def _packed(head: Head, lines: list[bytes]) -> bytes:
    return zlib.compress(b"\n".join([msgspec.json.encode(head), *lines]), 9)


def decode_batch(data: bytes) -> Batch:
    """Return the batch of such bytes.

    Raises:
        NewerFormatError: It was written by a later version.
        BatchError: It can't be understood, or is too large.
    """
    head, *lines = _inflated(data).split(b"\n")
    try:
        found = _head_decoder.decode(head)
        if found.format > FORMAT:
            raise NewerFormatError("Another device has a newer smallwins.")
        return Batch(found, dict(_states(lines)))
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise BatchError("A part of the remote can't be understood.") from error


def _inflated(data: bytes) -> bytes:
    inflate = zlib.decompressobj()
    try:
        whole = inflate.decompress(data, OPEN_LIMIT)
    except zlib.error as error:
        raise BatchError("A part of the remote is damaged.") from error
    if not inflate.eof:
        raise BatchError("A part of the remote is too large, or cut off.")
    return whole


def _states(lines: list[bytes]) -> Iterator[tuple[Key, RecordState]]:
    for line in lines:
        found = _line_decoder.decode(line)
        stamps = [stamp for register in found.f.values() for stamp in register]
        contexts = [*found.seen.items(), *found.gone.items()]
        if not all(map(is_stamp, stamps)) or not all(is_stamp(s) and actor_of(s) == a for a, s in contexts):
            raise BatchError("A part of the remote holds what is no stamp.")
        fields = {name: register for name, register in found.f.items() if register}
        yield (found.t, found.i), RecordState(fields, found.seen, found.gone)  # type: ignore[misc]  # unknown tables too


def name_of(sealed: bytes) -> str:
    """Return the name of a sealed batch: the first 40 hex digits of its SHA-256."""
    return sha256(sealed).hexdigest()[:40]

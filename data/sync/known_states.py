"""What a device knows of every record, kept in such a way that a pass pays for those that changed.

Most records of a journal stay as they are for years. Their states lie in a file of their own, in parts of which one is
opened when somebody asks for a record in it; those that changed since that file was written come before it.
"""

import zlib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

import msgspec
from msgspec import Raw, Struct

from data.sync.digests import Digests, digest_in
from data.sync.record_state import RecordState
from data.sync.repairs import Key, States

_PARTS: Final = 16
_CHECK: Final = 4
"""Bytes of the checksum at the end of the file."""
_Part = Mapping[str, Mapping[str, Raw]]
"""Encoded states by table and id."""


class _StoredStates(Struct, frozen=True):
    digests: dict[str, dict[str, str]]
    parts: list[bytes]


_state_decoder: Final = msgspec.json.Decoder(RecordState)
_part_decoder: Final = msgspec.json.Decoder(dict[str, dict[str, Raw]])
_file_decoder: Final = msgspec.msgpack.Decoder(_StoredStates)


class KeptStates:
    """The states of records as a file has them.

    Attributes:
        digests: What tells each record from a changed one.
    """

    def __init__(self, digests: Digests, parts: Sequence[bytes]) -> None:
        """Take what a file holds.

        Args:
            digests: What tells each record from a changed one.
            parts: The states, compressed, by `_part_of` their ids.
        """
        self.digests = digests
        self._parts = parts
        self._opened: dict[int, _Part] = {}

    def __getitem__(self, key: Key) -> Raw:
        """Return the encoded state of a record."""
        number = _part_of(key[1])
        if number not in self._opened:
            self._opened[number] = _part_decoder.decode(zlib.decompress(self._parts[number]))
        return self._opened[number][key[0]][key[1]]

    def __contains__(self, key: Key) -> bool:
        """Return whether there is such a record; no part is opened for it."""
        return key[1] in self.digests.get(key[0], {})

    def __iter__(self) -> Iterator[Key]:
        """Yield the records."""
        for table, records in self.digests.items():
            for identity in records:
                yield table, identity


NOTHING_KEPT: Final = KeptStates({}, ())


class KnownStates(Mapping[Key, RecordState]):
    """The states of records.

    Attributes:
        changed: Those that changed since the rest was kept.
        kept: The rest; `changed` comes before it.
        file: The name of the file that holds the rest, or "".
    """

    def __init__(self, changed: States | None = None, kept: KeptStates = NOTHING_KEPT, file: str = "") -> None:
        """Take what a device knows.

        Args:
            changed: States that changed since the rest was kept.
            kept: The rest.
            file: The name of the file of the rest.
        """
        self.changed: Mapping[Key, RecordState] = changed or {}
        self.kept = kept
        self.file = file

    def with_changes(self, states: States) -> "KnownStates":
        """Return these states after some of them changed, or were heard of for the first time."""
        return KnownStates({**self.changed, **states}, self.kept, self.file) if states else self

    def __getitem__(self, key: Key) -> RecordState:
        """Return the state of a record."""
        found = self.changed.get(key)
        if found is None and key not in self.kept:
            raise KeyError(key)
        return _state_decoder.decode(self.kept[key]) if found is None else found

    def __contains__(self, key: Any) -> bool:  # noqa: ANN401 - as Mapping has it
        """Return whether a record was ever heard of, without decoding it."""
        return key in self.changed or key in self.kept

    def __iter__(self) -> Iterator[Key]:
        """Yield the records."""
        yield from self.changed
        yield from (key for key in self.kept if key not in self.changed)

    def __len__(self) -> int:
        """Return how many records there are."""
        return sum(1 for _ in self)


def encode_states(known: KnownStates, digests: Digests) -> bytes:
    """Return a file of all states.

    Args:
        known: The states.
        digests: What tells those that the journal shows from changed ones.
    """
    parts: list[dict[str, dict[str, RecordState | Raw]]] = [{} for _ in range(_PARTS)]
    names: dict[str, dict[str, str]] = {}
    for key in known:
        table, identity = key
        state = known.changed.get(key)
        parts[_part_of(identity)].setdefault(table, {})[identity] = known.kept[key] if state is None else state
        names.setdefault(table, {})[identity] = digest_in(digests, key)
    stored = _StoredStates(names, [zlib.compress(msgspec.json.encode(part), 1) for part in parts])
    data = msgspec.msgpack.encode(stored)
    return data + _check_of(data)


def decode_states(data: bytes) -> KeptStates | None:
    """Return what such a file holds, or None where it is damaged."""
    whole, check = data[:-_CHECK], data[-_CHECK:]
    if check != _check_of(whole):
        return None
    try:
        stored = _file_decoder.decode(whole)
    except msgspec.MsgspecError:
        return None
    digests: Any = stored.digests  # of unknown tables too
    return KeptStates(digests, stored.parts)


def _check_of(data: bytes) -> bytes:
    return zlib.crc32(data).to_bytes(_CHECK, "big")


def _part_of(identity: str) -> int:
    return zlib.crc32(identity.encode()) % _PARTS

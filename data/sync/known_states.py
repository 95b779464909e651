"""What a device knows of every record, kept in such a way that a pass pays for those that changed.

Most records of a journal stay as they are for years. Their states lie in a file of their own, from which one is decoded
when somebody asks for it; those that changed since that file was written come before it.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final

import msgspec
from msgspec import Raw

from data.sync.record_state import RecordState
from data.sync.repairs import Key, States

Kept = Mapping[str, Mapping[str, tuple[str, Raw]]]
"""Digest and encoded state of records, by table and id, as in a file."""

_decoder: Final = msgspec.json.Decoder(RecordState)


class KnownStates(Mapping[Key, RecordState]):
    """The states of records.

    Attributes:
        changed: Those that changed since the rest was kept.
        kept: The rest, encoded; `changed` comes before it.
        file: The name of the file that holds `kept`, or "".
    """

    def __init__(
        self, changed: Mapping[Key, RecordState] | None = None, kept: Kept | None = None, file: str = ""
    ) -> None:
        """Take what a device knows.

        Args:
            changed: States that changed since the rest was kept.
            kept: The rest.
            file: The name of the file of the rest.
        """
        self.changed: Mapping[Key, RecordState] = changed or {}
        self.kept: Kept = kept or {}
        self.file = file

    def with_changes(self, states: States) -> "KnownStates":
        """Return these states after some of them changed, or were heard of for the first time."""
        return KnownStates({**self.changed, **states}, self.kept, self.file) if states else self

    def __getitem__(self, key: Key) -> RecordState:
        """Return the state of a record."""
        found = self.changed.get(key)
        return _decoder.decode(self.kept[key[0]][key[1]][1]) if found is None else found

    def __contains__(self, key: Any) -> bool:  # noqa: ANN401 - as Mapping has it
        """Return whether a record was ever heard of, without decoding it."""
        return key in self.changed or key[1] in self.kept.get(key[0], {})

    def __iter__(self) -> Iterator[Key]:
        """Yield the records."""
        yield from self.changed
        for table, records in self.kept.items():
            for identity in records:
                key: Key = (table, identity)  # type: ignore[assignment]  # unknown tables too
                if key not in self.changed:
                    yield key

    def __len__(self) -> int:
        """Return how many records there are."""
        return sum(1 for _ in self)

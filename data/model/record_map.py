"""The records of one table: a mapping that nobody changes, and that knows in what it may differ from another.

A change leaves the dictionary as it is and keeps what differs beside it. Copying it touches each of 100,000 records,
two milliseconds at best and seven where others were busy, for each of which a key would wait; so it is copied when
somebody goes through all records next, as a save does in its thread. Comparing two copies record by record would take
fifty: each remembers which records changed since the table that both came from.
"""

from collections.abc import ItemsView, Iterable, Iterator, KeysView, Mapping, ValuesView
from typing import Final, TypeVar

from msgspec import Struct

from data.model.records import Record

MAX_OVERLAY: Final = 256
"""The most changed records that are remembered, before the table counts as another one."""
_R = TypeVar("_R", bound=Record)
_D = TypeVar("_D")
_ABSENT: Final = object()


class Lineage(Struct, frozen=True):
    """What a table is a changed copy of.

    Attributes:
        origin: Stands for that table.
        touched: The ids of the records that were put or dropped since.
    """

    origin: object
    touched: frozenset[str] = frozenset()


class RecordMap(Mapping[str, _R]):
    """Records by id. It may be read from any thread.

    Two that turn out to be equal count as changed copies of one table from then on, and so does what is made of them.

    Attributes:
        lineage: What it is a changed copy of; replaced as a whole, for another thread may be reading it.
    """

    __slots__ = ("_parts", "lineage")

    def __init__(self, table: Mapping[str, _R]) -> None:
        """Take a table, which nobody changes any more."""
        whole = table if isinstance(table, dict) else dict(table)
        self._parts: tuple[dict[str, _R], dict[str, _R | None]] = (whole, {})
        self.lineage: Lineage = Lineage(object())

    @classmethod
    def of(cls, table: Mapping[str, _R]) -> "RecordMap[_R]":
        """Return a table as this kind of mapping."""
        return table if isinstance(table, RecordMap) else cls(table)

    def as_dict(self) -> dict[str, _R]:
        """Return all records as one dictionary, which must not be changed."""
        known, changed = self._parts
        if changed:
            known = dict(known)
            for key, record in changed.items():
                if record is None:
                    known.pop(key, None)
                else:
                    known[key] = record
            self._parts = known, {}
        return known

    def changed(self, put: Iterable[_R], drop: Iterable[_R] = ()) -> "RecordMap[_R]":
        """Return the records after some were put, and then some dropped."""
        new = {record.id: record for record in put}
        gone = dict.fromkeys(record.id for record in drop)
        known, changed = self._parts
        # What was dropped and comes back is the last one, as in a dictionary.
        if len(changed) > MAX_OVERLAY or any(changed.get(key, _ABSENT) is None for key in new):
            known, changed = self.as_dict(), {}
        after = RecordMap(known)
        after._parts = known, {**changed, **new, **gone}
        touched = self.lineage.touched | new.keys() | gone.keys()
        if len(touched) <= MAX_OVERLAY:
            after.lineage = Lineage(self.lineage.origin, touched)
        return after

    def changed_keys(self, other: "RecordMap[_R]") -> frozenset[str] | None:
        """Return the ids of the only records in which two may differ, or None where that can't be said."""
        own, its = self.lineage, other.lineage
        return own.touched | its.touched if own.origin is its.origin else None

    def difference(self, other: "RecordMap[_R]") -> tuple[list[_R], list[_R]]:
        """Return the records of the other that are not like that here, and those that it has no longer."""
        keys = self.changed_keys(other)
        now = other.keys() if keys is None else [key for key in keys if key in other]
        before = self.keys() if keys is None else [key for key in keys if key in self]
        changed = [other[key] for key in now if self.get(key) != other[key]]
        return changed, [self[key] for key in before if key not in other]

    def get(self, key: str, default: _D | None = None) -> _R | _D | None:  # type: ignore[override]
        """Return the record of an id, or the default."""
        known, changed = self._parts
        found = changed.get(key, _ABSENT)
        if found is _ABSENT:
            return known.get(key, default)
        return default if found is None else found  # type: ignore[return-value]

    def __getitem__(self, key: str) -> _R:
        found = self.get(key)
        if found is None:
            raise KeyError(key)
        return found

    def __contains__(self, key: object) -> bool:
        return isinstance(key, str) and self.get(key) is not None

    def __len__(self) -> int:
        known, changed = self._parts
        return len(known) + sum((record is not None) - (key in known) for key, record in changed.items())

    def __iter__(self) -> Iterator[str]:
        return iter(self.as_dict())

    def keys(self) -> KeysView[str]:
        """Return all ids."""
        return self.as_dict().keys()

    def values(self) -> ValuesView[_R]:
        """Return all records."""
        return self.as_dict().values()

    def items(self) -> ItemsView[str, _R]:
        """Return all records with their ids."""
        return self.as_dict().items()

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, RecordMap):
            return self.as_dict() == other
        keys = self.changed_keys(other)
        if keys is not None:
            return all(self.get(key) == other.get(key) for key in keys)
        same = self.as_dict() == other.as_dict()
        if same:
            other.lineage = self.lineage
        return same

    __hash__ = None  # type: ignore[assignment]  # as that of any dictionary

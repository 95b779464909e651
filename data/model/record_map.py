"""The records of one table as an immutable mapping, of which a changed one costs what changed.

A dictionary that was filled once is shared by all that come after it, with the few records that differ laid over it:
copying the dictionary for each change, and letting go of the copy before, took a fifth of a key at 100,000 wins.
"""

from collections.abc import Collection, ItemsView, Iterable, Iterator, Mapping, ValuesView
from itertools import chain, compress
from operator import is_, is_not
from typing import Final, Generic, TypeVar

from data.model.records import Record

MAX_OVERLAY: Final = 256
"""The most records that are laid over a dictionary before it is made anew."""
R = TypeVar("R", bound=Record)


class RecordMap(Mapping[str, R], Generic[R]):
    """Records by id, in the order a dictionary would have them. It may be read from any thread."""

    __slots__ = ("_base", "_new", "_over")

    def __init__(self, base: Mapping[str, R], over: Mapping[str, R] | None = None) -> None:
        self._base = base
        self._over: Mapping[str, R] = over or {}
        self._new = [record for key, record in self._over.items() if key not in base]

    @classmethod
    def of(cls, table: Mapping[str, R]) -> "RecordMap[R]":
        """Return a table as this kind of mapping; one of another kind must not change any more."""
        return table if isinstance(table, RecordMap) else cls(table)

    def changed(self, put: Iterable[R], drop: Iterable[R] = ()) -> "RecordMap[R]":
        """Return the records after some were put, and then some dropped."""
        base, over = self._base, dict(self._over)
        for record in put:
            over[record.id] = record
        gone = {record.id for record in drop}
        for key in gone & over.keys():
            del over[key]
        if any(key in base for key in gone):
            base = {key: record for key, record in base.items() if key not in gone}
        after = RecordMap(base, over)
        return after if len(over) <= MAX_OVERLAY else RecordMap(after.as_dict())

    def changed_keys(self, other: "RecordMap[R]") -> Collection[str] | None:
        """Return the ids of the only records in which two may differ, or None where that can't be said."""
        base, over = other._base, other._over  # noqa: SLF001 - of its own class
        return {*self._over, *over} if base is self._base else None

    def difference(self, other: "RecordMap[R]") -> tuple[list[R], list[R]]:
        """Return the records of the other that are not like that here, and those that it has no longer."""
        keys = self.changed_keys(other)
        if keys is not None:
            changed = [other[key] for key in keys if key in other and self.get(key) != other[key]]
            return changed, [self[key] for key in keys if key in self and key not in other]
        # Without a step of Python for records that are the same object, of which there may be a hundred thousand, and
        # without looking them up where both have them in the same places, as after every change but an addition.
        old, new = self.as_dict(), other.as_dict()
        aligned = len(old) == len(new) and all(map(is_, old, new))
        others = compress(new.values(), map(is_not, new.values(), old.values() if aligned else map(old.get, new)))
        changed = [record for record in others if old.get(record.id) != record]
        grown = sum(record.id not in old for record in changed)
        gone = [record for key, record in old.items() if key not in new] if len(old) + grown > len(new) else []
        return changed, gone

    def as_dict(self) -> Mapping[str, R]:
        """Return the same as a plain dictionary, which nobody may change."""
        return {**self._base, **self._over} if self._over else self._base

    def __getitem__(self, key: str) -> R:
        over = self._over
        return over[key] if key in over else self._base[key]

    def __contains__(self, key: object) -> bool:
        return key in self._over or key in self._base

    def __len__(self) -> int:
        return len(self._base) + len(self._new)

    def __iter__(self) -> Iterator[str]:
        return chain(self._base, (record.id for record in self._new))

    def values(self) -> ValuesView[R]:
        """Return the records; going through them is as fast as through a dictionary's, or half as fast."""
        return _Values(self) if self._over else self._base.values()

    def items(self) -> ItemsView[str, R]:
        """Return the records with their ids."""
        return _Items(self) if self._over else self._base.items()

    def each(self) -> Iterator[R]:
        """Yield the records."""
        return chain(map(self._over.get, self._base, self._base.values()), self._new)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Mapping):
            return NotImplemented
        if not isinstance(other, RecordMap):
            return self.as_dict() == other
        keys = self.changed_keys(other)
        return (
            self.as_dict() == other.as_dict() if keys is None else all(self.get(key) == other.get(key) for key in keys)
        )

    __hash__ = None  # type: ignore[assignment]  # as that of any mapping


class _Values(ValuesView[R]):
    _mapping: RecordMap[R]

    def __iter__(self) -> Iterator[R]:
        return self._mapping.each()


class _Items(ItemsView[str, R]):
    _mapping: RecordMap[R]

    def __iter__(self) -> Iterator[tuple[str, R]]:
        return zip(self._mapping, self._mapping.each(), strict=True)

"""The records of one table: a dictionary that nobody changes, and that knows in what it may differ from another.

A change copies the dictionary, a millisecond at 100,000 wins. Comparing two copies record by record would take fifty,
after each save: so each remembers which records changed since the table that both came from.
"""

from collections.abc import Iterable, Mapping
from typing import Final, TypeVar

from data.model.records import Record

MAX_OVERLAY: Final = 256
"""The most changed records that are remembered, before the table counts as another one."""
_R = TypeVar("_R", bound=Record)


class RecordMap(dict[str, _R]):
    """Records by id. It may be read from any thread.

    Attributes:
        origin: Stands for the table that it is a changed copy of.
        touched: The ids of the records that were put or dropped since.
    """

    __slots__ = ("origin", "touched")

    def __init__(self, table: Mapping[str, _R], since: "RecordMap[_R] | None" = None) -> None:
        """Copy a table.

        Args:
            table: The records by id.
            since: The table it is a changed copy of, if of one.
        """
        super().__init__(table)
        self.origin: object = since.origin if since is not None else object()
        self.touched: frozenset[str] = since.touched if since is not None else frozenset()

    @classmethod
    def of(cls, table: Mapping[str, _R]) -> "RecordMap[_R]":
        """Return a table as this kind of mapping."""
        return table if isinstance(table, RecordMap) else cls(table)

    def changed(self, put: Iterable[_R], drop: Iterable[_R] = ()) -> "RecordMap[_R]":
        """Return the records after some were put, and then some dropped."""
        new = {record.id: record for record in put}
        gone = {record.id for record in drop}
        after = RecordMap(self, self)
        after.update(new)
        for key in gone:
            after.pop(key, None)
        after.touched |= new.keys() | gone
        return after if len(after.touched) <= MAX_OVERLAY else RecordMap(after)

    def changed_keys(self, other: "RecordMap[_R]") -> frozenset[str] | None:
        """Return the ids of the only records in which two may differ, or None where that can't be said."""
        return self.touched | other.touched if self.origin is other.origin else None

    def difference(self, other: "RecordMap[_R]") -> tuple[list[_R], list[_R]]:
        """Return the records of the other that are not like that here, and those that it has no longer."""
        keys = self.changed_keys(other)
        now = other.keys() if keys is None else [key for key in keys if key in other]
        before = self.keys() if keys is None else [key for key in keys if key in self]
        changed = [other[key] for key in now if self.get(key) != other[key]]
        return changed, [self[key] for key in before if key not in other]

    def __eq__(self, other: object) -> bool:
        keys = self.changed_keys(other) if isinstance(other, RecordMap) else None
        if keys is None:
            return super().__eq__(other)
        return all(self.get(key) == other.get(key) for key in keys)  # type: ignore[attr-defined]  # it is a RecordMap

    def __ne__(self, other: object) -> bool:
        return not self == other

    __hash__ = None  # as that of any dictionary

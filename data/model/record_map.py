"""The records of one table: a dictionary that nobody changes, and that knows in what it may differ from another.

A change copies the dictionary, a millisecond at 100,000 wins. Comparing two copies record by record would take fifty,
after each save: so each remembers which records changed since the table that both came from.
"""

from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple, TypeVar

from data.model.records import Record

MAX_OVERLAY: Final = 256
"""The most changed records that are remembered, before the table counts as another one."""
_R = TypeVar("_R", bound=Record)


class Lineage(NamedTuple):
    """What a table is a changed copy of.

    Attributes:
        origin: Stands for that table.
        touched: The ids of the records that were put or dropped since.
    """

    origin: object
    touched: frozenset[str] = frozenset()


class RecordMap(dict[str, _R]):
    """Records by id. It may be read from any thread.

    Two that turn out to be equal count as changed copies of one table from then on, and so does what is made of them.

    Attributes:
        lineage: What it is a changed copy of; replaced as a whole, for another thread may be reading it.
    """

    __slots__ = ("lineage",)

    def __init__(self, table: Mapping[str, _R], since: "RecordMap[_R] | None" = None) -> None:
        """Copy a table.

        Args:
            table: The records by id.
            since: The table it is a changed copy of, if of one.
        """
        super().__init__(table)
        self.lineage: Lineage = since.lineage if since is not None else Lineage(object())

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
        origin, touched = self.lineage
        after.lineage = Lineage(origin, touched | new.keys() | gone)
        return after if len(after.lineage.touched) <= MAX_OVERLAY else RecordMap(after)

    def changed_keys(self, other: "RecordMap[_R]") -> frozenset[str] | None:
        """Return the ids of the only records in which two may differ, or None where that can't be said."""
        (origin, touched), (its_origin, its_touched) = self.lineage, other.lineage
        return touched | its_touched if origin is its_origin else None

    def difference(self, other: "RecordMap[_R]") -> tuple[list[_R], list[_R]]:
        """Return the records of the other that are not like that here, and those that it has no longer."""
        keys = self.changed_keys(other)
        now = other.keys() if keys is None else [key for key in keys if key in other]
        before = self.keys() if keys is None else [key for key in keys if key in self]
        changed = [other[key] for key in now if self.get(key) != other[key]]
        return changed, [self[key] for key in before if key not in other]

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, RecordMap):
            return super().__eq__(other)
        keys = self.changed_keys(other)
        if keys is not None:
            return all(self.get(key) == other.get(key) for key in keys)
        same = super().__eq__(other)
        if same:
            other.lineage = self.lineage
        return same

    def __ne__(self, other: object) -> bool:
        return not self == other

    __hash__ = None  # as that of any dictionary

"""What a pass of sync did, for the person."""

from collections.abc import Mapping

from msgspec import Struct

from data.model.records import TableName


class SyncReport(Struct, frozen=True):
    """What a pass did.

    Attributes:
        added: How many records came in, by table.
        changed: How many became another.
        removed: How many were removed.
        sent: How many batches were sent.
        missing: How many parts have not arrived yet or can't be opened.
        notes: Sentences for the person.
    """

    added: Mapping[TableName, int] = {}
    changed: Mapping[TableName, int] = {}
    removed: Mapping[TableName, int] = {}
    sent: int = 0
    missing: int = 0
    notes: tuple[str, ...] = ()


def add_reports(one: SyncReport, other: SyncReport) -> SyncReport:
    """Return two tries of a pass as one report."""
    return SyncReport(
        _sum(one.added, other.added),
        _sum(one.changed, other.changed),
        _sum(one.removed, other.removed),
        missing=other.missing,
        notes=(*one.notes, *(note for note in other.notes if note not in one.notes)),
    )


def _sum(one: Mapping[TableName, int], other: Mapping[TableName, int]) -> dict[TableName, int]:
    return {name: one.get(name, 0) + other.get(name, 0) for name in {**one, **other}}

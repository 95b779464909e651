"""What a change of the journal means for the board: which wins it has to draw again."""

from collections.abc import Iterator

from data.model.journal import Journal
from data.model.records import Changes, Win

ChangedWin = tuple[Win | None, Win | None]
"""A win as it was and as it is; None where it is not in the journal, or not shown."""


def changed_wins(before: Journal, after: Journal, changes: Changes) -> Iterator[ChangedWin]:
    """Yield each win that changed, and each that opened a door or no longer does: that may bring it back."""
    changed = {record.id for record in (*changes.put, *changes.drop) if isinstance(record, Win)}
    pairs = [(before.wins.get(key), after.wins.get(key)) for key in changed]
    openers = {win.opened_by for pair in pairs for win in pair if win is not None and win.opened_by}
    yield from pairs
    yield from ((before.wins.get(key), after.wins.get(key)) for key in openers - changed)


def is_new(change: ChangedWin) -> bool:
    """Return whether a win was added or restored."""
    before, after = change
    was_there = before is not None and before.deleted_at is None
    return not was_there and after is not None and after.deleted_at is None

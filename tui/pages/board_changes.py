"""What a change of the journal means for a page: which wins it has to draw again, and which are new."""

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


def live_wins(changes: Changes) -> list[Win]:
    """Return the wins that are as a change leaves them, but for those in the trash."""
    return [record for record in changes.put if isinstance(record, Win) and record.deleted_at is None]


def is_new(change: ChangedWin) -> bool:
    """Return whether a win was added or restored."""
    before, after = change
    was_there = before is not None and before.deleted_at is None
    return not was_there and after is not None and after.deleted_at is None


def is_hidden(change: ChangedWin, fitting: ChangedWin) -> bool:
    """Return whether a change took a win out of sight that is not in the trash, or added one that is not in sight.

    Args:
        change: The win as it was and as it is.
        fitting: The same, None where it does not fit what is shown.
    """
    after = change[1]
    is_live = after is not None and after.deleted_at is None
    return is_live and fitting[1] is None and (fitting[0] is not None or is_new(change))

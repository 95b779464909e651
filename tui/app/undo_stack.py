"""What undo and redo show at once, before the file has answered."""

from data.model.journal import Journal
from data.model.records import Changes, Record, table_of


def inverse(journal: Journal, changes: Changes) -> Changes:
    """Return the changes that take `changes`, about to be made to `journal`, back."""
    put: list[Record] = []
    drop: list[Record] = []
    for record in (*changes.put, *changes.drop):
        before = getattr(journal, table_of(record)).get(record.id)
        (drop if before is None else put).append(record if before is None else before)
    return Changes(tuple(put), tuple(drop))


class UndoStack:
    """The changes made in this window, as what takes each back; what other programs do empties it."""

    def __init__(self) -> None:
        self._done: list[Changes] = []
        self._undone: list[Changes] = []

    def push(self, journal: Journal, changes: Changes) -> None:
        """Remember a change that is about to be made to a journal; nothing can be redone after it."""
        self._done.append(inverse(journal, changes))
        self._undone.clear()

    def undo(self, journal: Journal) -> Changes | None:
        """Return what takes the last change back, or None where this window made none."""
        return self._move(journal, self._done, self._undone)

    def redo(self, journal: Journal) -> Changes | None:
        """Return what makes the change undone last again, or None where there is none."""
        return self._move(journal, self._undone, self._done)

    def clear(self) -> None:
        """Forget all of it."""
        self._done.clear()
        self._undone.clear()

    @staticmethod
    def _move(journal: Journal, source: list[Changes], target: list[Changes]) -> Changes | None:
        if not source:
            return None
        changes = source.pop()
        target.append(inverse(journal, changes))
        return changes

"""Undo and redo as the person sees them, before the file has answered."""

from collections import deque
from datetime import datetime
from typing import Final

from msgspec.structs import fields, replace

from data.base.errors import NotAllowedError
from data.model.journal import Edit, Journal
from data.model.records import Changes, Record, table_of

_MOST: Final = 200
"""Changes that undo immediately; earlier ones come from the history in the file."""
_STAMPS: Final = frozenset({"updated_at"})


def inverse(journal: Journal, changes: Changes) -> Changes:
    """Return the changes that take `changes`, about to be made to `journal`, back."""
    put: list[Record] = []
    drop: list[Record] = []
    for record in (*changes.put, *changes.drop):
        before = _known(journal, record)
        (drop if before is None else put).append(record if before is None else before)
    return Changes(tuple(put), tuple(drop))


def unless_changed(edit: Edit, journal: Journal, changes: Changes) -> Edit:
    """Return an edit for a retry that is refused if the fields it sets were changed in the meantime.

    Args:
        edit: The edit.
        journal: What it was made for.
        changes: What it changes there.

    Raises (from the edit):
        NotAllowedError: They were; the retry would overwrite a newer decision.
    """

    def checked(now: Journal) -> Changes:
        if any(_differs(journal, now, record) for record in (*changes.put, *changes.drop)):
            raise NotAllowedError("That was changed again in the meantime.", "The unsaved change is dropped.")
        return edit(now)

    return checked


def _differs(then: Journal, now: Journal, record: Record) -> bool:
    """Return whether a record has other values now in the fields that a change sets."""
    before, current = _known(then, record), _known(now, record)
    if before is None or current is None:
        return before is not current
    names = {field.name for field in fields(record)} - _STAMPS
    set_ones = [name for name in names if getattr(record, name) != getattr(before, name)]
    return any(getattr(current, name) != getattr(before, name) for name in set_ones)


def _known(journal: Journal, record: Record) -> Record | None:
    found: Record | None = getattr(journal, table_of(record)).get(record.id)
    return found


class UndoStep:
    """One change made in this window.

    Attributes:
        label: What the person did.
        entry: Its id in the history of the file, once it is there.
    """

    def __init__(self, label: str, journal: Journal, changes: Changes) -> None:
        self.label = label
        self.entry = ""
        self._other_way = inverse(journal, changes)

    def turn(self, journal: Journal, now: datetime) -> Changes:
        """Return what undoes it, or redoes it once it is undone, as the store does at that moment (UTC)."""
        way = self._other_way
        put = tuple(
            record if _known(journal, record) is None else replace(record, updated_at=now) for record in way.put
        )
        changes = replace(way, put=put)
        self._other_way = inverse(journal, changes)
        return changes


class UndoStack:
    """The changes made in this window; what other programs do empties it."""

    def __init__(self) -> None:
        self._done: deque[UndoStep] = deque(maxlen=_MOST)
        self._undone: deque[UndoStep] = deque(maxlen=_MOST)

    def push(self, step: UndoStep) -> None:
        """Remember a change; nothing can be redone after it."""
        self._done.append(step)
        self._undone.clear()

    def undo(self) -> UndoStep | None:
        """Return the last change and count it as undone, or None where this window made none."""
        return _move(self._done, self._undone)

    def redo(self) -> UndoStep | None:
        """Return the change undone last and count it as done again, or None where there is none."""
        return _move(self._undone, self._done)

    def forget(self, step: UndoStep) -> None:
        """Forget a change that never was."""
        for steps in (self._done, self._undone):
            if step in steps:
                steps.remove(step)

    def clear(self) -> None:
        """Forget all of it."""
        self._done.clear()
        self._undone.clear()


def _move(source: deque[UndoStep], target: deque[UndoStep]) -> UndoStep | None:
    if not source:
        return None
    target.append(source.pop())
    return target[-1]

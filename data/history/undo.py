"""Undoing the last change, and redoing it.

Only the fields that the change set are reset, and only if they still have that value: undo never loses an edit that
another program made since.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from msgspec import Struct, ValidationError, structs

from data.base.errors import NotAllowedError, SmallWinsError
from data.history.entry import HistoryEntry, Reversal, to_builtins
from data.history.history import FieldChanges, TouchedRecords, encode_touched, touched_by
from data.model.journal import Journal
from data.model.records import Changes, Record, TableName, record_from, table_of

_SINCE: Final = "It was changed again since."


class _Way(Struct, frozen=True):
    """The direction: which value a field must have, and which it gets."""

    wanted: str
    target: str


_UNDO: Final = _Way("after", "before")
_REDO: Final = _Way("before", "after")


def last_change(history: Sequence[HistoryEntry]) -> HistoryEntry | None:
    """Return the change that undo would undo."""
    return next((entry for entry in reversed(history) if not entry.undone), None)


def next_redo(history: Sequence[HistoryEntry]) -> HistoryEntry | None:
    """Return the change that redo would redo."""
    return next((entry for entry in history if entry.undone), None)


def undo_last(
    journal: Journal, history: tuple[HistoryEntry, ...], now: datetime, expected: str | None = None
) -> Reversal:
    """Undo the last change.

    Args:
        journal: What the file holds.
        history: Its history.
        now: The moment, UTC.
        expected: The id of the change that the person sees as the last one; None for any.

    Raises:
        NotAllowedError: There is nothing to undo, another change came since, it was a permanent deletion, or all of
            its fields were changed again.
    """
    entry = last_change(history)
    _check_expected(entry, expected, "undo")
    if entry is None:
        raise NotAllowedError("There is nothing to undo.")
    if entry.final:
        raise NotAllowedError(f'"{entry.label}" can\'t be undone.', "What it removed is gone for good.")
    touched = touched_by(entry)
    added = {name: _present(journal, name, keys) for name, keys in touched.added.items()}
    out = tuple(record for records in added.values() for record in records)
    _check_unlinked(journal, out)
    put, notes = _turned(journal, touched, _UNDO, now)
    _check_some(entry, put, out)
    kept = {name: tuple(to_builtins(record) for record in records) for name, records in added.items()}
    done = structs.replace(entry, undone=True, touched=encode_touched(structs.replace(touched, kept=kept)))
    return Reversal(Changes(put=put, drop=out), _with(history, done), entry.label, notes, entry.id)


def redo_last(
    journal: Journal, history: tuple[HistoryEntry, ...], now: datetime, expected: str | None = None
) -> Reversal:
    """Redo what was undone last.

    Args:
        journal: What the file holds.
        history: Its history.
        now: The moment, UTC.
        expected: The id of the change that the person expects; None for any.

    Raises:
        NotAllowedError: There is nothing to redo, it isn't the expected change, or all of it was changed again.
    """
    entry = next_redo(history)
    _check_expected(entry, expected, "redo")
    if entry is None:
        raise NotAllowedError("There is nothing to redo.")
    touched = touched_by(entry)
    added = tuple(_record(name, raw) for name, raws in touched.kept.items() for raw in raws)
    put, notes = _turned(journal, touched, _REDO, now)
    _check_some(entry, put, added)
    again = structs.replace(entry, undone=False, touched=encode_touched(structs.replace(touched, kept={})))
    return Reversal(Changes(put=(*added, *put)), _with(history, again), entry.label, notes, entry.id)


def _check_expected(entry: HistoryEntry | None, expected: str | None, what: str) -> None:
    if expected is None or (entry is not None and entry.id == expected):
        return
    if entry is None:
        raise NotAllowedError(f"There is nothing to {what} any more: the journal was changed elsewhere.")
    raise NotAllowedError(
        f'Another change was made in the meantime: "{entry.label}".', f"{what.capitalize()} again if you mean that one."
    )


def journal_table(journal: Journal, name: TableName) -> Mapping[str, Record]:
    """Return a table of a journal by its name."""
    table: Mapping[str, Record] = getattr(journal, name)
    return table


def _with(history: tuple[HistoryEntry, ...], entry: HistoryEntry) -> tuple[HistoryEntry, ...]:
    return tuple(entry if known.id == entry.id else known for known in history)


def _record(name: TableName, raw: dict[str, Any]) -> Record:
    try:
        return record_from(name, raw)
    except ValidationError as error:
        raise NotAllowedError(
            "That entry of the history is damaged.", "`smallwins doctor --fix` removes it."
        ) from error


def _present(journal: Journal, name: TableName, keys: tuple[str, ...]) -> tuple[Record, ...]:
    table = journal_table(journal, name)
    return tuple(table[key] for key in keys if key in table)


def _check_unlinked(journal: Journal, out: tuple[Record, ...]) -> None:
    going = {record.id for record in out}
    if any(key not in going for record in out for key in journal.opens.get(record.id, ())):
        raise NotAllowedError("That can't be undone: a later win came from this one.", "Unlink the later one first.")


def _check_some(entry: HistoryEntry, put: tuple[Record, ...], whole: tuple[Record, ...]) -> None:
    if not put and not whole:
        raise NotAllowedError(f'"{entry.label}" can\'t be undone or redone. {_SINCE}', "Change it by hand.")


def _turned(
    journal: Journal, touched: TouchedRecords, way: _Way, now: datetime
) -> tuple[tuple[Record, ...], tuple[str, ...]]:
    """Return the changed records after undo or redo, and a sentence for each field that could not be reset."""
    put: list[Record] = []
    left: dict[str, None] = {}
    for name, table in touched.changed.items():
        for key, fields in table.items():
            record = journal_table(journal, name).get(key)
            turned = record and _turn(journal, record, fields, way, left)
            if turned:
                put.append(structs.replace(turned, updated_at=now))
    notes = tuple(f"The {name.replace('_', ' ')} was left as it is. {_SINCE}" for name in left)
    return tuple(put), notes


def _turn(journal: Journal, record: Record, fields: FieldChanges, way: _Way, left: dict[str, None]) -> Record | None:
    wanted, target = getattr(fields, way.wanted), getattr(fields, way.target)
    free = {name: value for name, value in target.items() if _is(record, name, wanted.get(name))}
    if "opened_by" in free and not _may_link(journal, record, free["opened_by"]):
        del free["opened_by"]
    left.update(dict.fromkeys(name for name in target if name not in free))
    if not free:
        return None
    known: dict[str, Any] = to_builtins(record)
    return _record(table_of(record), {**known, **free})


def _is(record: Record, name: str, value: object) -> bool:
    return bool(to_builtins(getattr(record, name, None)) == value)


def _may_link(journal: Journal, record: Record, opened_by: str | None) -> bool:
    from data.model import doors  # noqa: PLC0415 - few changes are links

    try:
        doors.check_link(journal, record.id, opened_by)
    except SmallWinsError:
        return False
    return True

"""Saved changes that vanished from the file, and putting them back."""

from collections.abc import Iterable, Sequence
from typing import Final

from msgspec import Struct, structs

from data.base.loops import find_loops
from data.history.entry import SYNC_LABEL, HistoryEntry
from data.history.history import MAX_ENTRIES, is_damaged, touched_by
from data.model.journal import Journal, diff_journals
from data.model.records import TABLES, Changes, Record, Win, table_of
from data.storage.contents import Contents, Extras


class Lost(Struct, frozen=True):
    """Saved changes that are no longer in the file.

    Attributes:
        changes: Their entries in the history, oldest first.
        contents: The content of the file with them.
    """

    changes: tuple[HistoryEntry, ...] = ()
    contents: Contents = Contents()


NOTHING_LOST: Final = Lost()


def lost_changes(before: Contents, after: Contents, known: Lost = NOTHING_LOST) -> Lost:
    """Return the changes that vanished from the file, as when an older copy replaced it.

    A change isn't lost while its entry or its effect is there: the history drops the oldest entries, and emptying the
    trash deletes wins. Nor is one that was undone and then dropped from the history by a new change.

    Args:
        before: The previous content.
        after: The content now.
        known: What was lost before; changes that came back are left out.
    """
    there = {entry.id for entry in after.history}
    gone = [entry for entry in before.history if not entry.undone and entry.id not in there and not is_damaged(entry)]
    reverted = {record.id for record in _reverted(before, after)} if gone else set()
    vanished = tuple(entry for entry in gone if reverted & _touched(entry))
    still = tuple(entry for entry in known.changes if entry.id not in there)
    if not (still or vanished):
        return NOTHING_LOST
    return Lost((*still, *vanished), put_back(known.contents, before) if still else before)


def describe_lost(changes: Sequence[HistoryEntry]) -> str:
    """Return a sentence about lost changes, or "" without any."""
    if not changes:
        return ""
    what = f'"{changes[-1].label}" is' if len(changes) == 1 else f"{len(changes):,} changes are"
    return f"{what} no longer in the file: an older copy of it took its place."


def put_back(lost: Contents, current: Contents) -> Contents:
    """Return the content of the file with the lost records; of two versions of a record the newer one counts.

    A link that came back and would close a loop with one made since is left out.
    """
    put = _without_loops(current.journal, _reverted(lost, current))
    kept = {(table_of(record), record.id) for record in put}
    overlays = {where: fields for where, fields in lost.extras.records.items() if where in kept}
    return structs.replace(
        current,
        journal=current.journal.apply(Changes(put=put)),
        history=_merge_histories(lost.history, current.history),
        extras=Extras(
            records={**current.extras.records, **overlays},
            tables={**lost.extras.tables, **current.extras.tables},
            meta=current.extras.meta or lost.extras.meta,
        ),
    )


def _without_loops(journal: Journal, put: tuple[Record, ...]) -> tuple[Record, ...]:
    """Return records without the links that would close a loop in a journal."""
    records = {record.id: record for record in put}
    links = {win.id: win.opened_by for win in journal.apply(Changes(put=put)).wins.values()}
    for loop in find_loops(links):
        wins = (win for key in loop if isinstance(win := records.get(key), Win))
        records |= {win.id: structs.replace(win, opened_by=None) for win in wins}
    return tuple(records.values())


def _reverted(before: Contents, after: Contents) -> tuple[Record, ...]:
    """Return the earlier version of each record that is older in `after`, or missing there."""
    changes = diff_journals(before.journal, after.journal)
    older = (
        old
        for new in changes.put
        if (old := _like(before.journal, new)) is not None and old.updated_at > new.updated_at
    )
    undone = _undone_since(before, after)
    known = {entry.id for entry in before.history}
    final = {entry.label for entry in after.history if entry.final and entry.id not in known}
    # Another device may have trashed a record and emptied its trash since the last pass.
    missing = () if SYNC_LABEL in final else (old for old in changes.drop if not (final and _is_in_trash(old)))
    return (*older, *(old for old in missing if old.id not in undone))


def _undone_since(before: Contents, after: Contents) -> set[str]:
    """Return the ids of records whose change was undone and dropped from the history since."""
    dropped = {key for entry in after.history if not is_damaged(entry) for key in touched_by(entry).dropped}
    entries = (entry for entry in before.history if entry.id in dropped and not is_damaged(entry))
    return {key for entry in entries for key in _touched(entry)}


def _is_in_trash(record: Record) -> bool:
    return getattr(record, "deleted_at", None) is not None


def _like(journal: Journal, record: Record) -> Record | None:
    found: Record | None = getattr(journal, table_of(record)).get(record.id)
    return found


def _touched(entry: HistoryEntry) -> set[str]:
    touched = touched_by(entry)
    return {key for table in TABLES for key in (*touched.added.get(table, ()), *touched.changed.get(table, {}))}


def _merge_histories(one: Iterable[HistoryEntry], other: Iterable[HistoryEntry]) -> tuple[HistoryEntry, ...]:
    """Return the changes of both, oldest first; undone ones are dropped."""
    found = {entry.id: entry for entry in (*one, *other) if not entry.undone}
    return tuple(sorted(found.values(), key=lambda entry: entry.when)[-MAX_ENTRIES:])

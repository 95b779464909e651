"""Taking another copy into the journal: the change, what is said of it, and what becomes of the copy."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Final

from data.base.errors import JournalFileError
from data.base.formatting import plural
from data.history.entry import HistoryEntry
from data.model.journal import Edit, Journal
from data.model.records import Changes, TableName
from data.storage.backups import make_backup
from data.sync.other_copy import conflict_copies, read_contents, read_copy
from data.sync.sync_folder import SyncFolder
from data.sync.two_journals import Copy, Merge, merge_copies
from data.sync.writes import field_times

_WORDS: Final[dict[TableName, tuple[str, str]]] = {
    "wins": ("win", "wins"),
    "goals": ("goal", "goals"),
    "steps": ("step", "steps"),
    "reviews": ("review", "reviews"),
}


def take_in(other: Copy, history: Callable[[], tuple[HistoryEntry, ...]]) -> Edit:
    """Return the edit that takes another copy in.

    Args:
        other: The copy.
        history: Gives the history of the journal that is edited, at the time it is edited.
    """

    def edit(journal: Journal) -> Changes:
        return merge_copies(Copy(journal, field_times(history(), journal)), other).changes

    return edit


def describe_merge(merge: Merge) -> str:
    """Return what a merge does, such as "3 wins and 1 review taken in, 2 wins changed."."""
    parts = [f"{describe_counts(merge.added)} taken in"] if merge.added else []
    parts += [f"{describe_counts(merge.joined)} changed"] if merge.joined else []
    if found := ", ".join(parts):
        return f"{found}."
    return "This journal holds all of it already." if merge.is_empty else "Nothing in it is newer."


def describe_counts(counts: Mapping[TableName, int]) -> str:
    """Return how many records of each kind, such as "3 wins and 1 review"."""
    words = [plural(number, *_WORDS[name]) for name, number in counts.items()]
    return " and ".join(filter(None, (", ".join(words[:-1]), words[-1])))


def conflicts_with(journal: Journal, path: Path, now: datetime) -> Iterator[tuple[Path, Copy]]:
    """Yield the copies beside a journal that a synced folder left there, and that share a record with it.

    Args:
        journal: What the journal holds.
        path: Its real path.
        now: The moment, UTC.
    """
    for found in conflict_copies(path):
        try:
            copy = read_copy(found, now)
        except JournalFileError:
            continue
        if not journal.wins.keys().isdisjoint(copy.journal.wins):
            yield found, copy


def problems_beside(path: Path, now: datetime) -> list[str]:
    """Return what is wrong beside a journal that nobody has opened, a sentence each; none where it can't be read.

    Args:
        path: Its real path.
        now: The moment, UTC.
    """
    try:
        contents = read_contents(path, now)
    except JournalFileError:
        return []
    names = [found.name for found, _ in conflicts_with(contents.journal, path, now)]
    found = [f"Another copy of the journal is beside it: {name}. `smallwins merge` joins it." for name in names]
    folder = SyncFolder(path)
    if folder.path.is_dir():
        from data.sync.checkup import sync_problems  # noqa: PLC0415 - paid for by those who sync

        found += sync_problems(folder, contents.base)
    return found


def put_away(journal: Path, copy: Path, now: datetime) -> Path:
    """Keep a copy that was taken in among the backups instead of beside the journal; return where.

    Raises:
        SaveError: It can't be moved.
    """
    backup = make_backup(journal, "copy", now, source=copy)
    copy.unlink(missing_ok=True)
    return backup.path if backup is not None else copy

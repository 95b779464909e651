"""The only door to the journal's file: every change goes through here, whole and durable or not at all."""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

from msgspec import Struct

from data.base.errors import SaveError
from data.files.disk import DISK, Disk
from data.files.lock import LOCK_TIMEOUT
from data.history import history
from data.history.entry import HistoryEntry
from data.history.undo import Reversal, redo_last, undo_last
from data.model.edits import Edit
from data.model.journal import Journal
from data.model.records import TABLES, Changes
from data.storage import backups, decoder
from data.storage.tinydb_storage import JournalStorage
from data.storage.tinydb_tables import JournalDB


class Saved(Struct, frozen=True):
    """A change that the disk holds.

    Attributes:
        journal: What the file holds now.
        label: What was done, or undone.
        notes: Sentences for the person, such as what a merge did.
    """

    journal: Journal
    label: str
    notes: tuple[str, ...] = ()


class Store:
    """A journal in a file. Every method may be called from any thread.

    Attributes:
        path: Where the journal is, as it was given; it may be a link.
    """

    def __init__(
        self, path: Path, now: Callable[[], datetime], *, disk: Disk = DISK, patience: float = LOCK_TIMEOUT
    ) -> None:
        """Read a journal; without a file it is empty, and the first change makes one.

        Args:
            path: The file.
            now: The clock, UTC.
            disk: The calls of the operating system.
            patience: The longest that a change waits for another program, in seconds.

        Raises:
            JournalFileError: The file can't be understood or read; it is left as it is.
        """
        self.path = path
        self._now = now
        self._storage = JournalStorage(path, now, disk=disk, patience=patience)
        self._storage.before_save = self._back_up
        self._disk = disk
        self._day: date | None = None
        self._notes: list[str] = []
        self._db = JournalDB(storage=lambda: self._storage)

    @property
    def journal(self) -> Journal:
        """What the file holds."""
        return self._storage.contents.journal

    @property
    def history(self) -> tuple[HistoryEntry, ...]:
        """The last changes, oldest first, with those that were undone at the end."""
        return self._storage.contents.history

    @property
    def read_only(self) -> str:
        """Why the journal can't be changed, a sentence, or ""."""
        return self._storage.read_only

    @property
    def is_own(self) -> bool:
        """Whether the file is in this program's own form; another program's is read all the same."""
        return self._storage.contents.own

    def change(self, label: str, edit: Edit) -> Saved:
        """Apply an edit to what the file holds now, and save; on return it outlives a power cut.

        Args:
            label: What is done, for undo; never the text of a win.
            edit: The pure function from the journal to the changes.

        Raises:
            SmallWinsError: The edit refuses, or it can't be saved; the journal is what the file holds.
        """
        with self._storage.changing():
            changes = edit(self.journal)
            entry = history.make_entry(self.journal, changes, label, self._now())
            if entry is not None:
                self._stage(changes, history.append_entry(self.history, entry, changes.drop, self._room()))
        return self._saved(label, changes.notes)

    def _room(self) -> int:
        return max(history.MIN_HISTORY_BYTES, self._storage.size // 2)

    def undo(self) -> Saved:
        """Take back the last change, whichever program made it.

        Raises:
            SmallWinsError: There is none, it can't be taken back, or it can't be saved.
        """
        return self._turn(undo_last)

    def redo(self) -> Saved:
        """Do again what was undone last, if nothing was changed since.

        Raises:
            SmallWinsError: There is nothing to do again, or it can't be saved.
        """
        return self._turn(redo_last)

    def _turn(self, way: Callable[[Journal, tuple[HistoryEntry, ...], datetime], Reversal]) -> Saved:
        with self._storage.changing():
            outcome = way(self.journal, self.history, self._now())
            self._stage(outcome.changes, outcome.history)
        return self._saved(outcome.label, outcome.notes)

    def _saved(self, label: str, notes: tuple[str, ...]) -> Saved:
        own, self._notes = self._notes, []
        return Saved(self.journal, label, (*notes, *own))

    def _stage(self, changes: Changes, entries: tuple[HistoryEntry, ...]) -> None:
        for name, kind in TABLES.items():
            put = tuple(record for record in changes.put if type(record) is kind)
            drop = tuple(record for record in changes.drop if type(record) is kind)
            if put or drop:
                self._db.records(name).change(Changes(put=put, drop=drop))
        self._storage.stage_history(entries)

    def refresh(self) -> Journal | None:
        """Return the journal if another program changed the file, else None; asks only for the file's stamp first.

        Raises:
            JournalFileError: The file is gone or can't be understood; the journal stays as it was.
        """
        return self.journal if self._storage.refresh() else None

    def back_up(self, reason: backups.BackupReason) -> backups.Backup | None:
        """Copy the journal as it is on the disk; before an import, or when the person asks.

        Returns:
            The backup, or None where there is no journal yet.

        Raises:
            SaveError: It can't be written.
        """
        if not self._storage.path.exists():
            return None
        with self._storage.holding():
            return backups.make_backup(self._storage.path, reason, self._now(), self._disk)

    def tidy(self) -> None:
        """Write the file in this program's own form, without the entries of the history that can't be read.

        Raises:
            SaveError: It can't be saved.
        """
        with self._storage.changing():
            self._storage.stage_history(tuple(entry for entry in self.history if not history.is_damaged(entry)))

    def _back_up(self) -> None:
        """Back up before the day's first change, and before another program's form of the file goes.

        Without a backup the change is saved all the same, and the person is told.
        """
        now = self._now()
        path, day = self._storage.path, now.astimezone().date()
        due = self._day != day and not backups.has_daily_backup(path, now)
        self._day = day
        if self.is_own and not due:
            return
        try:
            backups.make_backup(path, "day" if due else "form", now, self._disk)
        except SaveError as error:
            self._notes.append(f"Your change is saved. {error.message}")

    def settle(self) -> None:
        """Make what is in memory smaller; for who stays, once there is time."""
        decoder.share(self.journal)

    def close(self) -> None:
        """Let go of the journal."""
        self._db.close()

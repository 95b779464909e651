"""The only door to the journal's file: every change goes through here, whole and durable or not at all."""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

from msgspec import Struct, structs

from data.base.errors import JournalFileError, SaveError
from data.files.disk import DISK, Disk
from data.files.known_journals import remember_journal
from data.files.lock import LOCK_TIMEOUT
from data.history.entry import HistoryEntry
from data.history.history import MIN_HISTORY_BYTES, append_entry, is_damaged, make_entry
from data.history.undo import Reversal, redo_last, undo_last
from data.model.edits import Edit
from data.model.journal import Journal, diff_journals
from data.model.records import Changes
from data.storage import backups
from data.storage.contents import Contents
from data.storage.decoder import check_encodable
from data.storage.recovery import describe_lost
from data.storage.tinydb_storage import JournalDatabase, JournalStorage


class Saved(Struct, frozen=True):
    """A change that the disk holds.

    Attributes:
        journal: What the file holds now.
        label: What was done, or undone.
        notes: Sentences for the person, such as what a merge did.
        entry: The id of the change in the history, to undo or redo just that; "" where nothing changed.
        confirmed: Whether the disk has confirmed that it outlives a power cut; if not, a note says why.
    """

    journal: Journal
    label: str
    notes: tuple[str, ...] = ()
    entry: str = ""
    confirmed: bool = True


class Store:
    """A journal in a file. Every method may be called from any thread.

    Attributes:
        path: Where the journal is, as it was given; it may be a link.
        database: The same file as a stock TinyDB, for scripts.
    """

    def __init__(
        self, path: Path, now: Callable[[], datetime], *, disk: Disk = DISK, timeout: float = LOCK_TIMEOUT
    ) -> None:
        """Read a journal; without a file it is empty, and the first change makes one.

        Args:
            path: The file.
            now: The clock, UTC.
            disk: The calls of the operating system.
            timeout: The longest that a change waits for another program, in seconds.

        Raises:
            JournalFileError: The file can't be understood or read; it is left as it is.
        """
        self.path = path
        self._now = now
        self._storage = JournalStorage(path, now, disk=disk, timeout=timeout)
        self.database = JournalDatabase(storage=lambda: self._storage)
        self._storage.before_save = self._back_up
        self._disk = disk
        self._day: date | None = None
        self._notes: list[str] = []

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

        def apply(contents: Contents) -> Reversal:
            changes = edit(contents.journal)
            entry = make_entry(contents.journal, changes, label, self._now())
            if entry is None:
                return Reversal(changes, contents.history, label, changes.notes)
            history = append_entry(contents.history, entry, changes.drop, self._history_room())
            return Reversal(changes, history, label, changes.notes, entry.id)

        return self._save(apply)

    def _history_room(self) -> int:
        return max(MIN_HISTORY_BYTES, self._storage.size // 2)

    def undo(self, expected: str | None = None) -> Saved:
        """Undo the last change, whichever program made it.

        Args:
            expected: The id of the change that the person sees as the last one (`Saved.entry`, or that of
                `data.history.undo.last_change(store.history)`): any other is refused, and a redo survives that.

        Raises:
            SmallWinsError: There is none, it is another one, it can't be undone, or it can't be saved.
        """
        return self._save(lambda contents: undo_last(contents.journal, contents.history, self._now(), expected))

    def redo(self, expected: str | None = None) -> Saved:
        """Redo what was undone last, if nothing was changed since.

        Args:
            expected: The id of the change that the person expects, as for `undo`.

        Raises:
            SmallWinsError: There is nothing to redo, it is another one, or it can't be saved.
        """
        return self._save(lambda contents: redo_last(contents.journal, contents.history, self._now(), expected))

    @property
    def lost(self) -> tuple[HistoryEntry, ...]:
        """Changes that were saved and are no longer in the file, oldest first, as when an older copy took its place."""
        return self._storage.lost.changes

    def file_problem(self) -> str:
        """Look at the file, and return why it doesn't hold what was saved in it, sentences, or "" where it does.

        To be asked on leaving: memory may be the last copy. `write_again` puts it back.
        """
        try:
            self._storage.refresh()
        except JournalFileError as error:
            return str(error)
        return describe_lost(self.lost)

    def write_again(self) -> Saved:
        """Write the journal again from memory: all of it where the file is gone or damaged, else what was lost.

        A damaged file is backed up first, and what another program saved since stays.

        Raises:
            SmallWinsError: It can't be saved; the file is as it was.
        """
        self._storage.write_again()
        return self._saved(Reversal(Changes(), self.history, "write again"))

    def _save(self, decide: Callable[[Contents], Reversal]) -> Saved:
        made: list[Reversal] = []

        def edit(contents: Contents) -> Contents:
            made.append(decided := decide(contents))
            if decided.history == contents.history:
                return contents
            check_encodable(decided.changes.put)
            return structs.replace(contents, journal=contents.journal.apply(decided.changes), history=decided.history)

        self._storage.update(edit)
        return self._saved(made[-1])

    def _saved(self, made: Reversal) -> Saved:
        own, self._notes = self._notes, []
        doubt = (self._storage.unconfirmed,) if self._storage.unconfirmed else ()
        return Saved(self.journal, made.label, (*made.notes, *own, *doubt), made.entry, confirmed=not doubt)

    @property
    def contents(self) -> Contents:
        """All that the file holds, for sync."""
        return self._storage.contents

    def exchange(self, edit: Callable[[Contents], Contents]) -> Saved:
        """Apply what a pass of sync brought: no entry of the history, for undo is of this device's own changes.

        Args:
            edit: Returns what the file shall hold; the same object saves nothing. It may be called more than once.

        Raises:
            SmallWinsError: It can't be saved.
        """

        def checked(contents: Contents) -> Contents:
            after = edit(contents)
            if after is not contents:
                check_encodable(diff_journals(contents.journal, after.journal).put)
            return after

        self._storage.update(checked)
        return self._saved(Reversal(Changes(), self.history, "sync"))

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
            JournalFileError: The journal is gone or can't be understood.
        """
        self._storage.refresh()
        if not self._storage.size:
            return None
        with self._storage.holding():
            return backups.make_backup(self._storage.path, reason, self._now(), self._disk)

    def tidy(self) -> None:
        """Write the file in this program's own form, without the entries of the history that can't be read.

        Raises:
            SaveError: It can't be saved.
        """

        def without_damaged(contents: Contents) -> Contents:
            return structs.replace(contents, history=tuple(e for e in contents.history if not is_damaged(e)))

        self._storage.update(without_damaged)

    def _back_up(self) -> None:
        """Back up before the day's first change, and before another program's form of the file goes.

        Without a backup the change is saved all the same, and the person is told.
        """
        now = self._now()
        path, day = self._storage.path, now.astimezone().date()
        due = self._day != day and not backups.has_daily_backup(path, now)
        self._day = day
        if due:
            remember_journal(path)
        if self.is_own and not due:
            return
        try:
            backups.make_backup(path, "day" if due else "form", now, self._disk)
        except SaveError as error:
            self._notes.append(f"Your change is saved. {error.message}")

    def close(self) -> None:
        """Let go of the journal."""
        self.database.close()

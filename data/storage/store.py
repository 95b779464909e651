"""The journal in its file: every change goes through the store, and is saved durably or not at all."""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

from msgspec import Struct, structs

from data.base.errors import JournalFileError, SaveError
from data.files.disk import DISK, Disk
from data.files.file_version import FileStamp
from data.files.known_journals import remember_journal
from data.files.lock import LOCK_TIMEOUT
from data.history.entry import HistoryEntry, Reversal
from data.history.history import MIN_HISTORY_BYTES, append_entry, is_damaged, make_entry
from data.model.journal import Edit, Journal, diff_journals
from data.model.records import Changes, Record
from data.storage import backups
from data.storage.contents import Contents
from data.storage.decoder import check_encodable
from data.storage.journal_file import JournalFile
from data.storage.recovery import describe_lost
from data.storage.tinydb_storage import JournalDatabase


class Saved(Struct, frozen=True):
    """A saved change.

    Attributes:
        journal: The journal now.
        label: What was done, undone or redone.
        notes: Sentences for the person, such as what a merge did.
        entry: The id of the change in the history, to undo or redo it and no other; "" if nothing changed.
        confirmed: Whether it is sure to survive a power cut; if not, a note says why.
    """

    journal: Journal
    label: str
    notes: tuple[str, ...] = ()
    entry: str = ""
    confirmed: bool = True


class Store:
    """A journal in a file. Every method may be called from any thread.

    Attributes:
        path: The journal, as given; may be a symbolic link.
        database: The same file as a stock TinyDB, for scripts.
    """

    def __init__(
        self, path: Path, now: Callable[[], datetime], *, disk: Disk = DISK, timeout: float = LOCK_TIMEOUT
    ) -> None:
        """Read a journal. Without a file it is empty, and the first change creates it.

        Args:
            path: The file.
            now: The clock, UTC.
            disk: The system calls.
            timeout: Seconds that a change waits for another program.

        Raises:
            JournalFileError: The file can't be read or is damaged; it is left unchanged.
        """
        self.path = path
        self._now = now
        self._file = JournalFile(path, now, disk=disk, timeout=timeout)
        self.database = JournalDatabase(self._file)
        self._file.before_save = self._back_up
        self._disk = disk
        self._day: date | None = None
        self._notes: list[str] = []

    @property
    def journal(self) -> Journal:
        """The journal, as in the file."""
        return self._file.contents.journal

    @property
    def history(self) -> tuple[HistoryEntry, ...]:
        """The latest changes, oldest first, undone ones last."""
        return self._file.contents.history

    @property
    def read_only(self) -> str:
        """Why the journal can't be changed, a sentence, or ""."""
        return self._file.read_only

    def check_writable(self) -> None:
        """Refuse a change before anything is done for it.

        Raises:
            ReadOnlyError: The journal is read-only.
        """
        self._file.check_writable()

    @property
    def is_own(self) -> bool:
        """Whether the file is exactly as this program writes it."""
        return self._file.contents.own

    def change(self, label: str, edit: Edit) -> Saved:
        """Apply an edit to the journal in the file, and save it.

        Args:
            label: What is done, shown by undo; never the text of a win.
            edit: The pure function from the journal to the changes; it may be called more than once.

        Raises:
            SmallWinsError: The edit isn't allowed, or can't be saved; the journal is as in the file.
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
        return max(MIN_HISTORY_BYTES, self._file.size // 2)

    def undo(self, expected: str | None = None, now: datetime | None = None) -> Saved:
        """Undo the last change, no matter which program made it.

        Args:
            expected: The id of the change that the person sees as the last one (`Saved.entry`, or that of
                `data.history.undo.last_change(store.history)`): any other change is refused, and redo stays possible.
            now: The moment of it, UTC, where that is shown already; else the store's clock is asked.

        Raises:
            SmallWinsError: There is none, it is another one, it can't be undone, or it can't be saved.
        """
        from data.history.undo import undo_last  # noqa: PLC0415 - not needed to open the journal

        at = now or self._now()
        return self._save(lambda contents: undo_last(contents.journal, contents.history, at, expected))

    def redo(self, expected: str | None = None, now: datetime | None = None) -> Saved:
        """Redo the change that was undone last, if nothing was changed since.

        Args:
            expected: The id of the change that the person expects, as for `undo`.
            now: As for `undo`.

        Raises:
            SmallWinsError: There is nothing to redo, it is another one, or it can't be saved.
        """
        from data.history.undo import redo_last  # noqa: PLC0415 - as above

        at = now or self._now()
        return self._save(lambda contents: redo_last(contents.journal, contents.history, at, expected))

    @property
    def lost(self) -> tuple[HistoryEntry, ...]:
        """Saved changes that are no longer in the file, oldest first, as when an older copy replaced it."""
        return self._file.lost.changes

    def file_problem(self) -> str:
        """Check the file, and return in words what is missing from it, or "" if everything that was saved is there.

        Ask before quitting: memory may hold the last copy, and `write_again` writes it.
        """
        try:
            self._file.refresh()
        except JournalFileError as error:
            return str(error)
        return describe_lost(self.lost)

    def write_again(self) -> Saved:
        """Write the journal again from memory if the file is gone or damaged, or put back what was lost from it.

        A damaged file is backed up first; what another program saved since is kept.

        Raises:
            SmallWinsError: It can't be saved; the file is unchanged.
        """
        self._file.write_again()
        return self._saved(Reversal(Changes(), self.history, "write again"))

    def _save(self, decide: Callable[[Contents], Reversal]) -> Saved:
        made: list[Reversal] = []

        def edit(contents: Contents) -> Contents:
            made.append(decided := decide(contents))
            if decided.history == contents.history:
                return contents
            check_encodable(decided.changes.put)
            return structs.replace(contents, journal=contents.journal.apply(decided.changes), history=decided.history)

        self._file.update(edit)
        return self._saved(made[-1])

    def _saved(self, made: Reversal) -> Saved:
        own, self._notes = self._notes, []
        doubt = (self._file.unconfirmed,) if self._file.unconfirmed else ()
        return Saved(self.journal, made.label, (*made.notes, *own, *doubt), made.entry, confirmed=not doubt)

    @property
    def contents(self) -> Contents:
        """All that the file holds, for sync."""
        return self._file.contents

    def pieces(self, digest: Callable[[bytes], str]) -> dict[str, tuple[Record, ...]]:
        """Return all records as they stand in the file, some at a time, by the digest of their bytes in it; for sync.

        None are returned where another program wrote the file.
        """
        return self._file.pieces(digest)

    @property
    def stamp(self) -> FileStamp | None:
        """What tells this version of the file from others, or None without a file; for sync."""
        return self._file.stamp

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

        self._file.update(checked)
        return self._saved(Reversal(Changes(), self.history, "sync"))

    def refresh(self) -> Journal | None:
        """Return the journal if another program changed the file, else None. Cheap if it didn't.

        Raises:
            JournalFileError: The file is gone or damaged; the journal stays as it was.
        """
        return self.journal if self._file.refresh() else None

    def back_up(self, reason: backups.BackupReason) -> backups.Backup | None:
        """Back up the journal as it is on the disk.

        Returns:
            The backup, or None if there is no journal yet.

        Raises:
            SaveError: The backup can't be written.
            JournalFileError: The journal is gone or damaged.
        """
        self._file.refresh()
        if not self._file.size:
            return None
        with self._file.holding():
            return backups.make_backup(self._file.path, reason, self._now(), self._disk)

    def tidy(self) -> None:
        """Rewrite the file as this program writes it, without damaged entries of the history.

        Raises:
            SaveError: It can't be saved.
        """

        def without_damaged(contents: Contents) -> Contents:
            return structs.replace(contents, history=tuple(e for e in contents.history if not is_damaged(e)))

        self._file.update(without_damaged)

    def _back_up(self) -> None:
        """Back up before the first change of a day, and before a file of another program is rewritten.

        If that fails, the change is saved anyway and a note says so.
        """
        now = self._now()
        path, day = self._file.path, now.astimezone().date()
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
        """Close the journal."""
        self.database.close()

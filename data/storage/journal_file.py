"""The journal's file: re-read when it changed, locked while changing, replaced as a whole.

The lock is held over the whole of read, change and write, and the content is kept in memory.
"""

import errno
import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Final

from msgspec import structs

from data.base.errors import BusyError, JournalFileError, ReadOnlyError, SaveError, SmallWinsError
from data.files.disk import (
    DISK,
    Disk,
    UnconfirmedError,
    explain,
    make_folders,
    remove_temp_files,
    replace_file,
    shell_name,
)
from data.files.file_version import FileStamp, OpenFile, stamp_of
from data.files.known_journals import unmounted_disk, why_gone
from data.files.lock import LOCK_TIMEOUT, HeldLock, locked
from data.model.records import SCHEMA_VERSION, Record
from data.storage import backups, decoder
from data.storage.contents import EMPTY, NO_EXTRAS, Contents
from data.storage.encoder import NO_LAYOUT, OWN_FORMS, FileEncoder, Layout, ReadAt, form_of, layout_of, read_nothing
from data.storage.recovery import NOTHING_LOST, Lost, lost_changes, put_back

_MOST_TRIES: Final = 5
"""How often a change is tried while another program replaces the file despite the lock."""


class _SwappedError(Exception):
    """The file or its lock was replaced during the change."""


class JournalFile:
    """The file, and its content in memory.

    Attributes:
        path: The real path, so that a symbolic link stays one.
        contents: The content of the file.
        lost: Saved changes that are no longer in the file, as when an older copy replaced it.
        unconfirmed: Why the last change may not survive a power cut, a sentence, or "".
        now: The clock, UTC.
        before_save: Called under the lock, just before the file is replaced; makes backups.
    """

    def __init__(
        self, path: Path, now: Callable[[], datetime], *, disk: Disk = DISK, timeout: float = LOCK_TIMEOUT
    ) -> None:
        """Read the file; without one the journal is empty.

        Args:
            path: The journal; may be a symbolic link.
            now: The clock, UTC.
            disk: The system calls.
            timeout: Seconds to wait for another program.

        Raises:
            JournalFileError: The file is damaged, gone, or belongs to another user.
        """
        self.path = Path(os.path.realpath(path))
        self.contents: Contents = EMPTY
        self.lost: Lost = NOTHING_LOST
        self.unconfirmed = ""
        self.before_save: Callable[[], None] = lambda: None
        self.now = now
        self._disk = disk
        self._timeout = timeout
        self._threads = threading.Lock()
        self._version: OpenFile | None = None
        self._layout: Layout = NO_LAYOUT
        self._bad: tuple[FileStamp, JournalFileError] | None = None
        self._swept = False
        if self._look() is None and (gone := self._why_gone()) is not None and self._look() is None:
            raise gone  # looked at twice: another program may just have made the first journal, and a backup of it
        self._reread()

    def _why_gone(self) -> JournalFileError | None:
        """Return why there is no journal where there was one: it must not silently be started again."""
        if (gone := why_gone(self.path)) is not None or not backups.list_backups(self.path):
            return gone
        begin = f"To start a new one, move its backup folder away ({backups.backup_folder(self.path)})."
        return JournalFileError(f"The journal is gone: {self.path}", f"{begin} {backups.restore_advice(self.path)}")

    @property
    def size(self) -> int:
        """The size of the file in bytes; 0 without one."""
        return 0 if self._version is None else self._version.stamp.size

    @property
    def read_only(self) -> str:
        """Why the journal can't be changed, a sentence, or ""."""
        if self.contents.schema > SCHEMA_VERSION:
            return "A newer version of smallwins wrote this journal, so it is read-only."
        there = os.path.exists(self.path)  # noqa: PTH110  # False where the system can't say; Path.exists raises
        if there and not (os.access(self.path.parent, os.W_OK) and os.access(self.path, os.W_OK)):
            return "The journal or its folder is write-protected, so it is read-only."
        return ""

    def refresh(self) -> bool:
        """Re-read the file if it changed; return whether it did.

        During a change this returns False without waiting: the change re-reads the file itself.

        Raises:
            JournalFileError: It is damaged or gone; memory stays as it was.
        """
        if not self._threads.acquire(blocking=False):
            return False
        try:
            return self._reread()
        finally:
            self._threads.release()

    def _reread(self) -> bool:
        stamp = self._look()
        if stamp == self.stamp:
            return False
        if stamp is None:
            raise JournalFileError(f"The journal is gone: {self.path}", backups.restore_advice(self.path))
        if self._bad is not None and stamp == self._bad[0]:
            raise self._bad[1]
        self._load()
        return True

    def snapshot(self) -> tuple[Contents, FileStamp | None]:
        """Return the content of the file now, and its stamp.

        Raises:
            JournalFileError: It is damaged or gone.
        """
        with self._threads:
            self._reread()
            return self.contents, self.stamp

    @property
    def stamp(self) -> FileStamp | None:
        """The stamp of the file in memory, or None without a file."""
        return None if self._version is None else self._version.stamp

    def _look(self) -> FileStamp | None:
        """Return the stamp of the file now, or None without a file."""
        try:
            return stamp_of(self.path.stat())
        except FileNotFoundError:
            return None
        except OSError as error:
            raise _unreadable(error) from error

    def _load(self) -> None:
        try:
            version = OpenFile(self.path)
            data = version.read_all()
        except OSError as error:
            raise _unreadable(error) from error
        try:
            contents = decoder.decode_journal(data, self.now(), self.contents.journal)
        except JournalFileError as error:
            message = f"{error.message} It was left as it is: {self.path}"
            self._bad = version.stamp, JournalFileError(message, backups.restore_advice(self.path))
            raise self._bad[1] from error
        self.lost = lost_changes(self.contents, contents, self.lost)
        self.contents, self._layout, self._version = contents, NO_LAYOUT, version

    def update(self, edit: Callable[[Contents], Contents]) -> None:
        """Change the content of the file, under the lock, and save it.

        Args:
            edit: Returns the new content; the same object means no change. It is called again if another program
                replaces the file meanwhile.

        Raises:
            SmallWinsError: The edit isn't allowed, or can't be saved; file and memory are unchanged.
        """
        self._try(lambda: self._update(edit))

    def write_again(self) -> None:
        """Write a file that is gone or damaged again from memory, or put back what an older one lost.

        A damaged file is backed up first; what is in an older one is kept.

        Raises:
            SmallWinsError: It can't be saved; the file is unchanged.
        """
        self._try(self._write_again)

    def _try(self, save: Callable[[], None]) -> None:
        with self._threads:
            for _ in range(_MOST_TRIES):
                try:
                    return save()
                except _SwappedError:
                    continue
                except JournalFileError as error:
                    raise SaveError(f"The change was not saved. {error.message}", error.hint) from error
        raise BusyError("Another program keeps replacing the journal, so nothing was saved.", "Try again in a moment.")

    def _update(self, edit: Callable[[Contents], Contents]) -> None:
        with self._held() as lock:
            self._reread()
            self.check_writable()
            contents = edit(self.contents)
            if contents is self.contents:
                return self._confirm()
            try:
                return self._save(contents, lock, self.stamp)
            except BaseException:
                with suppress(SmallWinsError):
                    self._reread()  # the new file may be in place already
                raise

    def _write_again(self) -> None:
        if mount := unmounted_disk(self.path):
            raise SaveError(f"The change was not saved: the disk of the journal is not mounted: {mount}", "Connect it.")
        self.check_writable()
        self._make_folder()
        with locked(self.path, self._timeout) as lock:
            stamp = self._back_up_damaged()
            self.check_writable()
            self._save(put_back(self.lost.contents, self.contents), lock, stamp)
            self.lost = NOTHING_LOST

    def _back_up_damaged(self) -> FileStamp | None:
        """Return the stamp of the file to be replaced, after a backup if it is damaged."""
        try:
            self._reread()
        except JournalFileError:
            stamp = self._look()
            if stamp is None:
                return None
            if self._bad is None or self._bad[0] != stamp:
                raise
            backups.make_backup(self.path, "restore", self.now(), self._disk)
            return stamp
        return self.stamp

    @contextmanager
    def holding(self) -> Iterator[None]:
        """Hold the lock.

        Raises:
            ReadOnlyError: The journal is read-only.
            SaveError: Another program holds it, or its folder can't be created.
        """
        with self._threads, self._held():
            yield

    @contextmanager
    def _held(self) -> Iterator[HeldLock]:
        self.check_writable()
        if self._version is None:
            self._make_folder()
        else:
            self._reread()  # a missing folder must not be created again
        with locked(self.path, self._timeout) as lock:
            yield lock

    def _make_folder(self) -> None:
        try:
            make_folders(self.path.parent, self._disk)
        except OSError as error:
            raise explain(error) from error

    def check_writable(self) -> None:
        """Refuse to change what can only be read.

        Raises:
            ReadOnlyError: It was written by a newer version, or is write-protected.
        """
        if not self.read_only:
            return
        newer = self.contents.schema > SCHEMA_VERSION
        way_out = (
            "Use the newer version that wrote it"
            if newer
            else f"Check who owns {shell_name(self.path.parent)} (`ls -la`)"
        )
        raise ReadOnlyError(
            "Nothing was changed: the journal is read-only.", f"{way_out}, or choose another with --file."
        )

    def _save(self, contents: Contents, lock: HeldLock, old: FileStamp | None) -> None:
        if not self._swept:
            remove_temp_files(self.path, self._disk)
            self._swept = True
        layout, read = self._old_pieces()
        encoder = FileEncoder(contents, layout, read)
        try:
            inode = replace_file(self.path, encoder, self._disk, lambda: self._before_replace(lock, old))
            self.unconfirmed = ""
        except UnconfirmedError as error:
            inode, self.unconfirmed = error.inode, _not_confirmed(error)
        except OSError as error:
            raise explain(error) from error
        self._version = self._new_version(inode)
        self.contents, self._layout = structs.replace(contents, own=True), encoder.layout

    def _old_pieces(self) -> tuple[Layout, ReadAt]:
        """Return the pieces of the file in memory, and what reads them; a file just read is looked through for them."""
        if self._version is None:
            return NO_LAYOUT, read_nothing
        if not self._layout and self.contents.own and self.contents.extras == NO_EXTRAS:
            data = self._version.read_at(self.size, 0)
            self._layout = layout_of(data, self.contents.journal) if form_of(data) in OWN_FORMS else NO_LAYOUT
        return self._layout, self._version.read_at

    def pieces(self, digest: Callable[[bytes], str]) -> dict[str, tuple[Record, ...]]:
        """Return all records as they stand in the file, some at a time, by the digest of their bytes in it.

        None are returned where another program wrote the file.
        """
        layout, read = self._old_pieces() if self.contents.extras == NO_EXTRAS else (NO_LAYOUT, read_nothing)
        found = {digest(read(one.size, one.place)): one.records for pieces in layout.values() for one in pieces}
        return found if self._look() == self.stamp else {}

    def _before_replace(self, lock: HeldLock, old: FileStamp | None) -> None:
        """Make due backups, and raise if the file or its lock was replaced meanwhile.

        Sync engines ignore locks, and removing the lock file of a stopped program lets a second one in.
        """
        if old == self.stamp:
            self.before_save()
        if not lock.is_current() or self._look() != old:
            raise _SwappedError

    def _new_version(self, inode: int) -> OpenFile | None:
        """Return the version just written, or None if it can't be opened or was replaced already."""
        try:
            version = OpenFile(self.path)
        except (OSError, JournalFileError):
            return None
        return version if version.stamp.inode == inode else None

    def _confirm(self) -> None:
        """Make the last change durable if the disk hasn't confirmed it yet."""
        if self.unconfirmed:
            try:
                self._disk.sync_folder(self.path.parent)
                self.unconfirmed = ""
            except OSError as error:
                self.unconfirmed = _not_confirmed(error)

    def close(self) -> None:
        """Close the file."""
        self._version = None


def _not_confirmed(error: OSError) -> str:
    return str(explain(error, "Saved, but the disk did not confirm it"))


def _unreadable(error: OSError) -> JournalFileError:
    if error.errno in {errno.EACCES, errno.EPERM}:
        name = shell_name(os.fsdecode(error.filename)) if error.filename else "it"
        return JournalFileError("You don't have permission to read the journal.", f"Check who owns {name} (`ls -la`).")
    saying = explain(error, "The journal could not be read")
    return JournalFileError(saying.message, saying.hint)

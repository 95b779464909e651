"""The journal's file as a TinyDB storage: read when it changed, locked while it changes, replaced as a whole.

TinyDB's own JSON storage was measured to leave the file unreadable after kills, power cuts, a full disk and two
programs at once. This one holds the records in memory, and the lock over the whole of read, change and write.
"""

import errno
import os
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Any, Final, cast

from msgspec import structs
from tinydb.storages import Storage

from data.base.errors import JournalFileError, ReadOnlyError, SmallWinsError
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
from data.files.lock import LOCK_TIMEOUT, locked
from data.history.entry import HistoryEntry
from data.model.records import SCHEMA_VERSION, TABLES, Changes, TableName
from data.storage import backups, decoder
from data.storage.contents import EMPTY, Contents
from data.storage.encoder import NO_LAYOUT, FileEncoder, Layout, read_nothing
from data.storage.tinydb_tables import TableView, with_documents, with_tables

_UNCONFIRMED: Final = "The change is in the file, but the disk did not confirm it"


class JournalStorage(Storage):
    """The file, and in memory exactly what it holds.

    Attributes:
        path: The real path: a journal that is a link stays one.
        contents: What the file holds.
        watchers: Called whenever `contents` is another, and at the end of a change, which may have failed.
        before_save: Called under the lock just before the file is replaced; makes backups.
    """

    def __init__(
        self, path: Path, now: Callable[[], datetime], *, disk: Disk = DISK, patience: float = LOCK_TIMEOUT
    ) -> None:
        """Read the file; one that is not there yet is an empty journal.

        Args:
            path: Where the journal is, perhaps a link.
            now: The clock, UTC.
            disk: The calls of the operating system.
            patience: The longest to wait for another program, in seconds.

        Raises:
            JournalFileError: The file can't be understood, or is somebody else's.
        """
        self.path = Path(os.path.realpath(path))
        self.contents: Contents = EMPTY
        self.watchers: list[Callable[[], None]] = []
        self.before_save: Callable[[], None] = lambda: None
        self._now = now
        self._disk = disk
        self._patience = patience
        self._threads = threading.RLock()
        self._staged: Contents | None = None
        self._version: OpenFile | None = None
        self._layout: Layout = NO_LAYOUT
        self._bad: tuple[FileStamp, JournalFileError] | None = None
        self._swept = False
        self._in_doubt = False
        if self._look() is None and backups.list_backups(self.path):
            begin = f"To begin a new one, move the folder of its backups away ({backups.backup_folder(self.path)})."
            raise JournalFileError(f"The journal is gone: {self.path}", f"{begin} {backups.restore_advice(self.path)}")
        self._reread()

    @property
    def staged(self) -> Contents:
        """What the file will hold once the change under way is saved."""
        return self.contents if self._staged is None else self._staged

    @property
    def size(self) -> int:
        """The size of the file in bytes, 0 before there is one."""
        return 0 if self._version is None else self._version.stamp.size

    @property
    def read_only(self) -> str:
        """Why the journal can't be changed, a sentence, or ""."""
        if self.contents.schema > SCHEMA_VERSION:
            return "This journal was written by a newer version of smallwins, so it is open for reading only."
        if self.path.exists() and not (os.access(self.path.parent, os.W_OK) and os.access(self.path, os.W_OK)):
            return "The journal or its folder is write-protected, so it is open for reading only."
        return ""

    def refresh(self) -> bool:
        """Read the file again if it is another than the one in memory; return whether it was.

        While a change is on its way nothing is read: that change reads the file itself, and nobody shall wait for it.

        Raises:
            JournalFileError: It can't be understood, or is gone; memory stays as it was.
        """
        if not self._threads.acquire(blocking=False):
            return False
        try:
            return self._reread()
        finally:
            self._threads.release()

    def _reread(self) -> bool:
        stamp = self._look()
        if stamp == (self._version.stamp if self._version else None):
            return False
        if stamp is None:
            raise JournalFileError(f"The journal is gone: {self.path}", backups.restore_advice(self.path))
        if self._bad is not None and stamp == self._bad[0]:
            raise self._bad[1]
        self._load()
        return True

    def _look(self) -> FileStamp | None:
        """Return the stamp of the file as it is now, or None where there is none."""
        try:
            return stamp_of(self.path.stat())
        except FileNotFoundError:
            return None
        except OSError as error:
            raise _unreadable(error) from error

    def _load(self) -> None:
        try:
            version = OpenFile(self.path)
            data = version.data()
        except OSError as error:
            raise _unreadable(error) from error
        try:
            self._show(decoder.decode_journal(data, self._now(), self.contents.journal), version)
        except JournalFileError as error:
            message = f"{error.message} It was left as it is: {self.path}"
            self._bad = version.stamp, JournalFileError(message, backups.restore_advice(self.path))
            raise self._bad[1] from error

    def _show(self, contents: Contents, version: OpenFile, layout: Layout = NO_LAYOUT) -> None:
        self.contents, self._layout, self._version = contents, layout, version
        self._tell()

    def _tell(self) -> None:
        for watcher in self.watchers:
            watcher()

    @contextmanager
    def changing(self) -> Iterator[None]:
        """Hold the lock, with memory as fresh as the file; save at the end what was staged.

        Raises:
            SmallWinsError: It can't be saved; the file and memory are as they were.
        """
        with self._threads:
            if self._staged is not None:
                yield
                return
            with self.holding():
                self._confirm()
                self._reread()
                self._check_writable()
                yield from self._transaction()

    @contextmanager
    def holding(self) -> Iterator[None]:
        """Hold the lock.

        Raises:
            ReadOnlyError: The journal is open for reading only.
            SaveError: Another program holds it, or its folder can't be made.
        """
        with self._threads:
            self._check_writable()
            try:
                make_folders(self.path.parent, self._disk)
            except OSError as error:
                raise explain(error) from error
            with locked(self.path, self._patience):
                yield

    def _check_writable(self) -> None:
        if not self.read_only:
            return
        newer = self.contents.schema > SCHEMA_VERSION
        way_out = (
            "Use the newer version that wrote it"
            if newer
            else f"Check who owns {shell_name(self.path.parent)} (`ls -la`)"
        )
        raise ReadOnlyError(
            "Nothing was changed: the journal is open for reading only.", f"{way_out}, or choose another with --file."
        )

    def _transaction(self) -> Iterator[None]:
        before = self._staged = self.contents
        try:
            yield
            if self._staged is not before:
                self._save(self._staged)
        except BaseException:
            # The file may be the new one already, when only its folder could not be made durable.
            with suppress(SmallWinsError):
                self._reread()
            raise
        finally:
            self._staged = None
            self._tell()

    def _save(self, contents: Contents) -> None:
        if not self._swept:
            remove_temp_files(self.path, self._disk)
            self._swept = True
        encoding = FileEncoder(contents, self._layout, self._version.part if self._version else read_nothing)
        try:
            replace_file(self.path, encoding, self._disk, self.before_save)
            version = OpenFile(self.path)
        except UnconfirmedError as error:
            self._in_doubt = True
            raise explain(error, _UNCONFIRMED) from error
        except OSError as error:
            raise explain(error) from error
        self._show(structs.replace(contents, own=True), version, encoding.layout)

    def _confirm(self) -> None:
        """Make the last change durable that the disk did not confirm, before anything else is said to be."""
        if self._in_doubt:
            try:
                self._disk.sync_folder(self.path.parent)
            except OSError as error:
                raise explain(error, _UNCONFIRMED) from error
            self._in_doubt = False

    def stage(self, changes: Changes) -> None:
        """Change records, inside `changing`.

        Raises:
            SaveError: A record could not be read again.
        """
        decoder.check_encodable(changes.put)
        self._staged = structs.replace(self.staged, journal=self.staged.journal.apply(changes))

    def stage_documents(self, name: TableName, documents: Mapping[int, Mapping[str, Any]], gone: set[int]) -> None:
        """Change records given as documents, inside `changing`.

        Raises:
            JournalFileError: A document is no record.
        """
        self._staged = with_documents(self.staged, name, documents, gone, self._now())

    def stage_history(self, history: tuple[HistoryEntry, ...]) -> None:
        """Replace the history, inside `changing`."""
        self._staged = structs.replace(self.staged, history=history)

    def read(self) -> dict[str, dict[str, Any]]:
        """Return every table as TinyDB knows it: documents by their id as text."""
        return {
            **{name: cast("dict[str, Any]", TableView(self.staged, name)) for name in TABLES},
            **self.staged.extras.tables,
        }

    def write(self, data: dict[str, dict[str, Any]]) -> None:
        """Replace every table, as TinyDB does after dropping one.

        Raises:
            SmallWinsError: It can't be saved.
        """
        with self.changing():
            self._staged = with_tables(self.staged, data, self._now())

    def close(self) -> None:
        """Let go of the file."""
        self.watchers.clear()
        self._version = None


def _unreadable(error: OSError) -> JournalFileError:
    if error.errno in {errno.EACCES, errno.EPERM}:
        name = shell_name(os.fsdecode(error.filename)) if error.filename else "it"
        return JournalFileError("You may not read the journal.", f"Check who owns {name} (`ls -la`).")
    saying = explain(error, "The journal could not be read")
    return JournalFileError(saying.message, saying.hint)

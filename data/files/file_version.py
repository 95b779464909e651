"""Telling the versions of a file apart without reading it."""

import os
import stat
from pathlib import Path
from typing import Final

from msgspec import Struct

from data.base.errors import JournalFileError
from data.files.plain_file import is_own

_READ: Final = os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK


class FileStamp(Struct, frozen=True):
    """The identity of a version of a file: a file that is replaced or written to gets another stamp."""

    device: int
    inode: int
    size: int
    modified: int
    changed: int


def stamp_of(found: os.stat_result) -> FileStamp:
    """Return the stamp of a file."""
    return FileStamp(found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns)


class OpenFile:
    """One version of a file, held open so that the system can't reuse its inode.

    Attributes:
        stamp: Its identity.
    """

    def __init__(self, path: Path) -> None:
        """Open a file.

        Raises:
            OSError: It can't be opened.
            JournalFileError: It isn't a regular file, or belongs to another user.
        """
        self._fd = os.open(path, _READ)
        found = os.fstat(self._fd)
        self.stamp = stamp_of(found)
        if not stat.S_ISREG(found.st_mode):
            raise JournalFileError("The journal is not a regular file.", "Choose another with --file.")
        if not is_own(found, path):
            raise JournalFileError("The journal belongs to another user.", "Choose your own with --file.")

    def __del__(self) -> None:
        if hasattr(self, "_fd"):
            os.close(self._fd)

    def read_all(self) -> bytes:
        """Return the whole file."""
        with os.fdopen(os.dup(self._fd), "rb") as file:
            file.seek(0)
            return file.read()

    def read_at(self, size: int, place: int) -> bytes:
        """Return `size` bytes from a position; fewer at the end of the file, none if it can't be read."""
        try:
            return os.pread(self._fd, size, place)
        except OSError:
            return b""  # the caller has it in memory, too

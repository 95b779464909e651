"""The file that is locked: one that nobody planted, and the same one for everybody who comes."""

import errno
import os
from pathlib import Path
from typing import IO

from fasteners import InterProcessLock

from data.files.disk import DISK, PRIVATE_FILE


class LockFile(InterProcessLock):  # type: ignore[misc]  # fasteners ships no types
    """Never follows a planted link, and makes a file that is private."""

    lockfile: IO[str] | None

    def _do_open(self) -> None:
        if self.lockfile is None:
            self.lockfile = os.fdopen(_open(self.path), "a")

    def trylock(self) -> None:
        """Lock the file, and make sure that it is still the one that everybody who comes now will lock.

        Raises:
            OSError: Somebody else holds it, or removed it meanwhile; it is worth another try.
        """
        super().trylock()
        if not self._is_there():
            self._do_close()
            self._do_open()
            raise BlockingIOError(errno.EAGAIN, "The lock file was removed")

    def _is_there(self) -> bool:
        assert self.lockfile is not None  # noqa: S101  # opened by `acquire`
        try:
            return os.path.samestat(os.fstat(self.lockfile.fileno()), Path(os.fsdecode(self.path)).stat())
        except FileNotFoundError:
            return False


def _open(path: str) -> int:
    flags = os.O_RDWR | os.O_NOFOLLOW | os.O_CLOEXEC
    try:
        return os.open(path, flags)
    except FileNotFoundError:
        fd = os.open(path, flags | os.O_CREAT, PRIVATE_FILE)
        DISK.protect(fd)
        return fd

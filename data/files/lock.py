"""One lock for each journal: between threads, and between programs.

The lock is POSIX's (`lockf`): the system drops it when its holder dies, and it belongs to the process. So threads need
a lock of their own above it, and nothing else in this process may open and close the lock file meanwhile.
"""

import errno
import fcntl
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep
from typing import Final, NamedTuple

from data.base.errors import BusyError, SaveError
from data.files.disk import DISK, PRIVATE_FILE, explain, keep_owner

LOCK_TIMEOUT: Final = 4.0
"""Seconds that a change waits for another program: the person hears of it within five."""
_PAUSE: Final = 0.001
"""Seconds between two tries."""
_FLAGS: Final = os.O_RDWR | os.O_NOFOLLOW | os.O_CLOEXEC | os.O_NONBLOCK
_THREADS: Final[dict[str, threading.Lock]] = {}
"""A lock of threads for each lock file: the system's lock can't tell two threads, or two stores, of a process apart."""


class HeldLock(NamedTuple):
    """A lock while it is held."""

    path: Path
    fd: int

    def is_current(self) -> bool:
        """Return whether everybody who comes now locks the same file: a removed one lets a second program in.

        Raises:
            OSError: The lock file can't be looked at.
        """
        try:
            return os.path.samestat(os.fstat(self.fd), self.path.stat())
        except FileNotFoundError:
            return False


def lock_path(path: Path) -> Path:
    """Return where the lock of a journal is; the file is never removed, or two programs could hold two of them."""
    return path.with_name(f".{path.name}.lock")


@contextmanager
def locked(path: Path, timeout: float = LOCK_TIMEOUT) -> Iterator[HeldLock]:
    """Hold the lock of the journal at a real path.

    Args:
        path: The journal's real path, no link.
        timeout: The longest to wait, in seconds.

    Raises:
        BusyError: Somebody else held it for all that time.
        SaveError: The lock file can't be made or locked.
    """
    until, name = monotonic() + timeout, lock_path(path)
    threads = _THREADS.setdefault(str(name), threading.Lock())
    if not threads.acquire(timeout=timeout):
        raise _busy(timeout)
    try:
        while (lock := _try_lock(name)) is None:
            if monotonic() >= until:
                raise _busy(timeout)
            sleep(_PAUSE)
        try:
            yield lock
        finally:
            os.close(lock.fd)  # which drops the lock
    finally:
        threads.release()


def _try_lock(name: Path) -> HeldLock | None:
    """Return the lock, or None while somebody else holds it or where its file was removed meanwhile."""
    got = False
    try:
        lock = HeldLock(name, _open(name))
        try:
            got = _lock(lock.fd) and lock.is_current()
        finally:
            if not got:
                os.close(lock.fd)
    except OSError as error:
        raise _unlockable(error) from error
    return lock if got else None


def _lock(fd: int) -> bool:
    try:
        fcntl.lockf(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno in {errno.EAGAIN, errno.EACCES}:
            return False
        raise
    return True


def _unlockable(error: OSError) -> SaveError:
    if error.errno not in {errno.ENOLCK, errno.ENOTSUP, errno.EINVAL, errno.ENOSYS}:
        return explain(error)
    return SaveError(
        "The change was not saved: the file system has no locks.",
        "Choose a file on a disk of this computer with --file.",
    )


def _open(path: Path) -> int:
    """Open the lock file, which is made if need be: private, and never through a planted link."""
    try:
        return os.open(path, _FLAGS)
    except FileNotFoundError:
        fd = os.open(path, _FLAGS | os.O_CREAT, PRIVATE_FILE)
        DISK.protect(fd)
        keep_owner(fd, path.parent)
        return fd


def _busy(timeout: float) -> BusyError:
    return BusyError(
        f"Another program has held the journal for {timeout:g} seconds, so nothing was saved.",
        "Close it or wait a moment, then try again.",
    )

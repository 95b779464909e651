"""One lock per journal, between threads and between processes.

It is a POSIX lock (`lockf`): the system releases it when its holder dies, and it belongs to the process. So threads
need a lock of their own, and nothing else in this process may open and close the lock file meanwhile.
"""

import errno
import fcntl
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep
from typing import Final

from msgspec import Struct

from data.base.errors import BusyError, SaveError
from data.files.disk import DISK, PRIVATE_FILE, explain, keep_owner

LOCK_TIMEOUT: Final = 4.0
"""Seconds that a change waits for another program; the person hears of it within five."""
_PAUSE: Final = 0.001
"""Seconds between two tries."""
_FLAGS: Final = os.O_RDWR | os.O_NOFOLLOW | os.O_CLOEXEC | os.O_NONBLOCK
_THREADS: Final[dict[str, threading.Lock]] = {}
"""A thread lock per lock file: the POSIX lock can't tell threads, or two stores, of a process apart."""


class HeldLock(Struct, frozen=True):
    """A lock that is held."""

    path: Path
    fd: int

    def is_current(self) -> bool:
        """Return whether the lock file is still in place: once it is removed, a second program can lock a new one.

        Raises:
            OSError: The system can't say.
        """
        try:
            return os.path.samestat(os.fstat(self.fd), self.path.stat())
        except FileNotFoundError:
            return False


def lock_path(path: Path) -> Path:
    """Return the path of a journal's lock file. It is never removed: two programs could hold two of them."""
    return path.with_name(f".{path.name}.lock")


@contextmanager
def locked(path: Path, timeout: float = LOCK_TIMEOUT) -> Iterator[HeldLock]:
    """Hold the lock of the journal at a real path.

    Args:
        path: The journal's real path, not a symbolic link.
        timeout: The longest to wait, in seconds.

    Raises:
        BusyError: Another program held it all the time.
        SaveError: The lock file can't be created or locked.
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
            os.close(lock.fd)  # releases the lock
    finally:
        threads.release()


def _try_lock(name: Path) -> HeldLock | None:
    """Return the lock, or None if another program holds it or removed its file meanwhile."""
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
    """Open the lock file, creating it if needed: private, and never through a symbolic link."""
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

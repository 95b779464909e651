"""One lock for each journal: between threads, and between programs.

The lock is of POSIX (`lockf`): the system drops it when its holder dies, and it belongs to the process. So threads need
one of their own above it, and nothing else in this process may open and close the lock file meanwhile.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Final

from data.base.errors import BusyError, SaveError
from data.files.disk import explain

if TYPE_CHECKING:
    from data.files.lock_file import LockFile

LOCK_TIMEOUT: Final = 4.0
"""Seconds that a change waits for another program: the person hears of it within five."""
_ELSEWHERE: Final = "Choose a file on a disk of this computer with --file."
_PAUSE, _LONGEST_PAUSE = 0.001, 0.005
_THREADS: Final[dict[str, threading.Lock]] = {}
"""A lock of threads for each lock file: the system's lock can't tell two threads, or two stores, of a process apart."""


def lock_path(path: Path) -> Path:
    """Return where the lock of a journal is; the file is never removed, or two programs could hold two of them."""
    return path.with_name(f".{path.name}.lock")


@contextmanager
def locked(path: Path, patience: float = LOCK_TIMEOUT) -> Iterator[None]:
    """Hold the lock of the journal at a real path.

    Args:
        path: The journal's real path, no link.
        patience: The longest to wait, in seconds.

    Raises:
        BusyError: Somebody else held it for all that time.
        SaveError: The lock file can't be made.
    """
    from data.files.lock_file import LockFile  # noqa: PLC0415 - who only reads does not pay for fasteners

    until = monotonic() + patience
    name = str(lock_path(path))
    threads = _THREADS.setdefault(name, threading.Lock())
    if not threads.acquire(timeout=patience):
        raise _busy(patience)
    try:
        lock = LockFile(name)
        _acquire(lock, max(0.0, until - monotonic()), patience)
        try:
            yield
        finally:
            lock.release()
    finally:
        threads.release()


def _acquire(lock: "LockFile", left: float, patience: float) -> None:
    try:
        gotten = lock.acquire(delay=_PAUSE, max_delay=_LONGEST_PAUSE, timeout=left)
    except OSError as error:
        raise explain(error) from error
    except threading.ThreadError as error:  # what fasteners makes of a file system without locks
        raise SaveError("The change was not saved: the file system has no locks.", _ELSEWHERE) from error
    finally:
        if not lock.acquired:
            lock._do_close()  # noqa: SLF001  # fasteners keeps the file open after a wait in vain
    if not gotten:
        raise _busy(patience)


def _busy(patience: float) -> BusyError:
    return BusyError(
        f"Another program has held the journal for {patience:g} seconds, so nothing was saved.",
        "Close it, or wait a moment, then try again.",
    )

"""Reading a file that may be anything by now: a pipe that never ends, a device, another user's."""

import errno
import os
import stat
from pathlib import Path
from typing import Final

_READ: Final = os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK


def open_plain_file(path: Path, *, own: bool = False) -> int:
    """Return a file descriptor to read a plain file, without waiting for whoever writes to a pipe.

    Args:
        path: The file, perhaps a link.
        own: Whether a link, or a file of another user, is refused.

    Raises:
        OSError: It can't be opened, or it is none of these.
    """
    fd = os.open(path, _READ | (os.O_NOFOLLOW if own else 0))
    found = os.fstat(fd)
    if stat.S_ISREG(found.st_mode) and (not own or is_own(found)):
        return fd
    os.close(fd)
    if stat.S_ISDIR(found.st_mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    if not stat.S_ISREG(found.st_mode):
        raise OSError(errno.EINVAL, "not a regular file", str(path))
    raise PermissionError(errno.EPERM, "it belongs to another user", str(path))


def read_plain_file(path: Path, most: int | None = None, *, own: bool = False) -> bytes:
    """Return what a plain file holds.

    Args:
        path: The file, perhaps a link.
        most: The most bytes it may have; None for any number.
        own: Whether a link, or a file of another user, is refused.

    Raises:
        OSError: It can't be read, is not a regular file, or is too large.
    """
    with os.fdopen(open_plain_file(path, own=own), "rb") as file:
        data = file.read(-1 if most is None else most + 1)
    if most is not None and len(data) > most:
        raise OSError(errno.EINVAL, "too large", str(path))
    return data


def is_own(found: os.stat_result) -> bool:
    """Return whether a file belongs to this user, or to the one who asked root to do this with sudo."""
    user = os.geteuid()
    return found.st_uid == user or (user == 0 and str(found.st_uid) == os.environ.get("SUDO_UID"))

"""Reading regular files only: never a pipe that doesn't end, a device, or another user's file."""

import errno
import os
import stat
from pathlib import Path
from typing import Final

_READ: Final = os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK


def open_plain_file(path: Path, *, own: bool = False) -> int:
    """Return a descriptor to read a regular file; a pipe is refused without waiting for its writer.

    Args:
        path: The file; may be a symbolic link.
        own: Whether to refuse symbolic links and files of other users.

    Raises:
        OSError: It can't be opened, or isn't such a file.
    """
    fd = os.open(path, _READ | (os.O_NOFOLLOW if own else 0))
    found = os.fstat(fd)
    if stat.S_ISREG(found.st_mode) and (not own or is_own(found, path)):
        return fd
    os.close(fd)
    if stat.S_ISDIR(found.st_mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    if not stat.S_ISREG(found.st_mode):
        raise OSError(errno.EINVAL, "not a regular file", str(path))
    raise PermissionError(errno.EPERM, "it belongs to another user", str(path))


def read_plain_file(path: Path, most: int | None = None, *, own: bool = False) -> bytes:
    """Return the content of a regular file.

    Args:
        path: The file; may be a symbolic link.
        most: The most bytes it may have; None for no limit.
        own: Whether to refuse symbolic links and files of other users.

    Raises:
        OSError: It can't be read, isn't such a file, or is too large.
    """
    with os.fdopen(open_plain_file(path, own=own), "rb") as file:
        data = file.read(-1 if most is None else most + 1)
    if most is not None and len(data) > most:
        raise OSError(errno.EINVAL, "too large", str(path))
    return data


def is_own(found: os.stat_result, path: Path) -> bool:
    """Return whether a file is this user's; to root, also what is its caller's under sudo, or its folder's owner's.

    What root writes is given to that owner (`keep_owner`), so that it must be able to read it again: a container's root
    in a person's folder, or root with the HOME of another.
    """
    user = os.geteuid()
    if found.st_uid == user or user != 0:
        return found.st_uid == user
    if str(found.st_uid) == os.environ.get("SUDO_UID"):
        return True
    try:
        return found.st_uid == path.parent.stat().st_uid
    except OSError:
        return False

"""Writing files so that a crash, a full disk or a power cut leaves either the old file or the new one, complete.

`Disk` has one method for each system call, so that tests can record them or make them fail.
"""

import errno
import fcntl
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final

from data.base.errors import SaveError

PRIVATE_FILE: Final = 0o600
PRIVATE_FOLDER: Final = 0o700
_NEW: Final = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
_FULL_FSYNC: Final = getattr(fcntl, "F_FULLFSYNC", None)
_NOT_KNOWN: Final = {errno.EINVAL, errno.ENOTSUP, errno.ENOTTY}
"""Errors of file systems that don't support a kind of sync."""
_NO_LINKS: Final = {errno.EPERM, errno.EACCES, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK}
"""Errors of file systems without hard links, such as that of a USB stick."""
_BLOCK: Final = 1 << 20

_SAFE: Final = frozenset("_@%+=:,./-")
"""What a shell takes for a part of a name, beside letters and digits."""
_ANOTHER: Final = "Check {where}, or choose another file with --file."
_NO_RIGHT: Final = (
    "permission denied.",
    "Check who owns {where} (`ls -la`), or choose another with --file.",
)
_REASONS: Final = {
    errno.ENOSPC: ("the disk is full.", "Free some space, then try again."),
    errno.EDQUOT: ("your disk quota is used up.", "Free some space, then try again."),
    errno.EFBIG: (
        "the file would be larger than this system allows.",
        "Raise the limit (`ulimit -f`), then try again.",
    ),
    errno.EROFS: ("the disk is read-only.", "Make it writable, or choose another file with --file."),
    errno.EACCES: _NO_RIGHT,
    errno.EPERM: _NO_RIGHT,
    errno.ENOTDIR: ("a file is in the way of a folder.", _ANOTHER),
    errno.ENOENT: ("its folder doesn't exist and can't be created.", _ANOTHER),
    errno.EIO: ("the disk reports an error.", "Copy your files to another disk, then check this one."),
    errno.ELOOP: ("it is a symbolic link.", "Remove the link, then try again."),
    errno.ENAMETOOLONG: ("the file name is too long.", "Choose a shorter one with --file."),
}


class UnconfirmedError(OSError):
    """The new file is in place, but it may not survive a power cut.

    Attributes:
        inode: The inode of the new file.
    """

    def __init__(self, error: OSError, inode: int) -> None:
        super().__init__(error.errno, error.strerror)
        self.inode = inode


class Disk:
    """The system calls that saving makes."""

    def create(self, path: Path) -> int:
        """Create a file that only its owner can read; an existing file or link of that name is an error."""
        return os.open(path, _NEW, PRIVATE_FILE)

    def protect(self, fd: int) -> None:
        """Make an open file private under any umask. FAT, as on a USB stick, has no modes and raises EPERM."""
        with suppress(PermissionError):
            os.fchmod(fd, PRIVATE_FILE)

    def write(self, fd: int, data: memoryview) -> int:
        """Write some of these bytes and return how many."""
        return os.write(fd, data)

    def sync(self, fd: int) -> None:
        """Wait until the data is on the disk; on macOS only F_FULLFSYNC makes the drive itself write.

        Raises:
            OSError: The disk didn't confirm it.
        """
        try:
            if _FULL_FSYNC is not None:
                fcntl.fcntl(fd, _FULL_FSYNC)
                return
        except OSError as error:
            if error.errno not in _NOT_KNOWN:
                raise
        os.fsync(fd)

    def close(self, fd: int) -> None:
        """Close a file."""
        os.close(fd)

    def replace(self, source: Path, target: Path) -> None:
        """Replace a file with another, atomically."""
        source.replace(target)

    def link(self, source: Path, target: Path) -> None:
        """Give a file a second name; an existing one is an error."""
        target.hardlink_to(source)

    def remove(self, path: Path) -> None:
        """Remove a file."""
        path.unlink()

    def make_folder(self, path: Path) -> None:
        """Create a folder that only its owner can enter, under any umask."""
        path.mkdir(PRIVATE_FOLDER)
        with suppress(PermissionError):
            path.chmod(PRIVATE_FOLDER)

    def sync_folder(self, path: Path) -> None:
        """Wait until the names in a folder are on the disk, where the file system can do that.

        Raises:
            OSError: The disk didn't confirm it.
        """
        fd = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            os.fsync(fd)
        except OSError as error:
            if error.errno not in _NOT_KNOWN:
                raise
        finally:
            os.close(fd)


DISK: Final = Disk()


def _nothing() -> None:
    pass


def replace_file(path: Path, chunks: Iterable[bytes], disk: Disk = DISK, before: Callable[[], None] = _nothing) -> int:
    """Replace a file; once this returns, the new one survives a power cut.

    Args:
        path: The real path, not a symbolic link.
        chunks: The new content.
        disk: The system calls.
        before: Called once the new file is on the disk, just before it replaces the old one. It may use up the disk:
            the new file comes first. If it raises, the old file stays.

    Returns:
        The inode of the new file, to tell it from one that another program puts in its place.

    Raises:
        UnconfirmedError: The file was replaced, but it may not survive a power cut.
        OSError: The file could not be written and is unchanged.
    """
    temp = _temp_name(path)
    try:
        inode = _write_new(temp, path, chunks, disk)
        before()
        disk.replace(temp, path)
    except BaseException:
        _remove_quietly(temp, disk)
        raise
    try:
        disk.sync_folder(path.parent)
    except OSError as error:
        raise UnconfirmedError(error, inode) from error
    return inode


def create_file(path: Path, chunks: Iterable[bytes], disk: Disk = DISK) -> None:
    """Create a file, never over an existing one; once this returns, it survives a power cut.

    Args:
        path: Where.
        chunks: Its content.
        disk: The system calls.

    Raises:
        FileExistsError: The name is taken.
        UnconfirmedError: The file was created, but it may not survive a power cut.
        OSError: The file could not be written; nothing of it is left.
    """
    temp = _temp_name(path)
    try:
        inode = _write_new(temp, path, chunks, disk)
        _name_new(temp, path, disk)
    finally:
        _remove_quietly(temp, disk)
    try:
        disk.sync_folder(path.parent)
    except OSError as error:
        raise UnconfirmedError(error, inode) from error


def _name_new(temp: Path, path: Path, disk: Disk) -> None:
    try:
        disk.link(temp, path)
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        if os.path.lexists(path):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path)) from error
        disk.replace(temp, path)


def _temp_name(path: Path) -> Path:
    return path.with_name(f".{path.name}.{os.urandom(8).hex()}.tmp")


def _write_new(temp: Path, path: Path, chunks: Iterable[bytes], disk: Disk) -> int:
    fd = disk.create(temp)
    try:
        disk.protect(fd)
        keep_owner(fd, path if os.path.lexists(path) else path.parent)
        for block in _blocks(chunks):
            _write_all(fd, memoryview(block), disk)
        disk.sync(fd)
        return os.fstat(fd).st_ino
    finally:
        disk.close(fd)


def keep_owner(new: int | Path, like: Path) -> None:
    """Give a new file or folder of root's to the owner of another: under sudo, root writes for someone else.

    Args:
        new: The open file, or the folder.
        like: The file it replaces, or the folder it is in.
    """
    if os.geteuid() != 0:
        return
    with suppress(OSError):
        found = like.stat()
        if found.st_uid != 0:
            os.chown(new, found.st_uid, found.st_gid, follow_symlinks=isinstance(new, int))


def _blocks(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Yield the chunks in blocks of about a megabyte: one call per chunk would cost more than the bytes."""
    waiting: list[bytes] = []
    size = 0
    for chunk in chunks:
        waiting.append(chunk)
        size += len(chunk)
        if size >= _BLOCK:
            yield b"".join(waiting)
            waiting.clear()
            size = 0
    if waiting:
        yield b"".join(waiting)


def _write_all(fd: int, data: memoryview, disk: Disk) -> None:
    while data:
        data = data[disk.write(fd, data) :]


def _remove_quietly(path: Path, disk: Disk) -> None:
    try:
        disk.remove(path)
    except OSError:
        return  # never created, or the disk refuses; `remove_temp_files` removes it later


def make_folders(path: Path, disk: Disk = DISK) -> None:
    """Create a folder and its missing parents, all private, and make their names durable.

    Raises:
        OSError: One can't be created or made durable; then it isn't there.
    """
    missing = [folder for folder in (path, *path.parents) if not folder.exists()]
    for folder in reversed(missing):
        made = _make_folder(folder, disk)
        try:
            disk.sync_folder(folder.parent)
        except OSError:
            if made:
                folder.rmdir()  # so that the next try makes its name durable
            raise


def _make_folder(path: Path, disk: Disk) -> bool:
    """Create a folder, and return whether another program didn't do so first."""
    try:
        disk.make_folder(path)
    except FileExistsError:
        if not path.is_dir():
            raise
        return False
    keep_owner(path, path.parent)
    return True


def find_temp_files(path: Path) -> list[Path]:
    """Return the temporary files that killed processes left next to a file."""
    start, end = f".{path.name}.", ".tmp"
    length = len(start) + 16 + len(end)
    try:
        names = [found.name for found in path.parent.iterdir()]
    except OSError:
        return []
    return [path.with_name(n) for n in names if len(n) == length and n.startswith(start) and n.endswith(end)]


def remove_temp_files(path: Path, disk: Disk = DISK) -> None:
    """Remove the temporary files next to a file; only the holder of its lock may do so."""
    for stray in find_temp_files(path):
        _remove_quietly(stray, disk)


def explain(error: OSError, what: str = "The change was not saved") -> SaveError:
    """Return an error in plain words, such as "The change was not saved: the disk is full.".

    The hint names the folder of the file that the system named.
    """
    number = error.errno or 0
    reason, hint = _REASONS.get(
        number,
        (f"{(error.strerror or os.strerror(number)).lower()}.", "Try again, or choose another file with --file."),
    )
    where = "the path" if not error.filename else shell_name(Path(os.fsdecode(error.filename)).absolute().parent)
    return SaveError(f"{what}: {reason}", hint.format(where=where))


def shell_name(path: Path | str) -> str:
    """Return a path quoted for the shell; without the import of shlex, which may fail on the day this is said."""
    name = str(path)
    is_plain = name and name.isascii() and all(letter.isalnum() or letter in _SAFE for letter in name)
    return name if is_plain else "'" + name.replace("'", "'\"'\"'") + "'"

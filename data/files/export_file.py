"""Writing an export: private, complete or not at all, and over an existing file only if asked to."""

import errno
import os
import stat
from pathlib import Path

from msgspec import Struct

from data.base.errors import NotAllowedError, NotFoundError, SaveError
from data.base.text import clean_line
from data.files.disk import DISK, Disk, UnconfirmedError, create_file, explain, replace_file


class ExportedFile(Struct, frozen=True):
    """An export that was written.

    Attributes:
        path: Where, as given.
        private: Whether only the person can read it; file systems such as exFAT have no owners.
        doubt: Why it may not survive a power cut, a sentence, or "".
    """

    path: Path
    private: bool
    doubt: str = ""

    def describe(self, what: str = "Wrote") -> str:
        """Return what to tell the person, such as "Wrote wins.csv (readable only by you)."."""
        note = " (readable only by you)" if self.private else ". Others on this computer can read it"
        return f"{what} {clean_line(str(self.path))}{note}. {self.doubt}".rstrip()


def write_export(path: Path, data: bytes, *, journal: Path, force: bool, disk: Disk = DISK) -> ExportedFile:
    """Write a file that survives a power cut, readable only by the person where the file system allows it.

    Args:
        path: Where.
        data: Its content.
        journal: The journal; it is never overwritten.
        force: Whether to replace an existing file.
        disk: The system calls.

    Raises:
        NotAllowedError: It would replace the journal, a folder, or a file without `force`.
        NotFoundError: Its folder doesn't exist.
        SaveError: It can't be written; an existing file is unchanged.
    """
    try:
        real = Path(os.path.realpath(path))
        _check_place(path, real, journal, force=force)
        doubt = _write(path, real, data, disk, force=force)
    except FileExistsError as error:
        raise _taken() from error
    except OSError as error:
        raise SaveError(explain(error, "Nothing was written").message, "Choose another place.") from error
    return ExportedFile(path, _is_private(real), doubt)


def _is_private(path: Path) -> bool:
    try:
        return not stat.S_IMODE(path.stat().st_mode) & 0o077
    except OSError:
        return False  # it is written, but who can read it is unknown


def _check_place(path: Path, real: Path, journal: Path, *, force: bool) -> None:
    if real == Path(os.path.realpath(journal)):
        raise NotAllowedError("That is the journal itself.", "Choose another name.")
    if (mode := _mode(real)) is not None and not stat.S_ISREG(mode):
        if stat.S_ISDIR(mode):
            raise NotAllowedError("That is a folder.", "Name a file in it.")
        # A device or a pipe; replacing it would break other programs.
        raise NotAllowedError("That is not a regular file.", "Choose the name of a new one.")
    if not force and os.path.lexists(path):
        raise _taken()
    if not real.parent.is_dir():
        raise NotFoundError(f"The folder {real.parent} doesn't exist.", "Create it, or choose another.")


def _mode(path: Path) -> int | None:
    try:
        return path.stat().st_mode
    except OSError as error:
        if error.errno in {errno.ENOENT, errno.ENOTDIR, errno.ELOOP}:
            return None
        raise


def _taken() -> NotAllowedError:
    return NotAllowedError("A file with that name already exists.", "Choose another name, or --force to replace it.")


def _write(path: Path, real: Path, data: bytes, disk: Disk, *, force: bool) -> str:
    """Write the file, and return why the disk did not confirm it, or ""."""
    try:
        if force:
            replace_file(real, [data], disk)
        else:
            create_file(path, [data], disk)
    except UnconfirmedError as error:
        return str(explain(error, "The disk did not confirm it").message)
    return ""

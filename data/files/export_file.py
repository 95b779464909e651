"""Putting an export in its place: private, whole or not at all, and never over something without being told to."""

import os
from pathlib import Path

from data.base.errors import NotAllowedError, NotFoundError, SaveError
from data.files.disk import DISK, explain, replace_file


def write_export(path: Path, data: bytes, *, journal: Path, force: bool) -> None:
    """Write a file that only the person can read.

    Args:
        path: Where.
        data: What it holds.
        journal: The journal, which is never overwritten.
        force: Whether to replace a file that is there.

    Raises:
        NotAllowedError: It would replace something it may not.
        NotFoundError: Its folder is not there.
        SaveError: It can't be written; then what was there is as it was.
    """
    real = Path(os.path.realpath(path))
    if real == Path(os.path.realpath(journal)):
        raise NotAllowedError("That is the journal itself.", "Choose another name.")
    if real.is_dir():
        raise NotAllowedError("That is a folder.", "Name a file in it.")
    if path.exists() and not path.is_file():  # a device or a pipe; what takes its place breaks other programs
        raise NotAllowedError("That is not a regular file.", "Choose the name of a new one.")
    if not force and os.path.lexists(path):
        raise NotAllowedError("There is a file of that name already.", "Choose another name, or --force to replace it.")
    if not real.parent.is_dir():
        raise NotFoundError(f"There is no folder {real.parent}.", "Make it, or choose another.")
    try:
        _write(path, real, data, force=force)
    except OSError as error:
        raise SaveError(explain(error, "Nothing was written").message, "Choose another place.") from error


def _write(path: Path, real: Path, data: bytes, *, force: bool) -> None:
    if force:
        replace_file(real, [data])
    else:
        _write_new(path, data)


def _write_new(path: Path, data: bytes) -> None:
    """Write a file that must not be there: `Disk.create` sees to it, should another program be faster."""
    fd = DISK.create(path)
    try:
        with os.fdopen(fd, "wb") as stream:
            stream.write(data)
    except BaseException:
        path.unlink(missing_ok=True)
        raise

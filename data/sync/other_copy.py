"""Copies of a journal that lie elsewhere: reading one, and noticing those that a synced folder left beside it."""

import os
import re
import stat
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Final

from data.base.errors import JournalFileError
from data.files.disk import explain
from data.storage.contents import Contents
from data.storage.decoder import decode_journal
from data.sync.two_journals import Copy
from data.sync.writes import field_times

_OPEN: Final = os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK
SIZE_LIMIT: Final = 500_000_000
"""Bytes of a copy that is read: ten times a journal of 100,000 wins."""
_NAME_ONE: Final = "Name a copy of the journal."
_MARKS: Final = (
    r" \(.*conflict.*\)",  # Dropbox and Nextcloud: wins (Ada's conflicted copy 2026-11-20).json
    r"_conflict-\d{8}-\d{6}",  # older Nextcloud and ownCloud
    r"\.sync-conflict-\d{8}-\d{6}(-[A-Z0-9]{7})?",  # Syncthing
    r" \(\d+\)",  # browsers and Google Drive: wins (1).json
    r" \d+",  # iCloud: wins 2.json
    r"-[A-Za-z0-9][A-Za-z0-9-]{1,62}",  # OneDrive: wins-LAPTOP.json
)
"""What a program that syncs a folder puts between a file's name and its ending when two computers wrote it."""


def read_copy(path: Path, now: datetime) -> Copy:
    """Return the journal in a file that is only read.

    Args:
        path: The file; the journal of another computer, a backup, or the copy of a conflict.
        now: The moment, UTC.

    Raises:
        JournalFileError: It is no journal, or can't be read.
    """
    contents = read_contents(path, now)
    return Copy(contents.journal, field_times(contents.history, contents.journal))


def read_contents(path: Path, now: datetime) -> Contents:
    """Return all that a journal's file holds, which is only read.

    Raises:
        JournalFileError: It is no journal, or can't be read.
    """
    try:
        data = _bytes(path)
    except FileNotFoundError as error:
        raise JournalFileError(f"There is no file {path}.", _NAME_ONE) from error
    except OSError as error:
        raise JournalFileError(explain(error, "The copy could not be read").message, _NAME_ONE) from error
    return decode_journal(data, now)


def _bytes(path: Path) -> bytes:
    fd = os.open(path, _OPEN)
    try:
        found = os.fstat(fd)
        if not stat.S_ISREG(found.st_mode):
            raise JournalFileError("That is not a plain file.", _NAME_ONE)
        if found.st_size > SIZE_LIMIT:
            raise JournalFileError("That file is too large for a journal.", _NAME_ONE)
        with os.fdopen(fd, "rb", closefd=False) as file:
            return file.read()
    finally:
        os.close(fd)


def conflict_copies(journal: Path) -> list[Path]:
    """Return the files beside a journal that a synced folder made of it in a conflict, oldest name first.

    Args:
        journal: Its real path.
    """
    return sorted(_conflict_copies(journal))


def _conflict_copies(journal: Path) -> Iterator[Path]:
    name = re.compile(f"{re.escape(journal.stem)}({'|'.join(_MARKS)}){re.escape(journal.suffix)}", re.IGNORECASE)
    try:
        with os.scandir(journal.parent) as found:
            names = [entry.name for entry in found if name.fullmatch(entry.name) and entry.is_file()]
    except OSError:
        return
    yield from (journal.with_name(each) for each in names if _is_journal(journal.with_name(each)))


def _is_journal(path: Path) -> bool:
    """Return whether a file begins as a journal does: other files may have such names, too."""
    try:
        with path.open("rb") as file:
            head = file.read(4096)
    except OSError:
        return False
    return head.lstrip().startswith(b"{") and (b'"meta"' in head or b'"wins"' in head)

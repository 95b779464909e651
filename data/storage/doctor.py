"""Checking the whole journal: the file, every record, the history, the backups and leftover files.

Repairs are made only when asked for, only where nothing is guessed, and only after a backup.
"""

import os
import stat
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Final

from data.base.errors import JournalFileError
from data.files.disk import (
    DISK,
    PRIVATE_FILE,
    PRIVATE_FOLDER,
    Disk,
    UnconfirmedError,
    explain,
    find_temp_files,
    remove_temp_files,
    replace_file,
)
from data.files.drafts import existing_drafts
from data.files.known_journals import why_gone
from data.files.locations import APP
from data.files.lock import lock_path, locked
from data.files.plain_file import read_plain_file
from data.history.history import is_damaged
from data.storage import backups, decoder, record_checks
from data.storage.record_checks import Finding
from data.storage.store import Store

Now = Callable[[], datetime]
_MARKED: Final = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


def check_journal(path: Path, now: Now) -> list[Finding]:
    """Return all problems of a journal and the files that belong to it; nothing is changed.

    Args:
        path: The journal; may be a symbolic link.
        now: The clock, UTC.
    """
    real = Path(os.path.realpath(path))
    return [*_of_file(path, real, now), *_of_modes(real), *_of_strays(real), *_of_lock(real), *_of_backups(real)]


def _of_file(path: Path, real: Path, now: Now) -> Iterator[Finding]:
    if _mode(real) is None and (gone := why_gone(real)):
        yield Finding(str(gone))
        return
    if not os.path.lexists(real) and os.access(real.parent, os.X_OK):
        if backups.list_backups(real):
            yield Finding(f"The journal is gone: {path}. {backups.restore_advice(real)}")
        return
    try:
        store = Store(path, now)
    except JournalFileError as error:
        yield Finding(str(error), "Rewritten as UTF-8." if _recoded(real, now) else "")
        return
    yield from record_checks.check_records(store.journal)
    if any(is_damaged(entry) for entry in store.history):
        yield Finding("The history has entries that can't be read.", "Removed.")
    if not store.is_own:
        yield Finding("Another program wrote the file in its own format.", "Rewritten; nothing was lost.")


def _recoded(real: Path, now: Now) -> bytes | None:
    """Return the file re-encoded as UTF-8, if only its encoding is wrong."""
    try:
        data = read_plain_file(real)
        encoding = next(name for mark, name in _MARKED if data.startswith(mark))
        again = data.decode(encoding).encode()
        decoder.decode_journal(again, now())
    except (OSError, StopIteration, UnicodeError, JournalFileError):
        return None
    return again


def _of_modes(real: Path) -> Iterator[Finding]:
    for path, mode in _private(real):
        if (_mode(path) or 0) & ~mode:
            yield Finding(f"Other users can read {path}.", f"Mode set to {mode:o}.")
    if not _is_ours(real.parent) and _mode(real) is not None and (_mode(real.parent) or 0) & stat.S_IWOTH:
        yield Finding(f"Anyone can write to the journal's folder: {real.parent}.")


def _private(real: Path) -> Iterator[tuple[Path, int]]:
    """Yield the existing files and folders that should be private, and the mode each should have."""
    folder = backups.backup_folder(real)
    if _is_ours(real.parent):
        yield real.parent, PRIVATE_FOLDER
    if os.path.isdir(folder):  # noqa: PTH112  # Path.is_dir raises where the disk does
        yield folder, PRIVATE_FOLDER
    files = (real, lock_path(real), *existing_drafts(real), *(backup.path for backup in backups.list_backups(real)))
    yield from ((path, PRIVATE_FILE) for path in files if _is_file(path))


def _is_ours(folder: Path) -> bool:
    """Return whether a folder is this program's; the mode of any other is the person's choice."""
    return folder.name == APP and os.path.isdir(folder)  # noqa: PTH112  # as above


def _is_file(path: Path) -> bool:
    return os.path.isfile(path) and not os.path.islink(path)  # noqa: PTH113, PTH114  # as above


def _mode(path: Path) -> int | None:
    """Return the mode of a file, or None if the system can't say."""
    try:
        return stat.S_IMODE(path.stat().st_mode)
    except OSError:
        return None


def _of_strays(real: Path) -> Iterator[Finding]:
    for path in (*find_temp_files(real), *backups.backup_temp_files(real)):
        yield Finding(f"A program that was killed left a temporary file: {path}.", "Removed.")


def _of_lock(real: Path) -> Iterator[Finding]:
    path = lock_path(real)
    if os.path.lexists(path) and not _is_file(path):
        yield Finding(f"The lock is not a regular file, so nothing can be saved: {path}. Remove it.")


def _of_backups(real: Path) -> Iterator[Finding]:
    for backup in backups.list_backups(real):
        if backup.reason in {"restore", "fix"}:
            continue  # kept as they were, perhaps damaged
        if trouble := backups.check_backup(backup).trouble:
            yield Finding(f"The backup {backup.path.name} can't be used. {trouble}")


def repair_journal(path: Path, now: Now, disk: Disk = DISK) -> list[str]:
    """Repair what needs no guessing, after a backup, and return a sentence for each repair.

    Args:
        path: The journal; may be a symbolic link.
        now: The clock, UTC.
        disk: The system calls.

    Raises:
        SmallWinsError: It can't be backed up or saved; it is unchanged.
    """
    real = Path(os.path.realpath(path))
    found = check_journal(path, now)
    if not any(finding.remedy for finding in found):
        return []
    try:
        _repair_form(path, real, now, disk)
        _repair_beside(real, disk)
    except OSError as error:
        raise explain(error, "Not everything could be repaired") from error
    left = {finding.what for finding in check_journal(path, now)}
    return [f"{finding.what} {finding.remedy}" for finding in found if finding.remedy and finding.what not in left]


def _repair_form(path: Path, real: Path, now: Now, disk: Disk) -> None:
    """Repair the file: its encoding, its records, its history."""
    again = _recoded(real, now)
    if again is not None:
        with locked(real):
            backups.make_backup(real, "fix", now(), disk)
            with suppress(UnconfirmedError):  # it is written; the next change confirms it
                replace_file(real, [again], disk)
    try:
        store = Store(path, now, disk=disk)
    except JournalFileError:
        return  # can't be repaired; the findings say so
    if store.is_own and not record_checks.repair_records(store.journal).put and not any(map(is_damaged, store.history)):
        return
    store.back_up("fix")
    store.change("repair", record_checks.repair_records)
    store.tidy()


def _repair_beside(real: Path, disk: Disk) -> None:
    """Repair modes, and remove the temporary files of killed processes."""
    for path, mode in _private(real):
        path.chmod((_mode(path) or 0) & mode)
    if find_temp_files(real) or backups.backup_temp_files(real):
        with locked(real):
            remove_temp_files(real, disk)
            for path in backups.backup_temp_files(real):
                disk.remove(path)

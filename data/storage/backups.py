"""Backups in a folder next to the journal: of 7 days, of 8 weeks, and before every large change.

A name has the moment (UTC), a number, and the reason: `2026-11-20T120000.000000Z-12-day.json`. The newest backups are
those with the highest numbers, whatever the dates: a clock that was wrong for a week must not cost a backup.
"""

import os
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Final, Literal

from msgspec import Struct

from data.base.errors import BusyError, JournalFileError, NotFoundError
from data.base.formatting import plural
from data.files.disk import DISK, Disk, UnconfirmedError, explain, make_folders, replace_file, shell_name
from data.files.file_version import FileStamp, stamp_of
from data.files.known_journals import unmounted_disk
from data.files.lock import HeldLock, locked
from data.files.plain_file import read_plain_file
from data.storage import decoder

BackupReason = Literal["day", "import", "restore", "form", "fix", "asked", "merge", "copy"]
DAILY_BACKUPS: Final = 7
WEEKLY_BACKUPS: Final = 8
OTHER_BACKUPS: Final = 10
"""The most backups that are kept apart from daily and weekly ones."""
_MOMENT: Final = "%Y-%m-%dT%H%M%S.%fZ"
_NAME: Final = r"([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{6}\.[0-9]{6}Z)(?:-([0-9]{1,9}))?-([a-z]+)\.json"


class Backup(Struct, frozen=True):
    """A copy of the journal.

    Attributes:
        path: Where it is.
        made: When, UTC, by the clock at that time.
        reason: "day", "import", "restore", "form" (before a file of another program or version is rewritten), "fix"
            (before a repair), "merge" (before another copy is merged), "copy" (that copy) or "asked".
        number: Counts up; 0 for backups of earlier versions.
    """

    path: Path
    made: datetime
    reason: str
    number: int = 0


class CheckedBackup(Struct, frozen=True):
    """A backup that was checked.

    Attributes:
        size: In bytes.
        wins: The number of wins, including those in the trash.
        trouble: Why it can't be read, a sentence, or "".
    """

    backup: Backup
    size: int
    wins: int = 0
    trouble: str = ""


class RestoredJournal(Struct, frozen=True):
    """A journal that was restored.

    Attributes:
        source: The backup.
        wins: The number of wins in it.
        replaced: The backup of the journal before, or None if there was none.
        doubt: Why it may not survive a power cut, a sentence, or "".
    """

    source: Path
    wins: int
    replaced: Backup | None
    doubt: str = ""


def backup_folder(journal: Path) -> Path:
    """Return the backup folder of a journal, given its real path."""
    return journal.with_name(f"{journal.name}.backups")


def list_backups(journal: Path) -> list[Backup]:
    """Return the backups of a journal, newest first; none if the folder can't be read."""
    try:
        found = list(_backups(backup_folder(journal).iterdir()))
    except OSError:
        return []
    return sorted(found, key=lambda backup: (backup.number, backup.path.name), reverse=True)


def _backups(paths: Iterable[Path]) -> Iterator[Backup]:
    for path in paths:
        if (match := re.fullmatch(_NAME, path.name)) and (made := _moment(match[1])):
            yield Backup(path=path, made=made, reason=match[3], number=int(match[2] or 0))


def _moment(name: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(name)
        moment.astimezone()
    except (ValueError, OverflowError):  # the last day of the calendar may have no local time
        return None
    return moment


def check_backup(backup: Backup) -> CheckedBackup:
    """Read a backup as if to restore it."""
    try:
        data = read_plain_file(backup.path)
    except OSError as error:
        return CheckedBackup(backup, 0, trouble=explain(error, "It can't be read").message)
    try:
        wins = len(decoder.decode_journal(data, backup.made).journal.wins)
    except JournalFileError as error:
        return CheckedBackup(backup, len(data), trouble=error.message)
    return CheckedBackup(backup, len(data), wins=wins)


def newest_good_backup(journal: Path) -> CheckedBackup | None:
    """Return the newest backup that can be restored."""
    return next((checked for backup in list_backups(journal) if not (checked := check_backup(backup)).trouble), None)


def restore_advice(journal: Path) -> str:
    """Return what to do about an unreadable journal: the newest good backup and the command to restore it."""
    good = newest_good_backup(journal)
    if good is None:
        return (
            "None of its backups can be read. Copy the file before you try to repair it by hand."
            if list_backups(journal)
            else "If it belongs to another program, name a file of your own with --file. If it is your journal, copy "
            "it before you try to repair it by hand."
        )
    made = good.backup.made.astimezone().strftime("%Y-%m-%d %H:%M")
    wins = "1 win" if good.wins == 1 else f"{good.wins:,} wins"
    return f"The newest good backup is from {made}, with {wins}. To restore it: {restore_command(journal, good.backup)}"


def restore_command(journal: Path, backup: Backup) -> str:
    """Return the command that restores a backup, ready to paste."""
    return f"smallwins --file {shell_name(journal)} restore {backup.path.name}"


def make_backup(
    journal: Path, reason: BackupReason, now: datetime, disk: Disk = DISK, source: Path | None = None
) -> Backup | None:
    """Back up the journal as it is on the disk, and remove old backups. The caller holds the lock.

    Args:
        journal: Its real path.
        reason: Why.
        now: The moment, UTC.
        disk: The system calls.
        source: Another copy of the journal to back up instead.

    Returns:
        The backup, or None if there is no journal yet.

    Raises:
        SaveError: The backup can't be written.
    """
    try:
        try:
            data = read_plain_file(source or journal)
        except FileNotFoundError:
            return None
        make_folders(backup_folder(journal), disk)
        backup = _free(journal, reason, now)
        replace_file(backup.path, [data], disk)
    except OSError as error:
        raise explain(error, "No backup could be made") from error
    _thin(journal, disk)
    return backup


def _free(journal: Path, reason: BackupReason, now: datetime) -> Backup:
    """Return the next backup."""
    moment = now.astimezone(UTC)
    number = max((backup.number for backup in list_backups(journal)), default=0) + 1
    path = backup_folder(journal) / f"{moment.strftime(_MOMENT)}-{number}-{reason}.json"
    return Backup(path=path, made=moment, reason=reason, number=number)


def has_daily_backup(journal: Path, now: datetime) -> bool:
    """Return whether there is a backup of this local day, among the latest: clocks can be wrong."""
    days = [backup for backup in list_backups(journal) if backup.reason == "day"]
    return any(_day(backup.made) == _day(now) for backup in days[:DAILY_BACKUPS])


def _day(moment: datetime) -> date:
    return moment.astimezone().date()


def _thin(journal: Path, disk: Disk) -> None:
    found = list_backups(journal)
    keep = {backup.path for backup in backups_to_keep(found)}
    for path in (*backup_temp_files(journal), *(backup.path for backup in found if backup.path not in keep)):
        with suppress(OSError):  # an extra backup does no harm
            disk.remove(path)


def backup_temp_files(journal: Path) -> list[Path]:
    """Return the temporary files that killed processes left among the backups."""
    try:
        found = [path for path in backup_folder(journal).iterdir() if path.match(".*.json.*.tmp")]
    except OSError:
        return []
    return [path for path in found if re.fullmatch(_NAME, path.name[1:-21])]


def backups_to_keep(last_first: Sequence[Backup]) -> list[Backup]:
    """Return the backups to keep: of the latest 7 days and 8 weeks the first each, and the latest 10 others.

    Args:
        last_first: All of them, newest first; days and weeks are counted in this order, whatever their dates.
    """
    days = [backup for backup in last_first if backup.reason == "day"]
    by_day = {_day(backup.made): backup for backup in days}
    by_week = {_day(backup.made).isocalendar()[:2]: backup for backup in days}
    others = [backup for backup in last_first if backup.reason != "day"]
    chosen = [*list(by_day.values())[:DAILY_BACKUPS], *list(by_week.values())[:WEEKLY_BACKUPS], *others[:OTHER_BACKUPS]]
    return list({backup.path: backup for backup in chosen}.values())


def describe_retention(journal: Path) -> str:
    """Return a sentence on how long backups keep what was permanently deleted, or "" without backups."""
    found = list_backups(journal)
    if not found:
        return ""
    lasting = any(backup.reason != "day" for backup in found)
    rest = f"; those of other changes stay until there are {OTHER_BACKUPS} newer ones" if lasting else ""
    return (
        f"{plural(len(found), 'backup')} may still hold it, for about {WEEKLY_BACKUPS} weeks{rest}. "
        f"To be rid of it now, delete {shell_name(backup_folder(journal))}"
    )


def find_backup(journal: Path, name: str) -> Path:
    """Return the path of a backup, given its name or any path.

    Raises:
        NotFoundError: No such file.
    """
    named = backup_folder(journal) / name
    for path in (named, Path(name)):
        if os.path.isfile(path):  # noqa: PTH113  # False for names too long or with a zero in them; Path.is_file raises
            return path
    raise NotFoundError("No such backup.", "`smallwins backup --list` shows them.")


def restore_journal(journal: Path, source: Path, now: datetime, disk: Disk = DISK) -> RestoredJournal:
    """Restore a backup, whatever state the journal is in; the journal is backed up first.

    Args:
        journal: The journal's real path.
        source: The backup.
        now: The moment, UTC.
        disk: The system calls.

    Raises:
        JournalFileError: The backup is damaged, or the journal's disk isn't mounted; nothing changes.
        SaveError: The journal can't be backed up or written; it is unchanged.
    """
    if mount := unmounted_disk(journal):
        raise JournalFileError(f"The disk of the journal is not mounted: {mount}", "Connect it, then try again.")
    try:
        data = read_plain_file(source)
        wins = len(decoder.decode_journal(data, now).journal.wins)
        make_folders(journal.parent, disk)
        with locked(journal) as lock:
            stamp = _stamp(journal)
            replaced = make_backup(journal, "restore", now, disk)
            doubt = _put_back(journal, data, disk, lambda: _check_same(journal, stamp, lock))
    except OSError as error:
        raise explain(error, "Nothing was restored") from error
    except JournalFileError as error:
        raise JournalFileError(f"That backup can't be used. {error.message}", "Choose another one.") from error
    return RestoredJournal(source, wins, replaced, doubt)


def _put_back(journal: Path, data: bytes, disk: Disk, check: Callable[[], None]) -> str:
    """Write the journal, and return why the disk did not confirm it, or ""."""
    try:
        replace_file(journal, [data], disk, check)
    except UnconfirmedError as error:
        return explain(error, "The disk did not confirm it").message
    return ""


def _stamp(journal: Path) -> FileStamp | None:
    try:
        return stamp_of(journal.stat())
    except FileNotFoundError:
        return None


def _check_same(journal: Path, stamp: FileStamp | None, lock: HeldLock) -> None:
    """Raise if the journal about to be replaced isn't the one that was backed up."""
    if not lock.is_current() or _stamp(journal) != stamp:
        raise BusyError("Nothing was restored: another program changed the journal meanwhile.", "Try again.")

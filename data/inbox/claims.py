"""The files of an inbox: found, moved out of the way of those who write them, and read whole.

A file is renamed before it is brought in, so whoever writes next begins a new one; what was renamed is found again
after a crash by its name, `.inbox.txt.20261120.0123456789abcdef.inbox`, which keeps the day it was written.
"""

import codecs
import errno
import fcntl
import os
import re
import signal
import stat
from collections.abc import Iterable
from contextlib import suppress
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Final

from msgspec import Struct

from data.base.errors import NotAllowedError
from data.exchange.importing.source import EmptyFileError, source_of
from data.files.disk import PRIVATE_FILE, Disk, explain
from data.files.plain_file import open_plain_file
from data.inbox.entries import InboxEntry, read_entries

_MAX_BYTES: Final = 4_000_000
"""Bytes of one file."""
_MAX_FILES: Final = 1_000
"""Files of a folder that are brought in at once; the others are next."""
_MAX_STEM: Final = 180
"""Bytes of a file's name that are kept; most file systems take 255."""
_UNFINISHED: Final = 5.0
"""Seconds within which a last line without an end may still be written."""
_SUFFIXES: Final = frozenset({".txt", ".text", ".md", ".markdown"})
"""The files of a folder that are taken."""
_CLAIM: Final = re.compile(r"\.(?P<name>.+)\.(?P<day>\d{8})\.[0-9a-f]{16}\.inbox")
_CONFLICT: Final = r".+( \(.*conflict.*\)|_conflict-\d{8}-\d{6}|\.sync-conflict-\d{8}-\d{6}(-[A-Z0-9]{7})?)"
"""What Dropbox, Nextcloud and Syncthing name a file that was written on two computers, without its ending."""
_NUMBERED: Final = r".+( \(\d+\)| \d+|-[A-Z0-9][A-Z0-9-]{2,62})"
"""The same by iCloud, Google Drive and OneDrive: in a folder of many files that is any file's name."""


class InboxPlace(Struct, frozen=True):
    """Where an inbox is.

    Attributes:
        folder: The folder of its files.
        name: The name of the one file, or "" where all of the folder are.
    """

    folder: Path
    name: str = ""

    @property
    def path(self) -> Path:
        """The file or the folder."""
        return self.folder / self.name

    def is_copy(self, name: str) -> bool:
        """Return whether a name is that of a conflict copy."""
        stem, suffix = os.path.splitext(name)  # noqa: PTH122 - a name, not a path
        if not self.name:
            return re.fullmatch(_CONFLICT, stem, re.IGNORECASE) is not None
        own, ending = os.path.splitext(self.name)  # noqa: PTH122 - as above
        marks = re.fullmatch(_CONFLICT, stem, re.IGNORECASE) or re.fullmatch(_NUMBERED, stem)
        return marks is not None and suffix == ending and stem.startswith(own) and stem[: len(own)] + marks[1] == stem

    def key_of(self, name: str) -> str:
        """Return what tells a file of a folder from the others: its name, without the mark of a conflict."""
        stem, suffix = os.path.splitext(name)  # noqa: PTH122 - as above
        marks = re.fullmatch(_CONFLICT, stem, re.IGNORECASE)
        return "" if self.name else f"{stem[: marks.start(1)] if marks else stem}{suffix}"

    def owns(self, name: str) -> bool:
        """Return whether a name in the folder is one of the inbox's files."""
        if self.name:
            return name == self.name or self.is_copy(name)
        return not name.startswith(".") and Path(name).suffix.lower() in _SUFFIXES


class Claim(Struct, frozen=True):
    """A file that was moved out of the way.

    Attributes:
        path: Where it is now.
        name: The name it had.
        day: The day it was written, as its name says.
    """

    path: Path
    name: str
    day: date


class FileText(Struct, frozen=True):
    """A file as it was read.

    Attributes:
        text: What it says.
        size: Its bytes.
        written: When it was last written.
        is_finished: Whether nobody has it open for writing, and its last line has an end or is old.
    """

    text: str
    size: int
    written: datetime
    is_finished: bool


def find_place(path: Path) -> InboxPlace:
    """Return the place of an inbox; a link is followed.

    Raises:
        OSError: It can't be looked at.
    """
    real = Path(os.path.realpath(path))
    with suppress(FileNotFoundError):
        if stat.S_ISDIR(real.stat().st_mode):
            return InboxPlace(real)
    return InboxPlace(real.parent, real.name)


def list_files(place: InboxPlace) -> tuple[list[Path], list[Claim]]:
    """Return the files of an inbox, and those that somebody moved out of the way before and did not finish.

    Raises:
        OSError: The folder can't be read.
    """
    with os.scandir(place.folder) as found:
        names = sorted(entry.name for entry in found)
    files = [place.folder / name for name in names if place.owns(name)][:_MAX_FILES]
    claims = [(name, match) for name in names if (match := _CLAIM.fullmatch(name)) and place.owns(match["name"])]
    return files, [claim for name, match in claims if (claim := _claim_of(place.folder / name, match)) is not None]


def _claim_of(path: Path, match: "re.Match[str]") -> Claim | None:
    try:
        return Claim(path, match["name"], date.fromisoformat(match["day"]))
    except ValueError:
        return None


def without_twins(files: Iterable[Path], claims: Iterable[Claim], disk: Disk) -> list[Claim]:
    """Return the claims that are files of their own: one whose drain was killed while it put it back has two names."""
    seen = {_inode(path) for path in files}
    kept: list[Claim] = []
    for claim in claims:
        inode = _inode(claim.path)
        if inode is not None and inode in seen:
            remove_claim(claim, disk)
        else:
            kept.append(claim)
            seen.add(inode)
    return kept


def _inode(path: Path) -> tuple[int, int] | None:
    try:
        found = path.lstat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def read_inbox_file(path: Path, now: datetime) -> FileText:
    """Read a file of an inbox.

    Raises:
        NotAllowedError: It is a link, too large, or no text.
        OSError: It can't be read, or is no plain file.
    """
    if path.is_symlink():
        raise NotAllowedError("It is a link.", "Put the file itself there.")
    fd = open_plain_file(path)
    with os.fdopen(fd, "rb") as file:
        is_open = _is_written(file.fileno())
        data = file.read(_MAX_BYTES + 1)
        found = os.fstat(file.fileno())
    # The clock of the device that wrote it may be ahead; that of the change (a rename, an arrival) is this computer's.
    written = datetime.fromtimestamp(min(found.st_mtime, found.st_ctime), UTC)
    if len(data) > _MAX_BYTES:
        raise NotAllowedError(f"It has more than {_MAX_BYTES // 1_000_000} MB.", "`smallwins import` reads it.")
    text = _text_of(data)
    is_ended = not text or text.endswith("\n") or abs((now - written).total_seconds()) > _UNFINISHED
    return FileText(text, len(data), written, is_ended and not is_open)


def _is_written(fd: int) -> bool:
    """Return whether another program has a file open for writing; only Linux can say, by refusing a lease."""
    if not hasattr(fcntl, "F_SETLEASE"):
        return False
    try:
        fcntl.fcntl(fd, fcntl.F_SETSIG, signal.SIGURG)  # should somebody open it now: a signal that does nothing
        fcntl.fcntl(fd, fcntl.F_SETLEASE, fcntl.F_RDLCK)
        fcntl.fcntl(fd, fcntl.F_SETLEASE, fcntl.F_UNLCK)
    except OSError as error:
        return error.errno == errno.EAGAIN
    return False


def _text_of(data: bytes) -> str:
    """Return bytes as text; programs that write to one file may each have an encoding of their own."""
    if b"\0" in data:
        return _other(data)
    lines = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n").removeprefix(codecs.BOM_UTF8).split(b"\n")
    known = [_utf8(line) for line in lines]
    if None in known and not any(line and not line.isascii() for line in known):
        return _other(data)  # all of it is in one encoding, which can be guessed
    return "\n".join(
        line.decode("cp1252", "replace") if text is None else text for line, text in zip(lines, known, strict=True)
    )


def _utf8(line: bytes) -> str | None:
    try:
        return line.decode()
    except UnicodeDecodeError:
        return None


def _other(data: bytes) -> str:
    try:
        return source_of(data).text
    except EmptyFileError:
        return ""


def take(path: Path, day: date, disk: Disk) -> Claim | None:
    """Move a file out of the way, or return None if somebody else just did.

    Raises:
        OSError: It can't be moved.
    """
    name = _short(path.name)
    target = path.with_name(f".{name}.{day:%Y%m%d}.{os.urandom(8).hex()}.inbox")
    try:
        disk.replace(path, target)
    except FileNotFoundError:
        return None
    return Claim(target, name, day)


def _short(name: str) -> str:
    """Return a name that leaves room for a day and a number; phones name files by the words in them."""
    stem, suffix = os.path.splitext(name)  # noqa: PTH122 - as above
    cut = stem.encode(errors="ignore")[:_MAX_STEM].decode(errors="ignore")
    return f"{cut}{suffix}" if len(os.fsencode(name)) > _MAX_STEM else name


def give_back(claim: Claim, disk: Disk) -> None:
    """Put a file back where it was, unless a new one was begun there; then it is found again by the next look."""
    with suppress(OSError):
        disk.link(claim.path, claim.path.with_name(claim.name))
        disk.remove(claim.path)


def put_refused(claim: Claim, entries: Iterable[InboxEntry], disk: Disk) -> None:
    """Put back what could not be used, unless it is there already; once this returns it is on the disk.

    Raises:
        OSError: It can't be written.
    """
    path = claim.path.with_name(claim.name)
    existing = _existing(path)
    known = {(entry.words, entry.story) for entry in read_entries(existing)}
    missing = [entry.text() for entry in entries if (entry.words, entry.story) not in known]
    if not missing:
        return
    begin = "" if not existing or existing.endswith("\n") else "\n"
    fd = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, PRIVATE_FILE)
    try:
        left = memoryview("".join((begin, *(f"{text}\n" for text in missing))).encode())
        while left:
            left = left[disk.write(fd, left) :]
        disk.sync(fd)
    finally:
        disk.close(fd)
    disk.sync_folder(path.parent)


def _existing(path: Path) -> str:
    try:
        with os.fdopen(open_plain_file(path), "rb") as file:
            return _text_of(file.read(_MAX_BYTES))
    except FileNotFoundError:
        return ""


def describe_problem(name: str, error: Exception) -> str:
    """Return why a file was left where it is, in a sentence."""
    if isinstance(error, OSError):
        return explain(error, f"{name} can't be used").message
    return f"{name} was left as it is. {error}"


def describe_unfinished(name: str, error: Exception) -> str:
    """Return why a file is still in the inbox that came in, in a sentence."""
    begin = f"{name} came in, but could not be removed"
    why = explain(error, begin).message if isinstance(error, OSError) else f"{begin}. {error}"
    return f"{why} That is tried again next time, and nothing comes in twice."


def remove_claim(claim: Claim, disk: Disk) -> None:
    """Remove a file whose wins are in the journal."""
    with suppress(FileNotFoundError):
        disk.remove(claim.path)

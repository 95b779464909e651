"""Unsaved text of forms, kept in a file that survives a crash: one file per window.

It lies next to the journal, or in the state folder where that can't be written. A window locks the number of its file
while it has one, so two windows never share drafts, and the next start finds what a crash left.
"""

import errno
import fcntl
import os
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final

import msgspec
from msgspec import Struct, structs

from data.base.errors import NotFoundError, SaveError
from data.base.text import clean_line, clean_text
from data.files.disk import DISK, PRIVATE_FILE, Disk, explain, keep_owner, make_folders, replace_file
from data.files.locations import journal_key, state_path
from data.files.plain_file import read_plain_file

_MOST: Final = 16
"""The most windows of one journal that can keep drafts."""
_MAX_BYTES: Final = 4_000_000
_LOCK: Final = os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC


class Draft(Struct, frozen=True):
    """What the person typed into a form.

    Attributes:
        fields: The text of each field, by the form's names.
        win: The id of the record that was being edited, or None for a new one.
        form: Which form it is from: "win", "goal" or "recall".
    """

    fields: dict[str, str]
    win: str | None = None
    form: str = "win"

    @property
    def key(self) -> "DraftKey":
        """What it is a draft of; there is one of each."""
        return self.form, self.win


DraftKey = tuple[str, str | None]
"""A form, and the id of the record that is edited in it, or None for a new one."""


class _Held(Struct):
    """The number of this window's file, and the open files that hold the lock on it."""

    number: int
    locks: list[int]


_HELD: Final[dict[Path, _Held]] = {}
_THREADS: Final = threading.RLock()


def save_drafts(journal: Path, drafts: Sequence[Draft], disk: Disk = DISK) -> None:
    """Save the drafts of this window in place of the previous ones; without any, remove the file.

    Args:
        journal: The path of the journal.
        drafts: The text of each form so far, the latest last.
        disk: The system calls.

    Raises:
        SaveError: They can be written neither next to the journal nor in the state folder, or not be removed.
    """
    with _THREADS:
        if drafts:
            _write(journal, msgspec.json.encode([_cleaned(draft) for draft in drafts]), disk)
        elif held := _held(journal):
            _remove(journal, held)


def _write(journal: Path, data: bytes, disk: Disk) -> None:
    held = _held(journal) or _hold(journal, lambda _: True)
    if held is None:
        raise SaveError("The draft could not be saved: too many windows have one.", "Close one of them.")
    errors = []
    for path in _files(journal)[held.number]:
        try:
            replace_file(path, [data], disk)
        except OSError as error:
            errors.append(error)
        else:
            return
    raise explain(errors[0], "The draft could not be saved") from errors[0]


def _remove(journal: Path, held: _Held) -> None:
    try:
        for path in _files(journal)[held.number]:
            path.unlink(missing_ok=True)
    except OSError as error:
        raise explain(error, "The draft could not be removed") from error
    _release(journal)


def load_drafts(journal: Path) -> tuple[Draft, ...]:
    """Return the drafts of this window, or those left by a window that is gone, the latest last."""
    with _THREADS:
        files = _files(journal)
        held = _held(journal) or _hold(journal, lambda number: bool(_read(files[number])))
        return () if held is None else _read(files[held.number])


def draft_path(journal: Path, number: int = 0) -> Path:
    """Return the path of a file of drafts next to the journal."""
    return journal.with_name(f".{journal.name}.draft{f'-{number}' if number else ''}")


def existing_drafts(journal: Path) -> list[Path]:
    """Return the files with drafts of a journal."""
    return [path for paths in _files(journal) for path in paths if os.path.lexists(path)]


def _files(journal: Path) -> list[list[Path]]:
    """Return the paths of drafts by their number: next to the journal, and in the state folder."""
    second = _second_home(journal)
    firsts = [draft_path(journal, number) for number in range(_MOST)]
    return [[first, *([second / first.name.removeprefix(".")] if second is not None else [])] for first in firsts]


def _second_home(journal: Path) -> Path | None:
    """Return the folder for drafts of a journal in the state folder; journals of the same name have different ones."""
    with suppress(NotFoundError):
        return state_path().with_name("drafts") / journal_key(journal)
    return None


def _read(paths: Sequence[Path]) -> tuple[Draft, ...]:
    """Return drafts, of their two files the newer; links, pipes and files of other users are ignored."""
    found = [pair for path in paths if (pair := _decoded(path)) is not None]
    return max(found, key=lambda pair: pair[0])[1] if found else ()


def _decoded(path: Path) -> tuple[int, tuple[Draft, ...]] | None:
    """Return when drafts were written (nanoseconds), and the drafts; an earlier version wrote one alone."""
    try:
        found = msgspec.json.decode(read_plain_file(path, _MAX_BYTES, own=True), type=list[Draft] | Draft)
        when = path.stat().st_mtime_ns
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return None
    return when, tuple(_cleaned(draft) for draft in ([found] if isinstance(found, Draft) else found))


def _cleaned(draft: Draft) -> Draft:
    fields = {clean_line(name): clean_text(value) for name, value in draft.fields.items()}
    return structs.replace(draft, fields=fields)


def _held(journal: Path) -> _Held | None:
    return _HELD.get(journal.absolute())


def _hold(journal: Path, wanted: Callable[[int], bool]) -> _Held | None:
    """Lock the first wanted number that no other window holds."""
    numbers = [number for number in range(_MOST) if wanted(number)]
    locks = list(_open_locks(journal)) if numbers else []
    for number in numbers:
        if _lock(locks, number):
            return _HELD.setdefault(journal.absolute(), _Held(number, locks))
    for fd in locks:
        os.close(fd)
    return None


def _release(journal: Path) -> None:
    for fd in _HELD.pop(journal.absolute()).locks:
        os.close(fd)


def _open_locks(journal: Path) -> Iterator[int]:
    """Yield the open lock file in each folder that can be written."""
    for path in _files(journal)[0]:
        with suppress(OSError):
            if path.parent != journal.parent:
                make_folders(path.parent)
            fd = os.open(path.with_name(f"{path.name}.lock"), _LOCK, PRIVATE_FILE)
            keep_owner(fd, path.parent)
            yield fd


def _lock(locks: list[int], number: int) -> bool:
    """Lock the byte at a number in every lock file, or in none if another window holds one.

    A file system without locks counts as locked.
    """
    for place, fd in enumerate(locks):
        try:
            fcntl.lockf(fd, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, number)
        except OSError as error:
            if error.errno in {errno.EAGAIN, errno.EACCES}:
                for taken in locks[:place]:
                    fcntl.lockf(taken, fcntl.LOCK_UN, 1, number)
                return False
    return True

"""Where journals were: a journal whose disk isn't there must not be begun anew in silence.

They are remembered in `journals.json` in the state folder: paths, and where the file system of each was mounted. Losing
that file loses nothing but the warning.
"""

import os
from contextlib import suppress
from pathlib import Path
from typing import Final

import msgspec

from data.base.errors import JournalFileError, NotFoundError
from data.files.disk import make_folders, replace_file, shell_name
from data.files.locations import state_path
from data.files.plain_file import read_plain_file

_LIMIT: Final = 200
"""Journals that are remembered."""
_MAX_BYTES: Final = 1_000_000


def remember_journal(path: Path) -> None:
    """Remember that there is a journal at a real path; where the state folder can't be written, nobody is bothered."""
    known = _known()
    if known.pop(str(path), None) == (mount := _mount_of(path)):
        return
    newest = dict([*known.items(), (str(path), mount)][-_LIMIT:])
    with suppress(OSError, NotFoundError):
        make_folders(_file().parent)
        replace_file(_file(), [msgspec.json.encode(newest)])


def why_gone(path: Path) -> JournalFileError | None:
    """Return why a journal is not there that was, or None where it may be begun.

    Args:
        path: A real path at which there is no file.
    """
    if mount := unmounted_disk(path):
        hint = "Connect it, then try again. For a new journal, name another file with --file."
        return JournalFileError(f"The disk of the journal is not mounted: {mount}", hint)
    if str(path) in _known() and not os.path.lexists(path.parent):
        hint = f"If it is on another disk, connect that. For a new journal, run: mkdir -p {shell_name(path.parent)}"
        return JournalFileError(f"The folder of the journal is gone: {path.parent}", hint)
    return None


def unmounted_disk(path: Path) -> str:
    """Return where the file system of a journal was mounted, if nothing is mounted there now, or ""."""
    mount = _known().get(str(path), "")
    return mount if mount and not os.path.ismount(mount) else ""


def _file() -> Path:
    return state_path().with_name("journals.json")


def _known() -> dict[str, str]:
    try:
        return msgspec.json.decode(read_plain_file(_file(), _MAX_BYTES), type=dict[str, str])
    except (OSError, NotFoundError, msgspec.MsgspecError, UnicodeDecodeError):
        return {}


def _mount_of(path: Path) -> str:
    """Return where the file system of a path is mounted, "" for the one of the whole system."""
    place = next((folder for folder in path.parents if os.path.ismount(folder)), path)
    return "" if place in {path, place.parent} else str(place)

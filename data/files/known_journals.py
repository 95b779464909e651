"""Known journals: one whose disk is missing must not silently be started again.

`journals.json` in the state folder holds their paths and mount points. Losing it loses nothing but the warning.
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
"""The most journals that are remembered."""
_MAX_BYTES: Final = 1_000_000


def remember_journal(path: Path) -> None:
    """Remember a journal by its real path. An unwritable state folder is ignored."""
    known = _known()
    if known.pop(str(path), None) == (mount := _mount_of(path)):
        return
    newest = dict([*known.items(), (str(path), mount)][-_LIMIT:])
    with suppress(OSError, NotFoundError):
        make_folders(_file().parent)
        replace_file(_file(), [msgspec.json.encode(newest)])


def why_gone(path: Path) -> JournalFileError | None:
    """Return why a known journal is missing, or None if a new one may be started.

    Args:
        path: A real path without a file.
    """
    if mount := unmounted_disk(path):
        hint = "Connect it, then try again. For a new journal, name another file with --file."
        return JournalFileError(f"The disk of the journal is not mounted: {mount}", hint)
    if str(path) in _known() and not os.path.lexists(path.parent):
        hint = f"If it is on another disk, connect that. For a new journal, run: mkdir -p {shell_name(path.parent)}"
        return JournalFileError(f"The folder of the journal is gone: {path.parent}", hint)
    return None


def unmounted_disk(path: Path) -> str:
    """Return the mount point of a known journal if nothing is mounted there now, else ""."""
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
    """Return the mount point of a path, "" for the root file system."""
    place = next((folder for folder in path.parents if os.path.ismount(folder)), path)
    return "" if place in {path, place.parent} else str(place)

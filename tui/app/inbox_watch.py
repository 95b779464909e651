"""The inbox while the app is open: looked at beside the journal's file, drained in line with what is saved."""

import os
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from data.base.errors import SmallWinsError
from data.files.locations import inbox_path
from data.storage.store import Saved
from tui.app.host import JournalHost
from tui.app.save_queue import SaveQueue, Task

if TYPE_CHECKING:
    from data.inbox.drain import Drained

_LABEL: Final = "import the inbox"


class InboxWatch:
    """Looks at the inbox, one system call each time, and brings in what came.

    Nothing of it is imported until something came, or was left by a drain that was killed.

    Args:
        host: The app.
        saves: Where a drain stands in line.
    """

    def __init__(self, host: JournalHost, saves: SaveQueue) -> None:
        self._host = host
        self._saves = saves
        self._seen: tuple[int, ...] | None = None
        self._waits = False
        self._found: tuple[str, Path] | None = None
        self._problems: tuple[str, ...] = ()

    def look(self) -> None:
        """Look now; call it in a thread, for the disk may be slow."""
        try:
            place = self._place()
            stamp = _stamp_of(place)
            begins = self._seen is None
            if (stamp == self._seen and not self._waits) or (begins and not stamp and not _was_left(place)):
                self._seen = stamp
                return
        except (SmallWinsError, OSError):
            return  # no home folder, or one that can't be read: the next look may be luckier
        self._seen, self._waits = stamp, False
        if stamp or begins:
            self._saves.add(Task(_LABEL, partial(self._drain, place)))

    def _place(self) -> Path:
        """Return where the inbox is; found out once for each setting, so that a look is one system call."""
        named = self._host.settings.inbox
        if self._found is None or self._found[0] != named:
            self._found, self._seen = (named, inbox_path(self._host.path, named)), None
        return self._found[1]

    def _drain(self, place: Path) -> Saved:
        from data.inbox.drain import drain  # noqa: PLC0415 - not before the first frame, nor for who has no inbox

        store = self._saves.store
        if store.read_only:
            return Saved(store.journal, _LABEL)  # nobody asked for it now; the board says that it is read-only
        done = drain(store, place, self._host.clock)
        self._waits = done.waits  # what was seen stays: whatever was written meanwhile differs from it
        self._host.call_later(self._tell, done)
        return done.saved or Saved(store.journal, _LABEL)

    def _tell(self, done: "Drained") -> None:
        """Say what came in, and once why something did not."""
        if said := done.describe():
            self._host.say(said, *(("undo", "undoes") if done.wins else ()))
        problems = (*done.problems, *done.unfinished)
        if problems and problems != self._problems:
            self._host.complain(SmallWinsError(" ".join(problems[:3])))
        self._problems = problems


def _stamp_of(place: Path) -> tuple[int, ...]:
    """Return what tells whether something came; () where there is nothing."""
    try:
        found = os.stat(place)  # noqa: PTH116 - one system call, in what a look costs
    except OSError:
        return ()
    return found.st_mtime_ns, found.st_size, found.st_ino


def _was_left(place: Path) -> bool:
    """Return whether a drain was killed there, or the folder of the inbox is gone, which the drain then says.

    Raises:
        OSError: The folder can't be read.
    """
    try:
        with os.scandir(place.parent) as found:
            return any(entry.name.startswith(".") and entry.name.endswith(".inbox") for entry in found)
    except FileNotFoundError:
        return True

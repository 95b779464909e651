"""Copies of the journal that a synced folder left beside it: noticed at the start, joined on one key."""

import os
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tui.app.host import JournalHost
from tui.app.save_queue import SaveQueue, Task

if TYPE_CHECKING:
    from data.storage.store import Saved
    from data.sync.two_journals import Copy

_QUESTION: Final = "Another copy of your journal is here. Join the two?"
_DETAIL: Final = "A synced folder made it. Nothing of either is lost."
_AFTER_NAME: Final = (" ", "_", ".", "-")
"""What follows the journal's name in that of a copy; other names need no closer look."""


class ConflictCopies:
    """Looks for copies once, in a thread, and asks whether to join them.

    Args:
        host: The app.
        saves: Where the join stands in line.
    """

    def __init__(self, host: JournalHost, saves: SaveQueue) -> None:
        self._host = host
        self._saves = saves
        self._path = Path(os.path.realpath(host.path))

    def look(self) -> None:
        """Look now."""
        self._host.run_worker(self._look, group="copies", thread=True, exclusive=True)

    def _look(self) -> None:
        name, suffix = self._path.name, self._path.suffix
        begins = tuple(f"{self._path.stem}{mark}" for mark in _AFTER_NAME)
        try:
            names = os.listdir(self._path.parent)  # noqa: PTH208 - names are all that is looked at
        except OSError:
            return
        if any(found.startswith(begins) and found.endswith(suffix) and found != name for found in names):
            from data.sync.take_in import conflicts_with  # noqa: PLC0415 - paid for by those who have one

            copies = dict(conflicts_with(self._host.journal, self._path, self._host.now()))
            if copies:
                self._host.call_later(self._ask, copies)

    def _ask(self, found: "dict[Path, Copy]") -> None:
        from tui.dialogs.confirm import Confirm  # noqa: PLC0415 - dialogs are imported when they open

        names = "\n".join(path.name for path in found)
        question = Confirm(_QUESTION, yes="Join", no="Later", detail=f"{names}\n{_DETAIL}")
        self._host.push_screen(question, partial(self._answered, found))

    def _answered(self, found: "dict[Path, Copy]", sure: bool | None) -> None:  # noqa: FBT001 - what the dialog returns
        for path, copy in found.items() if sure else ():
            self._saves.add(Task("join a copy", partial(self._join, path, copy)))

    def _join(self, path: Path, copy: "Copy") -> "Saved":
        from data.sync.take_in import put_away, take_in  # noqa: PLC0415 - as above

        store = self._saves.store
        store.back_up("merge")
        saved = store.change("join a copy", take_in(copy, lambda: store.history))
        put_away(self._path, path, self._host.now())
        self._host.call_later(self._host.say, f"Joined with {path.name}, which is a backup now", "undo", "undoes")
        return saved

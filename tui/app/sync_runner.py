"""Passes of sync while the app is open: in a process of their own, which nobody waits for."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Final

from textual.app import App
from textual.timer import Timer

if TYPE_CHECKING:
    from data.sync.sync_folder import SyncStatus

_EVERY: Final = 300.0
"""Seconds between two passes."""
_AFTER_SAVE: Final = 15.0
"""Seconds after the last change until it is sent."""
_PAUSES: Final = (60.0, 300.0, 1800.0)
"""Seconds to wait after one, two and more passes that failed."""


class SyncRunner:
    """Starts `smallwins sync --quiet` at the start, after changes, now and then, and on leaving.

    The app sees what a pass brought as it sees any other program's change. Where sync is not set up nothing is imported
    and nothing started.

    Args:
        app: Gives the timers.
        journal: The journal's file.
        shown: Called when there is something else to show.
    """

    def __init__(self, app: App[None], journal: Path, shown: Callable[[], None]) -> None:
        self._app = app
        self._journal = Path(os.path.realpath(journal))
        self._shown = shown
        self._process: subprocess.Popen[bytes] | None = None
        self._soon: Timer | None = None
        self._failed = 0
        self.label = ""

    @property
    def is_set_up(self) -> bool:
        """Whether this journal is kept with other devices."""
        return os.path.exists(self._folder / "config.json")  # noqa: PTH110 - False where the system can't say

    @property
    def is_running(self) -> bool:
        """Whether a pass is under way."""
        return self._process is not None and self._process.poll() is None

    @property
    def _folder(self) -> Path:
        return self._journal.with_name(f"{self._journal.name}.sync")

    def begin(self, leaving: list[Callable[[], None]]) -> None:
        """Make the first pass, and say so when the app is left.

        Args:
            leaving: What is called when the app ends.
        """
        if self.is_set_up:
            leaving.append(self.run)
            self._app.set_interval(_EVERY, self.run)
            self._read_label()
            self.run()

    def changed(self) -> None:
        """Send a change soon; more of them are sent together."""
        if not self.is_set_up:
            return
        if self._soon is not None:
            self._soon.stop()
        self._soon = self._app.set_timer(_AFTER_SAVE, self.run)

    def run(self) -> None:
        """Start a pass, unless one is under way."""
        if self.is_running:
            return
        command = [sys.executable, "-P", "-m", "tui", "--file", str(self._journal), "sync", "--quiet"]
        try:
            self._process = subprocess.Popen(  # noqa: S603 - our own program
                command,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )
        except OSError:
            return  # no more processes: the next one is soon enough
        self._app.set_timer(0.5, self._look)

    def _look(self) -> None:
        """See whether the pass has ended, and show how."""
        if self._process is None or (code := self._process.poll()) is None:
            self._app.set_timer(0.5, self._look)
            return
        self._failed = self._failed + 1 if code else 0
        if self._failed:
            self._app.set_timer(_PAUSES[min(self._failed, len(_PAUSES)) - 1], self.run)
        self._read_label()

    def _read_label(self) -> None:
        from data.sync.sync_folder import SyncFolder  # noqa: PLC0415 - paid for by those who sync

        self.label = label_of(SyncFolder(self._journal).status)
        self._shown()


def label_of(status: "SyncStatus | None") -> str:
    """Return where sync stands in a few words: calm while it is only offline."""
    if status is None:
        return ""
    if not status.trouble:
        return f"synced {status.when.astimezone():%H:%M}"
    waiting = f" · {status.to_send} to send" if status.to_send else ""
    return f"offline{waiting}" if status.offline else "sync needs you: `smallwins sync`"

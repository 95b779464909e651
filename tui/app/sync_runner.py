"""Passes of sync while the app is open: in a process of their own, which nobody waits for."""

import os
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Final, Protocol

from textual.app import App
from textual.timer import Timer

from data.base.errors import SmallWinsError

if TYPE_CHECKING:
    from data.sync.sync_folder import SyncStatus

_EVERY: Final = 300.0
"""Seconds between two passes."""
_AFTER_SAVE: Final = 15.0
"""Seconds after the last change until it is sent."""
_PAUSES: Final = (60.0, 300.0, 1800.0)
"""Seconds to wait after one, two and more passes that failed."""
_LOOK_EVERY: Final = 0.5
"""Seconds between two looks at whether a pass has ended."""
_LOOKS: Final = 10
"""Looks at whether a pass of another program has ended."""
_SET_UP: Final = "Sync is not set up. `smallwins sync setup WHERE` does that."


class SyncScreen(Protocol):
    """Where the runner shows itself."""

    def show_state(self) -> None:
        """Show again where sync stands."""

    def say(self, text: str) -> None:
        """Tell the person something in passing."""

    def complain(self, error: SmallWinsError) -> None:
        """Say what could not be done, and what to do about it."""


class SyncRunner:
    """Starts `smallwins sync --quiet` at the start, after changes, now and then, and on leaving.

    The app sees what a pass brought as it sees any other program's change. Where sync is not set up nothing is imported
    and nothing started.

    Args:
        app: Gives the timers.
        journal: The journal's file.
        screen: Where it shows itself.

    Attributes:
        label: Where sync stands, in a few words.
    """

    def __init__(self, app: App[None], journal: Path, screen: SyncScreen) -> None:
        self._app = app
        self._journal = Path(os.path.realpath(journal))
        self._screen = screen
        self._process: subprocess.Popen[bytes] | None = None
        self._next: Timer | None = None
        self._due = self._ends = 0.0
        self._failed = 0
        self._changes = 0
        self._sending = 0
        self._status: SyncStatus | None = None
        self.label = ""

    @property
    def is_set_up(self) -> bool:
        """Whether this journal is kept with other devices."""
        return os.path.exists(self._folder / "config.json")  # noqa: PTH110 - False where the system can't say

    @property
    def needs_person(self) -> bool:
        """Whether the last pass failed for something that only the person can change."""
        return self._status is not None and bool(self._status.trouble) and not self._status.offline

    @property
    def is_running(self) -> bool:
        """Whether a pass is under way."""
        return self._process is not None and self._process.poll() is None

    @property
    def _folder(self) -> Path:
        return self._journal.with_name(f"{self._journal.name}.sync")

    def begin(self, leaving: list[Callable[[], object]]) -> None:
        """Make the first pass, and one more when the app is left.

        Args:
            leaving: What is called when the app ends.
        """
        leaving.append(self._leave)
        if self.is_set_up:
            self._read_status()
            self.run()

    def _leave(self) -> None:
        if self.is_set_up:
            self._start()

    def look(self, tries: int = _LOOKS) -> None:
        """See what another program did: a pass, as of `smallwins sync` in a shell, or a change that is to be sent.

        Args:
            tries: How often to look: a pass changes the journal first, and ends some time later.
        """
        if not self.is_set_up or self.is_running:
            return
        self._show_status()
        if not self._was_sent() and tries:
            self._app.set_timer(_LOOK_EVERY, partial(self.look, tries - 1))
        else:
            self._run_in(_EVERY if self._was_sent() else _AFTER_SAVE)

    def changed(self) -> None:
        """Send a change soon; more of them are sent together."""
        if self.is_set_up:
            self._changes += 1
            self.label = label_of(self._status, self._changes)
            self._run_in(_AFTER_SAVE)
        else:
            self._turn_off()

    def _turn_off(self) -> None:
        """Show nothing of sync, as after `smallwins sync off` in a shell."""
        self.label, self._status = "", None

    def run(self) -> None:
        """Start a pass; while one is under way, soon after it."""
        if self.is_running:
            self._run_in(_AFTER_SAVE)
        elif self._start():
            self._app.set_timer(_LOOK_EVERY, self._look)

    def tell(self) -> None:
        """Say how the last pass ended, and what it needs."""
        if not self.is_set_up:
            self._turn_off()
            self._screen.show_state()
            self._screen.say(_SET_UP)
            return
        from data.sync.sync_folder import describe_status  # noqa: PLC0415 - paid for by those who sync

        self._read_status()
        said = describe_status(self._status, _to_send(self._status, self._changes))
        if self._status is not None and self._status.trouble:
            self._screen.complain(SmallWinsError(said))
        else:
            self._screen.say(said)

    def _run_in(self, seconds: float) -> None:
        """Make the next pass in so many seconds; a timer that ends sooner only looks, for making one costs more."""
        self._due = monotonic() + seconds
        if self._next is None or self._ends > self._due:
            self._wait(seconds)

    def _wait(self, seconds: float) -> None:
        if self._next is not None:
            self._next.stop()
        self._ends = monotonic() + seconds
        self._next = self._app.set_timer(seconds, self._run_when_due)

    def _run_when_due(self) -> None:
        self._next = None
        if (left := self._due - monotonic()) > 0:
            self._wait(left)
        else:
            self.run()

    def _start(self) -> bool:
        """Start a process that makes a pass; it goes on when the app has ended. Return whether there is one."""
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
            self._run_in(_PAUSES[0])  # no more processes: the next one is soon enough
            return False
        self._sending = self._changes
        return True

    def _look(self) -> None:
        """See whether the pass has ended, and show how."""
        if self._process is None or (code := self._process.poll()) is None:
            self._app.set_timer(_LOOK_EVERY, self._look)
            return
        self._failed = self._failed + 1 if code else 0
        self._changes -= self._sending
        self._sending = 0
        self._run_in(self._pause())
        self._show_status()

    def _pause(self) -> float:
        """Return how many seconds it is until the next pass."""
        if self._failed:
            return _PAUSES[min(self._failed, len(_PAUSES)) - 1]
        return _AFTER_SAVE if self._changes else _EVERY

    def _show_status(self) -> None:
        """Show how the last pass ended, and say what it has to tell, once."""
        told = self._status.notes if self._status is not None else ()
        self._read_status()
        self._screen.show_state()
        notes = self._status.notes if self._status is not None else ()
        if new := [note for note in notes if note not in told]:
            self._screen.say(" ".join(new))

    def _read_status(self) -> None:
        from data.sync.sync_folder import SyncFolder  # noqa: PLC0415 - paid for by those who sync

        self._status = SyncFolder(self._journal).status
        if self._is_newer_than_journal():
            self._changes = self._sending = 0  # the status counts them
        self.label = label_of(self._status, self._changes)

    def _was_sent(self) -> bool:
        """Return whether a pass, no matter who made it, ended well after the journal was changed last."""
        return self._status is not None and not self._status.trouble and self._is_newer_than_journal()

    def _is_newer_than_journal(self) -> bool:
        """Return whether a pass ended after the journal was changed last."""
        try:
            return (self._folder / "status.json").stat().st_mtime_ns > self._journal.stat().st_mtime_ns
        except OSError:
            return False


def label_of(status: "SyncStatus | None", changes: int = 0) -> str:
    """Return where sync stands in a few words: calm while it is only offline.

    Args:
        status: How the last pass ended.
        changes: How many changes were made since.
    """
    waiting = _to_send(status, changes)
    to_send = f"{waiting:,} to send" if waiting else ""
    if status is None or not status.trouble:
        synced = f"synced {status.when.astimezone():%H:%M}" if status is not None else ""
        return to_send or synced
    return " · ".join(filter(None, ("offline", to_send))) if status.offline else "sync needs you · !"


def _to_send(status: "SyncStatus | None", changes: int) -> int:
    return changes + (status.to_send if status is not None else 0)

"""The ways out of the app: asked by the person, by a signal, by a terminal that is gone."""

import asyncio
import signal
from collections.abc import Callable
from contextlib import suppress
from types import FrameType
from typing import Final

from textual.app import App

from data.base.errors import SmallWinsError
from data.base.formatting import plural
from tui.app.draft_keeper import DraftKeeper
from tui.app.key_queue import KeyQueue
from tui.app.save_queue import SaveQueue, Task

_LOOK_EVERY: Final = 0.05
"""Seconds between two looks at whether everything is saved."""
_PATIENCE: Final = 3.0
"""Seconds after which the person is told what quitting waits for, and may quit all the same."""


class Shutdown:
    """Ends the app in order: first all that was typed has its effect, then everything is saved, then drafts are kept.

    Args:
        app: The app.
        saves: What is on its way to the file.
        keys: What is typed and not done yet.
        drafts: Keeps the text of a form that is open.
        ending: Called when it begins to end for good, for who must see to it that it does; from a signal, too.

    Attributes:
        leaving: Called at the very end, when everything is saved.
    """

    def __init__(
        self,
        app: App[None],
        saves: SaveQueue,
        keys: KeyQueue,
        drafts: DraftKeeper,
        ending: Callable[[], None],
    ) -> None:
        self._app = app
        self._saves = saves
        self._keys = keys
        self._drafts = drafts
        self.leaving: list[Callable[[], object]] = []
        self._ending = ending
        self._quitting = False
        self._insisted = False
        self._retried = False

    def hear_signals(self) -> None:
        """End in order when the terminal closes or the system asks.

        The handlers are Python's own, not the loop's: a loop that waits for a terminal which reads nothing any more,
        or for an editor, would never come to them.
        """
        loop = asyncio.get_running_loop()

        def heard(_signal: int, _frame: FrameType | None) -> None:
            self._ending()
            loop.call_soon_threadsafe(self._end_in_order)

        for name in ("SIGTERM", "SIGHUP"):
            if hasattr(signal, name):
                signal.signal(getattr(signal, name), heard)

    def quit(self) -> None:
        """Quit once everything before has had its effect; a second request after a while quits at any rate."""
        if self._insisted:
            self._end()
        elif not self._quitting:
            self._quitting = True
            self._app.set_timer(_PATIENCE, self._let_insist)
            self._keys.when_done(self._quit_once_saved)

    def _let_insist(self) -> None:
        if self._quitting:
            self._insisted = True
            self._app.notify("Press ctrl+q again to quit anyway.", title="Not everything is saved.", severity="warning")

    def _quit_once_saved(self) -> None:
        if not self._saves.idle:
            self._app.set_timer(_LOOK_EVERY, self._quit_once_saved)
        elif failed := len(self._saves.failed):
            question = f"{plural(failed, 'change is', 'changes are')} not saved. Quit anyway?"
            self._ask(question, yes="Quit", no="Stay", then=self._end)
        else:
            self._app.run_worker(self._look_at_file, thread=True, group="leave")

    def _look_at_file(self) -> None:
        """Find out whether memory is the last copy; in a thread, since an unreachable disk may block it for good."""
        problem = "" if self._saves.store.read_only else self._saves.store.file_problem()
        self._app.call_later(self._ask_to_write if problem else self._end, *([problem] if problem else []))

    def _ask_to_write(self, problem: str) -> None:
        self._ask(f"{problem}\n\nWrite it again before you quit?", yes="Write and quit", no="Stay", then=self._write)

    def _write(self) -> None:
        """Write the journal again from memory, and quit once that is done; else all is as it was."""
        self._saves.add(Task("write again", self._saves.store.write_again))
        self.quit()

    def _ask(self, question: str, *, yes: str, no: str, then: Callable[[], None]) -> None:
        from tui.dialogs.confirm import Confirm  # noqa: PLC0415 - dialogs are imported when they open

        def answered(sure: bool | None) -> None:  # noqa: FBT001 - what the dialog returns
            self._quitting = self._insisted = False
            if sure:
                then()

        self._app.push_screen(Confirm(question, yes=yes, no=no), answered)

    def _end_in_order(self) -> None:
        """End without a question, once all that was done and typed before has had its effect."""
        self._keys.when_done(self._end_once_saved)

    def _end_once_saved(self) -> None:
        if not self._saves.idle or self._keys.has_more:
            self._app.set_timer(_LOOK_EVERY, self._end_in_order)
        elif self._saves.failed and not self._retried:
            self._retried = True
            self._saves.retry()
            self._end_in_order()
        else:
            self._app.run_worker(self._save_last_copy, thread=True, group="leave")

    def _save_last_copy(self) -> None:
        """Write the journal again if memory is its last copy, since nobody can be asked; in a thread."""
        store = self._saves.store
        with suppress(SmallWinsError):
            if not store.read_only and store.file_problem():
                store.write_again()
        self._app.call_later(self._end)

    def _end(self) -> None:
        """End now; a form that is open is kept as a draft."""
        self._ending()
        self._drafts.keep()
        for part in self.leaving:
            part()
        self._app.exit(return_code=self._app.return_code or 0)

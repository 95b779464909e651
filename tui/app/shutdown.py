"""The ways out of the app: asked by the person, by a signal, by a terminal that is gone."""

import asyncio
import signal
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

from textual.app import App

from data.base.formatting import plural
from tui.app.draft_keeper import DraftKeeper
from tui.app.key_queue import KeyQueue
from tui.app.save_queue import SaveQueue

if TYPE_CHECKING:
    from types import FrameType

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
        self.leaving: list[Callable[[], None]] = []
        self._ending = ending
        self._quitting = False
        self._insisted = False

    def hear_signals(self) -> None:
        """End in order when the terminal closes or the system asks.

        The handlers are Python's own, not the loop's: a loop that waits for a terminal which reads nothing any more,
        or for an editor, would never come to them.
        """
        loop = asyncio.get_running_loop()

        def heard(_signal: int, _frame: "FrameType | None") -> None:
            self._ending()
            loop.call_soon_threadsafe(self._end_in_order)

        for name in ("SIGTERM", "SIGHUP"):
            if hasattr(signal, name):
                signal.signal(getattr(signal, name), heard)

    def quit(self) -> None:
        """Quit once all that was done before has had its effect; who asks again after a while is not held up."""
        if self._insisted:
            self._end()
        elif not self._quitting:
            self._quitting = True
            self._app.set_timer(_PATIENCE, self._let_insist)
            self._keys.when_done(self._quit_once_saved)

    def _let_insist(self) -> None:
        if self._quitting:
            self._insisted = True
            self._app.notify("Not everything is saved. Press ctrl+q again to quit anyway.", severity="warning")

    def _quit_once_saved(self) -> None:
        if not self._saves.idle:
            self._app.set_timer(_LOOK_EVERY, self._quit_once_saved)
        elif self._saves.failed:
            self._ask()
        else:
            self._app.call_later(self._end)

    def _ask(self) -> None:
        from tui.dialogs.confirm import Confirm  # noqa: PLC0415 - dialogs are imported when they open

        question = f"{plural(len(self._saves.failed), 'change is', 'changes are')} not saved. Leave without?"
        self._app.push_screen(Confirm(question, yes="Leave", no="Stay"), self._answered)

    def _answered(self, sure: Any) -> None:  # noqa: ANN401 - a bool, or None
        self._quitting = self._insisted = False
        if sure:
            self._end()

    def _end_in_order(self) -> None:
        """End without a question, once all that was done and typed before has had its effect."""
        self._keys.when_done(self._end_once_saved)

    def _end_once_saved(self) -> None:
        if self._saves.idle and not self._keys.has_more:
            self._end()
        else:
            self._app.set_timer(_LOOK_EVERY, self._end_in_order)

    def _end(self) -> None:
        """End now; a form that is open is kept as a draft."""
        self._ending()
        self._drafts.keep()
        for part in self.leaving:
            part()
        self._app.exit(return_code=self._app.return_code or 0)

"""Doing something once it has been quiet for a while."""

from collections.abc import Callable

from textual.app import App
from textual.timer import Timer


class Debounce:
    """Calls something some seconds after the last request for it.

    Args:
        app: Whose timers are used.
        seconds: How long it must be quiet.
        call: What is done then.
    """

    def __init__(self, app: App[None], seconds: float, call: Callable[[], object]) -> None:
        self._app = app
        self._seconds = seconds
        self._call = call
        self._timer: Timer | None = None

    def request(self) -> None:
        """Ask for it; the wait begins again."""
        self.cancel()
        self._timer = self._app.set_timer(self._seconds, self._call)

    def cancel(self) -> None:
        """Ask for it no more."""
        if self._timer is not None:
            self._timer.stop()
            self._timer = None

"""How much waits for a review."""

from collections.abc import Callable
from typing import Final

from textual.app import App

from tui.app.debounce import Debounce
from tui.app.host import Shown

COUNT_AFTER: Final = 0.3
"""Seconds after the last change until what waits for a review is counted."""


class DueCounter:
    """Counts a moment after the last change, in a thread: it looks at every win, so not at each key.

    Args:
        app: Runs the thread.
        shown: Returns what to count in.
        changed: Called in the app's own turn when the number is another one.

    Attributes:
        waiting: How many things wait, when last counted.
    """

    def __init__(self, app: App[None], shown: Callable[[], Shown], changed: Callable[[], None]) -> None:
        self.waiting = 0
        self._app = app
        self._shown = shown
        self._changed = changed
        self._soon = Debounce(app, COUNT_AFTER, self._begin)

    def request(self) -> None:
        """Count soon."""
        self._soon.request()

    def _begin(self) -> None:
        self._app.run_worker(self._count, thread=True, group="count", exclusive=True)

    def _count(self) -> None:
        from data.review.reviews import waiting  # noqa: PLC0415 - the first frame does without

        shown = self._shown()
        self._app.call_later(self._take, waiting(shown.journal, shown.settings, shown.day))

    def _take(self, waiting: int) -> None:
        if waiting != self.waiting:
            self.waiting = waiting
            self._changed()

"""How much waits for a review."""

from collections.abc import Callable
from pathlib import Path
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
        journal: The journal's file, whose week the shell's line is told to be reviewed.
        changed: Called in the app's own turn when the number is another one.

    Attributes:
        waiting: How many wins wait, when last counted; None before that.
        invitation: The line that invites to the review on its day, or "".
    """

    def __init__(self, app: App[None], shown: Callable[[], Shown], journal: Path, changed: Callable[[], None]) -> None:
        self.waiting: int | None = None
        self.invitation = ""
        self._app = app
        self._shown = shown
        self._journal = journal
        self._stamp = ""
        self._changed = changed
        self._soon = Debounce(app, COUNT_AFTER, self._begin)

    def request(self) -> None:
        """Count soon."""
        self._soon.request()

    def _begin(self) -> None:
        self._app.run_worker(self._count, thread=True, group="count", exclusive=True)

    def _count(self) -> None:
        from data.review.reviews import describe_invitation, what_is_due  # noqa: PLC0415 - as the first frame needs none

        shown = self._shown()
        due = what_is_due(shown.journal, shown.settings, shown.day)
        self._silence_shell(shown)
        self._app.call_later(self._take, due.unsorted, describe_invitation(shown.journal, due, shown.day))

    def _silence_shell(self, shown: Shown) -> None:
        """Let the shell's line know that the week is reviewed, here or on another device."""
        from data.files.locations import review_stamp_path  # noqa: PLC0415 - as above
        from data.review.shell_line import describe_stamp, write_stamp  # noqa: PLC0415

        stamp = describe_stamp(shown.journal, shown.settings, shown.day)
        path = review_stamp_path(self._journal) if stamp not in ("", self._stamp) else None
        if path is not None:
            write_stamp(path, stamp)
            self._stamp = stamp

    def _take(self, waiting: int, invitation: str) -> None:
        if (waiting, invitation) != (self.waiting, self.invitation):
            self.waiting, self.invitation = waiting, invitation
            self._changed()

"""What becomes of an error that nobody foresaw: a sentence, and a place to be printed at the end."""

from collections import deque
from functools import cached_property
from time import monotonic
from typing import Final

from rich.console import RenderableType
from rich.text import Text

from data.base.errors import SmallWinsError
from tui.app.alerts import Alerts
from tui.app.textual_internals import NetUnderneath
from tui.system.crash_report import UnexpectedError, crash_report, root_of

_MANY: Final = 20
"""Errors within `_WITHIN` that are a loop, which no person can break."""
_WITHIN: Final = 5.0
"""Seconds."""


class ErrorLog:
    """The bugs that were met in one run.

    Attributes:
        reports: Where each of them was, each place once.
    """

    def __init__(self) -> None:
        self.reports: list[str] = []
        self._recent: deque[float] = deque(maxlen=_MANY)

    def add(self, error: BaseException) -> None:
        """Take note of an error."""
        report = crash_report(error)
        if report not in self.reports:
            self.reports.append(report)
        self._recent.append(monotonic())

    def forgive(self) -> None:
        """Begin to look for a loop again."""
        self._recent.clear()

    @property
    def is_loop(self) -> bool:
        """Whether errors come faster than a person makes them."""
        return len(self._recent) == _MANY and self._recent[-1] - self._recent[0] < _WITHIN


class ErrorNet(NetUnderneath, Alerts):
    """An app that says in a sentence that it failed, goes on, and tells where when it ends.

    Attributes:
        has_begun: Whether there is something on the screen to go on with.
    """

    has_begun = False

    @cached_property
    def errors(self) -> ErrorLog:
        """The bugs that were met."""
        return ErrorLog()

    def catch(self, error: Exception) -> None:
        """Say that something failed, and go on; at the start, end."""
        self.complain(UnexpectedError(root_of(error)))
        if not self.has_begun:
            self.exit(return_code=1)
        elif self.errors.is_loop:
            self._break_loop()
        else:
            self.call_later(self._close_empty)

    def _close_empty(self) -> None:
        """Close a dialog that could not even be composed: nothing but an alert is in it."""
        if len(self.screen_stack) > 1 and not self.screen.query_children().exclude("Alert"):
            self.pop_screen()

    def _break_loop(self) -> None:
        """Close the dialog that fails over and over; of a page, end. The text of a form is kept as a draft."""
        self.errors.forgive()
        if len(self.screen_stack) > 1:
            self.pop_screen()
        else:
            self.exit(return_code=1)

    def complain(self, error: SmallWinsError) -> None:
        """Say what could not be done and what to do about it; of a bug, take note where it is."""
        if isinstance(error, UnexpectedError):
            self.errors.add(error.cause)
        super().complain(error)

    def exit(self, result: None = None, return_code: int = 0, message: RenderableType | None = None) -> None:
        """End, and print what nobody could read yet, and where the app failed, without a word of the journal."""
        told = "\n".join((*self.unread_errors(), *self.errors.reports))
        super().exit(result, return_code, message or Text(told) or None)

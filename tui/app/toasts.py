"""Messages that pass, and can't come too late."""

from functools import partial
from typing import Final

from textual.app import App
from textual.notifications import Notification, Notify, SeverityLevel

from data.base.errors import SmallWinsError
from tui.pages.page import Page
from tui.system.clipboard import copy_in_tmux
from widgets.base.cells import cells

_SHORTEST: Final = 0.1
"""Seconds that a message stays at least, however late it is drawn."""
_KEY_ROOM: Final = 10
"""Cells of a line that its margins and a key take."""
ERROR_SECONDS: Final = 12.0
"""Seconds a message about something that went wrong stays."""


class PatientNotification(Notification):
    """A message whose time may have run out before a busy app shows it.

    Textual sets a timer of what is left then; a negative one never lets go of the loop.
    """

    @property
    def time_left(self) -> float:
        """Seconds until it goes, at least a moment."""
        return max(super().time_left, _SHORTEST)

    @property
    def has_expired(self) -> bool:
        """Whether its time is over."""
        return super().time_left <= 0


class Toasts(App[None]):
    """An app that tells the person things in passing."""

    def say(self, words: str, action: str = "", does: str = "") -> None:
        """Say what was done above the keys of the page; what is too long for one line passes by.

        Args:
            words: What it was.
            action: The action of a key that answers it, such as "undo".
            does: What that key does, such as "undoes".
        """
        page = self.screen_stack[0] if self.screen_stack else None
        if isinstance(page, Page) and cells(words) + len(does) + _KEY_ROOM <= self.size.width:
            page.say(words, action, does)
        else:
            self.notify(words, markup=False)

    def tell(self, words: str) -> None:
        """Say something where the person looks: in the dialog on top, else above the keys of the page."""
        dialog = None if isinstance(self.screen, Page) else self.screen
        (getattr(dialog, "say", None) or self.say)(words)

    def complain(self, error: SmallWinsError) -> None:
        """Say what could not be done and what to do about it."""
        self.notify(error.hint or " ", title=error.message, severity="error", timeout=ERROR_SECONDS, markup=False)

    def copy_to_clipboard(self, text: str) -> None:
        """Copy a text through the terminal, also where that is tmux."""
        super().copy_to_clipboard(text)
        self.run_worker(partial(copy_in_tmux, text), thread=True, group="copy")

    def notify(
        self,
        message: str,
        *,
        title: str = "",
        severity: SeverityLevel = "information",
        timeout: float | None = None,
        markup: bool = True,
    ) -> None:
        """Show a message that passes, and that no delay can harm."""
        seconds = self.NOTIFICATION_TIMEOUT if timeout is None else timeout
        self.post_message(Notify(PatientNotification(message, title, severity, seconds, markup=markup)))

"""What the app says: a change in the line above the keys of its page, all else in an alert below it."""

from collections import deque
from functools import cached_property, partial
from time import monotonic
from typing import TYPE_CHECKING, ClassVar, Final

from msgspec import Struct
from textual.app import App
from textual.content import Content
from textual.events import Event, Key, MouseDown
from textual.notifications import SeverityLevel
from textual.screen import SystemModalScreen

from data.base.errors import SmallWinsError
from data.base.text import clean_line, fixed_width
from tui.pages.page import Page
from widgets.base.cells import cells

if TYPE_CHECKING:
    from widgets.bars.alert import Alert

_KEY_ROOM: Final = 10
"""Cells of a line that its margins and a key take."""


class Said(Struct, frozen=True):
    """Something to be read.

    Attributes:
        title: What went wrong, or "".
        words: What to do about it, or what there is to say.
        is_error: Whether it is to be known even by who quits before it could be read.
    """

    title: str
    words: str
    is_error: bool = False


class Alerts(App[None]):
    """An app that tells the person things, and keeps what could be missed until it was read.

    No message floats over something else, or goes by itself. What went wrong, what is too long for the line above the
    keys, and what is said over a dialog gets lines of its own; the next key or press takes it away.
    """

    READING_SECONDS: ClassVar[float] = 1.0
    """A key within so many seconds was meant before its person could read what is said."""
    _alert: "Alert | None" = None
    _reading: Said | None = None
    _since = 0.0

    @cached_property
    def unread(self) -> deque[Said]:
        """What is said now, and what waits until that is read."""
        return deque()

    def on_mount(self) -> None:
        """Keep what is unread in sight on each page, and when a dialog opens or closes."""
        self.screen_change_signal.subscribe(self, self._show_alert)

    def say(self, words: str, action: str = "", does: str = "") -> None:
        """Say what was done above the keys of the page; what is too long for that line in an alert.

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
        """Say something where the person looks: above the keys of the page, or over a dialog."""
        (self.say if isinstance(self.screen, Page) else self.notify)(words)

    def unread_errors(self) -> list[str]:
        """Return what went wrong and was not read yet, a sentence each."""
        return [f"{said.title.removesuffix('.')}. {said.words}".strip() for said in self.unread if said.is_error]

    def complain(self, error: SmallWinsError) -> None:
        """Say what could not be done and what to do about it."""
        title = str(error).removesuffix(error.hint).rstrip()
        self.notify(error.hint, title=title, severity="error", markup=False)

    def notify(
        self,
        message: str,
        *,
        title: str = "",
        severity: SeverityLevel = "information",
        timeout: float | None = None,  # noqa: ARG002 - Textual's signature; nothing goes before it is read
        markup: bool = True,
    ) -> None:
        """Say something in an alert; from any thread.

        Args:
            message: What it is.
            title: What went wrong.
            severity: Anything but "information" is a problem.
            timeout: Not used.
            markup: Whether the message has markup, as Textual's own do.
        """
        words = Content.from_markup(message).plain if markup else message
        first, second = (title, words) if title or severity == "information" else (words, "")
        said = Said(fixed_width(clean_line(first)), fixed_width(clean_line(second)), severity == "error")
        if said not in list(self.unread):
            self.unread.append(said)  # now, so that whoever quits in this moment is told at the end
            self.call_later(self._show_alert)

    def _show_alert(self, *_: object) -> None:
        """Show what is to be read first, on the screen that is on top."""
        if self._alert is not None and self._alert.is_attached:
            self._alert.remove()
        self._alert = None
        if not self.unread or not self.screen_stack or not self.screen.is_attached:
            return
        if isinstance(self.screen, SystemModalScreen):
            return  # the list of the palette lies over all else: it is said when that closes
        if not self.screen.is_mounted:
            self.screen.call_later(self._show_alert)
            return
        from widgets.bars.alert import Alert  # noqa: PLC0415 - the first frame does without

        first = self.unread[0]
        if first is not self._reading:
            self._reading, self._since = first, monotonic()
        self._alert = Alert(first.title, first.words, len(self.unread) - 1)
        self.screen.mount(self._alert)

    async def on_event(self, event: Event) -> None:
        """Take away what was read before a key, or what was pressed on, and hand the event on."""
        if isinstance(event, Key) and not event.is_forwarded:
            self._read_by(event)
        await super().on_event(event)
        if isinstance(event, MouseDown):
            self._read_by(event)

    def _read_by(self, event: Event) -> None:
        if self._alert is not None and event.time - self._since >= self.READING_SECONDS:
            self.unread.popleft()
            self._show_alert()

    def copy_to_clipboard(self, text: str) -> None:
        """Copy a text through the terminal, also where that is tmux."""
        from tui.system.clipboard import copy_in_tmux  # noqa: PLC0415 - as above

        super().copy_to_clipboard(text)
        self.run_worker(partial(copy_in_tmux, text), thread=True, group="copy")

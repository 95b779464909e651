"""The terminal driver: Textual's, but with ears that nothing a terminal sends can stop."""

import os
import select
import signal
import sys
from codecs import getincrementaldecoder
from collections.abc import Callable, Iterable
from functools import partial
from threading import Event
from time import monotonic, sleep
from typing import TYPE_CHECKING, Any, Final

from textual import constants
from textual.drivers.linux_driver import LinuxDriver
from textual.events import Key, MouseMove, MouseUp, Paste
from textual.message import Message

from tui.app.key_queue import Burst
from tui.app.textual_internals import new_parser
from tui.system.terminal_input import PastedText, TerminalInput, Token
from widgets.board.columns import Columns

if TYPE_CHECKING:
    from types import FrameType

    from textual.app import App

_ESCAPE: Final = "\x1b"
_ALT_LENGTH: Final = 2
"""Escape and a letter."""
_ROOM: Final = 4096
"""Bytes read at a time."""
_REST_BEHIND: Final = 0.1
"""Seconds between two looks at whether a process in the background is in front again."""
_WAIT, _SHORT_WAIT, _REST = 0.05, 0.01, 5.0
"""Seconds to wait for more after something came, while something is held back, and while nobody does anything."""


def _with_alt(message: Message) -> Message:
    """Return a key as the one with alt; it types no letter."""
    return Key(f"alt+{message.key}", None) if isinstance(message, Key) else message


class MessageReader:
    """What a terminal sends, as Textual's messages.

    Args:
        patience: Seconds in which the rest of a sequence comes after Escape.
    """

    def __init__(self, patience: float) -> None:
        self._terminal = TerminalInput(patience)
        self._parser = new_parser()

    @property
    def is_waiting(self) -> bool:
        """Whether something is held back until more comes, or `tick` says that it does not."""
        return self._terminal.is_waiting

    def feed(self, sent: str, now: float, *, ahead: bool = False) -> list[Message]:
        """Return the messages of what was sent; see `TerminalInput.feed`."""
        return [message for token in self._terminal.feed(sent, now, ahead=ahead) for message in self._messages(token)]

    def tick(self, now: float) -> list[Message]:
        """Return the messages that nothing more comes of."""
        told = [message for token in self._terminal.tick(now) for message in self._messages(token)]
        return [*told, *self._parsed(self._parser.tick)]

    def _messages(self, token: Token) -> list[Message]:
        if isinstance(token, PastedText):
            text = token.text.replace("\x00", "").replace("\r\n", "\n").replace("\r", "\n")
            return [Paste(text) if token.marked else Burst(text)]
        if token == _ESCAPE:
            return [Key("escape", token)]
        told = self._parsed(partial(self._parser.feed, token)) if token else []
        if told or not token.startswith(_ESCAPE):
            return told
        self._parser = new_parser()  # what it does not know leaves nothing behind
        return [_with_alt(message) for message in self._messages(token[1:])] if len(token) == _ALT_LENGTH else []

    def _parsed(self, parse: Callable[[], Iterable[Message]]) -> list[Message]:
        """Return what Textual makes of it; a key beyond Unicode, which no keyboard has, is none."""
        try:
            return list(parse())
        except (ValueError, ArithmeticError, LookupError):
            self._parser = new_parser()
            return []


class _Bell(Event):
    """An event that wakes who waits for a terminal, so that they need not look twenty times a second.

    Attributes:
        heard: The descriptor that has something to read once it is set.
    """

    def __init__(self) -> None:
        super().__init__()
        self.heard, self._rope = os.pipe()

    def set(self) -> None:
        """Set it, then wake."""
        super().set()
        os.write(self._rope, b"\0")


class TerminalDriver(LinuxDriver):
    """Reads the terminal through `TerminalInput`, and believes no release of the mouse that nobody reported.

    Textual's own reader ends the app at a byte of another encoding, and goes deaf in a paste whose end is late.
    """

    def __init__(self, app: "App[Any]", **how: Any) -> None:  # noqa: ANN401 - Textual's own arguments
        super().__init__(app, **how)
        self.seat = app
        self._moving = False
        self.exit_event: _Bell = _Bell()
        self._resume = signal.getsignal(signal.SIGCONT)  # Textual's, which it has just set
        self._is_behind = False
        signal.signal(signal.SIGCONT, self._go_on)

    def _go_on(self, number: int, frame: "FrameType | None") -> None:
        """Come back from a pause once the shell gives the terminal back, and listen until then.

        Textual stops the process once more where it is in the background (`bg`). Told to end at that very moment, by a
        shell for which it runs, it would be stopped for ever, having heard it.
        """
        if self._is_behind:
            return
        self._is_behind = True
        while (is_wanted := signal.getsignal(signal.SIGCONT) == self._go_on) and not self._is_in_front():
            sleep(_REST_BEHIND)  # a signal to end is heard meanwhile, and sets another handler
        self._is_behind = False
        if is_wanted and callable(self._resume):
            self._resume(number, frame)

    def _is_in_front(self) -> bool:
        try:
            return os.tcgetpgrp(self.fileno) == os.getpgrp()
        except OSError:
            return True

    def run_input_thread(self) -> None:
        """Listen until input is disabled; a terminal that is gone hangs up, as the system says too if it is let."""
        decode = getincrementaldecoder((sys.__stderr__ and sys.__stderr__.encoding) or "utf-8")("replace").decode
        reader = MessageReader(constants.ESCAPE_DELAY)
        ahead, wait = True, 0.0
        while not self.exit_event.is_set():
            heard = select.select([self.fileno, self.exit_event.heard], [], [], wait)[0]
            if self.exit_event.heard in heard:
                os.read(self.exit_event.heard, _ROOM)
            elif heard:
                if not (sent := self._read()):
                    os.kill(os.getpid(), signal.SIGHUP)
                    return
                self._hand_on(reader.feed(decode(sent), monotonic(), ahead=ahead))
            else:
                ahead = False
                self._hand_on(reader.tick(monotonic()))
            wait = 0 if ahead else _SHORT_WAIT if reader.is_waiting else _WAIT if heard else _REST

    def _hand_on(self, messages: Iterable[Message]) -> None:
        for message in messages:
            self.process_message(message)

    def _read(self) -> bytes:
        try:
            return os.read(self.fileno, _ROOM)
        except OSError:
            return b""

    def process_message(self, message: Message) -> None:
        """Hand a message on, knowing whether what comes of it comes of a movement."""
        self._moving = isinstance(message, MouseMove)
        super().process_message(message)
        self._moving = False

    def send_message(self, message: Message) -> None:
        """Hand a message on to the app, but no release of a card that was dragged out of the terminal.

        When the pointer is back without a button held, Textual supposes that it was let go at the last cell it was seen
        on, and says so. That would drop a card that was let go beyond the terminal; the board sees for
        itself that the button is up, and lets the card go back.
        """
        supposed = self._moving and isinstance(message, MouseUp)
        if not (supposed and isinstance(self.seat.mouse_captured, Columns)):
            super().send_message(message)

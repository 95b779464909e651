"""The terminal driver: Textual's, but with ears that nothing a terminal sends can stop."""

import os
import select
import signal
import sys
from codecs import getincrementaldecoder
from collections.abc import Iterable, Iterator
from time import monotonic
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
    from textual.app import App

_ESCAPE: Final = "\x1b"
_ROOM: Final = 4096
"""Bytes read at a time."""
_WAIT, _SHORT_WAIT = 0.05, 0.01
"""Seconds to wait for more before looking whether to stop, and while something is held back."""


class TerminalDriver(LinuxDriver):
    """Reads the terminal through `TerminalInput`, and believes no release of the mouse that nobody reported.

    Textual's own reader ends the app at a byte of another encoding, and goes deaf in a paste whose end is late.
    """

    def __init__(self, app: "App[Any]", **how: Any) -> None:  # noqa: ANN401 - Textual's own arguments
        super().__init__(app, **how)
        self.seat = app
        self._moving = False

    def run_input_thread(self) -> None:
        """Listen until input is disabled; a terminal that is gone hangs up, as the system says too if it is let."""
        decode = getincrementaldecoder((sys.__stderr__ and sys.__stderr__.encoding) or "utf-8")("replace").decode
        terminal = TerminalInput(constants.ESCAPE_DELAY)
        self._parser = new_parser()
        ahead = True
        while not self.exit_event.is_set():
            wait = 0 if ahead else _SHORT_WAIT if terminal.is_waiting else _WAIT
            if select.select([self.fileno], [], [], wait)[0]:
                if not (sent := self._read()):
                    os.kill(os.getpid(), signal.SIGHUP)
                    return
                self._hear(terminal.feed(decode(sent), monotonic(), ahead=ahead))
            else:
                ahead = False
                self._hear(terminal.tick(monotonic()))
            self._tell(self._parser.tick())

    def _read(self) -> bytes:
        try:
            return os.read(self.fileno, _ROOM)
        except OSError:
            return b""

    def _hear(self, tokens: Iterable[Token]) -> None:
        for token in tokens:
            if isinstance(token, PastedText):
                text = token.text.replace("\x00", "").replace("\r\n", "\n").replace("\r", "\n")
                self.process_message(Paste(text) if token.marked else Burst(text))
            elif token == _ESCAPE:
                self.process_message(Key("escape", token))
            elif token:
                self._parse(token)

    def _parse(self, token: str) -> None:
        """Take a token for what Textual does; what it does not know leaves nothing behind."""
        told = self._tell(self._parser.feed(token))
        if not told and token.startswith(_ESCAPE) and token[1:2] in ("[", "O"):
            self._parser = new_parser()

    def _tell(self, messages: Iterable[Message]) -> int:
        """Hand on messages and count them; a key beyond Unicode, which no keyboard has, is none."""
        told = 0
        for message in self._parsed(messages):
            self.process_message(message)
            told += 1
        return told

    def _parsed(self, messages: Iterable[Message]) -> Iterator[Message]:
        try:
            yield from messages
        except (ValueError, ArithmeticError, LookupError):
            self._parser = new_parser()

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

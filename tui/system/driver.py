"""The terminal driver: keys at once and in the terminal's own letters, and no end of a drag that nobody saw."""

import os
import signal
from codecs import getincrementaldecoder
from typing import Final

from textual import constants
from textual._parser import Read1
from textual._xterm_parser import XTermParser
from textual.drivers.linux_driver import LinuxDriver
from textual.events import MouseMove
from textual.message import Message

from widgets.board.board import Board

PATIENCE: Final = constants.ESCAPE_DELAY if "ESCDELAY" in os.environ else 0.025
"""Seconds in which the rest of a key comes after its first byte, which is Escape where none does."""
ROOM: Final = 4096
"""Bytes read at a time."""


class Sequences(XTermParser):
    """What a terminal sends, taken apart, with our own `PATIENCE`."""

    @staticmethod
    def read1(timeout: float | None = None) -> Read1:  # type: ignore[override]  # Textual names the class itself so
        """Wait for a character; for the rest of a key not for ever."""
        return Read1(None if timeout is None else PATIENCE)


class TerminalDriver(LinuxDriver):
    """Hears the terminal in the app's own loop, and believes no release of the mouse that nobody reported.

    Textual's thread looks up ten times a second: Escape was answered after 0.1 to 0.2 s, and leaving took as long. Its
    first byte that was no UTF-8, such as an "ä" from a terminal of another encoding, ended the app.
    """

    def run_input_thread(self) -> None:
        """Leave the thread that Textual begins for it: the loop listens."""

    def start_application_mode(self) -> None:
        """Listen, after a pause as well."""
        super().start_application_mode()  # type: ignore[no-untyped-call]
        self._sequences = Sequences()
        self._decode = getincrementaldecoder(self._file.encoding if self._file else "utf-8")("replace").decode
        self._loop.add_reader(self.fileno, self._hear)

    def disable_input(self) -> None:
        """Listen no more."""
        self._loop.remove_reader(self.fileno)
        super().disable_input()

    def _hear(self) -> None:
        """Take in what came; a terminal that is gone for good hangs up, as the system says too if it is let."""
        try:
            sent = os.read(self.fileno, ROOM)
        except OSError:
            sent = b""
        if not sent:
            self._loop.remove_reader(self.fileno)
            signal.raise_signal(signal.SIGHUP)
            return
        try:
            for message in self._sequences.feed(self._decode(sent)):
                self.process_message(message)
        except (ValueError, OverflowError):  # a key beyond Unicode, which no keyboard has
            self._sequences = Sequences()
        self._loop.call_later(PATIENCE, self._hear_escape)

    def _hear_escape(self) -> None:
        for message in self._sequences.tick():
            self.process_message(message)

    def process_message(self, message: Message) -> None:
        """Forget the button that went up unseen while a card was dragged.

        When the pointer is back without a button held, Textual supposes that it was let go at the last cell it was seen
        on, and says so. That would drop a card that was let go beyond the terminal; the board sees for itself
        that the button is up, and puts the card back.
        """
        unseen = isinstance(message, MouseMove) and not message.button
        if unseen and isinstance(self._app.mouse_captured, Board):
            self._down_buttons.clear()
        super().process_message(message)

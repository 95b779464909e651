"""A real pseudo-terminal with a screen in memory, to drive the program as a person does."""

import fcntl
import os
import pty
import select
import signal
import struct
import sys
import termios
import time
import warnings
from collections.abc import Callable, Mapping
from typing import Final, Self

import pyte

KEYS: Final = {
    "up": "\x1b[A",
    "down": "\x1b[B",
    "right": "\x1b[C",
    "left": "\x1b[D",
    "home": "\x1b[H",
    "end": "\x1b[F",
    "pageup": "\x1b[5~",
    "pagedown": "\x1b[6~",
    "delete": "\x1b[3~",
    "shift+left": "\x1b[1;2D",
    "shift+right": "\x1b[1;2C",
    "shift+up": "\x1b[1;2A",
    "shift+down": "\x1b[1;2B",
    "shift+tab": "\x1b[Z",
    "enter": "\r",
    "escape": "\x1b",
    "tab": "\t",
    "space": " ",
    "backspace": "\x7f",
    **{f"ctrl+{letter}": chr(ord(letter) - 96) for letter in "abcdefghijklmnopqrstuvwxyz"},
}
"""What a terminal sends for a key; any other name is sent as it is."""
BUTTONS: Final = {"press": (0, "M"), "move": (32, "M"), "release": (0, "m"), "right": (2, "M"), "wheel": (65, "M")}
"""SGR mouse codes."""
FRAME_BEGIN: Final = b"\x1b[?2026h"
FRAME_END: Final = b"\x1b[?2026l"
"""Around what is drawn in one go."""
SMALLWINS: Final = (sys.executable, "-m", "tui")
LIMIT: Final = 30.0
"""Seconds to wait for what must come; only a failing test takes that long."""


class Terminal:
    """One program in one terminal.

    Attributes:
        raw: Every byte the program wrote.
        blind: Keeps the bytes alone, without drawing them: for who measures, since drawing takes its time too.
        status: How it ended, as `os.waitstatus_to_exitcode` has it, or None while it runs.
        pid: The process.
        fd: The side of the terminal that a person sits at.
    """

    def __init__(
        self,
        *argv: str,
        cols: int = 120,
        rows: int = 40,
        env: Mapping[str, str] | None = None,
        cwd: str | None = None,
        blind: bool = False,
    ) -> None:
        self.blind = blind
        self.cols, self.rows = cols, rows
        self.raw = bytearray()
        self.status: int | None = None
        self._closed = False
        self._screen = pyte.Screen(cols, rows)
        self._stream = pyte.ByteStream(self._screen)
        self._drawn = 0
        with warnings.catch_warnings():
            # As in `children`: a parallel run of the tests has a second thread, and the child runs the program instead.
            warnings.simplefilter("ignore", DeprecationWarning)
            self.pid, self.fd = pty.fork()
        if self.pid == 0:
            # A whole environment, without the size of another terminal: readline, which pytest imports, puts COLUMNS
            # and LINES where os.environ has none, and pytest-xdist sets them for its workers.
            inherited = {name: value for name, value in os.environ.items() if name not in {"COLUMNS", "LINES"}}
            whole = {**inherited, "TERM": "xterm-256color", "COLORTERM": "truecolor", **(env or {})}
            if cwd:
                os.chdir(cwd)
            os.execvpe(argv[0], argv, whole)  # noqa: S606 - the program under test
        self._set_size()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.kill()
        if not self._closed:
            os.close(self.fd)

    def _set_size(self) -> None:
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", self.rows, self.cols, 0, 0))

    def pump(self, seconds: float = 0.05) -> bool:
        """Read what comes within some seconds; return whether anything came."""
        end = time.monotonic() + seconds
        got = False
        while (left := end - time.monotonic()) > 0 and select.select([self.fd], [], [], left)[0]:
            try:
                data = os.read(self.fd, 1 << 16)
            except OSError:  # Linux says so when the program has gone
                data = b""
            if not data:
                self._reap()
                break
            got = True
            self.raw += data
            if b"\x1b[?2026$p" in data:  # asked whether it can draw in one go: answered as most terminals do
                os.write(self.fd, b"\x1b[?2026;2$y")
        if not self.blind:
            self._draw()
        return got

    def _draw(self) -> None:
        """Draw what came, but no frame of which a part has yet to come: nobody at a terminal sees half of one."""
        since = max(self._drawn - len(FRAME_BEGIN), 0)  # of a sequence a part may have come before
        begun = self.raw.rfind(FRAME_BEGIN, since)
        waits = begun > self.raw.rfind(FRAME_END, since) and self.status is None
        whole = max(begun, self._drawn) if waits else len(self.raw)
        self._stream.feed(bytes(self.raw[self._drawn : whole]))
        self._drawn = whole

    def settle(self, quiet: float = 0.12) -> None:
        """Read until nothing came for a while."""
        end = time.monotonic() + LIMIT
        while self.pump(quiet) and time.monotonic() < end:
            pass

    def text(self) -> str:
        """Return the screen as lines."""
        return "\n".join(line.rstrip() for line in self._screen.display)

    def until(self, true: Callable[[str], bool], what: str) -> str:
        """Read until the screen's text fulfils a condition, and return it.

        Raises:
            AssertionError: It did not within `LIMIT`, or the program ended before.
        """
        end = time.monotonic() + LIMIT
        while not true(self.text()):
            self.pump(0.02)
            if time.monotonic() > end or (self.status is not None and not true(self.text())):
                raise AssertionError(f"{what} (status {self.status})\n{self.text()}")
        return self.text()

    def wait(self, needle: str) -> str:
        """Read until a text is on the screen, and return the screen."""
        return self.until(lambda text: needle in text, f"never shown: {needle!r}")

    def wait_gone(self, needle: str) -> str:
        """Read until a text is no longer on the screen, and return the screen."""
        return self.until(lambda text: needle not in text, f"still shown: {needle!r}")

    def wait_end(self) -> int:
        """Read until the program has ended, and return its exit code."""
        end = time.monotonic() + LIMIT
        while self.status is None:
            self.pump(0.05)
            if time.monotonic() > end:
                raise AssertionError(f"the program goes on\n{self.text()}")
        return self.status

    def keys(self, *names: str) -> None:
        """Press keys by name, and let the screen settle."""
        for name in names:
            os.write(self.fd, KEYS.get(name, name).encode())
            if name == "escape":  # so that it is not taken for the start of a sequence
                self.settle()
        self.settle()

    def send(self, data: str) -> None:
        """Send characters all at once, as a paste or a very fast hand does, and let the screen settle."""
        os.write(self.fd, data.encode())
        self.settle()

    def type(self, text: str) -> None:
        """Type a text."""
        self.keys(*text)

    def mouse(self, what: str, x: int, y: int) -> None:
        """Send one mouse event at a cell, counted from 0."""
        code, end = BUTTONS[what]
        os.write(self.fd, f"\x1b[<{code};{x + 1};{y + 1}{end}".encode())
        self.pump(0.03)

    def click(self, x: int, y: int) -> None:
        """Press and release at a cell."""
        self.mouse("press", x, y)
        self.mouse("release", x, y)
        self.settle()

    def drag(self, start: tuple[int, int], end: tuple[int, int], *, steps: int = 6, release: bool = True) -> None:
        """Press at one cell, move in steps to another, and let go there."""
        (x0, y0), (x1, y1) = start, end
        self.mouse("press", x0, y0)
        for step in range(1, steps + 1):
            self.mouse("move", x0 + (x1 - x0) * step // steps, y0 + (y1 - y0) * step // steps)
        if release:
            self.mouse("release", x1, y1)
        self.settle()

    def find(self, needle: str) -> tuple[int, int]:
        """Return the cell where a text begins that is on the screen."""
        self.wait(needle)
        for y, line in enumerate(self._screen.display):
            if needle in line:
                return line.index(needle), y
        raise AssertionError(f"gone: {needle!r}")

    def resize(self, cols: int, rows: int) -> None:
        """Change the size of the terminal."""
        self.cols, self.rows = cols, rows
        self._screen.resize(rows, cols)
        self._set_size()
        os.kill(self.pid, signal.SIGWINCH)
        self.settle()

    def kill(self, sign: signal.Signals = signal.SIGKILL) -> None:
        """Send a signal, and with SIGKILL wait for the end."""
        if self.status is None:
            os.kill(self.pid, sign)
            if sign == signal.SIGKILL:
                self._reap()

    def hang_up(self) -> None:
        """Close the terminal under the program, and wait for its end."""
        os.close(self.fd)
        self._closed = True
        self._reap()

    def _reap(self) -> None:
        if self.status is None:
            self.status = os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])

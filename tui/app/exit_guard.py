"""A process that is told to end does end, whatever it is waiting for."""

import os
import signal
import sys
import termios
from collections.abc import Callable
from contextlib import suppress
from threading import Lock, Thread
from time import sleep
from typing import Final

_IN_ORDER: Final = 3.0
"""Seconds the app has to end in order once it was told to."""
_SAVING: Final = 20.0
"""Seconds that pending saves have after that."""
_RESET: Final = b"\x1b[?1000l\x1b[?1003l\x1b[?1015l\x1b[?1006l\x1b[?1004l\x1b[?2004l\x1b[<u\x1b[?7h\x1b[?1049l\x1b[?25h"
"""No mouse, no reports, the keys and the screen of before, and the cursor."""


class ExitGuard:
    """Ends the process when the app can't.

    A terminal that no longer reads blocks whoever writes to it, an editor blocks whoever started it, and an unreachable
    disk blocks whoever saves to it, each without end.

    Args:
        finish: Saves drafts and waits for pending saves, for at most the given seconds.
    """

    def __init__(self, finish: Callable[[float], None]) -> None:
        self._finish = finish
        self._lock = Lock()
        self._armed = False
        self._before = _terminal_state()

    def arm(self) -> None:
        """Start the countdown; safe from a signal handler, and more than once."""
        with self._lock:
            armed, self._armed = self._armed, True
        if not armed:
            _go_on()
            Thread(target=self._end, name="exit-guard", daemon=True).start()

    def _end(self) -> None:
        sleep(_IN_ORDER)
        finishing = Thread(target=self._finish, args=(_SAVING,), daemon=True)
        finishing.start()
        finishing.join(_SAVING)  # an unreachable disk blocks that, too
        with suppress(termios.error, OSError, ValueError, AttributeError):
            self._give_back_terminal(sys.__stdin__.fileno())  # type: ignore[union-attr]
        os._exit(0)

    def _give_back_terminal(self, terminal: int) -> None:
        """Restore the terminal, as far as it still listens."""
        if self._before is not None:
            termios.tcsetattr(terminal, termios.TCSANOW, self._before)
        os.set_blocking(terminal, False)
        try:
            os.write(terminal, _RESET)
        finally:
            os.set_blocking(terminal, True)


def _go_on() -> None:
    """Be paused no more: neither by ctrl+z, nor by the terminal of a shell in which this process is in the background.

    A paused process that is told to end (`kill %1`) is continued for it. Textual would take the terminal back then, and
    be stopped again for that, now with the signal used up.
    """
    with suppress(ValueError, AttributeError):  # not the main thread; another system
        signal.signal(signal.SIGTSTP, signal.SIG_IGN)
        signal.signal(signal.SIGCONT, signal.SIG_IGN)
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTTOU, signal.SIGTTIN})  # Textual sets what they do


def _terminal_state() -> list[int | list[bytes | int]] | None:
    """Return how the terminal was before the app, or None where there is none."""
    with suppress(termios.error, OSError, ValueError, AttributeError):
        return termios.tcgetattr(sys.__stdin__.fileno())  # type: ignore[union-attr]
    return None

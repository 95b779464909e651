"""Putting text on the clipboard of the terminal a person sits at, also through ssh and tmux.

OSC 52 (xterm's control sequences, "Manipulate Selection Data") goes wherever the terminal's bytes go. tmux keeps it to
itself unless told otherwise, so it is asked by name on this machine, and by its passthrough from another.
"""

import base64
import os
import subprocess
from collections.abc import Mapping
from contextlib import suppress
from shutil import which
from typing import IO, Final

_MULTIPLEXERS: Final = ("tmux", "screen")
_PATIENCE: Final = 2.0
"""Seconds that tmux has to answer."""


def copy_sequence(text: str, environ: Mapping[str, str] = os.environ) -> str:
    """Return what makes a terminal copy a text."""
    copy = f"\x1b]52;c;{base64.b64encode(text.encode()).decode()}\a"
    if not environ.get("TERM", "").startswith(_MULTIPLEXERS):
        return copy
    doubled = copy.replace("\x1b", "\x1b\x1b")
    return f"{copy}\x1bPtmux;{doubled}\x1b\\"


def copy_in_tmux(text: str) -> None:
    """Have the tmux that this program runs in copy a text; where there is none, nothing happens."""
    if not os.environ.get("TMUX") or not (tmux := which("tmux")):
        return
    with suppress(OSError, subprocess.SubprocessError):
        subprocess.run(  # noqa: S603 - the tmux of the person's own PATH
            [tmux, "load-buffer", "-w", "-"],
            input=text.encode(),
            check=False,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=_PATIENCE,
        )


def copy_to_terminal(text: str, terminal: IO[str]) -> bool:
    """Copy a text to the clipboard; return whether this is a terminal, which alone can."""
    if not terminal.isatty():
        return False
    terminal.write(copy_sequence(text))
    terminal.flush()
    copy_in_tmux(text)
    return True

"""Opening the app on a store: settings read, signals heard."""

import os
import sys
from io import TextIOWrapper
from typing import Final

from msgspec import structs

from data.files.locations import config_path
from data.files.settings import read_settings
from data.storage.store import Store
from tui.app.app import SmallWins
from tui.app.exit_guard import ExitGuard
from tui.system.clock import local_clock

_SWITCH_INTERVAL: Final = 0.0005
"""Seconds that a thread may go on while the screen waits for its turn.

A key is answered in a dozen turns. With Python's own 5 ms each, saving or searching in a thread beside it would make
that the most of the answer.
"""
_ASCII_NAMES: Final = frozenset({"ascii", "us-ascii", "ansi_x3.4-1968", "646"})
"""What Python calls the encoding of a terminal without a locale."""


def run(store: Store, start: str = "board") -> int:
    """Open the app and return its exit code when the person leaves.

    Args:
        store: The journal to show.
        start: The page to open first: "board" or "review".
    """
    _speak_utf8()
    if not os.environ.get("NO_COLOR"):
        os.environ.pop("NO_COLOR", None)  # an empty one asks for nothing
    for name in ("COLUMNS", "LINES"):
        os.environ.pop(name, None)  # the size of some window at some time; the terminal knows its own
    sys.setswitchinterval(_SWITCH_INTERVAL)
    settings, problems = read_settings(config_path())
    if settings.keys:
        from tui.app.keymap import check_keymap  # noqa: PLC0415 - most people leave the keys as they are

        keys, mistaken = check_keymap(settings.keys, config_path())
        settings, problems = structs.replace(settings, keys=keys), (*problems, *mistaken)

    def finish(seconds: float) -> None:
        app.session.finish(seconds)

    guard = ExitGuard(finish)
    app = SmallWins(
        store, local_clock, settings, config=config_path(), start=start, problems=problems, ending=guard.arm
    )
    app.run()
    return app.return_code or 0


def _speak_utf8() -> None:
    """Write UTF-8 where no locale is set: an "ASCII" terminal is one that nobody told of its own abilities."""
    for stream in (sys.__stdout__, sys.__stderr__):
        if isinstance(stream, TextIOWrapper) and stream.encoding.lower() in _ASCII_NAMES:
            stream.reconfigure(encoding="utf-8")

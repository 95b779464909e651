"""When an app under test has done what it was asked: no guess by its processor time, and no fixed wait.

Textual's Pilot sleeps 20 ms before and after each key, until the process has hardly worked in them: three times as long
as the work takes, and too short on a busy machine, where a process stands still without having finished.
"""

import asyncio
from typing import Any, Final

from textual import app, pilot

SOON: Final = 0.05
"""Seconds that a timer may still run and be waited for: Textual holds drawing back for as long after a page changed."""
STEP: Final = 0.001
NAME: Final = "wait_for_idle"
"""What Pilot calls the wait that is replaced."""


def is_busy(loop: Any) -> bool:  # noqa: ANN401 - what a loop has still to do, asyncio keeps to itself
    """Return whether something is ready to run, or will be within `SOON`."""
    soon = loop.time() + SOON
    return bool(loop._ready) or any(timer.when() < soon and not timer.cancelled() for timer in loop._scheduled)


async def wait_until_quiet(min_sleep: float = 0.0, max_sleep: float = 1.0) -> None:
    """Wait until the loop has nothing to do, twice in a row.

    Args:
        min_sleep: Seconds to wait in any case.
        max_sleep: Seconds to wait at most: something may run forever, such as an animation.
    """
    loop = asyncio.get_running_loop()
    begun, quiet = loop.time(), 0
    while quiet < 2 and loop.time() < begun + max_sleep:
        await asyncio.sleep(STEP)
        quiet = 0 if is_busy(loop) or loop.time() < begun + min_sleep else quiet + 1


def install() -> None:
    """Let every Pilot wait like this.

    Raises:
        AttributeError: Pilot waits in another way now.
    """
    for module in (app, pilot):
        getattr(module, NAME)
        setattr(module, NAME, wait_until_quiet)

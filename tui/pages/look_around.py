"""A look around in the demo, from a page that has nothing to show yet."""

from typing import Final

from textual.app import App, SuspendNotSupported

LOOK_AROUND: Final = "Look around in a made-up half-year; q brings you back"
"""What its key does."""
_PROBLEM: Final = "The demo can't be opened from here. In a shell: smallwins demo"


def look_around(app: App[None]) -> str:
    """Show the demo in this terminal until the person quits it; what is open here waits, with all that is typed.

    Returns:
        What went wrong, or "".
    """
    from tui.system.demo_process import run_demo  # noqa: PLC0415 - newcomers alone need it

    try:
        with app.suspend():
            return "" if run_demo() else _PROBLEM
    except SuspendNotSupported:
        return _PROBLEM

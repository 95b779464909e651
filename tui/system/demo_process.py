"""The demo as a program of its own, in the terminal of one that waits."""

import subprocess
import sys
from typing import Final

_COMMAND: Final = (sys.executable, "-P", "-m", "tui", "demo")


def run_demo() -> bool:
    """Run the demo until the person quits it; return whether it could."""
    try:
        return subprocess.run(_COMMAND, check=False).returncode == 0  # noqa: S603 - this very program
    except OSError:
        return False

"""What is printed when the program fails: where, never with what.

A traceback with values, or an error's own message, could carry the text of a win to a screen others see or a report.
"""

import traceback
from pathlib import Path

from data import __version__


def report(error: BaseException) -> str:
    """Return where and by what kind of error the program failed, without messages or values."""
    frames = traceback.extract_tb(error.__traceback__)
    places = [f"  {Path(frame.filename).name}:{frame.lineno} in {frame.name}" for frame in frames]
    lines = [
        f"smallwins {__version__} had to stop: a mistake of its own ({type(error).__name__}).",
        "What was saved is safe; start it again to go on. This report holds nothing of your journal:",
        *places,
    ]
    return "\n".join(lines) + "\n"

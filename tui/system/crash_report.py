"""What is said when the program fails: where, never with what.

A traceback with values, or an error's own message, could carry the text of a win to a screen others see or a report.
"""

import traceback
from pathlib import Path

from data import __version__
from data.base.errors import SmallWinsError


class UnexpectedError(SmallWinsError):
    """A bug of ours or of a library, as a sentence for the person.

    Attributes:
        cause: What was raised.
    """

    def __init__(self, cause: BaseException) -> None:
        super().__init__(
            f"Something went wrong ({type(cause).__name__}).", "What you typed is kept. ctrl+q quits and says where."
        )
        self.cause = cause


def root_of(error: BaseException) -> BaseException:
    """Return what an error of a worker was raised by: Textual wraps it, and the wrapping has no places."""
    inner = getattr(error, "error", None)
    return root_of(inner) if isinstance(inner, BaseException) else error


def crash_report(error: BaseException) -> str:
    """Return where and by what kind of error the program failed, without messages or values."""
    error = root_of(error)
    frames = traceback.extract_tb(error.__traceback__)
    places = [f"  {Path(frame.filename).name}:{frame.lineno} in {frame.name}" for frame in frames]
    lines = [
        f"smallwins {__version__} hit a bug ({type(error).__name__}).",
        "What was saved is safe; start it again to continue. This report holds nothing of your journal:",
        *places,
    ]
    return "\n".join(lines) + "\n"

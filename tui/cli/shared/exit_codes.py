"""The one place where errors become a message and an exit code."""

from collections.abc import Callable
from typing import Final

from data.base.errors import SmallWinsError
from tui.cli.shared.context import print_note

_FAILED: Final = 1


def run_guarded(work: Callable[[], object]) -> int:
    """Run the work, print what went wrong, and return the exit code."""
    try:
        result = work()
    except SmallWinsError as error:
        return _failed(error.message, error.hint)
    except OSError as error:
        return _failed(describe_os_error(error))
    return result if isinstance(result, int) else 0


def describe_os_error(error: OSError) -> str:
    """Describe a system error; without a file name it is an output stream that refused (a full disk)."""
    reason = (error.strerror or "unknown error").lower()
    if error.filename is None:
        return f"Could not write the output: {reason}."
    return f"{error.filename}: {reason}."


def _failed(message: str, hint: str = "") -> int:
    print_note(f"smallwins: {message}")
    for line in hint.splitlines():
        print_note(line)
    return _FAILED

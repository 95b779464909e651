"""Processes of git, and those that they start: waited for, no longer than it takes, and ended."""

import os
import signal
import subprocess
from contextlib import suppress
from typing import Final

from data.sync.remote import OfflineError

_GRACE: Final = 0.5
"""Seconds that git has for its end."""


def finish(
    process: subprocess.Popen[bytes], stdin: bytes | None, time_limit: float
) -> subprocess.CompletedProcess[bytes]:
    """Return how a process ended, and what it said.

    Args:
        process: The process.
        stdin: What it is told.
        time_limit: The longest to wait for it, in seconds.

    Raises:
        OfflineError: It took longer, and was ended.
    """
    try:
        out, err = process.communicate(stdin, timeout=time_limit)
    except subprocess.TimeoutExpired as error:
        stop(process)
        raise OfflineError("The server does not answer.", "Everything is kept, and sent later.") from error
    return subprocess.CompletedProcess(process.args, process.returncode, out, err)


def stop(process: subprocess.Popen[bytes]) -> None:
    """End a process of git and those that it started: asked to, git takes its locks away; else it is killed."""
    for sign in (signal.SIGTERM, signal.SIGKILL):
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, sign)
        process.send_signal(sign)
        with suppress(subprocess.TimeoutExpired):
            process.communicate(timeout=_GRACE if sign == signal.SIGTERM else None)
            return

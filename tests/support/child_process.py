"""Doing something in a child process: what changes a process for good, or ends it."""

import os
import traceback
import warnings
from collections.abc import Callable
from typing import Final

ADD: Final = """
import os, sys
from tui.cli.main import cli
for number in range(int(sys.argv[2])):
    try:
        cli.main(["--file", sys.argv[1], "add", f"Win {number} of program {os.getpid()}"])
    except SystemExit as done:
        if done.code:
            os._exit(done.code)
    sys.stdout.flush()
"""
"""Adds wins through the real command; an id on stdout is an acknowledged win."""


def exit_code_of(work: Callable[[], object]) -> int:
    """Do some work in a child and return its exit code: 0, 1 when it raised (its traceback is printed), or -signal."""
    with warnings.catch_warnings():
        # A parallel run of the tests has a second thread, which the child does without: it runs the work and ends.
        warnings.simplefilter("ignore", DeprecationWarning)
        child = os.fork()
    if child == 0:
        try:
            work()
        except BaseException:  # noqa: BLE001  # whatever it was, the parent is to hear of it
            traceback.print_exc()
            os._exit(1)
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])

"""A process that is told to end does end, whatever its threads wait for."""

import subprocess
import sys

import pytest

from tests.support.terminal import LIMIT, Terminal

STUCK = """
import sys, threading, time
from tui.app.exit_guard import ExitGuard
print("ready", flush=True)
guard = ExitGuard(lambda seconds: {finish})
guard.arm()
guard.arm()
threading.Event().wait()
"""


def test_a_process_that_waits_for_ever_ends_and_finishes_first() -> None:
    program = [sys.executable, "-c", STUCK.format(finish="print('finished', flush=True)")]
    done = subprocess.run(program, capture_output=True, encoding="utf-8", timeout=LIMIT, check=True)  # noqa: S603 - ours
    assert done.stdout.split() == ["ready", "finished"]


def test_what_can_not_be_finished_does_not_hold_it_up_for_ever() -> None:
    stuck = STUCK.replace("guard =", "import tui.app.exit_guard as module; module._SAVING = 1.0\nguard =")
    program = [sys.executable, "-c", stuck.format(finish="time.sleep(600)")]
    subprocess.run(program, timeout=LIMIT, check=True)  # noqa: S603 - ours


def test_an_end_under_way_is_not_paused() -> None:
    paused = STUCK.replace(
        "threading.Event", "import os, signal; os.kill(os.getpid(), signal.SIGTSTP); threading.Event"
    )
    program = [sys.executable, "-c", paused.format(finish="print('finished', flush=True)")]
    done = subprocess.run(program, capture_output=True, encoding="utf-8", timeout=LIMIT, check=True)  # noqa: S603 - ours
    assert done.stdout.split() == ["ready", "finished"]


@pytest.mark.terminal
def test_the_terminal_is_given_back() -> None:
    with Terminal(sys.executable, "-c", STUCK.format(finish="None")) as app:
        assert app.wait_end() == 0
        assert b"\x1b[?1049l" in app.raw
        assert b"\x1b[?25h" in app.raw

"""Errors and kills in each file call of the running app: `python -m tests.soak.app_injections [SCENE]...`.

The app runs in a terminal and is driven by keys; strace joins its threads from outside (all but the one that writes to
the terminal) and lets one call fail, or kills the app there, one per run. Prints the table: what was saved must be in
the file, what was refused must be said and not be there, the app must go on, and ctrl+q must end it. Exit code 1 if
anything went wrong.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final, NamedTuple

from tests.soak.injections import CALLS, FAULTS, injection
from tests.support import terminal
from tests.support.long_run import chosen_names, show_progress
from tests.support.terminal import SMALLWINS, Terminal

SCENES: Final[dict[str, tuple[tuple[str, ...], ...]]] = {
    "add": (("a", *"Third"), ("enter",)),
    "sort": (("r",),),
    "undo": (("u",),),
    "edit": (("e", *" again"), ("enter",)),
    "form closed": (("a", *"Half"), ("escape",)),
}
"""What is pressed, in turns."""
MOST_OF_A_CALL: Final = 8
_REFUSED: Final = re.compile(
    r"not saved|could not be|can't be read|journal is gone|no longer in|Quit anyway|permission|read-only"
)
_OWN_CODE: Final = re.compile(r"\((?:ModuleNotFound|Import)Error\)|importlib")
"""What is said where the program itself could not be read: its own files stumble as the journal does."""
_PATIENCE: Final = 180.0
_ENDS_WITHIN: Final = 60.0
"""Seconds."""


class AppRun(NamedTuple):
    """What a run of the app left: its exit code, all that was on the screen, and the wins in the file."""

    code: int | None
    said: str
    wins: str


class AppScene:
    """A journal that the app is opened on, the same before each run."""

    def __init__(self, home: Path) -> None:
        self._home, self._template = home / "home", home / "template"
        self._home.mkdir()
        self.journal = self._home / "data" / "wins.json"
        self.journal.parent.mkdir()
        self.at_terminal: frozenset[int] = frozenset()
        """Which of the app's threads, in the order they began, read and write the terminal."""
        for title in ("First", "Second"):
            subprocess.run(  # noqa: S603  # our own program
                [*SMALLWINS, "--file", str(self.journal), "add", title], check=True, capture_output=True, env=self._env
            )
        shutil.copytree(self._home, self._template)

    @property
    def _env(self) -> dict[str, str]:
        return {"HOME": str(self._home), "PATH": os.environ["PATH"], "LANG": "C.UTF-8", "PYTHONPATH": os.getcwd()}  # noqa: PTH109  # where it is run from

    def run(self, turns: tuple[tuple[str, ...], ...], *strace: str) -> AppRun:
        """Open the app, warm it up, let strace join, press the keys, quit."""
        shutil.rmtree(self._home)
        shutil.copytree(self._template, self._home)
        with Terminal(*SMALLWINS, "--file", str(self.journal), env=self._env) as app:
            seen = [app.wait("First")]
            _warm_up(app, self.journal)
            tracer = _join(app.pid, self._threads(app.pid), *strace) if strace else None
            for turn in turns:
                app.keys(*turn)
                app.settle(0.3)
                seen.append(app.text())
            code = _quit(app, seen)
            if tracer is not None:
                tracer.terminate()
                tracer.wait()
            after_all = app.raw.decode(errors="replace").rpartition("\x1b[?1049l")[2]
        return AppRun(code, "\n".join([*seen, after_all]), self.wins())

    def _threads(self, pid: int) -> list[str]:
        threads = sorted((path.name for path in Path(f"/proc/{pid}/task").iterdir()), key=int)
        return [thread for place, thread in enumerate(threads) if place not in self.at_terminal]

    def wins(self) -> str:
        """Return what is in the file, or why it can't be read."""
        try:
            tables = json.loads(self.journal.read_bytes())
        except (OSError, ValueError) as error:
            return repr(error)
        return repr(sorted((win["title"], win.get("verdict")) for win in tables["wins"].values()))

    def later(self) -> bool:
        """Return whether the next change can be saved."""
        words = [*SMALLWINS, "--file", str(self.journal), "add", "Later"]
        return subprocess.run(words, check=False, capture_output=True, env=self._env).returncode == 0  # noqa: S603  # our own program


def _warm_up(app: Terminal, journal: Path) -> None:
    """Add a win and close a form, so that what is imported then is no part of the scene, and its threads are there."""
    app.keys("a")
    app.wait("Add a win")
    app.keys(*"Warm", "enter")
    app.wait_gone("Add a win")
    app.until(lambda _: b"Warm" in journal.read_bytes(), "never saved")
    draft = journal.with_name(f".{journal.name}.draft")
    app.keys("a", "x")
    app.until(lambda _: draft.exists(), "no draft")
    app.keys("backspace", "escape")
    app.until(lambda _: not draft.exists(), "a draft stays")


def _join(pid: int, threads: list[str], *strace: str) -> "subprocess.Popen[bytes]":
    """Let strace join some threads, and return once it has."""
    joined = [word for thread in threads for word in ("-p", thread)]
    tracer = subprocess.Popen(["strace", *strace, *joined], stderr=subprocess.DEVNULL)  # noqa: S603, S607  # a tool
    status = [Path(f"/proc/{pid}/task/{thread}/status") for thread in threads]
    until = time.monotonic() + 10
    while any("TracerPid:\t0" in one.read_text() for one in status if one.exists()) and time.monotonic() < until:
        time.sleep(0.02)
    return tracer


def _quit(app: Terminal, seen: list[str]) -> int | None:
    """Press ctrl+q until the app has ended, answering yes to its questions; return its exit code."""
    until = time.monotonic() + _ENDS_WITHIN
    while app.status is None and time.monotonic() < until:
        _press(app, "\x11")
        if "(y)" in app.text():
            seen.append(app.text())
            _press(app, "y")
    return app.status


def _press(app: Terminal, key: str) -> None:
    if app.status is None:
        os.write(app.fd, key.encode())
        app.settle(0.3)


def targets(scene: AppScene, turns: tuple[tuple[str, ...], ...], log: Path) -> list[tuple[str, int]]:
    """Return the calls that the app makes in any thread from then on: their names and numbers in that thread."""
    scene.run(turns, "-ff", "-y", "-o", str(log), "-e", f"trace={CALLS}")
    threads = sorted(log.parent.glob(f"{log.name}.*"), key=lambda path: int(path.suffix[1:]))
    lines = [thread.read_text(errors="replace") for thread in threads]
    scene.at_terminal = frozenset(place for place, said in enumerate(lines) if "</dev/pts" in said)
    found: set[tuple[str, int]] = set()
    for place, said in enumerate(lines):
        count: Counter[str] = Counter()
        for call, rest in re.findall(r"^(\w+)\((.*)$", said, re.MULTILINE):
            count[call] += 1
            if place not in scene.at_terminal and str(scene.journal.parent) in rest:
                found.add((call, count[call]))
    return [one for call in sorted({call for call, _ in found}) for one in _spread(sorted(found), call)]


def _spread(found: list[tuple[str, int]], call: str) -> list[tuple[str, int]]:
    """Return some of the targets of one call, from the first to the last: the app looks at its file all the time."""
    own = [one for one in found if one[0] == call]
    return own[:: max(1, len(own) // MOST_OF_A_CALL)]


def problems(before: str, after: str, run: AppRun, fault: str) -> Iterator[str]:
    """Yield what is wrong with a run, given the wins without the scene and with it."""
    if ("Traceback" in run.said or "hit a bug" in run.said) and not _OWN_CODE.search(run.said):
        yield f"a bug: {run.said.strip()[-600:]}"
    if run.wins not in {before, after}:
        yield f"a file that is neither the old one nor the new one: {run.wins}"
    if fault == "signal=KILL":
        return
    if run.code != 0:
        yield f"it ended with {run.code}"
    if before == after:
        return
    if run.wins == before and not _REFUSED.search(run.said):
        yield "lost, and not said"
    if run.wins == after and "Quit anyway" in run.said:
        yield "refused, and in the file"


def sweep(scene: AppScene, turns: tuple[tuple[str, ...], ...], log: Path) -> tuple[int, list[str]]:
    """Inject every fault into every call of a scene; return how many there were and what went wrong."""
    found = targets(scene, turns, log)
    before, after = scene.run(()).wins, scene.run(turns).wins
    wrong: list[str] = []
    once = {fault: calls for fault, calls in FAULTS.items() if not fault.endswith("+")}  # it imports as it goes
    tries = [(fault, *one) for fault, calls in once.items() for one in found if one[0] in calls]
    for done, (fault, call, number) in enumerate(tries, 1):
        inject = injection(call, fault, number)
        run = scene.run(turns, "-o", os.devnull, "-e", f"trace={call}", "-e", inject)
        wrong += [f"{inject}: {problem}" for problem in problems(before, after, run, fault)]
        show_progress(f"{done} of {len(tries)}, {len(wrong)} wrong")
        if fault == "signal=KILL" and not scene.later():
            wrong.append(f"{inject}: nothing can be saved afterwards")
    return len(tries), wrong


def main() -> int:
    """Sweep the scenes that are named, or all, and print the table."""
    failed = False
    terminal.LIMIT = _PATIENCE  # type: ignore[misc]  # a machine that does much else, too, starts slowly
    for name in chosen_names("python -m tests.soak.app_injections", __doc__, SCENES):
        with TemporaryDirectory(prefix="smallwins-app-") as folder:
            tries, wrong = sweep(AppScene(Path(folder)), SCENES[name], Path(folder) / "trace")
        failed = failed or bool(wrong)
        print("\n".join([f"app: {name:15} {tries:6,} tries {len(wrong):4,} wrong", *wrong]), flush=True)  # noqa: T201
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())

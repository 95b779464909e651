"""Errors and kills in each system call of a command: `python -m tests.soak.injections [COMMAND]...`.

strace injects them from outside, one per run. Prints the table of what was tried and what went wrong: a change that is
acknowledged and not in the file, refused and in the file, a torn file, a traceback. Exit code 1 if anything did.

A run is a fork of this process, which has imported all there is: ten times as many as with a Python of their own.
"""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final, NamedTuple, NoReturn

from tests.support.long_run import chosen_names, show_progress
from tui.__main__ import main as smallwins

COMMANDS: Final[dict[str, tuple[str, ...]]] = {
    "add": ("add", "Third"),
    "add with a goal": ("add", "Third", "--goal", "Climate", "--after", "FIRST"),
    "sort": ("sort", "FIRST", "real"),
    "edit": ("edit", "FIRST", "--title", "First again"),
    "link": ("link", "LINKED", "FIRST"),
    "remove": ("remove", "FIRST"),
    "trash restore": ("trash", "restore", "SECOND"),
    "goal add": ("goal", "add", "Climate"),
    "step add": ("step", "add", "If it is Monday, then I write"),
    "undo": ("undo",),
    "redo": ("redo",),
    "import": ("import", "NOTES"),
    "merge": ("merge", "OTHER"),
    "inbox": ("inbox",),
    "restore": ("restore", "BACKUP"),
    "list": ("list",),
    "stats": ("stats",),
    "trash empty": ("trash", "empty", "--yes"),
    "export": ("export", "--format", "json", "-o", "OUT"),
    "backup": ("backup",),
    "doctor": ("doctor",),
}
BEFORE: Final = {"redo": ("undo",)}
"""What is run before a command, without a fault."""
CALLS: Final = (
    "openat,newfstatat,fstat,lstat,stat,access,faccessat,faccessat2,read,pread64,write,fsync,fcntl,rename,renameat,"
    "renameat2,link,linkat,unlink,unlinkat,mkdir,mkdirat,chmod,fchmod,getdents64,readlink"
)
_RENAMES: Final = frozenset(["rename", "renameat", "renameat2", "link", "linkat", "mkdir", "mkdirat"])
_REMOVALS: Final = frozenset({"unlink", "unlinkat"})
FAULTS: Final = {
    "error=EIO": frozenset(CALLS.split(",")),
    "error=EACCES": _RENAMES | _REMOVALS | frozenset(["openat", "newfstatat", "stat", "lstat", "access", "faccessat2"]),
    "error=ENOSPC": _RENAMES | frozenset({"openat", "write", "fsync"}),
    "error=EIO+": _RENAMES | _REMOVALS | frozenset({"openat", "newfstatat", "access", "read", "write", "fsync"}),
    "signal=KILL": _RENAMES | _REMOVALS | frozenset({"openat", "fcntl", "write", "fsync", "chmod", "fchmod"}),
}
"""What is injected, and into which calls; what ends with + lasts, as of a disk that dies.

A kill at a call that only reads leaves what a kill at the next one leaves.
"""
_SHORTEST_EXPORT: Final = 100
_STREAMS: Final = (0, 1, 2)


class Result(NamedTuple):
    """What a command left: its exit code, what it said, the wins in the file, and the size of the export."""

    code: int
    said: str
    wins: str
    exported: int | None


class Ended(NamedTuple):
    """A command that has ended: its exit code, or minus a signal, and what it wrote to stdout and to stderr."""

    code: int
    data: str
    notes: str


def _become(words: tuple[str, ...], outputs: tuple[Path, Path], *, waits: bool) -> NoReturn:
    """Be the command, in a fork; if it waits, it stops until somebody says go on."""
    code = 1
    try:
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        for fd, path in enumerate(outputs, 1):
            os.dup2(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), fd)
        if waits:
            os.kill(os.getpid(), signal.SIGSTOP)
        code = _call(words)
    finally:
        os._exit(code)


def _call(words: tuple[str, ...]) -> int:
    """Call the program as the shell does; return its exit code."""
    sys.argv = ["smallwins", *words]
    try:
        smallwins()
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else int(end.code is not None)


def _join(child: int, *strace: str) -> "subprocess.Popen[bytes]":
    """Let strace join a child that has stopped, and let that go on."""
    os.waitpid(child, os.WUNTRACED)
    tracer = subprocess.Popen(["strace", *strace, "-p", str(child)], stderr=subprocess.DEVNULL)  # noqa: S603, S607  # a tool
    while "TracerPid:\t0" in Path(f"/proc/{child}/status").read_text():
        time.sleep(0.001)
    os.kill(child, signal.SIGCONT)
    return tracer


class Scene:
    """A journal of three wins, one in the trash, with a backup, an inbox, notes and another copy; the same each run."""

    def __init__(self, home: Path) -> None:
        self._home = home
        self._data, self._template, self._out = home / "data", home / "template", home / "out.json"
        self._places = {"OUT": str(self._out), "NOTES": str(home / "notes.md"), "OTHER": str(home / "other.json")}
        os.environ |= {"HOME": str(home), "LANG": "C.UTF-8"}
        self._data.mkdir()
        self._places |= {name: self._run("add", name.title()).data.strip() for name in ("FIRST", "LINKED", "SECOND")}
        self._places["BACKUP"] = Path(self._run("backup").data.strip()).name
        shutil.copy(self._data / "wins.json", self._places["OTHER"])
        self._run("add", "Of the other copy", journal=Path(self._places["OTHER"]))
        self._run("remove", self._places["SECOND"])
        (home / "notes.md").write_text("## 2026-11-20\n- Imported\n- Imported, too\n")
        (self._data / "inbox.txt").write_text("From the inbox\n")
        shutil.copytree(self._data, self._template)

    def _run(self, *words: str, strace: tuple[str, ...] = (), journal: Path | None = None) -> "Ended":
        """Run a command in a fork; with strace, which has joined it before it begins."""
        command = ("--file", str(journal or self._data / "wins.json"), *words)
        outputs = self._home / "stdout", self._home / "stderr"
        sys.stdout.flush()
        if (child := os.fork()) == 0:
            _become(command, outputs, waits=bool(strace))
        tracer = _join(child, *strace) if strace else None
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        if tracer is not None:
            tracer.wait()
        return Ended(code, *(path.read_text(errors="replace") for path in outputs))

    def run(self, words: tuple[str, ...], *strace: str) -> Result:
        """Set the scene and run a command."""
        for folder in (self._data, self._home / ".local"):
            shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(self._template, self._data)
        self._out.unlink(missing_ok=True)
        if before := BEFORE.get(words[0]):
            self._run(*before)
        done = self._run(*(self._places.get(word, word) for word in words), strace=strace)
        exported = self._out.stat().st_size if self._out.exists() else None
        return Result(done.code, done.data + done.notes, self._wins(), exported)

    def warm_up(self, words: tuple[str, ...]) -> None:
        """Run a command in this process, so that no fork of it has anything to import."""
        kept, nothing = [(fd, os.dup(fd)) for fd in _STREAMS], os.open(os.devnull, os.O_RDWR)
        try:
            for fd in _STREAMS:
                os.dup2(nothing, fd)
            _call(("--file", str(self._data / "wins.json"), *(self._places.get(word, word) for word in words)))
        finally:
            sys.stdout.flush()
            for fd, copy in kept:
                os.dup2(copy, fd)
                os.close(copy)
            os.close(nothing)

    def start(self, words: tuple[str, ...]) -> str:
        """Return the wins that a command begins with."""
        self.run(("where",))
        self._run(*BEFORE.get(words[0], ("where",)))
        return self._wins()

    def _wins(self) -> str:
        try:
            tables = json.loads((self._data / "wins.json").read_bytes())
        except (OSError, ValueError) as error:
            return repr(error)
        wins = [
            (win["title"], bool(win["deleted_at"]), str(win["verdict"]), bool(win["opened_by"]))
            for win in tables["wins"].values()
        ]
        others = [one[name] for table, name in (("goals", "name"), ("steps", "text")) for one in tables[table].values()]
        return repr((sorted(wins), sorted(others)))

    def later(self) -> bool:
        """Return whether the next change can be saved."""
        return self._run("add", "Later").code == 0

    def targets(self, words: tuple[str, ...]) -> list[tuple[str, int]]:
        """Return the calls that a command makes on anything at home but its own code: their names and numbers."""
        log = self._home / "trace"
        self.run(words, "-y", "-o", str(log), "-e", f"trace={CALLS}")
        count: Counter[str] = Counter()
        found = []
        for call, rest in re.findall(r"^(\w+)\((.*)$", log.read_text(errors="replace"), re.MULTILINE):
            count[call] += 1
            if f"{self._home}/" in rest and "/site-packages" not in rest:
                found.append((call, count[call]))
        return found


def problems(before: str, after: str, result: Result, fault: str) -> Iterator[str]:
    """Yield what is wrong with the result of a command, given the wins without it and with it."""
    if "Traceback" in result.said or "crashed" in result.said:
        yield "a traceback"
    if result.wins not in {before, after}:
        yield f"a file that is neither the old one nor the new one: {result.wins}"
    if fault == "signal=KILL":
        return
    if result.exported is not None and result.exported < _SHORTEST_EXPORT:
        yield "a torn export"
    if before != after and (result.wins == after) != (result.code == 0):
        yield f"exit code {result.code}, but the file says otherwise: {result.said.strip()[-200:]}"


def injection(call: str, fault: str, number: int) -> str:
    """Return what strace is told: a fault in the call of a number, and in those after it if it lasts."""
    lasting = "+" if fault.endswith("+") else ""
    return f"inject={call}:{fault.removesuffix('+')}:when={number}{lasting}"


def sweep(scene: Scene, words: tuple[str, ...]) -> tuple[int, list[str]]:
    """Inject every fault into every call of a command; return how many there were and what went wrong."""
    scene.warm_up(words)
    targets = scene.targets(words)
    before, after = scene.start(words), scene.run(words).wins
    wrong: list[str] = []
    tries = [(fault, *one) for fault, calls in FAULTS.items() for one in targets if one[0] in calls]
    for done, (fault, call, number) in enumerate(tries, 1):
        inject = injection(call, fault, number)
        result = scene.run(words, "-o", os.devnull, "-e", f"trace={call}", "-e", inject)
        wrong += [f"{inject}: {problem}" for problem in problems(before, after, result, fault)]
        if fault == "signal=KILL" and not scene.later():
            wrong.append(f"{inject}: nothing can be saved afterwards")
        show_progress(f"{words[0]}: {done} of {len(tries)}, {len(wrong)} wrong")
    return len(tries), wrong


def main() -> int:
    """Sweep the commands that are named, or all, and print the table."""
    failed = False
    for name in chosen_names("python -m tests.soak.injections", __doc__, COMMANDS):
        with TemporaryDirectory(prefix="smallwins-injections-") as home:
            tries, wrong = sweep(Scene(Path(home)), COMMANDS[name])
        failed = failed or bool(wrong)
        print("\n".join([f"{name:20} {tries:6,} tries {len(wrong):4,} wrong", *wrong]), flush=True)  # noqa: T201
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())

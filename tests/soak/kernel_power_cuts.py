"""Power cuts by the kernel, on real file systems: `python -m tests.soak.kernel_power_cuts --cuts 20` (root only).

Each cut is one of two. The file system is shut down under the writers (`EXT4_IOC_SHUTDOWN` and its likes: from that
moment no block of it reaches the device, as in xfstests); or its device is copied at one instant while they write, as a
disk looks to the next boot. Either is mounted again, and must hold every win and every export that was acknowledged
before. Prints a line for each file system, or why this machine can't; exit code 1 if anything was lost.
"""

import argparse
import fcntl
import os
import re
import shutil
import struct
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Final, NamedTuple

MAKE: Final = {
    "ext4": ("mkfs.ext4", "-q", "-F"),
    "xfs": ("mkfs.xfs", "-q", "-f"),
    "btrfs": ("mkfs.btrfs", "-q", "-f"),
}
_SIZES: Final = {"ext4": 64, "xfs": 320, "btrfs": 256}
"""Megabytes."""
_SHUT_DOWN: Final = 0x8004587D
"""The ioctl `FS_IOC_SHUTDOWN` (linux/fs.h; ext4 and XFS)."""
_WITHOUT_LOG: Final = struct.pack("I", 2)
"""Its flag that leaves the log unwritten, as a power cut does."""
_CLONE: Final = 0x40049409
"""The ioctl `FICLONE`: a copy of a file at one instant, where its file system shares blocks (XFS, Btrfs)."""
_LONGEST: Final = 6.0
"""Seconds from the first acknowledged win until the cut."""
_WRITERS: Final = {
    "add": """
for number in range(10_000):
    call("add", f"Win {number}", "--story", "word " * (number % 300))
""",
    "undo": """
while True:
    identity = call("add", "Undone at once")
    if identity and call("undo") is not None:
        say("-" + identity)
""",
    "export": """
for number in range(10_000):
    if call("export", "--format", "json", "-o", f"{folder}/out-{number}.json") is not None:
        say(f"={number}")
""",
}
_JOURNALS: Final = {"add": "wins.json", "export": "wins.json", "undo": "undone.json"}
"""What `undo` undoes is the last change of any program, so it has a journal of its own here."""
_PROGRAM: Final = """
import io, os, sys
from contextlib import redirect_stdout
from tui.cli.main import cli
path, folder = sys.argv[1], os.path.dirname(sys.argv[1])

def say(line):
    os.write(1, f"{line}\\n".encode())

def call(*words):
    out = io.StringIO()
    with redirect_stdout(out):
        try:
            cli.main(["--file", path, *words])
        except SystemExit as done:
            if done.code:
                return None
    said = out.getvalue().strip()
    if words[0] == "add" and words[1] != "Undone at once":
        say(said)
    return said
"""


class Promise(NamedTuple):
    """What was acknowledged before a cut."""

    wins: set[str]
    undone: set[str]
    exports: set[str]


class Found(NamedTuple):
    """What came of the cuts: how many, what was looked at, and what was missing."""

    cuts: int
    checks: int
    lost: list[str]


def _run(*words: str | Path) -> str:
    return subprocess.run([*map(str, words)], check=True, capture_output=True, text=True).stdout.strip()  # noqa: S603  # tools named here


@contextmanager
def mounted(image: Path, folder: Path, *options: str) -> Iterator[Path]:
    """Mount an image for a while."""
    folder.mkdir(exist_ok=True)
    _run("mount", "-o", ",".join(("loop", *options)), image, folder)
    try:
        yield folder
    finally:
        _run("umount", folder)


def made(folder: Path, kind: str) -> Path:
    """Return a new image with an empty file system."""
    image = folder / f"{kind}.img"
    with image.open("wb") as file:
        file.truncate(_SIZES[kind] << 20)
    _run(*MAKE[kind], image)
    return image


def shut_down(mount: Path) -> None:
    """Let nothing more of a file system reach its device."""
    fd = os.open(mount, os.O_RDONLY)
    try:
        fcntl.ioctl(fd, _SHUT_DOWN, _WITHOUT_LOG)
    finally:
        os.close(fd)


def clone(image: Path, copy: Path) -> None:
    """Copy an image as it is at one instant."""
    with image.open("rb") as source, copy.open("wb") as target:
        fcntl.ioctl(target, _CLONE, source.fileno())


class Writers:
    """Programs that write, and tell outside the file system what was acknowledged."""

    def __init__(self, mount: Path, outside: Path) -> None:
        self._folder = mount / "data"
        self._notes = {name: outside / name for name in _WRITERS}
        self._processes = [self._start(name) for name in _WRITERS]

    def _start(self, name: str) -> "subprocess.Popen[bytes]":
        with self._notes[name].open("wb") as out:
            return subprocess.Popen(  # noqa: S603  # our own program
                [sys.executable, "-c", _PROGRAM + _WRITERS[name], str(self._folder / _JOURNALS[name])],
                stdout=out,
                stderr=subprocess.DEVNULL,
                env=_environment(self._notes[name].parent),
            )

    def wait_for_a_win(self) -> None:
        """Wait until something was acknowledged that can be lost."""
        while not self.promised().wins:
            time.sleep(0.02)

    def promised(self) -> Promise:
        """Return what is acknowledged by now."""
        said = {name: re.findall(r"(.+)\n", note.read_text()) for name, note in self._notes.items()}
        undone = {line.removeprefix("-") for line in said["undo"]}
        return Promise(set(said["add"]), undone, {line.removeprefix("=") for line in said["export"]})

    def kill(self) -> None:
        """End them all."""
        for process in self._processes:
            process.kill()
            process.wait()


def broken(folder: Path, promise: Promise) -> Iterator[str]:
    """Yield what a disk does not hold of what was promised."""
    yield from (f"win {one} is gone" for one in promise.wins - _wins(folder / "wins.json"))
    yield from (f"win {one} was undone, and is there" for one in promise.undone & _wins(folder / "undone.json"))
    for number in promise.exports:
        out = folder / f"out-{number}.json"
        if not out.exists() or not out.read_bytes().rstrip().endswith(b"}"):
            yield f"export {number} is missing or torn"
    for journal in filter(Path.exists, (folder / "wins.json", folder / "undone.json")):
        yield from _unwell(journal)


def _wins(journal: Path) -> set[str]:
    said = _smallwins(journal, "list", "--json")
    return set(re.findall(r'^    "id": "([^"]+)"', said, re.MULTILINE))


def _unwell(journal: Path) -> Iterator[str]:
    """Yield what is wrong with a journal once another win was added to it."""
    _smallwins(journal, "add", "After the cut")  # it removes the temporary files of who was cut off
    doctor = _smallwins(journal, "doctor")
    if "No problems" not in doctor:
        yield doctor


def _smallwins(journal: Path, *words: str) -> str:
    """Return what a command says; in a process of its own, so that nothing of the file system stays open."""
    command = [sys.executable, "-m", "tui", "--file", str(journal), *words]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=_environment(journal.parent))  # noqa: S603  # our own program
    return done.stdout + done.stderr


def _environment(home: Path) -> dict[str, str]:
    return {"HOME": str(home), "PATH": os.environ["PATH"], "LANG": "C.UTF-8"}


def cut(kind: str, folder: Path, chance: Random, *, by_copy: bool) -> tuple[int, list[str]]:
    """Cut the power once; return how many promises were looked at, and which were broken."""
    image, copy = made(folder, kind), folder / "copy.img"
    outside = folder / "notes"
    shutil.rmtree(outside, ignore_errors=True)
    outside.mkdir()
    with mounted(image, folder / "mount") as mount:
        writers = Writers(mount, outside)
        try:
            writers.wait_for_a_win()
            time.sleep(chance.random() * _LONGEST)
            promise = writers.promised()  # what is acknowledged before the instant must survive it
            if by_copy:
                clone(image, copy)
            else:
                shut_down(mount)
        finally:
            writers.kill()
    with mounted(copy if by_copy else image, folder / "after", *(("nouuid",) if kind == "xfs" else ())) as after:
        lost = list(broken(after / "data", promise))
    return sum(map(len, promise)) + 1, lost


def sweep(kind: str, folder: Path, cuts: int, chance: Random) -> Found:
    """Cut the power so many times in each way there is."""
    checks, lost = 0, list[str]()
    ways = [False, True] if kind != "btrfs" else [True]
    for number in range(cuts):
        looked, missing = cut(kind, folder, chance, by_copy=ways[number % len(ways)])
        checks += looked
        lost += missing
    return Found(cuts, checks, lost)


def main() -> int:
    """Try each file system this machine can mount, and print what was lost."""
    parser = argparse.ArgumentParser(prog="python -m tests.soak.kernel_power_cuts", description=__doc__)
    parser.add_argument("--cuts", type=int, default=20, help="on each file system")
    parser.add_argument("--seed", type=int, default=time.time_ns() % 1_000_000)
    parser.add_argument("--kind", choices=MAKE, action="append")
    options = parser.parse_args()
    chance, failed = Random(options.seed), False  # noqa: S311 - trouble, no secret
    with TemporaryDirectory(prefix="smallwins-power-") as top, _sharing(Path(top)) as folder:
        for kind in options.kind or MAKE:
            try:
                found = sweep(kind, folder, options.cuts, chance)
            except (OSError, subprocess.CalledProcessError) as error:
                _say(f"{kind:6} not tried: {error} {getattr(error, 'stderr', '') or ''}".rstrip())
                continue
            failed = failed or bool(found.lost)
            _say(f"{kind:6} {found.cuts:4,} cuts {found.checks:8,} promises looked at {len(found.lost):4,} broken")
            _say(*found.lost)
    _say(f"seed {options.seed}")
    return int(failed)


@contextmanager
def _sharing(top: Path) -> Iterator[Path]:
    """Yield a folder on a file system that can copy a file at one instant."""
    ground = top / "ground.img"
    with ground.open("wb") as file:
        file.truncate(2 << 30)
    _run("mkfs.xfs", "-q", "-f", "-m", "reflink=1", ground)
    with mounted(ground, top / "ground") as folder:
        yield folder


def _say(*lines: str) -> None:
    for line in lines:
        print(line, flush=True)  # noqa: T201 - what it is for


if __name__ == "__main__":
    sys.exit(main())

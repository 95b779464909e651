"""This tree beside an older one, in turns: `python -m tests.bench.beside FOLDER`; exit code 1 when it is over a limit.

FOLDER holds the other tree, with its own `.venv`. Programs are timed from outside, so both are measured alike.
"""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Final, NamedTuple

from tests.bench.board import answer
from tests.bench.figures import Figure, in_turns, timed
from tests.bench.shell import call
from tests.bench.start import CURSOR, opened
from tests.support.syntax import ROOT
from tests.support.terminal import KEYS, Terminal

BEFORE: Final = "the tree before"
FEW: Final = 100
MANY: Final = 100_000
SAVED: Final = 20_000
FIRST_FRAMES: Final = (1_000, 10_000)
LIMITS: Final = {"first frame": 1.1, "add": 1.05, "key": 1.5, "save": 1.3}
TURNS: Final = 15
SAVE_TURNS: Final = 3
WAY: Final = ("down", "down", "r", "u", "up", "up") * 4
"""What is pressed: steps of the cursor, a move, and its undo."""
WRITE: Final = """
import sys
from pathlib import Path
from tests.bench.crowd import write_journal
write_journal(Path(sys.argv[1]), %d)
"""
SAVE: Final = """
import json, sys
from pathlib import Path
from tests.bench import store
found = {figure.what: figure.ratio for figure in store._sized(Path(sys.argv[1]), %d, 9)}
print(json.dumps(next(ratio for what, ratio in found.items() if what.startswith("save") and "floor" in what)))
"""


class Tree(NamedTuple):
    """A tree of the program, with an environment of its own.

    Attributes:
        root: Its folder.
        home: Where its journals are.
    """

    root: Path
    home: Path

    @property
    def python(self) -> str:
        """Its interpreter."""
        return str(self.root / ".venv/bin/python")

    def journal(self, size: int) -> Path:
        """Return a journal of so many wins, as this tree writes it."""
        path = self.home / f"{size}.json"
        if not path.exists():
            self.run(WRITE % size, str(path))
        return path

    def run(self, code: str, *words: str) -> str:
        """Run some code in the tree and return what it prints."""
        command = (self.python, "-c", code, *words)
        return subprocess.run(command, cwd=self.root, check=True, capture_output=True, text=True).stdout  # noqa: S603

    def command(self, size: int, *words: str) -> tuple[str, ...]:
        """Return the command line on a journal of that size."""
        return (str(self.root / ".venv/bin/smallwins"), "--file", str(self.journal(size)), *words)


def figures(now: Tree, before: Tree) -> Iterator[Figure]:
    """Measure both in turns."""
    works: dict[tuple[str, Tree], Callable[[], float]] = {}
    for tree in (now, before):
        for size in FIRST_FRAMES:
            works[f"first frame, {size:,} wins", tree] = partial(_first_frame, tree, size)
        works[f"add, {FEW} wins", tree] = timed(partial(call, *tree.command(FEW, "add", "Wrote to the recruiter")))
    took = in_turns(works, TURNS)
    for what in dict.fromkeys(what for what, _ in works):
        yield Figure(what, BEFORE, took[what, now], took[what, before], LIMITS[what.partition(",")[0]])
    for tree, name in ((now, ""), (before, " before")):
        few, many = _keys(tree)
        yield Figure(f"key, {MANY:,} wins{name}", f"a key at {FEW}{name}", many, few, LIMITS["key"])
    saved = in_turns({tree: partial(_save, tree) for tree in (now, before)}, SAVE_TURNS)
    for tree, name in ((now, ""), (before, " before")):
        yield Figure(f"save, {SAVED:,} wins{name}", "encode, write, sync, rename", saved[tree], 1, LIMITS["save"])


def _first_frame(tree: Tree, size: int) -> float:
    return opened(tree.command(size), CURSOR).took


def _keys(tree: Tree) -> tuple[float, float]:
    """Return the median seconds of a key with few wins and with many, pressed in turns."""
    with ExitStack() as stack:
        boards = [stack.enter_context(Terminal(*tree.command(size), blind=True)) for size in (FEW, MANY)]
        for board in boards:
            while CURSOR.encode() not in board.raw:
                board.pump(0.01)
            board.settle(0.5)
        waits: tuple[list[float], list[float]] = ([], [])
        for key in WAY:
            for board, found in zip(boards, waits, strict=True):
                found.append(answer(board, KEYS.get(key, key), 0.45))
        return median(waits[0]), median(waits[1])


def _save(tree: Tree) -> float:
    with TemporaryDirectory(dir=tree.home) as folder:
        return float(json.loads(tree.run(SAVE % SAVED, folder)))


def main() -> int:
    """Print the table."""
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # programs are compiled once, as everywhere else
    with TemporaryDirectory() as home, TemporaryDirectory() as here, TemporaryDirectory() as there:
        os.environ |= {"HOME": home, **{f"XDG_{name}_HOME": home for name in ("DATA", "STATE", "CONFIG", "CACHE")}}
        now, before = Tree(ROOT, Path(here)), Tree(Path(sys.argv[1]).resolve(), Path(there))
        over = False
        print("| what | times | of | at most |\n| --- | ---: | --- | ---: |")  # noqa: T201 - a table is what it prints
        for one in figures(now, before):
            print(f"| {one.what} | {one.ratio:.2f} | {one.of} | {one.limit:g} |", flush=True)  # noqa: T201 - as above
            over |= one.ratio > one.limit and "before" not in one.what
    return int(over)


if __name__ == "__main__":
    sys.exit(main())

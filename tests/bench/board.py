"""How soon the board answers keys, and a card that is dragged follows, at growing sizes."""

import os
import select
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from statistics import median
from typing import Final

from tests.bench.crowd import SIZES, write_journal
from tests.bench.figures import FREE, Figure
from tests.support.terminal import BUTTONS, KEYS, SMALLWINS, Terminal

FRAME: Final = 1 / 60
"""Seconds of a frame."""
ROUNDS: Final = 6
"""Times that each way is gone at each size, in turns."""
WAYS: Final[Mapping[str, tuple[str, ...]]] = {
    "cursor": ("down", "down", "down", "up", "up", "up"),
    "page": ("pagedown", "pagedown", "pageup", "pageup"),
    "ends": ("end", "home"),
    "move": ("r", "c"),
    "undo": ("u", "u"),
    "another page": ("5", "1", "5", "1"),
    "find": ("/", "n", "i", "g", "h", "escape"),
    "a dialog, and Escape": ("?", "escape"),
}
"""What is pressed."""
LIMITS: Final = {
    "cursor": 1.2,
    "page": 1.2,
    "ends": 1.3,
    "move": 1.5,
    "undo": 1.5,
    "find": 1.5,
    "another page": 1.3,
    "a dialog, and Escape": 1.3,
    "drag step": 1.2,
}
"""Times the answer at the smallest size that the one at the largest may take."""
STILL: Final = {"move": 0.45, "undo": 0.45}
"""Seconds without anything drawn until the next key, where more is to come: what waits for a review is counted."""
QUIET: Final = 0.12
"""The same for all others."""
PATIENCE: Final = 1.0
"""Seconds within which each press draws something; without an answer there is nothing to measure."""
DRAG: Final = "drag step"
CELLS: Final = ((12, 6), (20, 8), (30, 10), (45, 12), (60, 14), (75, 12), (60, 10))
"""Where a card is pulled to, beginning on the first one."""


def run() -> Iterator[Figure]:
    """Open the board at every size, and press the same keys on each of them in turn."""
    with tempfile.TemporaryDirectory() as folder, ExitStack() as open_boards:
        boards = {size: open_boards.enter_context(open_board(size, Path(folder))) for size in SIZES}
        waits: dict[tuple[str, int], list[float]] = {}
        for _ in range(ROUNDS):
            for way in (*WAYS, DRAG):
                for size, board in boards.items():
                    took = _go(board, way)
                    assert max(took) < PATIENCE, f"{way}, {size:,} wins: no answer"
                    waits.setdefault((way, size), []).extend(took)
        smallest, largest = min(SIZES), max(SIZES)
        for way in (*WAYS, DRAG):
            base = median(waits[way, smallest])
            yield Figure(f"{way}, {smallest:,} wins", "a frame of 1/60 s", base, FRAME)
            for size in SIZES[1:]:
                limit = LIMITS[way] if size == largest else FREE
                yield Figure(
                    f"{way}, {size:,} wins", f"the same at {smallest:,}", median(waits[way, size]), base, limit
                )


def open_board(size: int, home: Path) -> Terminal:
    """Open the app on a journal of so many wins, and wait until it is at rest."""
    path = home / f"{size}.json"
    write_journal(path, size)
    env = {"HOME": str(home), **{f"XDG_{name}_HOME": str(home / name) for name in ("DATA", "STATE", "CONFIG", "CACHE")}}
    board = Terminal(*SMALLWINS, "--file", str(path), env=env, blind=True)
    while b"Cotton candy" not in board.raw:
        board.pump(0.01)
    board.settle()
    return board


def _go(board: Terminal, way: str) -> list[float]:
    """Return the seconds that each press, or each step of a drag, took to be answered."""
    if way != DRAG:
        return [answer(board, KEYS.get(name, name), STILL.get(way, QUIET)) for name in WAYS[way]]
    answer(board, _mouse("press", CELLS[0]))
    steps = [answer(board, _mouse("move", cell)) for cell in CELLS[1:]]
    answer(board, KEYS["escape"])
    answer(board, _mouse("release", CELLS[-1]))
    return steps[1:]  # the first makes the ghost


def _mouse(what: str, cell: Sequence[int]) -> str:
    code, end = BUTTONS[what]
    return f"\x1b[<{code};{cell[0] + 1};{cell[1] + 1}{end}"


def answer(board: Terminal, sequence: str, still: float = QUIET) -> float:
    """Return the seconds from a key to the first byte of what is drawn."""
    board.pump(0.001)  # what comes late is no answer
    begun = time.perf_counter()
    os.write(board.fd, sequence.encode())
    select.select([board.fd], [], [], PATIENCE)
    took = time.perf_counter() - begun
    board.settle(still)
    return took

"""How soon a review begins, and answers a key, at growing sizes."""

import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from statistics import median
from typing import Final

from tests.bench.board import FRAME, QUIET, answer, open_board
from tests.bench.figures import Figure
from tests.support.terminal import KEYS

FEW: Final = 100
MANY: Final = 10_000
ROUNDS: Final = 5
LIMITS: Final = {"review start": 2.0, "a key in the review": 1.5}
"""Times the answer with few wins that the one with many may take."""
ANSWERS: Final = ("3", "4", "2", "5")
"""What is said to the first questions."""


def run() -> Iterator[Figure]:
    """Begin a review with few wins and with many, answer some questions, and leave, in turns."""
    with tempfile.TemporaryDirectory() as folder, ExitStack() as open_boards:
        boards = {size: open_boards.enter_context(open_board(size, Path(folder))) for size in (FEW, MANY)}
        waits: dict[tuple[str, int], list[float]] = {}
        for _ in range(ROUNDS):
            for size, board in boards.items():
                waits.setdefault(("review start", size), []).append(answer(board, "2", 0.45))
                keys = [answer(board, key, QUIET) for key in (KEYS["enter"], *ANSWERS)]
                waits.setdefault(("a key in the review", size), []).extend(keys[1:])
                answer(board, "1", 0.45)
        for what, limit in LIMITS.items():
            few, many = (median(waits[what, size]) for size in (FEW, MANY))
            yield Figure(f"{what}, {FEW:,} wins", "a frame of 1/60 s", few, FRAME)
            yield Figure(f"{what}, {MANY:,} wins", f"the same at {FEW:,}", many, few, limit)

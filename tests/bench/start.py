"""How long a person waits for the first frame, beside an empty Textual app."""

import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import median
from typing import Final

from tests.bench.crowd import write_journal
from tests.bench.figures import Figure
from tests.terminal import SMALLWINS, Terminal

LIMITS: Final = {1_000: 1.5, 10_000: 1.5, 100_000: 4.0}
"""How many times an empty app opening a journal of so many wins may take."""
TURNS: Final = 7


def run() -> Iterator[Figure]:
    """Open each in turn, several times, so that a busy machine disturbs all alike."""
    with tempfile.TemporaryDirectory() as folder:
        commands: dict[int, Sequence[str]] = {0: (sys.executable, "-m", "tests.bench.crowd", "empty", "0")}
        for size in LIMITS:
            path = Path(folder) / f"{size}.json"
            write_journal(path, size)
            commands[size] = (*SMALLWINS, "--file", str(path))
        taken: dict[int, list[float]] = {size: [] for size in commands}
        for _ in range(TURNS):
            for size, command in commands.items():
                taken[size].append(_first_frame(command, "Cotton candy" if size else "ready"))
        for size, limit in LIMITS.items():
            yield Figure(
                f"first frame, {size:,} wins beside an empty app", median(taken[size]), median(taken[0]), limit
            )


def _first_frame(command: Sequence[str], sign: str) -> float:
    start = time.perf_counter()
    with Terminal(*command) as app:
        while sign not in app.text():
            app.pump(0.002)
        return time.perf_counter() - start

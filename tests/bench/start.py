"""How long a person waits for the first frame, and what the app weighs then, beside an empty Textual app."""

import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from statistics import median
from typing import Final, NamedTuple

from tests.bench.crowd import SIZES, write_journal, write_stock
from tests.bench.figures import FREE, Figure, in_turns
from tests.support.terminal import SMALLWINS, Terminal

LIMITS: Final = {100: 1.35, 1_000: 1.35, 10_000: 1.35, 100_000: 3.0}
"""How many times an empty app opening a journal of so many wins may take."""
LIGHT: Final = {10_000: 1.5}
"""How many times an empty app it may weigh."""
FOREIGN: Final = 10_000
"""The wins of a file that stock TinyDB wrote."""
LIMIT_FOREIGN: Final = 1.5
"""How many times one of our own it may take: all that another program may have put there is looked for."""
OTHERS: Final = (("OptionList", "options", 10_000), ("a widget a win", "widgets", 1_000))
"""Other ways to show so many titles, to tell what a column drawn by lines is worth."""
TURNS: Final = 21
EMPTY: Final = "an empty Textual app"
CURSOR: Final = "▸"
"""What is drawn on a card and nowhere else."""


class Opened(NamedTuple):
    """A program that was opened: seconds to its first whole frame, and the megabytes it has then."""

    took: float
    weighs: float


def run() -> Iterator[Figure]:
    """Open each in turn, several times, so that a busy machine disturbs all alike."""
    with tempfile.TemporaryDirectory() as folder:
        commands: dict[str, tuple[Sequence[str], str]] = {EMPTY: ((sys.executable, "-m", "tests.bench.empty"), "ready")}
        for size in SIZES:
            write_journal(Path(folder) / f"{size}.json", size)
            commands[f"{size:,} wins"] = ((*SMALLWINS, "--file", str(Path(folder) / f"{size}.json")), CURSOR)
        stock = Path(folder) / "stock.json"
        write_stock(stock, FOREIGN)
        commands["stock"] = ((*SMALLWINS, "--file", str(stock)), CURSOR)
        weights: dict[str, list[float]] = {name: [] for name in commands}
        took = in_turns({name: partial(_open, *how, weights[name]) for name, how in commands.items()}, TURNS)
        for size in SIZES:
            yield Figure(f"first frame, {size:,} wins", EMPTY, took[f"{size:,} wins"], took[EMPTY], LIMITS[size])
        own = took[f"{FOREIGN:,} wins"]
        yield Figure(f"first frame, {FOREIGN:,} wins by TinyDB", "a file of our own", took["stock"], own, LIMIT_FOREIGN)
        heavy = median(weights[EMPTY])
        for size in SIZES:
            weight = median(weights[f"{size:,} wins"])
            yield Figure(f"memory, {size:,} wins", EMPTY, weight, heavy, LIGHT.get(size, FREE))
        for title, kind, size in OTHERS:
            crowd = (sys.executable, "-m", "tests.bench.crowd", kind, str(size))
            yield Figure(f"first frame, {size:,} titles in {title}", EMPTY, opened(crowd, "ready").took, took[EMPTY])


def _open(command: Sequence[str], sign: str, weights: list[float]) -> float:
    found = opened(command, sign)
    weights.append(found.weighs)
    return found.took


def opened(command: Sequence[str], sign: str) -> Opened:
    """Open a program in a terminal until a sign is on its way to the screen, and end it."""
    start = time.perf_counter()
    with Terminal(*command, blind=True) as app:
        while sign.encode() not in app.raw:
            app.pump(0.001)
        took = time.perf_counter() - start
        app.settle()
        return Opened(took, resident(app.pid))


def resident(pid: int) -> float:
    """Return the megabytes that a process has in memory."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) / 1024 for line in status if line.startswith("VmRSS"))

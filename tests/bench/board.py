"""How long the board takes to open and to answer keys, and what it weighs, at growing sizes."""

import os
import select
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from msgspec import Struct

from data.store import Store
from tests.bench.crowd import NOW, write_journal
from tests.bench.figures import Figure, seconds
from tests.terminal import KEYS, SMALLWINS, Terminal

SIZES: Final = (100, 1_000, 10_000, 100_000)
MOST_WIDGETS: Final = 1_000
"""More widgets than that take longer to open than anybody waits."""
MOST_OPTIONS: Final = 10_000
LIMIT_OPEN: Final = 2.5
"""Times an empty app that opening may take, beside the reading of the file."""
MEMORY_AT: Final = 10_000
ROUNDS: Final = 2
"""Times that each program is opened."""
WAYS: Final = (
    ("cursor", ("down", "down", "down", "up", "up"), 10),
    ("page", ("pagedown", "pagedown", "pageup", "pageup"), 8),
    ("ends", ("end", "home"), 6),
    ("move", ("r", "n"), 8),
    ("undo", ("u",), 6),
    ("find", ("/", "n", "i", "g", "h", "escape"), 12),
)
"""What is pressed again and again, and how often."""


class Seen(Struct):
    """What was measured of one program.

    Attributes:
        opened: Seconds from the start to the first whole screen.
        memory: Resident MB once it is open.
        keys: Milliseconds from a key to the first byte of the answer, medians by way.
    """

    opened: float
    memory: float
    keys: dict[str, float]


def run(sizes: Sequence[int] = SIZES) -> Iterator[Figure]:
    """Print a table over the sizes, and compare the largest with the smallest and with an empty app."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        empty = _best(_crowd("empty", 0), "ready", home, ())
        _say("program", "wins", "open s", "x empty", "read s", "MB", "x empty", *(f"{way} ms" for way, _, _ in WAYS))
        _line("empty app", 0, empty, empty)
        boards: dict[int, Seen] = {}
        for size in sizes:
            boards[size], read = _board(size, home, empty)
            yield Figure(f"opening {size:,} wins", boards[size].opened, LIMIT_OPEN * empty.opened + read, 1.0)
            _others(size, home, empty)
    if MEMORY_AT in boards:
        yield Figure(f"memory at {MEMORY_AT:,} wins", boards[MEMORY_AT].memory, empty.memory, 1.6)
    few, many = boards[min(sizes)], boards[max(sizes)]
    for way in few.keys:
        yield Figure(f"{way}, {max(sizes):,} wins beside {min(sizes):,}", many.keys[way], few.keys[way], 1.5)


def _board(size: int, home: Path, empty: Seen) -> tuple[Seen, float]:
    """Measure the board, and how many seconds reading its file takes alone."""
    path = home / f"{size}.json"
    write_journal(path, size)
    read = min(seconds(lambda: Store(path, lambda: NOW).close()) for _ in range(ROUNDS))
    seen = _best([*SMALLWINS, "--file", str(path)], "Cotton candy", home, WAYS)
    _line("board", size, seen, empty, read)
    return seen, read


def _others(size: int, home: Path, empty: Seen) -> None:
    if size <= MOST_OPTIONS:
        _line("OptionList", size, _best(_crowd("options", size), "ready", home, WAYS[:3]), empty)
    if size <= MOST_WIDGETS:
        _line("a widget each", size, _best(_crowd("widgets", size), "ready", home, WAYS[1:3]), empty)


def _crowd(kind: str, number: int) -> list[str]:
    return [sys.executable, "-m", "tests.bench.crowd", kind, str(number)]


def _best(argv: Sequence[str], ready: str, home: Path, ways: Sequence[tuple[str, Sequence[str], int]]) -> Seen:
    """Open a program several times and press the keys; the quickest of each counts, it was disturbed the least."""
    env = {"HOME": str(home), **{f"XDG_{name}_HOME": str(home / name) for name in ("DATA", "STATE", "CONFIG", "CACHE")}}
    seen = [_open(argv, ready, env, ways) for _ in range(ROUNDS)]
    keys = {way: min(one.keys[way] for one in seen) for way, _, _ in ways}
    return Seen(min(one.opened for one in seen), min(one.memory for one in seen), keys)


def _open(
    argv: Sequence[str], ready: str, env: Mapping[str, str], ways: Sequence[tuple[str, Sequence[str], int]]
) -> Seen:
    begun = time.perf_counter()
    with Terminal(*argv, cols=120, rows=40, env=env) as terminal:
        terminal.wait(ready)
        opened = time.perf_counter() - begun
        terminal.settle()
        memory = _resident(terminal.pid)
        keys = {way: statistics.median(_press(terminal, names, times)) for way, names, times in ways}
    return Seen(opened, memory, keys)


def _press(terminal: Terminal, names: Sequence[str], times: int) -> list[float]:
    """Return the milliseconds that each of the presses took to be answered."""
    return [_answer(terminal, KEYS.get(names[turn % len(names)], names[turn % len(names)])) for turn in range(times)]


def _answer(terminal: Terminal, sequence: str) -> float:
    begun = time.perf_counter()
    os.write(terminal.fd, sequence.encode())
    select.select([terminal.fd], [], [], 5)
    took = (time.perf_counter() - begun) * 1000
    terminal.settle()
    return took


def _resident(pid: int) -> float:
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) / 1024 for line in status if line.startswith("VmRSS"))


def _line(name: str, size: int, seen: Seen, empty: Seen, read: float | None = None) -> None:
    ratio, weight = seen.opened / empty.opened, seen.memory / empty.memory
    times = (f"{seen.keys[way]:.1f}" if way in seen.keys else "" for way, _, _ in WAYS)
    shown = "" if read is None else f"{read:.2f}"
    _say(
        name,
        f"{size:,}",
        f"{seen.opened:.2f}",
        f"{ratio:.2f}",
        shown,
        f"{seen.memory:.0f}",
        f"{weight:.2f}",
        *times,
    )


def _say(name: str, *columns: str) -> None:
    sys.stdout.write(f"{name:<14}" + "".join(f"{column:>11}" for column in columns) + "\n")
    sys.stdout.flush()

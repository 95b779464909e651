"""Kill whoever drains an inbox, while others write to it: `python -m tests.soak.inbox_kills [--kills N] [--seed N]`.

Lost is a line that is in neither journal nor inbox at the end, or a win that was there twice on the way.
"""

import argparse
import os
import signal
import sys
import time
from collections import Counter
from contextlib import suppress
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Final

from data.files.disk import PRIVATE_FILE
from data.inbox.drain import drain
from data.storage.store import Store
from tests.soak.rounds import Tally
from tests.support.long_run import show_progress
from tui.system.clock import local_clock, utc

_LONGEST: Final = 0.06
"""Seconds until a drain is killed, at most; one takes 10 ms, and 50 on a busy machine."""
_PER_JOURNAL: Final = 250
"""Kills of one journal, which grows with each line."""


def _store(folder: Path) -> Store:
    return Store(folder / "wins.json", lambda: utc(local_clock()))


def _drain(folder: Path) -> None:
    drain(_store(folder), folder / "inbox.txt", local_clock)


def _child(work: object) -> int:
    """Start a child that does something, and return its process id."""
    assert callable(work)
    if (pid := os.fork()) == 0:
        try:
            work()
        finally:
            os._exit(0)
    return pid


def _write(folder: Path, number: int, chance: Random) -> list[str]:
    """Let a child write some lines, in one of the ways that programs have; return what they say."""
    _wait_for_all()  # two who write half a line each at the same time garble it by themselves
    lines = [f"win {number}.{each}" for each in range(chance.randrange(1, 4))]
    lines += lines[-1:] * chance.randrange(2)
    way, place = chance.randrange(3), folder / "inbox.txt"
    data = "".join(f"{line}\n" for line in lines).encode()
    pid = _child(lambda: _append(place, data, way))
    if chance.random() < 0.5:  # else it goes on while somebody drains
        os.waitpid(pid, 0)
    return lines


def _append(place: Path, data: bytes, way: int) -> None:
    """Append with one write, with two while the file stays open, or as a program that was killed left it."""
    cut = len(data) // 2 if way else len(data)
    if way == 2:  # a file that a drain moved away and did not finish
        place = place.with_name(f".inbox.txt.20261120.{os.urandom(8).hex()}.inbox")
    fd = os.open(place, os.O_WRONLY | os.O_APPEND | os.O_CREAT, PRIVATE_FILE)
    os.write(fd, data[:cut])
    time.sleep(0.002 if way else 0)
    os.write(fd, data[cut:])
    os.close(fd)


def _lost(folder: Path, said: list[str]) -> int:
    """Finish, and count what is missing or there too often."""
    for _ in range(3):
        _drain(folder)
    found = Counter(win.title for win in _store(folder).journal.wins.values())
    rest = [path for path in folder.iterdir() if "inbox" in path.name]
    return sum((found - Counter(said)).values()) + sum((Counter(said) - found).values()) + len(rest)


def inbox_kills(folder: Path, chance: Random, kills: int = _PER_JOURNAL) -> Tally:
    """Kill one or two drains at any moment, again and again, while lines are written."""
    said: list[str] = []
    for number in range(kills):
        said += _write(folder, number, chance)
        drains = [_child(lambda: _drain(folder)) for _ in range(chance.randrange(1, 3))]
        time.sleep(chance.random() * _LONGEST)
        for pid in drains:
            os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)
    _wait_for_all()
    return Tally(kills, _lost(folder, said))


def _wait_for_all() -> None:
    """Wait until every writer is done."""
    with suppress(ChildProcessError):
        while True:
            os.waitpid(-1, 0)


def main() -> int:
    """Print how many drains were killed and how many lines were lost or doubled; exit code 1 if any were."""
    parser = argparse.ArgumentParser(prog="python -m tests.soak.inbox_kills", description=__doc__)
    parser.add_argument("--kills", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=time.time_ns() % 1_000_000, help="the same trouble again")
    options = parser.parse_args()
    chance = Random(options.seed)  # noqa: S311  # trouble, no secret
    tries = lost = 0
    while tries < options.kills:
        with TemporaryDirectory(prefix="smallwins-inbox-") as folder:
            found = inbox_kills(Path(folder), chance)
        tries, lost = tries + found.tries, lost + found.lost
        show_progress(f"{tries:,} kills, {lost:,} lines lost or doubled")
    print(f"{tries:,} kills, {lost:,} lines lost or doubled, seed {options.seed}")  # noqa: T201  # what it is for
    return int(lost > 0)


if __name__ == "__main__":
    sys.exit(main())

"""Rounds of the soak: each puts a journal through one kind of trouble and counts what was tried and what was lost.

Lost is an acknowledged change that is not in the file afterwards, a file that is neither the old one nor the new one,
or memory that is not what the file holds.
"""

import errno
import os
import resource
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from random import Random
from typing import Final, NamedTuple

from data.base.errors import SmallWinsError
from data.model import edits
from data.model.journal import Edit, Journal
from data.model.records import Verdict, Win
from data.storage.backups import list_backups
from data.storage.store import Store
from tests.soak import sync_kills
from tests.support.child_process import ADD, exit_code_of
from tests.support.fake_disk import NOON, Clock, a_win, failing
from tests.support.power_cut_model import Recorder, broken_promises, states
from tests.support.sync_simulator import lives

_LIVES: Final = 40
_WINS: Final = 10
_PATIENCE: Final = 120.0
"""Seconds to wait for the lock, on a machine that does all this and more."""
ERRORS: Final = (errno.ENOSPC, errno.EIO, errno.EROFS, errno.EDQUOT)


class Tally(NamedTuple):
    """What was tried, what was lost, and how often ctrl+q was not heard."""

    tries: int
    lost: int
    deaf: int = 0


def _program(path: Path, count: int, out: Path) -> "subprocess.Popen[bytes]":
    with out.open("wb") as stdout:
        return subprocess.Popen(  # noqa: S603  # our own code
            [sys.executable, "-c", ADD, str(path), str(count)], stdout=stdout, stderr=subprocess.DEVNULL
        )


def _lost(path: Path, promised: set[str]) -> int:
    """Return how many of these wins a journal has lost."""
    try:
        return len(promised - Store(path, Clock()).journal.wins.keys())
    except SmallWinsError:
        return max(1, len(promised))


def _acknowledged(out: Path) -> set[str]:
    """Return the ids that a program printed; a line without its end was cut off by a kill."""
    return {line.strip() for line in out.read_text().splitlines(keepends=True) if line.endswith("\n")}


def kills(folder: Path, chance: Random) -> Tally:
    """Kill a program that adds wins, at any moment, again and again."""
    path, promised, lost = folder / "wins.json", set[str](), 0
    for turn in range(10):
        out = folder / f"out{turn}"
        program = _program(path, 1000, out)
        time.sleep(0.3 + chance.random() * 0.7)
        program.kill()
        program.wait()
        promised |= _acknowledged(out)
        lost += _lost(path, promised)
    return Tally(10, lost)


def together(folder: Path, chance: Random) -> Tally:
    """Let four programs add wins at once, while others look and one is stopped for a while."""
    path = folder / "wins.json"
    programs = [_program(path, 25, folder / f"out{number}") for number in range(4)]
    time.sleep(0.3)
    stopped = chance.choice(programs)
    stopped.send_signal(signal.SIGSTOP)
    time.sleep(chance.random())
    stopped.send_signal(signal.SIGCONT)
    ended = [program.wait() == 0 for program in programs]
    promised = set[str]().union(*(_acknowledged(folder / f"out{number}") for number in range(4)))
    return Tally(100, all(ended) * (100 - len(promised)) + _lost(path, promised))  # else one was refused, and said so


def turned(folder: Path, chance: Random) -> Tally:
    """Let two programs add, undo, redo and restore a backup at once, and count exactly what must be there."""
    path, count = folder / "wins.json", 150
    store = Store(path, Clock())
    store.change("add a win", edits.add_win(a_win("Before them all")))
    asked = store.back_up("asked")
    assert asked is not None
    begun = set(store.journal.wins)
    outs = [folder / "one", folder / "other"]
    programs = [_writer(path, asked.path.name, chance.randrange(1_000_000), count, out) for out in outs]
    failed = sum(program.wait() != 0 for program in programs)
    said = [line for out in outs for line in out.read_text().splitlines()]
    last = {line[1:]: line[0] == "+" for line in said if line != "restored"}
    alive = {win for win, there in last.items() if there}
    found = set(Store(path, Clock()).journal.wins) - begun
    # A restore takes wins out of the file; they are in the backup that it made of what it replaced.
    replaced = [backup.path for backup in list_backups(path) if backup.reason == "restore"]
    kept = found.union(*(Store(backup, Clock()).journal.wins for backup in replaced))
    lost = len(alive - kept) + len(found - alive)
    return Tally(len(said), failed + lost + (found != alive and "restored" not in said))


def _writer(path: Path, backup: str, seed: int, count: int, out: Path) -> "subprocess.Popen[bytes]":
    with out.open("wb") as stdout:
        return subprocess.Popen(  # noqa: S603  # our own code
            [sys.executable, "-m", "tests.soak.one_writer", path, backup, str(seed), str(count)], stdout=stdout
        )


def _any_edit(journal: Journal, chance: Random) -> Edit:
    """Return some change to some win."""
    wins = list(journal.wins.values())
    if not wins or chance.random() < 0.4:  # two in five
        return edits.add_win(a_win("One more", "word " * chance.randrange(500)))
    win: Win = chance.choice(wins)
    return chance.choice(
        [
            edits.set_verdict([win.id], chance.choice([Verdict.REAL, Verdict.CANDY, None]), NOON),
            edits.trash_wins([win.id], NOON),
            edits.restore_wins([win.id], NOON),
            edits.empty_trash(),
        ]
    )


def _attempt(store: Store, chance: Random) -> bool:
    """Change, undo or redo something; return whether it was acknowledged."""
    way: Callable[[], object] = chance.choice(
        [store.undo, store.redo, *[lambda: store.change("change", _any_edit(store.journal, chance))] * 4]
    )
    try:
        way()
    except SmallWinsError:
        return False
    return True


def faults(folder: Path, chance: Random) -> Tally:
    """Let any call fail with any error, in any change."""
    path, tries, lost, clock = folder / "wins.json", 200, 0, Clock()
    Store(path, clock).change("add a win", edits.add_win(a_win()))
    for _ in range(tries):
        clock.pass_days(chance.random())
        before = Store(path, Clock()).journal
        disk, calls = failing(chance.choice(ERRORS), chance.randrange(25))
        store = Store(path, clock, disk=disk)
        done = _attempt(store, chance)
        after = Store(path, Clock()).journal
        in_doubt = bool(calls) and calls[-1] == "sync_folder"
        lost += after != store.journal or not (done or in_doubt or after == before)
        lost += bool(list(folder.rglob("*.tmp"))) and calls[-1:] != ["remove"]
    return Tally(tries, lost)


def _attempt_within(path: Path, limit: int, chance: Random) -> None:
    """Change something where no file may be larger than so many bytes."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))
    if not _attempt(Store(path, Clock()), chance):
        os._exit(1)


def limits(folder: Path, chance: Random) -> Tally:
    """Limit the size of files, for real, in a child."""
    path, tries, lost = folder / "wins.json", 40, 0
    Store(path, Clock()).change("add a win", edits.add_win(a_win()))
    for _ in range(tries):
        before = path.read_bytes()
        limit = chance.randrange(2 * len(before))
        done = exit_code_of(partial(_attempt_within, path, limit, chance)) == 0
        lost += (not done and path.read_bytes() != before) + _lost(path, set())
        chance.random()
    return Tally(tries, lost)


def power_cuts(folder: Path, chance: Random) -> Tally:
    """Cut the power between any two calls, with all that the disk may hold by then."""
    path, disk, clock = folder / "deep" / "wins.json", Recorder(), Clock()
    store = Store(path, clock, disk=disk)
    for _ in range(20):
        clock.pass_days(chance.random())
        if _attempt(store, chance):
            disk.acknowledge(path)
    tries = sum(1 for _ in states(disk.events, path, None))
    return Tally(tries, sum(1 for _ in broken_promises(disk.events, path, None)))


def threads(folder: Path, chance: Random) -> Tally:
    """Let several stores of one program change the journal at once."""
    path, done = folder / "wins.json", list[str]()

    def work() -> None:
        store = Store(path, Clock(), timeout=_PATIENCE)
        for _ in range(20):
            win = a_win()
            store.change("add a win", edits.add_win(win))
            done.append(win.id)

    workers = [threading.Thread(target=work) for _ in range(chance.randrange(2, 5))]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    return Tally(20 * len(workers), 20 * len(workers) - len(done) + _lost(path, set(done)))


def damage(folder: Path, chance: Random) -> Tally:
    """Change, cut or double some bytes of a journal: it opens, or it is refused and left alone."""
    path, tries, lost = folder / "wins.json", 100, 0
    store = Store(path, Clock())
    for _ in range(10):
        store.change("add a win", edits.add_win(a_win()))
    good = path.read_bytes()
    for _ in range(tries):
        start = chance.randrange(len(good))
        end = start + chance.randrange(1, 200)
        bad = good[:start] + chance.choice([b"", chance.randbytes(3), good[start:end] * 2]) + good[end:]
        path.write_bytes(bad)
        lost += _mistreated(path, bad)
    return Tally(tries, lost)


def _mistreated(path: Path, bad: bytes) -> bool:
    try:
        store = Store(path, Clock())
        wins = len(store.journal.wins)
        store.change("add a win", edits.add_win(a_win()))
    except SmallWinsError:
        return path.read_bytes() != bad
    return len(Store(path, Clock()).journal.wins) != wins + 1


def devices(folder: Path, chance: Random) -> Tally:
    """Live random lives of devices that sync: clones, backups, wrong clocks, kills, races, damaged remotes."""
    first = chance.randrange(1_000_000)
    found = [bool(faults) for _, faults in lives(range(first, first + _LIVES), folder)]
    return Tally(len(found), sum(found))


def killed_devices(_folder: Path, _chance: Random) -> Tally:
    """Kill three computers that sync over a real repository, and let two push at the same moment."""
    return Tally(3 * _WINS, sync_kills.main("", _WINS) + sync_kills.race("", 5))


ROUNDS: Final[dict[str, Callable[[Path, Random], Tally]]] = {
    "SIGKILL at any moment of `smallwins add`": kills,
    "four programs at once, one of them stopped for a while": together,
    "several threads with a store each": threads,
    "two programs that undo, redo and restore": turned,
    "ENOSPC, EIO, EROFS, EDQUOT at any call": faults,
    "a limit on the size of files (RLIMIT_FSIZE)": limits,
    "power cuts between any two calls": power_cuts,
    "bytes changed, cut or doubled": damage,
    "devices that sync: lives with every trouble there is": devices,
    "SIGKILL at any moment of three computers that sync": killed_devices,
}

"""`python -m tests.soak.sync_kills [ADDRESS] [WINS]`: three computers write and sync while they are killed at random.

Each writes so many wins, 200 if not said, into a journal of its own, and syncs after about every second one, over a
real remote: a git repository (also by ssh) or a folder. Every 0.3 to 2 seconds one of them is killed, and started
again. At the end every win that was acknowledged is on all three, the journals are equal, and git finds no fault.
With `--races` two of them make passes at the same moments instead, 50 times or as many as said, and none is killed.
"""

import argparse
import os
import random
import subprocess
import sys
import time
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread
from typing import Final

from data.base.errors import SmallWinsError
from data.model import edits
from data.storage.store import Store
from data.sync.setup import is_git, sync_pass
from data.sync.sync_folder import SyncConfig, SyncFolder
from tests.support.devices import DAY, SEAL, SEALED_KEY

DEVICES: Final = ("one", "two", "three")
_KILLS: Final = (0.3, 2.0)
"""The least and the most seconds between two kills."""


def _now() -> datetime:
    return datetime.now(UTC)


class Computer:
    """One of the three: a home, and the process that works in it.

    Attributes:
        journal: Its file.
    """

    def __init__(self, home: Path, address: str, wins: int) -> None:
        self._home = home
        self._wins = wins
        self.journal = home / "wins.json"
        home.mkdir(exist_ok=True)
        self._folder.keep_sealed_key(SEALED_KEY)
        self._folder.set_up(SyncConfig(address, home.name), SEAL.key)
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def _folder(self) -> SyncFolder:
        return SyncFolder(self.journal)

    @property
    def acknowledged(self) -> list[str]:
        """The titles that were called saved."""
        try:
            return (self._home / "acknowledged").read_text().splitlines()
        except FileNotFoundError:
            return []

    @property
    def titles(self) -> list[str]:
        """The titles in the journal, sorted."""
        return sorted(win.title for win in Store(self.journal, _now).journal.wins.values())

    def is_done(self) -> bool:
        """Return whether all its wins are written; start its process where it was killed."""
        if self._process is not None and self._process.poll() is None:
            return False
        if len(self.acknowledged) >= self._wins:
            return True
        command = [sys.executable, "-m", "tests.soak.sync_kills", "--work", str(self._home), str(self._wins)]
        self._process = subprocess.Popen(command)  # noqa: S603 - ourselves
        return False

    def kill(self) -> bool:
        """Kill its process, at whatever it does; return whether there was one."""
        alive = self._process is not None and self._process.poll() is None
        if alive and self._process is not None:
            self._process.kill()
            self._process.wait()
        return alive

    def add(self, title: str) -> None:
        """Write a win down."""
        win = edits.new_win(title, happened_on=DAY, now=_now())
        Store(self.journal, _now).change("add a win", edits.add_win(win))

    def sync(self) -> None:
        """Make a pass."""
        sync_pass(lambda: Store(self.journal, _now), self._folder, _now).run()


def work(home: Path, wins: int) -> None:
    """Write wins and sync, until there are enough or somebody kills it."""
    dice, journal = random.Random(), home / "wins.json"  # noqa: S311 - dice
    folder = SyncFolder(journal)
    done = len((home / "acknowledged").read_text().splitlines()) if (home / "acknowledged").exists() else 0
    with (home / "acknowledged").open("a", buffering=1) as acknowledged:
        for number in range(done, wins):
            win = edits.new_win(f"{home.name} {number}", happened_on=DAY, now=_now())
            Store(journal, _now).change("add a win", edits.add_win(win))
            acknowledged.write(f"{win.title}\n")
            if dice.random() < 0.5:
                with suppress(SmallWinsError):
                    sync_pass(lambda: Store(journal, _now), folder, _now).run()


def main(address: str = "", wins: int = 200) -> int:
    """Let three computers work until all is written; print what came of it, and return how many faults there are."""
    began, kills = time.monotonic(), 0
    os.environ["XDG_STATE_HOME"] = os.devnull
    with TemporaryDirectory(prefix="smallwins-kills-") as folder:
        place = address or _new_repository(Path(folder) / "wins.git")
        computers = [Computer(Path(folder) / name, place, wins) for name in DEVICES]
        while not all([computer.is_done() for computer in computers]):  # noqa: C419 - each is started
            time.sleep(random.uniform(*_KILLS))  # noqa: S311 - dice
            kills += random.choice(computers).kill()  # noqa: S311 - dice
        for computer in (*computers, *computers):
            computer.sync()
        faults = [*_faults(computers), *_faults_of_git(place)]
        there = len(computers[0].titles)
    print(f"{place}: {kills} kills, {there} wins on all three, {time.monotonic() - began:.0f} s", *faults)  # noqa: T201
    return len(faults)


def _new_repository(path: Path) -> str:
    subprocess.run(["git", "init", "--quiet", "--bare", str(path)], check=True)  # noqa: S603, S607
    subprocess.run(["git", "-C", str(path), "config", "receive.denyNonFastForwards", "true"], check=True)  # noqa: S603, S607
    return f"file://{path}"


def _faults(computers: list[Computer]) -> list[str]:
    all_titles = [computer.titles for computer in computers]
    said = {title for computer in computers for title in computer.acknowledged}
    lost = said - set(all_titles[0])
    twice = len(all_titles[0]) - len(set(all_titles[0]))
    found = [f"lost: {sorted(lost)}"] if lost else []
    found += ["the journals differ"] if any(titles != all_titles[0] for titles in all_titles) else []
    # Killed between saving and writing it down, a computer writes that title once more: two wins, and no fault.
    return [*found, f"{twice} twice"] if twice > len(said) else found


def _faults_of_git(address: str) -> list[str]:
    path = address.removeprefix("file://")
    if not is_git(address) or not os.path.isdir(path):  # noqa: PTH112 - as it is said
        return []
    checked = subprocess.run(["git", "-C", path, "fsck", "--strict"], capture_output=True, check=False)  # noqa: S603, S607
    log = ["git", "-C", path, "log", "--merges", "--format=%h", "smallwins"]
    merges = subprocess.run(log, capture_output=True, check=False)  # noqa: S603
    return [*(["fsck finds faults"] if checked.returncode else []), *(["merges"] if merges.stdout else [])]


def race(address: str = "", rounds: int = 50) -> int:
    """Let two computers write a win and make a pass at the same moment, so many times; return the faults."""
    with TemporaryDirectory(prefix="smallwins-races-") as folder:
        place = address or _new_repository(Path(folder) / "wins.git")
        computers = [Computer(Path(folder) / name, place, 0) for name in DEVICES[:2]]
        for number in range(rounds):
            for computer in computers:
                computer.add(f"{computer.journal.parent.name} {number}")
            threads = [Thread(target=computer.sync) for computer in computers]
            for thread in (*map(_started, threads),):
                thread.join()
        for computer in (*computers, *computers):
            computer.sync()
        faults = [*_faults(computers), *_faults_of_git(place)]
        there = len(computers[0].titles)
    print(f"{place}: {rounds} races, {there} of {2 * rounds} wins on both", *faults)  # noqa: T201
    return len(faults) + (there != 2 * rounds)


def _started(thread: Thread) -> Thread:
    thread.start()
    return thread


if __name__ == "__main__":
    parser = argparse.ArgumentParser(
        prog="python -m tests.soak.sync_kills",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("address", nargs="?", default="", help="the remote; a new repository where none is said")
    parser.add_argument("count", nargs="?", type=int, help="wins of each, 200, or races, 50")
    parser.add_argument("--races", action="store_true", help="two passes at the same moments instead of kills")
    parser.add_argument("--work", action="store_true", help="be one of the computers, as this program starts them")
    wanted = parser.parse_args()
    if wanted.work:
        work(Path(wanted.address), wanted.count)
    else:
        how_many = [wanted.count] if wanted.count is not None else []
        sys.exit((race if wanted.races else main)(wanted.address, *how_many))

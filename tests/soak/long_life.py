"""The app, open for a long time in a real terminal: `python -m tests.soak.long_life --edits 10000`.

Each edit is waited for until it is in the file. Prints what the app holds after 1,000, 5,000 and 10,000 edits: memory,
descriptors, threads, and how often it wakes up at rest, which is what its timers cost. Exit code 1 if one of them grew,
if an edit was lost, or if ctrl+q did not quit.
"""

import argparse
import os
import sys
import time
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Final, NamedTuple

from data.demo.half_year import demo_records
from data.model.records import Changes
from data.storage.store import Store
from tests.bench.start import CURSOR, resident
from tests.soak.rounds import Tally
from tests.support.app_host import NOW, TODAY
from tests.support.fake_disk import Clock
from tests.support.terminal import SMALLWINS, Terminal

LOOKS: Final = (1_000, 5_000, 10_000)
"""After how many edits what the app holds is looked at."""
WAKE_UPS: Final = 6.0
"""The most a second at rest: a person reads, the battery lasts."""
GROWTH: Final = 1.1
"""Times the memory of the first look that there may be at the last; descriptors and threads may not grow at all."""
_REST: Final = 10.0
"""Seconds of rest that are looked at."""
_WAYS: Final = (("r", "u"), ("c", "u"), ("r", "u", "ctrl+r", "u"), ("d", "u"))
"""What is pressed on a card: an edit each, and all is as before."""
_BETWEEN: Final = (
    ("?", "escape"),
    ("3", "1"),
    ("/", "escape"),
    ("5", "4", "1"),
    ("enter", "escape"),
    ("a", "escape"),
)
"""What is looked at between edits."""
_ESCAPE: Final = "\x1b[27u"
"""As kitty sends it: a bare one and the next key would be alt and that key to an app too busy to read between them."""
_EACH: Final = 25
"""Rounds of edits until the next look at something else."""
_PATIENCE: Final = 20.0
"""Seconds that an edit may take to be in the file."""


class Held(NamedTuple):
    """What the app holds: megabytes, descriptors, threads, and wake-ups a second at rest."""

    memory: float
    descriptors: int
    threads: int
    wake_ups: float

    def __str__(self) -> str:
        parts = (f"{self.memory:.1f} MB", f"{self.descriptors} descriptors", f"{self.threads} threads")
        return f"{', '.join(parts)}, {self.wake_ups:.1f} wake-ups a second at rest"


class Life:
    """One app that stays open.

    Args:
        folder: Where its journal and its home are.
    """

    def __init__(self, folder: Path) -> None:
        self._path = folder / "wins.json"
        store = Store(self._path, Clock())
        store.change("fill", lambda _: Changes(put=demo_records(TODAY, NOW)))
        store.close()
        self._begun = self._titles()
        env = {
            "HOME": str(folder),
            **{f"XDG_{name}_HOME": str(folder) for name in ("DATA", "STATE", "CONFIG", "CACHE")},
        }
        self._app = Terminal(*SMALLWINS, "--file", str(self._path), env=env, blind=True)
        self._ways = self._keys()
        self.edits = self.lost = 0
        while CURSOR.encode() not in self._app.raw:
            self._app.pump(0.05)
        self._app.settle(0.5)

    def _keys(self) -> Iterator[str]:
        """Yield keys that edit, and press others on the way."""
        others = cycle(_BETWEEN)
        for number, way in enumerate(cycle(_WAYS), 1):
            yield from way
            if number % _EACH == 0:
                for key in next(others):
                    self._app.send(_ESCAPE if key == "escape" else key)

    def live(self, edits: int) -> None:
        """Make so many edits, each after the one before is in the file."""
        for _ in range(edits):
            key = next(self._ways)
            before = self._path.stat().st_mtime_ns
            os.write(self._app.fd, {"ctrl+r": b"\x12"}.get(key, key.encode()))
            self.lost += not self._saved_after(before)
            self.edits += 1
            del self._app.raw[:]

    def _saved_after(self, before: int) -> bool:
        until = time.monotonic() + _PATIENCE
        while self._path.stat().st_mtime_ns == before:
            self._app.pump(0.005)
            if time.monotonic() > until or self._app.status is not None:
                return False
        return True

    def _titles(self) -> list[tuple[str, str]]:
        """Return the wins on the board, and where they are: an edit and its undo leave them as they were."""
        return sorted((win.title, str(win.verdict)) for win in Store(self._path, Clock()).journal.live())

    def held(self) -> Held:
        """Return what it holds now, after some rest."""
        self._app.settle(1.0)
        begun = self._switches()
        self._app.pump(_REST)
        wakes = (self._switches() - begun) / _REST
        process = Path(f"/proc/{self._app.pid}")
        descriptors, threads = (sum(1 for _ in (process / name).iterdir()) for name in ("fd", "task"))
        return Held(resident(self._app.pid), descriptors, threads, wakes)

    def _switches(self) -> int:
        """Return how often its threads went to sleep, and so woke up, since they began."""
        tasks = Path(f"/proc/{self._app.pid}/task").iterdir()
        lines = [line for task in tasks for line in (task / "status").read_text(encoding="ascii").splitlines()]
        return sum(int(line.split()[1]) for line in lines if line.startswith("voluntary_ctxt_switches"))

    def end(self) -> bool:
        """Quit, and return whether the app listened."""
        until = time.monotonic() + _PATIENCE
        while self._app.status is None and time.monotonic() < until:
            os.write(self._app.fd, b"\x11")
            self._app.pump(0.5)
        listened = self._app.status == 0
        self._app.kill()
        self.lost += self._titles() != self._begun
        return listened


def long_life(folder: Path, _chance: Random, edits: int = 200) -> Tally:
    """Edit in an app in a terminal, wait for each to be in the file, and quit."""
    life = Life(folder)
    life.live(edits)
    listened = life.end()
    return Tally(edits, life.lost, int(not listened))


def main() -> int:
    """Print what the app holds at each look."""
    parser = argparse.ArgumentParser(prog="python -m tests.soak.long_life", description=__doc__)
    parser.add_argument("--edits", type=int, default=LOOKS[-1])
    options = parser.parse_args()
    looks: list[Held] = []
    with TemporaryDirectory(prefix="smallwins-life-") as folder:
        life = Life(Path(folder))
        for look in sorted({*[look for look in LOOKS if look < options.edits], options.edits}):
            life.live(look - life.edits)
            looks.append(life.held())
            print(f"{look:6,} edits: {looks[-1]}", flush=True)  # noqa: T201 - what it is for
        listened = life.end()
    print(f"{life.lost} lost, {int(not listened)} deaf")  # noqa: T201 - as above
    first, last = looks[0], looks[-1]
    grew = last.memory > GROWTH * first.memory or last.descriptors > first.descriptors or last.threads > first.threads
    return int(grew or last.wake_ups > WAKE_UPS or life.lost > 0 or not listened)


if __name__ == "__main__":
    sys.exit(main())

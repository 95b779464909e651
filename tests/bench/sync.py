"""What a pass of sync costs, beside the `git fetch` and `git push` of one commit that it cannot do without."""

import os
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from data.model import edits
from data.model.records import Changes
from data.storage.store import Store
from data.sync.setup import sync_pass
from data.sync.sync_folder import SyncConfig, SyncFolder
from tests.bench.crowd import NOW, TODAY, wins
from tests.bench.figures import Figure, in_turns, timed
from tests.support.devices import SEAL, SEALED_KEY

SIZES: Final = (1_000, 10_000)
"""Wins in the journals."""
LIMIT: Final = 4.0
"""Times git's own share that a pass may take: it asks git a few things more, seals, and saves."""
TURNS: Final = 9
_WHO: Final = ("-c", "user.name=Ada", "-c", "user.email=ada@example.org")


def run() -> Iterator[Figure]:
    """Write a win and make a pass, and commit a file and push it, in turns; both to a repository on this disk."""
    os.environ["XDG_STATE_HOME"] = os.devnull
    for size in SIZES:
        with TemporaryDirectory(prefix="smallwins-bench-") as folder:
            took = in_turns({"pass": _passes(Path(folder), size), "git": _pushes(Path(folder))}, TURNS)
        of = "git fetch, git push"
        yield Figure(f"a pass of sync, a new win, {size:,} wins", of, took["pass"], took["git"], LIMIT)


def _git(*words: str) -> None:
    subprocess.run(["git", *words], check=True, capture_output=True)  # noqa: S603, S607 - what is compared with


def _passes(home: Path, size: int) -> Callable[[], float]:
    remote, folder = home / "remote.git", SyncFolder(home / "wins.json")
    _git("init", "--bare", str(remote))
    folder.keep_sealed_key(SEALED_KEY)
    folder.set_up(SyncConfig(f"file://{remote}", "bench"), SEAL.key)
    store = Store(home / "wins.json", lambda: NOW)
    store.change("fill", lambda _: Changes(put=tuple(wins(size))))

    def once() -> float:
        store.change("add a win", edits.add_win(edits.new_win("Wrote", happened_on=TODAY, now=NOW)))
        return timed(lambda: sync_pass(lambda: Store(home / "wins.json", lambda: NOW), folder, lambda: NOW).run())()

    return once


def _pushes(home: Path) -> Callable[[], float]:
    remote, clone = home / "plain.git", home / "clone"
    _git("init", "--bare", str(remote))
    _git("clone", f"file://{remote}", str(clone))
    at = ("-C", str(clone), *_WHO)

    def exchange() -> None:
        _git(*at, "fetch", "origin")
        _git(*at, "push", "origin", "HEAD:wins")

    def once() -> float:
        (clone / "wins").write_bytes(os.urandom(1_000))
        _git(*at, "add", "wins")
        _git(*at, "commit", "-m", "Wrote")
        return timed(exchange)()

    return once

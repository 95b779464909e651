"""The store at 20,000 wins: a change, opening, and whether the screen keeps up during a save."""

import asyncio
import os
import random
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Final

import msgspec
from msgspec import Struct
from textual.app import App
from textual.events import Key

from data import edits
from data.models import Answers, Changes, Decision, Verdict, Win, doc_id
from data.store import Store
from tests.bench.figures import Figure, compare

WINS: Final = 20_000
KEYS: Final = 60
NOW: Final = datetime(2026, 11, 20, 12, tzinfo=UTC)
WORDS: Final = ("said", "yes", "to", "the", "panel", "talk", "wrote", "a", "note", "éclair", "道")


def make_wins(count: int) -> tuple[Win, ...]:
    """Return made-up wins of ordinary size, the same ones every time."""
    chance = random.Random(20)  # noqa: S311  # made-up wins, no secret
    return tuple(_make_win(chance) for _ in range(count))


def _make_win(chance: random.Random) -> Win:
    day = (NOW - timedelta(days=chance.randrange(3000))).date()
    win = edits.new_win(
        " ".join(chance.choices(WORDS, k=6)),
        story=" ".join(chance.choices(WORDS, k=chance.randrange(60))),
        happened_on=day,
        now=NOW,
        tags=chance.sample(WORDS, 2),
    )
    decision = Decision(when=NOW, verdict=Verdict.REAL, p=0.75, suggestion=Verdict.REAL, substance=0.7)
    return msgspec.structs.replace(
        win, verdict=Verdict.REAL, decided=(decision,), answers=Answers(door=4, direction=5, stretch=3)
    )


class Plain(Struct):
    """The file, for the plainest way to read and write it."""

    wins: dict[str, Win]


def run() -> Iterator[Figure]:
    """Measure on a disk of this machine."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "wins.json"
        store = Store(path, lambda: NOW)
        store.change("import", lambda _: Changes(put=make_wins(WINS)))
        yield change(store, path)
        yield opening(path)
        yield asyncio.run(keys(store))


def change(store: Store, path: Path) -> Figure:
    """Compare a change with encoding the whole, writing, syncing and renaming it."""

    def ours() -> None:
        store.change("add a win", edits.add_win(make_wins(1)[0]))

    plain = Plain({str(doc_id(win.id)): win for win in store.journal.wins.values()})
    temp = path.with_name("plain.tmp")

    def base() -> None:
        with temp.open("wb") as file:
            file.write(msgspec.json.encode(plain))
            file.flush()
            os.fsync(file.fileno())
        temp.replace(path.with_name("plain.json"))

    return compare(f"a win more at {WINS:,}, against encode + write + fsync + rename", ours, base, 1.3)


def opening(path: Path) -> Figure:
    """Compare opening with reading, decoding and converting."""

    def base() -> None:
        msgspec.convert(msgspec.json.decode(path.read_bytes())["wins"], dict[str, Win])

    return compare(f"opening {WINS:,}, against read + decode + convert", lambda: Store(path, lambda: NOW), base, 1.5)


class Listener(App[None]):
    """An app that does nothing but take keys."""

    def __init__(self) -> None:
        super().__init__()
        self.heard = asyncio.Event()

    def on_key(self, _: Key) -> None:
        """Tell that a key came."""
        self.heard.set()


async def keys(store: Store) -> Figure:
    """Compare how soon a key is heard while changes are saved all the time with when nothing happens."""
    app = Listener()
    async with app.run_test():
        calm = await _wait_for_keys(app)
        stop = threading.Event()
        saver = threading.Thread(target=_save_until, args=(store, stop))
        saver.start()
        busy = await _wait_for_keys(app)
        stop.set()
        await asyncio.to_thread(saver.join)
    return Figure("a key during saves, against a key without (median)", median(busy), median(calm), 1.5)


def _save_until(store: Store, stop: threading.Event) -> None:
    while not stop.is_set():
        store.change("add a win", edits.add_win(make_wins(1)[0]))


async def _wait_for_keys(app: Listener) -> list[float]:
    waits = []
    for _ in range(KEYS):
        await asyncio.sleep(0.01)
        app.heard.clear()
        start = time.perf_counter()
        app.post_message(Key("x", "x"))
        await app.heard.wait()
        waits.append(time.perf_counter() - start)
    return waits

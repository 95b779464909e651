"""The store beside the least that a durable save costs, stock TinyDB and SQLite; and whether the screen keeps up."""

import asyncio
import os
import random
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Final

import msgspec
from msgspec import Struct
from textual.app import App
from textual.events import Key
from tinydb import TinyDB

from data.model import edits
from data.model.records import Answers, Changes, Decision, Verdict, Win, doc_id
from data.storage.store import Store
from tests.bench.figures import FREE, Figure, in_turns, timed

TURNS: Final = {1_000: 15, 20_000: 9, 100_000: 3}
"""The sizes, and how often each is measured."""
LIMITS: Final = {("save", 20_000): 1.3, ("open", 20_000): 1.5}
"""Times the floor that ours may take."""
FLOOR: Final = {"save": "encode + write + fsync + rename", "open": "read + decode"}
KEYED: Final = 20_000
KEYS: Final = 30
KEY_TURNS: Final = 4
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
    for size, turns in TURNS.items():
        with TemporaryDirectory() as folder:
            yield from _sized(Path(folder), size, turns)


def _sized(home: Path, size: int, turns: int) -> Iterator[Figure]:
    wins = make_wins(size)
    store = Store(home / "wins.json", lambda: NOW)
    store.change("import", lambda _: Changes(put=wins))
    ways = {
        "ours": _ours(store),
        "floor": _floor(home, wins),
        "TinyDB": _stock(home, wins),
        "SQLite": _sqlite(home, wins),
    }
    took = in_turns({(what, name): timed(way[what]) for name, way in ways.items() for what in FLOOR}, turns)
    for what, floor in FLOOR.items():
        for name, of in (("floor", floor), ("TinyDB", "stock TinyDB"), ("SQLite", "SQLite, synchronous")):
            limit = LIMITS.get((what, size), FREE) if name == "floor" else FREE
            title = f"{what}, {size:,} wins, beside {name}"
            yield Figure(title, of, took[what, "ours"], took[what, name], limit)
    if size == KEYED:
        yield from asyncio.run(keys(store))


Way = dict[str, Callable[[], object]]
"""How one of them adds a win durably ("save"), and reads all ("open")."""


def _ours(store: Store) -> Way:
    return {
        "save": lambda: store.change("add a win", edits.add_win(make_wins(1)[0])),
        "open": lambda: Store(store.path, lambda: NOW).close(),
    }


def _floor(home: Path, wins: tuple[Win, ...]) -> Way:
    path, temp = home / "plain.json", home / "plain.tmp"
    plain = Plain({str(doc_id(win.id)): win for win in wins})

    def save() -> None:
        with temp.open("wb") as file:
            file.write(msgspec.json.encode(plain))
            file.flush()
            os.fsync(file.fileno())
        temp.replace(path)

    return {"save": save, "open": lambda: msgspec.json.decode(path.read_bytes(), type=Plain)}


def _stock(home: Path, wins: tuple[Win, ...]) -> Way:
    path = home / "stock.json"
    with TinyDB(path, encoding="utf-8") as made:
        made.insert_multiple(msgspec.to_builtins(win) for win in wins)
    held = TinyDB(path, encoding="utf-8")

    def read() -> None:
        with TinyDB(path, encoding="utf-8") as opened:
            opened.all()

    return {"save": lambda: held.insert(msgspec.to_builtins(make_wins(1)[0])), "open": read}


def _sqlite(home: Path, wins: tuple[Win, ...]) -> Way:
    path = home / "wins.sqlite"
    held = sqlite3.connect(path)
    held.execute("create table wins (id text primary key, record text)")
    held.executemany("insert into wins values (?, ?)", ((win.id, msgspec.json.encode(win).decode()) for win in wins))
    held.commit()

    def save() -> None:
        (win,) = make_wins(1)
        held.execute("insert into wins values (?, ?)", (win.id, msgspec.json.encode(win).decode()))
        held.commit()

    def read() -> None:
        with closing(sqlite3.connect(path)) as opened:
            rows = ",".join(record for (record,) in opened.execute("select record from wins"))
        msgspec.json.decode(f"[{rows}]", type=list[Win])

    return {"save": save, "open": read}


class Listener(App[None]):
    """An app that does nothing but take keys."""

    def __init__(self) -> None:
        super().__init__()
        self.heard = asyncio.Event()

    def on_key(self, _: Key) -> None:
        """Tell that a key came."""
        self.heard.set()


async def keys(store: Store) -> list[Figure]:
    """Compare how soon a key is heard while changes are saved all the time, in turns, with when nothing happens.

    And with when another program saves as much: what is more than that, the threads of one program cost.
    """
    app = Listener()
    waits: dict[str, list[float]] = {"calm": [], "own": [], "other": []}
    async with app.run_test():
        for _ in range(KEY_TURNS):
            waits["calm"] += await _wait_for_keys(app)
            async with _saving(store):
                waits["own"] += await _wait_for_keys(app)
            async with _another_saving(store.path):
                waits["other"] += await _wait_for_keys(app)
    calm, own, other = (median(each) for each in waits.values())
    what = f"a key during saves, {KEYED:,} wins"
    return [Figure(what, "a key without", own, calm, 1.5), Figure(what, "while another program saves", own, other, 1.5)]


@asynccontextmanager
async def _saving(store: Store) -> AsyncIterator[None]:
    stop = threading.Event()
    saver = threading.Thread(target=_save_until, args=(store, stop))
    saver.start()
    yield
    stop.set()
    await asyncio.to_thread(saver.join)


@asynccontextmanager
async def _another_saving(path: Path) -> AsyncIterator[None]:
    call = f"import {__name__} as bench; bench.{save_for_ever.__name__}({str(path)!r})"
    saver = subprocess.Popen([sys.executable, "-c", call], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)  # noqa: ASYNC220, S603 - our own
    assert saver.stdout is not None
    await asyncio.to_thread(saver.stdout.read, 1)
    yield
    saver.kill()
    await asyncio.to_thread(saver.communicate)


def save_for_ever(path: str) -> None:
    """Save one change after the other in a copy of a journal, once that was said on stdout."""
    copy = Path(path).with_name("another.json")
    copy.write_bytes(Path(path).read_bytes())
    store = Store(copy, lambda: NOW)
    os.write(1, b"\n")
    _save_until(store, threading.Event())


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

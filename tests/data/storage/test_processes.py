"""Several programs on one journal at once: nothing is lost, nobody waits for long, and reading always works."""

import errno
import fcntl
import json
import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from tinydb import TinyDB

from data.base.errors import BusyError, SaveError
from data.files.lock import LOCK_TIMEOUT, lock_path, locked
from data.model import edits
from data.model.records import Verdict
from data.storage.store import Store
from tests.support.child_process import ADD
from tests.support.fake_disk import NOON, Clock, a_win

HOLD = """
import sys, time
from pathlib import Path
from data.files.lock import locked
with locked(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "wins.json"


def program(code: str, *words: object, listen: bool = True) -> "subprocess.Popen[str]":
    """Start a program of our own."""
    stdout = subprocess.PIPE if listen else subprocess.DEVNULL
    return subprocess.Popen([sys.executable, "-c", code, *map(str, words)], stdout=stdout, text=True)  # noqa: S603


@pytest.mark.terminal
def test_four_programs_that_add_100_wins_each_make_four_hundred(quick: Path) -> None:
    path = quick
    programs = [program(ADD, path, 100, listen=False) for _ in range(4)]
    reader, seen = Store(path, Clock()), 0
    while any(one.poll() is None for one in programs):
        reader.refresh()
        assert len(reader.journal.wins) >= seen, "a reader never sees fewer than before"
        seen = len(reader.journal.wins)
        time.sleep(0.05)
    assert [one.wait() for one in programs] == [0, 0, 0, 0]
    titles = [win.title for win in Store(path, Clock()).journal.wins.values()]
    assert len(titles) == len(set(titles)) == 400
    assert len(json.loads(path.read_bytes())["wins"]) == 400
    with TinyDB(path, encoding="utf-8") as stock:
        assert len(stock.table("wins")) == 400
    assert list(path.parent.glob("*.tmp")) == []


@pytest.fixture
def holder(path: Path) -> Iterator["subprocess.Popen[str]"]:
    """Start a program that holds the lock and is stopped, as by ctrl+z."""
    Store(path, Clock()).change("add a win", edits.add_win(a_win()))
    one = program(HOLD, path)
    assert one.stdout is not None
    assert one.stdout.readline() == "held\n"
    os.kill(one.pid, signal.SIGSTOP)
    yield one
    one.kill()
    one.wait()
    one.stdout.close()


@pytest.mark.terminal
@pytest.mark.usefixtures("holder")
def test_a_stopped_program_that_holds_the_lock_is_named_in_time_and_reading_works(path: Path) -> None:
    before = path.read_bytes()
    store = Store(path, Clock(), timeout=0.2)
    assert len(store.journal.wins) == 1
    for _ in range(2):
        with pytest.raises(BusyError, match="Another program has held the journal"):
            store.change("add a win", edits.add_win(a_win()))
    assert store.refresh() is None
    assert path.read_bytes() == before
    assert LOCK_TIMEOUT < 5


@pytest.mark.terminal
def test_a_killed_holder_leaves_the_lock_free(path: Path, holder: "subprocess.Popen[str]") -> None:
    holder.kill()
    holder.wait()
    Store(path, Clock(), timeout=1).change("add a win", edits.add_win(a_win()))


@pytest.mark.terminal
def test_a_change_waits_for_the_one_before_it(path: Path) -> None:
    Store(path, Clock()).change("add a win", edits.add_win(a_win()))
    one = program(HOLD.replace("60", "0.3"), path)
    assert one.stdout is not None
    one.stdout.readline()
    Store(path, Clock()).change("add a win", edits.add_win(a_win()))
    assert one.wait() == 0
    one.stdout.close()
    assert len(Store(path, Clock()).journal.wins) == 2


@pytest.mark.terminal
def test_the_app_and_the_shell_on_one_win_merge(path: Path) -> None:
    app = Store(path, Clock())
    win = a_win()
    app.change("add a win", edits.add_win(win))
    subprocess.run(  # noqa: S603  # our own program
        [sys.executable, "-m", "tui", "--file", str(path), "sort", win.id, "real"], check=True, capture_output=True
    )
    assert app.journal.wins[win.id].verdict is None
    saved = app.change("move", edits.set_verdict([win.id], Verdict.CANDY, NOON))
    assert [one.verdict for one in saved.journal.wins[win.id].decided] == [Verdict.REAL, Verdict.CANDY]


WAIT = """
import sys
from pathlib import Path
from data.model import edits
from data.storage.store import Store
from tests.support.child_process import ADD
from tests.support.fake_disk import Clock, a_win
store = Store(Path(sys.argv[1]), Clock(), timeout=20)
print("waiting", flush=True)
store.change("add a win", edits.add_win(a_win()))
print("saved", flush=True)
"""


@pytest.mark.terminal
def test_a_lock_file_that_somebody_removed_does_not_let_two_in(path: Path, holder: "subprocess.Popen[str]") -> None:
    lock_path(path).unlink()
    with locked(path):
        waiting = program(WAIT, path)
        assert waiting.stdout is not None
        assert waiting.stdout.readline() == "waiting\n"
        holder.kill()
        holder.wait()
        assert select.select([waiting.stdout], [], [], 0.5)[0] == [], "it must not save while we hold the lock"
    assert waiting.stdout.readline() == "saved\n"
    assert waiting.wait() == 0
    waiting.stdout.close()


def test_a_file_system_without_locks_is_said_in_words(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_locks(*_: object) -> None:
        raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))

    monkeypatch.setattr(fcntl, "lockf", no_locks)
    with pytest.raises(SaveError, match="has no locks"):
        Store(path, Clock()).change("add a win", edits.add_win(a_win()))
    assert not path.exists()

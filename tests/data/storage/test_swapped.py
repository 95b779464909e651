"""A file or a lock that is swapped while a change is on its way: no acknowledged win is written over."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from data.base.errors import BusyError
from data.files.lock import lock_path
from data.model import edits
from data.storage.store import Store
from tests.support.fake_disk import Calls, Clock, a_win


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "wins.json"
    Store(path, Clock()).change("add a win", edits.add_win(a_win("The first")))
    return path


def titles(path: Path) -> list[str]:
    """Return the titles in the file."""
    return [win.title for win in Store(path, Clock()).journal.wins.values()]


def in_between(path: Path, swap: list[Path]) -> Calls:
    """Return a disk that lets another file take the journal's place once the new one is written, once for each."""

    def tell(name: str) -> None:
        if name == "sync" and swap:
            swap.pop().replace(path)

    return Calls(tell)


def another(path: Path, title: str) -> Path:
    """Return a copy of the journal with one more win, as a sync engine brings it from another computer."""
    other = path.with_name(f"{title}.json")
    other.write_bytes(path.read_bytes())
    Store(other, Clock()).change("add a win", edits.add_win(a_win(title)))
    return other


def test_a_file_that_a_sync_engine_swapped_under_the_lock_is_not_written_over(path: Path) -> None:
    store = Store(path, Clock(), disk=in_between(path, [another(path, "From elsewhere")]))
    saved = store.change("add a win", edits.add_win(a_win("From here")))
    assert titles(path) == ["The first", "From elsewhere", "From here"]
    assert saved.journal == Store(path, Clock()).journal
    assert list(path.parent.glob("*.tmp")) == []


def test_a_file_that_is_swapped_all_the_time_is_left_alone_and_it_is_said(path: Path) -> None:
    others = [another(path, f"Number {number}") for number in range(9)]
    store = Store(path, Clock(), disk=in_between(path, others))
    with pytest.raises(BusyError, match="nothing was saved"):
        store.change("add a win", edits.add_win(a_win("From here")))
    assert "From here" not in titles(path)
    assert others, "it gave up"


def test_a_removed_lock_file_lets_no_second_program_lose_its_win(path: Path) -> None:
    """As when the holder is stopped by ctrl+z, and somebody tidies up."""
    tried: list[str] = []

    def tell(name: str) -> None:
        if name == "sync" and not tried:
            tried.append(name)
            lock_path(path).unlink()
            add = [sys.executable, "-m", "tui", "--file", str(path), "add", "From the second"]
            subprocess.run(add, check=True, capture_output=True)  # noqa: S603  # our own program

    Store(path, Clock(), disk=Calls(tell)).change("add a win", edits.add_win(a_win("From the first")))
    assert titles(path) == ["The first", "From the second", "From the first"]


def test_a_journal_that_another_program_makes_in_this_moment_is_not_said_to_be_gone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "new" / "wins.json"
    really = os.listdir

    def meanwhile(folder: Path) -> list[str]:
        monkeypatch.setattr(os, "listdir", really)
        other = Store(path, Clock())
        other.change("add a win", edits.add_win(a_win("From elsewhere")))
        other.back_up("asked")
        return really(folder)

    monkeypatch.setattr(os, "listdir", meanwhile)
    assert [win.title for win in Store(path, Clock()).journal.wins.values()] == ["From elsewhere"]

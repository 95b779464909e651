"""Whoever drains an inbox may be killed, and others may drain or write at the same time."""

from pathlib import Path

import pytest

from data.inbox.drain import Drained, drain
from data.storage.store import Store
from tests.support.fake_disk import Calls
from tests.support.inbox_home import NOW, Home


class Dead(BaseException):
    """What a killed process would see."""


@pytest.mark.parametrize("said", ["one file", "refused lines", "a folder", "conflict copies"])
def test_killed_at_every_step_nothing_is_lost_or_doubled(tmp_path: Path, said: str) -> None:
    """Also when the drain that goes on after a kill is killed in its turn: 200 ways in all."""
    kills = 0
    for first in range(_steps(tmp_path / "whole", said)):
        for again in (None, *range(0, 12, 3)):
            home = Home(tmp_path / f"{first} {again}")
            _fill(home, said)
            assert _dies(home, first)
            kills += 1 + (again is not None and _dies(home, again))
            _check(home, said)
    assert kills > 50


def _steps(folder: Path, said: str) -> int:
    """Return how many calls of the disk a drain takes."""
    home, steps = Home(folder), list[str]()
    _fill(home, said)
    disk = Calls(steps.append)
    drain(Store(home.store.path, lambda: NOW, disk=disk), home.inbox, lambda: NOW, disk)
    _check(home, said)
    return len(steps)


def _dies(home: Home, step: int) -> bool:
    """Drain with a disk that is dead from one of its calls on, and return whether that was reached."""
    left = [step]

    def tell(_: str) -> None:
        left[0] -= 1
        if left[0] < 0:
            raise Dead

    disk = Calls(tell)
    try:
        drain(Store(home.store.path, lambda: NOW, disk=disk), home.inbox, lambda: NOW, disk)
    except Dead:
        return True
    return False


def _check(home: Home, said: str) -> None:
    """Drain, and look whether all is there once."""
    assert not home.drain().waits
    assert home.titles() == ["Coffee", "Ran", "Ran", "Talk"]
    assert home.files() == {"refused lines": ["inbox.txt"], "a folder": ["in"]}.get(said, [])
    if said == "refused lines":
        assert home.inbox.read_text(encoding="utf-8") == f"{'x' * 501}\n"


def _fill(home: Home, said: str) -> None:
    home.folder.mkdir()
    if said == "a folder":
        home.inbox = home.folder / "in"
        home.inbox.mkdir()
        home.write("Ran\nCoffee\n", "in/a.txt")
        home.write("Ran\nTalk\n", "in/b.txt")
    elif said == "conflict copies":
        home.write("Ran\nRan\nCoffee\n")
        home.write("Ran\nTalk\n", "inbox 2.txt")
    else:
        home.write(f"Ran\n{'x' * 501 if said == 'refused lines' else ''}\nCoffee\nRan\nTalk\n")


def test_two_programs_that_drain_at_once_bring_each_line_in_once(home: Home) -> None:
    home.write("Ran\nRan\nCoffee\n")
    beside = home.store
    drained: list[Drained] = []

    def tell(name: str) -> None:
        if name in ("sync", "remove") and len(drained) < 9:
            drained.append(Drained())
            drained[-1] = drain(beside, home.inbox, lambda: NOW)

    done = drain(home.store, home.inbox, lambda: NOW, Calls(tell))
    assert len(drained) > 0
    assert len(done.wins) + sum(len(one.wins) for one in drained) == 3
    assert home.titles() == ["Coffee", "First", "Ran", "Ran"]
    assert home.files() == []


def test_a_file_that_grows_while_it_is_brought_in_is_read_to_its_end(home: Home) -> None:
    home.write("One\n")
    late = ["Two\n", "Three\n"]

    def tell(name: str) -> None:
        claims = list(home.folder.glob(".inbox.txt.*.inbox"))
        if name == "sync_folder" and claims and late:
            with claims[0].open("a") as file:
                file.write(late.pop(0))

    disk = Calls(tell)
    done = drain(Store(home.store.path, lambda: NOW, disk=disk), home.inbox, lambda: NOW, disk)
    assert [win.title for win in done.wins] == ["One", "Two", "Three"]
    assert (done.known, done.waits) == (0, False)
    assert home.titles() == ["First", "One", "Three", "Two"]
    assert home.files() == []


def test_killed_while_a_file_is_put_back_it_is_not_read_twice(home: Home) -> None:
    home.write("Ran\nCoffee\n")
    for number in (1, 2):
        (home.folder / f".inbox.txt.20261120.{number:016}.inbox").hardlink_to(home.inbox)
    assert len(home.drain().wins) == 2
    assert home.titles() == ["Coffee", "First", "Ran"]
    assert home.files() == []

"""Draining: nothing is lost or doubled, whoever else writes, and what can't be used stays and is named."""

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from data.base.errors import NotAllowedError, NotFoundError, SaveError
from data.inbox.drain import Drained, drain
from data.model.records import Changes
from data.storage.store import Store
from tests.support.fake_disk import Calls, a_win, broken

NOW = datetime(2026, 11, 20, 17, 30, tzinfo=UTC)


class Home:
    """A journal with an inbox beside it, on a Friday that never ends."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.inbox = folder / "inbox.txt"

    @property
    def store(self) -> Store:
        """The journal, opened anew."""
        return Store(self.folder / "wins.json", lambda: NOW)

    def write(self, said: str, name: str = "inbox.txt", seconds: float = -60) -> Path:
        """Write a file, so many seconds from now."""
        path = self.folder / name
        path.write_text(said, encoding="utf-8")
        moment = NOW.timestamp() + seconds
        os.utime(path, (moment, moment))
        return path

    def drain(self, inbox: Path | None = None) -> Drained:
        """Drain the inbox."""
        return drain(self.store, inbox or self.inbox, lambda: NOW)

    def titles(self) -> list[str]:
        """Return what the journal holds."""
        return sorted(win.title for win in self.store.journal.live())

    def files(self) -> list[str]:
        """Return what lies beside the journal, but for its own files."""
        return sorted(path.name for path in self.folder.iterdir() if "wins.json" not in path.name)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """Return a home whose journal holds one win."""
    made = Home(tmp_path)
    made.store.change("begin", lambda _: Changes(put=(a_win("First"),)))
    return made


def test_lines_come_in_as_one_change_that_undo_undoes(home: Home) -> None:
    home.write("Ran\nRan\nCoffee\n")
    done = home.drain()
    assert done.describe() == "3 wins from the inbox"
    assert home.titles() == ["Coffee", "First", "Ran", "Ran"]
    assert home.files() == []
    home.store.undo()
    assert home.titles() == ["First"]
    home.store.redo()
    assert home.titles() == ["Coffee", "First", "Ran", "Ran"]


def test_without_an_inbox_nothing_happens(home: Home) -> None:
    before = home.store.path.read_bytes()
    assert home.drain() == Drained()
    home.write("  \n\n")
    assert home.drain() == Drained()
    assert home.files() == ["inbox.txt"]
    assert home.store.path.read_bytes() == before


def test_a_line_that_is_still_written_waits_with_all_of_its_file(home: Home) -> None:
    home.write("First line\nhalf", seconds=-1)
    assert home.drain().waits
    assert home.files() == ["inbox.txt"]
    home.write("First line\nhalf and whole\n", seconds=-1)
    assert not home.drain().waits
    assert home.titles() == ["First", "First line", "half and whole"]


def test_a_last_line_without_an_end_comes_in_once_it_is_old(home: Home) -> None:
    home.write("From a phone", seconds=-6)
    home.drain()
    assert home.titles() == ["First", "From a phone"]


def test_a_file_that_another_program_has_open_waits(home: Home) -> None:
    with home.write("One\n").open("a") as file:
        assert home.drain().waits
        assert home.files() == ["inbox.txt"]
        file.write("Two\n")
    home.drain()
    assert home.titles() == ["First", "One", "Two"]


def test_what_was_undone_is_not_brought_in_by_a_leftover(home: Home) -> None:
    home.write("Ran\n")
    left = home.folder / ".inbox.txt.20261120.0123456789abcdef.inbox"
    os.link(home.inbox, left)
    home.drain()
    home.store.undo()
    assert home.drain().known == 0
    assert home.titles() == ["First"]


def test_a_leftover_keeps_the_day_it_was_written(home: Home) -> None:
    home.write("Ran\n", ".inbox.txt.20261117.0123456789abcdef.inbox")
    (win,) = home.drain().wins
    assert str(win.happened_on) == "2026-11-17"
    assert home.files() == []
    home.write("Ran\n", ".inbox.txt.20261399.0123456789abcdef.inbox")
    assert home.drain() == Drained()


def test_a_file_written_in_another_age_or_to_come_is_of_today(home: Home) -> None:
    for seconds in (-1e9, 1e6):
        home.write(f"Ran {seconds}\n", seconds=seconds)
        (win,) = home.drain().wins
        assert win.happened_on == NOW.date()


@pytest.mark.parametrize(
    "copy",
    [
        "inbox (Ada's conflicted copy 2026-11-20).txt",
        "inbox.sync-conflict-20261120-101010-ABCDEFG.txt",
        "inbox_conflict-20261120-101010.txt",
        "inbox 2.txt",
        "inbox (1).txt",
        "inbox-DESKTOP-1.txt",
    ],
)
def test_conflict_copies_are_joined(home: Home, copy: str) -> None:
    home.write("Ran\nAt home\n")
    home.write("Ran\nAway\n", copy)
    assert home.drain().describe() == "3 wins from the inbox"
    assert home.titles() == ["At home", "Away", "First", "Ran"]
    home.write("Ran\nLate\n", copy, seconds=60)
    assert home.drain().known == 1
    assert home.titles() == ["At home", "Away", "First", "Late", "Ran"]


@pytest.mark.parametrize("other", ["inbox-old.txt", "my inbox.txt", "inbox.md", "notes.txt", "inboxes (conflict).txt"])
def test_other_files_beside_it_are_left_alone(home: Home, other: str) -> None:
    home.write("Private\n", other)
    assert home.drain() == Drained()
    assert home.files() == [other]


def test_all_text_files_of_a_folder_come_in_and_nothing_else(home: Home) -> None:
    folder = home.folder / "in"
    folder.mkdir()
    for name in ("a.txt", "b.md", "Win 2.txt", "c.pdf", ".hidden.txt"):
        home.write("Ran\n", f"in/{name}")
    done = home.drain(folder)
    assert [win.title for win in done.wins] == ["Ran", "Ran", "Ran"]
    assert sorted(path.name for path in folder.iterdir()) == [".hidden.txt", "c.pdf"]


def test_what_cannot_be_used_stays_and_is_named(home: Home) -> None:
    long = "x" * 501
    home.write(f"{long}\n  its story\nGood\n")
    (problem,) = home.drain().problems
    assert problem.startswith("Line 1 of inbox.txt: The title has 501 characters")
    assert home.inbox.read_text(encoding="utf-8") == f"{long}\n  its story\n"
    again = home.drain()
    assert (again.wins, again.problems) == ((), (problem,))
    assert home.inbox.read_text(encoding="utf-8") == f"{long}\n  its story\n"


def test_it_is_put_back_once_behind_what_was_written_meanwhile(home: Home) -> None:
    long = "x" * 501
    home.write(f"{long}\n", ".inbox.txt.20261120.0123456789abcdef.inbox")
    home.write(f"{long}\nNew", seconds=-60)
    home.drain()
    home.drain()
    assert home.inbox.read_text(encoding="utf-8") == f"{long}\n"
    assert home.titles() == ["First", "New"]


def test_binary_and_huge_files_links_and_pipes_are_a_sentence(home: Home) -> None:
    folder = home.folder / "in"
    folder.mkdir()
    (folder / "binary.txt").write_bytes(b"\0\1\2PK" * 99)
    (folder / "huge.txt").write_bytes(b"a win\n" * 700_000)
    (folder / "link.txt").symlink_to(home.store.path)
    (folder / "lines.txt").write_text("a win\n" * 5_001)
    os.mkfifo(folder / "pipe.txt")
    (folder / "folder.txt").mkdir()
    before = sorted(path.name for path in folder.iterdir())
    assert home.drain(folder).problems == (
        "binary.txt was left as it is. That is not a text file. Export it as text, CSV or JSON first.",
        "folder.txt can't be read: is a directory.",
        "huge.txt was left as it is. It has more than 4 MB. `smallwins import` reads it.",
        "lines.txt was left as it is. It has more than 5,000 lines. `smallwins import` reads it.",
        "link.txt was left as it is. It is a link. Put the file itself there.",
        "pipe.txt can't be read: not a regular file.",
    )
    assert sorted(path.name for path in folder.iterdir()) == before
    assert home.titles() == ["First"]


def test_each_line_is_read_in_the_encoding_of_who_wrote_it(home: Home) -> None:
    home.inbox.write_bytes("\ufeffCafé\r\n".encode() + "Naïve\n".encode("cp1252"))
    home.drain()
    home.inbox.write_bytes("Привет, как дела, друзья\n".encode("cp1251"))
    home.drain()
    home.inbox.write_bytes("\ufeffZoë\n".encode("utf-16-le"))
    home.drain()
    assert home.titles() == ["Café", "First", "Naïve", "Zoë", "Привет, как дела, друзья"]


def test_a_link_to_the_inbox_is_followed(home: Home) -> None:
    (home.folder / "cloud").mkdir()
    home.write("Ran\n", "cloud/wins.txt")
    home.inbox.symlink_to(home.folder / "cloud" / "wins.txt")
    home.drain()
    assert home.titles() == ["First", "Ran"]
    assert home.inbox.is_symlink()
    assert list((home.folder / "cloud").iterdir()) == []


def test_a_folder_that_is_gone_is_a_sentence_but_not_before_the_first_win(home: Home, tmp_path: Path) -> None:
    with pytest.raises(NotFoundError, match=r"The folder of the inbox is gone: .*/usb/inbox\.txt\. Is its disk"):
        home.drain(tmp_path / "usb" / "inbox.txt")
    new = Store(tmp_path / "new" / "wins.json", lambda: NOW)
    assert drain(new, tmp_path / "new" / "inbox.txt", lambda: NOW) == Drained()


def test_the_journal_and_the_home_folder_are_no_inbox(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(NotAllowedError, match="can't be the inbox"):
        home.drain(home.store.path)
    monkeypatch.setenv("HOME", str(home.folder))
    with pytest.raises(NotAllowedError, match="can't be the inbox"):
        home.drain(home.folder)
    assert home.titles() == ["First"]


def test_a_journal_that_cannot_be_changed_leaves_the_inbox_as_it_is(home: Home) -> None:
    home.write("Ran\n")
    store = Store(home.store.path, lambda: NOW, disk=broken("write"))
    with pytest.raises(SaveError, match="disk is full"):
        drain(store, home.inbox, lambda: NOW)
    assert home.files() == ["inbox.txt"]
    home.drain()
    assert home.titles() == ["First", "Ran"]


@pytest.mark.parametrize("call", ["replace", "remove"])
def test_a_folder_that_refuses_loses_and_doubles_nothing(home: Home, call: str) -> None:
    home.write("Ran\n")
    done = drain(home.store, home.inbox, lambda: NOW, broken(call))
    assert "disk is full" in done.problems[0]
    home.drain()
    assert home.titles() == ["First", "Ran"]
    assert home.files() == []


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

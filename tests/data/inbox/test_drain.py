"""Draining: nothing is lost or doubled, whoever else writes, and what can't be used stays and is named."""

import errno
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

import pytest

from data.base.errors import NotAllowedError, NotFoundError, ReadOnlyError, SaveError
from data.inbox.drain import Drained, drain
from data.storage.store import Store
from tests.support.fake_disk import Calls, broken
from tests.support.inbox_home import NOW, Home


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


def test_a_program_that_opened_it_a_moment_before_goes_on_in_peace(home: Home) -> None:
    home.write("One\n")
    opened: list[IO[str]] = []

    def tell(name: str) -> None:
        if name == "replace" and not opened:
            opened.append(home.inbox.open("a"))

    assert drain(home.store, home.inbox, lambda: NOW, Calls(tell)).waits
    assert home.files() == ["inbox.txt"]
    with opened[0] as file:
        file.write("Two\n")
    home.drain()
    assert home.titles() == ["First", "One", "Two"]


def test_a_leftover_that_is_still_written_waits_where_it_is(home: Home) -> None:
    left = home.write("One\n", ".inbox.txt.20261120.0123456789abcdef.inbox")
    with left.open("a") as file:
        assert home.drain().waits
        file.write("Two\n")
    assert home.files() == [left.name]
    home.drain()
    assert home.titles() == ["First", "One", "Two"]


def test_a_journal_of_a_later_version_leaves_the_inbox_alone(home: Home) -> None:
    home.write("Ran\n")
    path = home.store.path
    path.write_bytes(path.read_bytes().replace(b'"schema":1', b'"schema":2'))
    with pytest.raises(ReadOnlyError, match="Nothing was changed"):
        home.drain()
    assert home.files() == ["inbox.txt"]


def test_an_inbox_behind_a_file_is_a_sentence(home: Home) -> None:
    with pytest.raises(SaveError, match="The inbox can't be read: a file is in the way of a folder"):
        home.drain(home.store.path / "inbox.txt")


def test_what_was_undone_is_not_brought_in_by_a_leftover(home: Home) -> None:
    home.write("Ran\n")
    left = home.folder / ".inbox.txt.20261120.0123456789abcdef.inbox"
    os.link(home.inbox, left)
    home.drain()
    home.store.undo()
    assert home.drain().known == 0
    assert home.titles() == ["First"]


def test_a_link_that_poses_as_a_leftover_is_not_followed(home: Home) -> None:
    home.write("A secret\n", "secret.txt")
    (home.folder / ".inbox.txt.20261120.0123456789abcdef.inbox").symlink_to(home.folder / "secret.txt")
    assert "It is a link." in home.drain().problems[0]
    assert home.titles() == ["First"]


def test_a_file_that_is_named_by_its_words_is_taken_too(home: Home) -> None:
    folder = home.folder / "in"
    folder.mkdir()
    for name in ("é" * 120, "x" * 251):
        home.write("Ran\n", f"in/{name}.txt")
    assert len(home.drain(folder).wins) == 2
    assert list(folder.iterdir()) == []


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


@pytest.mark.parametrize(
    "copy", ["note (Ada's conflicted copy 2026-11-20).md", "note.sync-conflict-20261120-101010-ABCDEFG.md"]
)
def test_conflict_copies_in_a_folder_are_joined(home: Home, copy: str) -> None:
    folder = home.folder / "in"
    folder.mkdir()
    home.write("Ran\nAt home\n", "in/note.md")
    home.write("Ran\nAway\n", f"in/{copy}")
    home.drain(folder)
    assert home.titles() == ["At home", "Away", "First", "Ran"]


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
        "folder.txt can't be used: is a directory.",
        "huge.txt was left as it is. It has more than 4 MB. `smallwins import` reads it.",
        "lines.txt was left as it is. It has more than 5,000 lines. `smallwins import` reads it.",
        "link.txt was left as it is. It is a link. Put the file itself there.",
        "pipe.txt can't be used: not a regular file.",
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


def test_a_folder_that_refuses_to_be_read_from_loses_and_doubles_nothing(home: Home) -> None:
    home.write("Ran\n")
    done = drain(home.store, home.inbox, lambda: NOW, broken("replace"))
    assert done.problems == ("inbox.txt can't be used: the disk is full.",)
    assert home.titles() == ["First"]
    home.drain()
    assert home.titles() == ["First", "Ran"]
    assert home.files() == []


def test_what_came_in_and_stays_there_is_no_failure_and_goes_next_time(home: Home) -> None:
    home.write("Ran\n")
    done = drain(home.store, home.inbox, lambda: NOW, broken("remove"))
    assert (len(done.wins), done.problems) == (1, ())
    (said,) = done.unfinished
    assert said.startswith("inbox.txt came in, but could not be removed: the disk is full. That is tried again")
    assert home.drain().wins == ()
    assert home.titles() == ["First", "Ran"]
    assert home.files() == []


def test_what_was_written_meanwhile_and_is_not_saved_leaves_in_what_was(home: Home) -> None:
    home.write("Ran\n")
    saves: list[str] = []

    def tell(name: str) -> None:
        if name == "replace" and home.files() != ["inbox.txt"]:
            saves.append(name)
            if len(saves) > 1:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            with next(home.folder.glob(".*.inbox")).open("a") as file:
                file.write("Sang\n")

    store = Store(home.store.path, lambda: NOW, disk=Calls(tell))
    store.undo()
    store.redo()  # from here on the day has its backup
    done = drain(store, home.inbox, lambda: NOW)
    assert [win.title for win in done.wins] == ["Ran"]
    assert "disk is full" in done.problems[0]
    assert home.drain().known == 1
    assert home.titles() == ["First", "Ran", "Sang"]


def test_a_file_of_a_device_whose_clock_is_ahead_comes_in_once(home: Home) -> None:
    def clock() -> datetime:
        return datetime.now(UTC)

    ahead = home.write("Ran\n", ".inbox.txt.20261120.0123456789abcdef.inbox")
    os.utime(ahead, (clock().timestamp() + 3_600,) * 2)
    assert len(drain(home.store, home.inbox, clock, broken("remove")).wins) == 1
    assert drain(home.store, home.inbox, clock).known == 1
    assert home.titles() == ["First", "Ran"]

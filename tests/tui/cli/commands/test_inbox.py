"""`smallwins inbox`: what lies in the inbox now comes in."""

import errno
import os
from pathlib import Path

import pytest

from tests.support.cli_runner import NOW, Calls


@pytest.fixture
def inbox(calls: Calls) -> Path:
    """Return the inbox beside a journal."""
    calls.add("First")
    return calls.path.with_name("inbox.txt")


def test_lines_become_wins_and_undo_takes_them_back(calls: Calls, inbox: Path) -> None:
    inbox.write_text("yesterday: coffee with a mentor #people\n  It was good.\nRan 5 km\n", encoding="utf-8")
    done = calls("inbox")
    assert [line.split("\t")[1:] for line in done.stdout.splitlines()] == [
        ["2026-11-19", "coffee with a mentor", "#people"],
        ["2026-11-20", "Ran 5 km", ""],
    ]
    assert done.stderr == "2 wins from the inbox. `smallwins undo` takes them back.\n"
    assert not inbox.exists()
    calls("undo")
    assert [win["title"] for win in calls.data("list")] == ["First"]
    assert "Nothing lies in the inbox" in calls("inbox").stderr


def test_a_journal_that_can_only_be_read_leaves_them_there(calls: Calls, inbox: Path) -> None:
    inbox.write_text("Ran\n", encoding="utf-8")
    calls.path.write_bytes(calls.path.read_bytes().replace(b'"schema":1', b'"schema":2'))
    done = calls("inbox", code=1)
    assert "newer version" in done.stderr
    assert "Nothing lies" not in done.stderr
    assert inbox.read_text(encoding="utf-8") == "Ran\n"


def test_what_came_in_and_cannot_be_removed_is_said_and_no_failure(
    calls: Calls, inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inbox.write_text("Ran\n", encoding="utf-8")
    os.utime(inbox, (NOW.timestamp() - 60, NOW.timestamp() - 60))
    remove = os.unlink

    def refuse(path: Path) -> None:
        if path.suffix == ".inbox":
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
        remove(path)

    with monkeypatch.context() as broken:
        broken.setattr("os.unlink", refuse)
        done = calls("inbox")
    assert done.stdout.endswith("Ran\t\n")
    assert "inbox.txt came in, but could not be removed: permission denied." in done.stderr
    assert "Nothing lies" not in done.stderr
    assert "1 line of the inbox was there already" in calls("inbox").stderr
    assert [win["title"] for win in calls.data("list")] == ["First", "Ran"]


def test_json_shows_them_as_list_does(calls: Calls, inbox: Path) -> None:
    assert calls.data("inbox") == []
    inbox.write_text("Ran\n", encoding="utf-8")
    (win,) = calls.data("inbox")
    assert win == calls.data("list", "--search", "Ran")[0]


def test_what_cannot_be_used_is_named_and_what_is_written_now_waits(calls: Calls, inbox: Path) -> None:
    inbox.write_text(f"{'x' * 501}\nGood\n", encoding="utf-8")
    assert "Line 1 of inbox.txt: The title has 501 characters" in calls("inbox", code=1).stderr
    assert inbox.read_text(encoding="utf-8") == f"{'x' * 501}\n"
    inbox.write_text("half a li", encoding="utf-8")
    os.utime(inbox, (NOW.timestamp(), NOW.timestamp()))
    assert "still being written" in calls("inbox").stderr
    assert inbox.exists()


def test_the_setting_is_for_the_own_journal_alone(
    calls: Calls, inbox: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = Path(os.environ["XDG_CONFIG_HOME"]) / "smallwins" / "config.toml"
    config.parent.mkdir(parents=True, exist_ok=True)
    config.write_text('inbox = "cloud"\n', encoding="utf-8")
    cloud = Path.home() / "cloud"
    cloud.mkdir()
    (cloud / "a.txt").write_text("From the phone\n", encoding="utf-8")
    inbox.write_text("From beside it\n", encoding="utf-8")
    assert [win["title"] for win in calls.data("inbox")] == ["From beside it"]
    monkeypatch.setenv("SMALLWINS_FILE", str(calls.path))
    assert [win["title"] for win in calls.data("inbox")] == ["From the phone"]
    other = Calls(tmp_path / "other.json")
    (cloud / "b.txt").write_text("Again\n", encoding="utf-8")
    assert other.data("inbox") == []
    assert (cloud / "b.txt").exists()

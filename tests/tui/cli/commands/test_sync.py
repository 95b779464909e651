"""`smallwins sync`: two commands put a second computer on the same journal."""

import subprocess
from pathlib import Path

import pytest

from tests.support.cli_runner import Calls

CODE = r"[0-9A-Z]{5}(-[0-9A-Z]{5}){3}"


@pytest.fixture(params=["folder", "git"])
def where(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Return the address of an empty remote of each kind."""
    place = tmp_path / ("between" if request.param == "folder" else "wins.git")
    if request.param == "folder":
        place.mkdir()
    else:
        subprocess.run(["git", "init", "--quiet", "--bare", str(place)], check=True)  # noqa: S603, S607
    return str(place)


@pytest.fixture
def laptop(tmp_path: Path) -> Calls:
    """Return the caller of a second computer."""
    return Calls(tmp_path / "laptop" / "wins.json")


def code_in(said: str) -> str:
    return said.partition("The code for your other computers: ")[2].split()[0]


def test_two_commands_put_a_second_computer_on_the_same_journal(calls: Calls, laptop: Calls, where: str) -> None:
    calls.add("Said yes to the talk")
    code = code_in(calls("sync", "setup", where).stderr)
    said = laptop("sync", "setup", where, stdin=f"{code.lower().replace('-', ' ')}\n").stderr
    assert "Taken in: 1 win." in said
    assert laptop("export").stdout == calls("export").stdout
    laptop.add("Coffee with Ada")
    laptop("sync")
    assert "Taken in: 1 win." in calls("sync").stderr
    assert sorted(win["title"] for win in calls.data("list")) == ["Coffee with Ada", "Said yes to the talk"]
    assert "Nothing new." in calls("sync").stderr
    assert calls("sync", "--quiet").output == ""
    assert "Synced 2026-11-20" in calls("sync", "status").stdout
    calls("sync", "off")
    assert "not set up" in calls("sync", "status").stderr
    assert "not set up" in calls("sync", code=1).stderr
    assert len(calls.data("list")) == 2


def test_the_doctor_looks_at_what_sync_keeps(calls: Calls, tmp_path: Path) -> None:
    calls.add("Said yes to the talk")
    calls("sync", "setup", str(tmp_path))
    assert "No problems" in calls("doctor").stderr
    folder = calls.path.with_name("wins.json.sync")
    (folder / "key").chmod(0o644)
    next(folder.glob("base-*")).write_bytes(b"garbled")
    said = calls("doctor", code=1).stdout
    assert "Others may look into" in said
    assert "damaged" in said
    (folder / "key").write_text("no key")
    assert "key of sync is damaged" in calls("doctor", code=1).stdout


def test_a_wrong_code_is_refused_and_changes_nothing(calls: Calls, laptop: Calls, tmp_path: Path) -> None:
    where = str(tmp_path)
    calls.add("Said yes to the talk")
    calls("sync", "setup", where)
    laptop.add("Another life")
    before = laptop.path.read_bytes()
    assert "not the code" in laptop("sync", "setup", where, stdin="AAAAA-BBBBB-CCCCC-DDDDD\n", code=1).stderr
    assert laptop.path.read_bytes() == before
    assert not laptop.path.with_name("wins.json.sync").exists() or not list(
        laptop.path.with_name("wins.json.sync").glob("key")
    )
    assert "not set up" in laptop("sync", code=1).stderr


def test_a_remote_of_another_journal_is_refused(calls: Calls, tmp_path: Path) -> None:
    strange = tmp_path / "between" / "smallwins" / "2026" / "11" / ("a" * 40)
    strange.parent.mkdir(parents=True)
    strange.write_bytes(b"sealed by somebody else")
    calls.add("Said yes to the talk")
    said = calls("sync", "setup", str(tmp_path / "between"), code=1).stderr
    assert "another journal; nothing was sent" in said
    assert list(strange.parent.iterdir()) == [strange]


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("ext::sh -c touch% hacked", "no address that sync can use"),
        ("ssh://-oProxyCommand=touch hacked/x", ""),
        ("/nowhere/at/all.git", "no such repository"),
        ("/nowhere/at/all", "not there"),
    ],
)
def test_a_bad_address_is_a_sentence_and_runs_nothing(
    calls: Calls, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, address: str, said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    result = calls("sync", "setup", address, code=1)
    assert result.stderr.startswith("smallwins: ")
    assert said in result.stderr
    assert not list(tmp_path.rglob("hacked"))


def test_without_sync_a_journal_is_byte_for_byte_what_it_was(calls: Calls) -> None:
    calls.add("Said yes to the talk")
    assert b'"sync"' not in calls.path.read_bytes()
    assert "not set up" in calls("sync", code=1).stderr


def test_changes_and_removals_of_another_computer_are_counted(calls: Calls, laptop: Calls, tmp_path: Path) -> None:
    where = str(tmp_path)
    for command in ("code", "forget"):
        assert "not set up" in calls("sync", command, code=1).stderr
    assert "nothing to turn off" in calls("sync", "off", code=1).stderr
    talk, coffee = calls.add("Said yes to the talk"), calls.add("Coffee with Ada")
    code = code_in(calls("sync", "setup", where).stderr)
    laptop("sync", "setup", where, stdin=f"{code}\n")
    laptop("edit", talk, "--title", "Said yes to the panel talk")
    laptop("remove", coffee)
    laptop("trash", "empty", "--yes")
    laptop("sync")
    said = calls("sync").stderr
    assert "Changed: 1 win." in said
    assert "Removed: 1 win." in said
    assert "holds the journal as it is now" in calls("sync", "forget").stderr
    other = calls("sync", "code").stdout.strip()
    assert other != code
    phone = Calls(tmp_path / "phone" / "wins.json")
    assert "not the code" in phone("sync", "setup", where, stdin=f"{code}\n", code=1).stderr
    assert "1 win" in phone("sync", "setup", where, stdin=f"{other}\n").stderr
    (tmp_path / "smallwins").rename(tmp_path / "gone")
    status = calls.path.with_name("wins.json.sync") / "status.json"
    status.unlink()
    assert "No pass was made yet" in calls("sync", "status").stdout

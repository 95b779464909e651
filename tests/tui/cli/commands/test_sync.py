"""`smallwins sync`: two commands put a second computer on the same journal."""

import subprocess
from pathlib import Path

import pytest

from tests.support.cli_runner import Calls
from tests.support.devices import ABOUT, CODE, folder_between


@pytest.fixture(params=["folder", "git"])
def where(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Return the address of a remote of each kind: a folder under `CODE`, and an empty repository."""
    place = tmp_path / ("between" if request.param == "folder" else "wins.git")
    if request.param == "folder":
        folder_between(place).send(ABOUT)  # opening a real code takes seconds: once is enough
    else:
        subprocess.run(["git", "init", "--quiet", "--bare", str(place)], check=True)  # noqa: S603, S607
    return str(place)


@pytest.fixture
def begun(tmp_path: Path) -> str:
    """Return a folder that somebody has set up, under `CODE`."""
    folder_between(tmp_path / "begun").send(ABOUT)
    return str(tmp_path / "begun")


@pytest.fixture
def laptop(tmp_path: Path) -> Calls:
    """Return the caller of a second computer."""
    return Calls(tmp_path / "laptop" / "wins.json")


def readme(where: str) -> str:
    """Return what a remote says of itself to whoever finds it."""
    if where.endswith(".git"):
        command = ["git", "--git-dir", where, "show", "smallwins:README.md"]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout  # noqa: S603
    return Path(where, "smallwins", "README.md").read_text()


def code_in(said: str) -> str:
    return said.partition("The code for your other computers: ")[2].partition("\n")[0]


def test_two_commands_put_a_second_computer_on_the_same_journal(calls: Calls, laptop: Calls, where: str) -> None:
    calls.add("Said yes to the talk")
    code = code_in(calls("sync", "setup", where, stdin=f"{CODE}\n").stderr) or CODE
    said = laptop("sync", "setup", where, stdin=f"{code.lower().replace('-', ' ')}\n").stderr
    assert "Taken in: 1 win." in said
    assert "sealed journal of smallwins" in readme(where)
    assert laptop("export").stdout == calls("export").stdout
    assert "No problems" in laptop("doctor").stderr  # its folder was made by that
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


def test_a_program_reads_where_sync_stands(calls: Calls, begun: str) -> None:
    calls.add("Said yes to the talk")
    nothing = {"remote": None, "device": None, "to_send": 0, "tried_at": None, "synced_at": None}
    assert calls.data("sync", "status") == {**nothing, "trouble": "", "offline": False, "notes": []}
    join(calls, begun)
    calls.add("Coffee with Ada")
    found = calls.data("sync", "status")
    assert (found["remote"], found["to_send"], found["trouble"], found["offline"]) == (begun, 1, "", False)
    assert found["tried_at"] == found["synced_at"] == "2026-11-20T18:00:00Z"
    assert "1 to send. Synced 2026-11-20" in calls("sync", "status").stdout
    Path(begun).rename(Path(begun).with_name("away"))
    calls("sync", code=1)
    found = calls.data("sync", "status")
    assert (found["to_send"], found["offline"], "not there" in found["trouble"]) == (1, True, True)


def test_the_doctor_looks_at_what_sync_keeps(calls: Calls, begun: str) -> None:
    calls.add("Said yes to the talk")
    join(calls, begun)
    assert "No problems" in calls("doctor").stderr
    strange = Path(begun, "smallwins", "2026", "11", "a" * 40)
    strange.write_bytes(b"no batch")
    calls("sync")
    assert "1 part at the remote can't be opened" in calls("doctor", code=1).stdout
    folder = calls.path.with_name("wins.json.sync")
    (folder / "outbox" / ("a" * 40)).write_bytes(b"garbled")
    assert "was to be sent is damaged" in calls("doctor", code=1).stdout
    (folder / "key").chmod(0o644)
    next(folder.glob("base-*")).write_bytes(b"garbled")
    said = calls("doctor", code=1).stdout
    assert "Others may look into" in said
    assert "damaged" in said
    (folder / "key").write_text("no key")
    assert "key of sync is damaged" in calls("doctor", code=1).stdout


def join(calls: Calls, where: str) -> str:
    return calls("sync", "setup", where, stdin=f"{CODE.lower().replace('-', ' ')}\n").stderr


def join_error(calls: Calls, where: str) -> str:
    return calls("sync", "setup", where, stdin=f"{CODE}\n", code=1).stderr


def test_a_wrong_code_is_refused_and_changes_nothing(calls: Calls, laptop: Calls, begun: str) -> None:
    calls.add("Said yes to the talk")
    join(calls, begun)
    laptop.add("Another life")
    before = laptop.path.read_bytes()
    assert "not the code" in laptop("sync", "setup", begun, stdin="EEEEE-BBBBB-CCCCC-DDDDD\n", code=1).stderr
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
    assert "no key beside it (key.age), so nothing was sent" in said  # or it has not arrived yet
    strange.parents[2].joinpath("key.age").write_bytes(ABOUT["key.age"])
    assert "another journal; nothing was sent" in join_error(calls, str(tmp_path / "between"))
    assert list(strange.parent.iterdir()) == [strange]


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("ext::sh -c touch% hacked", "no address that sync can use"),
        ("ssh://-oProxyCommand=touch hacked/x", ""),
        ("/nowhere/at/all.git", "no such repository"),
        ("/nowhere/at/all", "not there"),
        ("", "No place was named"),
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


def test_changes_and_removals_of_another_computer_are_counted(calls: Calls, laptop: Calls, begun: str) -> None:
    for command in ("code", "forget"):
        assert "not set up" in calls("sync", command, code=1).stderr
    assert "nothing to turn off" in calls("sync", "off", code=1).stderr
    talk, coffee = calls.add("Said yes to the talk"), calls.add("Coffee with Ada")
    join(calls, begun)
    join(laptop, begun)
    laptop("edit", talk, "--title", "Said yes to the panel talk")
    laptop("remove", coffee)
    laptop("trash", "empty", "--yes")
    laptop("sync")
    said = calls("sync").stderr
    assert "Changed: 1 win." in said
    assert "Removed: 1 win." in said
    assert "holds the journal as it is now" in calls("sync", "forget").stderr
    assert "1 win" in join(Calls(calls.path.with_name("phone") / "wins.json"), begun)
    calls.path.with_name("wins.json.sync").joinpath("status.json").unlink()
    assert "No pass was made yet" in calls("sync", "status").stdout


def test_a_new_code_takes_the_place_of_the_old_one(calls: Calls, laptop: Calls, begun: str) -> None:
    calls.add("Said yes to the talk")
    join(calls, begun)
    new = calls("sync", "code").stdout.strip()
    assert Path(begun, "smallwins", "key.age").read_bytes() != ABOUT["key.age"]
    assert "1 win" in laptop("sync", "setup", begun, stdin=f"{new}\n").stderr


@pytest.fixture
def both(calls: Calls, laptop: Calls, begun: str) -> tuple[Calls, Calls]:
    """Return two computers that share a win, over a folder."""
    calls.add("Said yes to the talk")
    join(calls, begun)
    join(laptop, begun)
    return calls, laptop


def titles(calls: Calls) -> list[str]:
    return sorted(win["title"] for win in calls.data("list"))


def test_a_restored_backup_gets_back_what_was_sent_since_or_takes_the_others_back(both: tuple[Calls, Calls]) -> None:
    one, laptop = both
    before = one("backup").stdout.strip()
    one.add("Coffee with Ada")
    one("sync")
    laptop("sync")
    assert "comes back with the next pass" in one("restore", before).stderr
    assert titles(one) == ["Said yes to the talk"]
    one("sync")
    assert titles(one) == ["Coffee with Ada", "Said yes to the talk"]
    assert "takes your other computers back" in one("restore", before, "--everywhere").stderr
    one("sync")
    laptop("sync")
    assert titles(one) == titles(laptop) == ["Said yes to the talk"]


def test_without_sync_there_is_nobody_else_to_take_back(calls: Calls) -> None:
    calls.add("Said yes to the talk")
    made = calls("backup").stdout.strip()
    calls.add("Coffee with Ada")
    assert "no other computer" in calls("restore", made, "--everywhere", code=1).stderr
    assert len(calls.data("list")) == 2


def test_a_new_key_shuts_out_a_stolen_laptop_and_lets_the_others_in_by_the_new_code(
    both: tuple[Calls, Calls], begun: str
) -> None:
    one, stolen = both
    new = code_in(one("sync", "setup", begun, "--new-key").stderr)
    one.add("After the theft")
    one("sync")
    stolen.add("By the thief")
    assert "another journal; nothing was sent" in stolen("sync", code=1).stderr
    assert "After the theft" not in titles(stolen)
    desk = Calls(one.path.with_name("desk") / "wins.json")
    desk("sync", "setup", begun, stdin=f"{new}\n")
    assert titles(desk) == titles(one) == ["After the theft", "Said yes to the talk"]
    foreign = Calls(one.path.with_name("foreign") / "wins.json")
    assert "another journal" in foreign("sync", "setup", begun, "--new-key", code=1).stderr

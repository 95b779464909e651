import json
from pathlib import Path

from msgspec import structs

from data.model.edits import change_win
from data.storage.store import Store
from tests.support.cli_runner import NOW, Calls


def test_undo_takes_back_the_last_change_and_redo_makes_it_again(calls: Calls) -> None:
    identity = calls.add("Coffee with a mentor")
    calls("sort", identity, "real")
    assert "Undone: sort as real" in calls("undo").stderr
    assert calls.data("show", identity)["verdict"] is None
    calls("undo")
    assert calls.data("list") == []
    assert "nothing to undo" in calls("undo", code=1).stderr
    assert "Redone: add a win" in calls("redo").stderr
    calls("redo")
    assert calls.data("show", identity)["verdict"] == "real"
    assert "nothing to redo" in calls("redo", code=1).stderr


def test_a_backup_is_listed_and_restored_and_what_it_replaces_is_kept(calls: Calls) -> None:
    calls.add("Coffee with a mentor")
    made = Path(calls("backup").stdout.strip())
    assert made.read_bytes() == calls.path.read_bytes()
    calls.add("Said yes to the panel talk")
    done = calls("restore", made.name)
    assert len(calls.data("list")) == 1
    before = done.stderr.split()[-1]
    assert calls("backup", "--list").stdout.split("\n")[0].startswith(f"{before}\t")
    calls("restore", before)
    assert len(calls.data("list")) == 2


def test_the_list_of_backups_says_which_are_good(calls: Calls) -> None:
    assert "No backups yet" in calls("backup", "--list").stderr
    assert "nothing to back up" in calls("backup", code=1).stderr
    calls.add("Coffee with a mentor")
    calls("backup")
    bad = Path(calls("backup").stdout.strip())
    bad.write_bytes(b"")
    first, second = (line.split("\t") for line in calls("backup", "--list").stdout.splitlines())
    assert first[0] == bad.name
    assert first[-1] == "The file is empty."
    assert second[2:] == ["on request", second[3], "1 win", "good"]


def test_a_damaged_journal_names_the_command_that_restores_it(calls: Calls) -> None:
    calls.add("Coffee with a mentor")
    made = Path(calls("backup").stdout.strip())
    calls.path.write_bytes(b'{"wins": ')
    said = calls("list", code=1).stderr
    assert "ends too early, in line 1" in said
    command = said.split("smallwins --file ")[1].split()
    assert command == [str(calls.path), "restore", made.name]
    assert "The file ends too early" in calls("doctor", code=1).stdout
    calls(*command[1:])
    assert len(calls.data("list")) == 1
    assert "No problems found." in calls("doctor").stderr


def test_restore_says_what_it_does_not_find(calls: Calls) -> None:
    assert "No such backup" in calls("restore", "yesterday's", code=1).stderr


def test_the_doctor_says_that_there_is_nobody_to_look_at(calls: Calls) -> None:
    assert "No journal yet" in calls("doctor").stderr


def test_the_doctor_says_what_only_the_person_can_do(calls: Calls) -> None:
    calls.add("Twice")
    calls.add("Twice")
    said = calls("doctor", code=1)
    assert "`smallwins remove` deletes one" in said.stdout
    assert "Nothing was changed" in said.stderr


def test_the_doctor_speaks_json(calls: Calls) -> None:
    calls.add("First")
    assert calls.data("doctor") == {"repaired": [], "problems": []}


def test_the_doctor_repairs_when_asked_and_says_what(calls: Calls) -> None:
    identity = calls.add("Coffee with a mentor")
    assert "No problems found." in calls("doctor").stderr
    tree = json.loads(calls.path.read_bytes())
    for win in tree["wins"].values():
        win["goal"] = "gone"
    calls.path.write_text(json.dumps(tree))
    assert f"Win {identity}: its goal doesn't exist." in calls("doctor", code=1).stdout
    assert "Repaired: " in calls("doctor", "--fix").stdout
    assert "No problems found." in calls("doctor").stderr


def test_the_trash_is_listed_restored_and_emptied(calls: Calls) -> None:
    first, second = calls.add("Coffee with a mentor"), calls.add("Said yes")
    assert "empty" in calls("trash").stderr
    calls("remove", first)
    calls("remove", second)
    assert {win["id"] for win in calls.data("trash")} == {first, second}
    assert calls("trash").stdout.count("\n") == 2
    calls("trash", "restore", first[:8])
    assert [win["id"] for win in calls.data("list")] == [first]
    assert "isn't in the trash" in calls("trash", "restore", first, code=1).stderr
    assert "pass --yes" in calls("trash", "empty", code=2).stderr
    assert "Permanently deleted 1 win" in calls("trash", "empty", "--yes").stderr
    assert calls.data("trash") == []
    assert b"Said yes" not in calls.path.read_bytes()
    assert "can't be undone" in calls("undo", code=1).stderr
    assert "empty" in calls("trash", "empty").stderr


def test_show_tells_what_a_win_said_before(calls: Calls) -> None:
    identity = calls.add("Coffee")
    store = Store(calls.path, lambda: NOW)
    win = store.journal.wins[identity]
    store.change("edit a win", change_win(win, structs.replace(win, title="Coffee with a mentor"), NOW))
    assert "past\t2026-11-20 title was: “Coffee”\n" in calls("show", identity).stdout


def test_the_list_of_backups_is_there_for_programs(calls: Calls) -> None:
    calls.add("First")
    path = Path(calls("backup").stdout.strip())
    listed = {one["path"]: one for one in calls.data("backup", "--list")}
    assert (listed[str(path)]["reason"], listed[str(path)]["wins"], listed[str(path)]["problem"]) == ("asked", 1, None)
    path.write_text("{")
    (damaged,) = [one for one in calls.data("backup", "--list") if one["path"] == str(path)]
    assert damaged["wins"] is None
    assert damaged["problem"]

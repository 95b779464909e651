"""`smallwins merge`: another copy of the journal becomes one with it."""

import json
import shutil
from pathlib import Path

import pytest

from tests.support.cli_runner import Calls


@pytest.fixture
def laptop(calls: Calls, tmp_path: Path) -> Calls:
    """Return the caller of a second computer, whose journal is a copy of the first one's."""
    calls.add("Said yes to the talk")
    path = tmp_path / "laptop" / "wins.json"
    path.parent.mkdir()
    shutil.copy(calls.path, path)
    return Calls(path)


def titles(calls: Calls) -> list[str]:
    return sorted(win["title"] for win in calls.data("list"))


def test_wins_and_verdicts_of_another_computer_come_in_as_one_change(calls: Calls, laptop: Calls) -> None:
    laptop.add("Coffee with Ada")
    laptop("sort", laptop.data("list", "--search", "talk")[0]["id"], "real")
    calls.add("Wrote to the recruiter")
    said = calls("merge", str(laptop.path)).stderr
    assert "1 win taken in, 1 win changed." in said
    assert titles(calls) == ["Coffee with Ada", "Said yes to the talk", "Wrote to the recruiter"]
    assert calls.data("list", "--search", "talk")[0]["verdict"] == "real"
    calls("undo")
    assert titles(calls) == ["Said yes to the talk", "Wrote to the recruiter"]
    assert calls.data("list", "--search", "talk")[0]["verdict"] is None


def test_after_a_merge_each_way_both_computers_hold_the_same(calls: Calls, laptop: Calls) -> None:
    laptop.add("Coffee with Ada")
    calls.add("Wrote to the recruiter")
    calls("merge", str(laptop.path))
    laptop("merge", str(calls.path))
    assert calls("export").stdout == laptop("export").stdout
    assert "holds all of it already" in calls("merge", str(laptop.path)).stderr


def test_a_dry_run_changes_nothing(calls: Calls, laptop: Calls) -> None:
    laptop.add("Coffee with Ada")
    before = calls.path.read_bytes()
    assert "1 win taken in." in calls("merge", "--dry-run", str(laptop.path)).stderr
    assert calls.path.read_bytes() == before


def test_the_journal_is_backed_up_before_it_is_merged(calls: Calls, laptop: Calls) -> None:
    laptop.add("Coffee with Ada")
    calls("merge", str(laptop.path))
    (backup,) = calls.path.with_name("wins.json.backups").glob("*-merge.json")
    assert b"Coffee" not in backup.read_bytes()


CONFLICTS = (
    "wins (Ada's conflicted copy 2026-11-20).json",
    "wins (conflicted copy 2026-11-20 101010).json",
    "wins_conflict-20261120-101010.json",
    "wins.sync-conflict-20261120-101010-ABCDEFG.json",
    "wins 2.json",
    "wins-LAPTOP.json",
)


@pytest.mark.parametrize("name", CONFLICTS)
def test_a_copy_that_a_synced_folder_left_is_noticed_joined_and_kept(calls: Calls, laptop: Calls, name: str) -> None:
    laptop.add("Coffee with Ada")
    copy = calls.path.with_name(name)
    shutil.move(laptop.path, copy)
    assert name in calls("doctor", code=1).stdout
    assert "1 win taken in." in calls("merge").stderr
    assert "Coffee with Ada" in titles(calls)
    assert not copy.exists()
    (kept,) = calls.path.with_name("wins.json.backups").glob("*-copy.json")
    assert b"Coffee" in kept.read_bytes()
    calls("doctor")


def test_another_journal_beside_this_one_is_left_alone(calls: Calls, tmp_path: Path) -> None:
    calls.add("Said yes to the talk")
    work = Calls(calls.path.with_name("wins-work.json"))
    work.add("Closed a ticket")
    assert "No other copy" in calls("merge", code=1).stderr
    calls("doctor")
    (tmp_path / "journal" / "wins 2.json").write_text('{"wins": ')
    calls("doctor")


@pytest.mark.parametrize("data", [b"not JSON", b'{"wins": [1]}', b'[{"title": "x"}]', b""])
def test_what_is_no_journal_is_refused_in_a_sentence(calls: Calls, tmp_path: Path, data: bytes) -> None:
    calls.add("Said yes to the talk")
    before = calls.path.read_bytes()
    odd = tmp_path / "odd.json"
    odd.write_bytes(data)
    for path in (odd, tmp_path, tmp_path / "missing.json"):
        assert calls("merge", str(path), code=1).stderr.startswith("smallwins: ")
    assert "There is no file" in calls("merge", str(tmp_path / "missing.json"), code=1).stderr
    assert calls.path.read_bytes() == before


def test_a_copy_whose_values_are_older_changes_no_win_and_they_are_kept(calls: Calls, laptop: Calls) -> None:
    (win,) = calls.data("list")
    copy = json.loads(laptop.path.read_text())
    (document,) = copy["wins"].values()
    document |= {"title": "Talk in Rome", "updated_at": "2026-11-19T12:00:00Z", "created_at": "2026-11-19T12:00:00Z"}
    laptop.path.write_text(json.dumps(copy))
    said = calls("merge", str(laptop.path)).stderr
    assert said.index("Nothing in it is newer.") < said.index("1 win differs between the copies")
    assert calls.data("list") == [win]
    assert "Talk in Rome" in calls("show", win["id"]).stdout

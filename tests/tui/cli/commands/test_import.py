import errno
import os
from io import BytesIO
from pathlib import Path

import pytest

from tests.support.cli_runner import Calls

NOTES = "## 2026-11-16\n- Sent the email\n- [ ] Call back\n## 2026-11-18\n- Coffee with Ada\n  She asked why.\n"


@pytest.fixture
def notes(tmp_path: Path) -> str:
    """Return the path of a file with two wins and one thing to do."""
    path = tmp_path / "notes.md"
    path.write_text(NOTES)
    return str(path)


def test_a_dry_run_shows_what_would_come_in_and_changes_nothing(calls: Calls, notes: str) -> None:
    calls.add("sent the EMAIL", "--on", "2026-11-16")
    before = calls.path.read_bytes()
    result = calls("import", notes, "--dry-run")
    assert result.stdout.splitlines() == [
        "duplicate\t2\t2026-11-16\tSent the email",
        "skipped\t3\t\tnot done",
        "new\t5\t2026-11-18\tCoffee with Ada",
    ]
    assert "1 new, 1 duplicate, 1 skipped." in result.stderr
    assert calls.path.read_bytes() == before


def test_an_import_is_one_change_after_a_backup(calls: Calls, notes: str) -> None:
    calls.add("Before")
    assert "2 new" in calls("import", notes).stderr
    assert [win["title"] for win in calls.data("list")] == ["Before", "Coffee with Ada", "Sent the email"]
    assert calls.data("list", "--search", "coffee")[0]["story"] == "She asked why."
    (backup,) = calls.path.with_name("wins.json.backups").glob("*-import.json")
    assert b"Before" in backup.read_bytes()
    assert b"Coffee" not in backup.read_bytes()
    calls("undo")
    assert [win["title"] for win in calls.data("list")] == ["Before"]


def test_the_same_file_again_adds_nothing_and_writes_nothing(calls: Calls, notes: str) -> None:
    calls("import", notes)
    before = calls.path.read_bytes()
    assert "0 new, 2 duplicates" in calls("import", notes).stderr
    assert calls.path.read_bytes() == before


def test_one_entry_that_can_not_be_taken_holds_back_all(calls: Calls, tmp_path: Path) -> None:
    table = tmp_path / "wins.csv"
    table.write_text("date,title\n2026-11-16,Fine\n2027-01-01,Too early\n")
    result = calls("import", str(table), code=1)
    assert "3: 2027-01-01 is still to come." in result.stderr
    assert "can't be imported, so nothing was" in result.stderr
    assert not calls.path.exists()
    calls("import", str(table), "--skip-refused")
    assert [win["title"] for win in calls.data("list")] == ["Fine"]


def test_a_reason_that_many_have_is_said_once(calls: Calls) -> None:
    said = calls("import", "-", stdin="- Sent it\n" * 30 + "- 2027-01-01 Too early\n", code=1).stderr
    assert said.count("It has no date") == 1
    assert "19, 20 … (30 in all): It has no date; give one" in said
    assert "31: 2027-01-01 is still to come." in said


def test_wins_without_a_date_get_the_one_that_is_given(calls: Calls) -> None:
    assert "--on" in calls("import", "-", stdin="- Sent it\n", code=1).stderr
    calls("import", "-", "--on", "yesterday", stdin="- Sent it\n")
    assert calls.data("list")[0]["happened_on"] == "2026-11-19"


def test_columns_dates_and_encoding_can_be_said(calls: Calls) -> None:
    table = "Wann;Was\n03/04/2026;Gespräch\n".encode("latin-1")
    said = (
        "--format",
        "csv",
        "--map",
        "title=Was",
        "--map",
        "date=Wann",
        "--dates",
        "%d/%m/%Y",
        "--encoding",
        "latin-1",
    )
    calls("import", "-", *said, stdin=table)
    assert [(win["title"], win["happened_on"]) for win in calls.data("list")] == [("Gespräch", "2026-04-03")]
    assert "none of" in calls("import", "-", "--map", "colour=Was", stdin=table, code=2).stderr


@pytest.mark.parametrize("data", [b"\x1f\x8bjunk", b'{"a": [', b"Dear diary", b"\x00\x01\x02"])
def test_a_file_that_is_none_leaves_the_journal_alone(calls: Calls, data: bytes) -> None:
    calls.add("Before")
    before = calls.path.read_bytes()
    result = calls("import", "-", stdin=data, code=1)
    assert "Traceback" not in result.stderr
    assert calls.path.read_bytes() == before


def test_a_file_that_is_not_there_could_not_be_brought_in_and_is_named(calls: Calls) -> None:
    missing = str(calls.path.with_name("missing.csv"))
    result = calls("import", missing, code=1)
    assert result.stdout == ""
    assert result.stderr == f"smallwins: {missing}: no such file or directory.\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder of notes: two days, one of them in a folder below, a file without wins, a hidden one."""
    place = tmp_path / "notes"
    (place / "2026").mkdir(parents=True)
    (place / ".obsidian").mkdir()
    (place / "2026-01-04.md").write_text("- Sent the essay\n- [ ] Call back\n")
    (place / "2026" / "2026-01-05.md").write_text("- Got an answer\n")
    (place / "photo.png").write_bytes(b"\x89PNG\0")
    (place / "README.md").write_text("About these notes.\n")
    (place / ".obsidian" / "app.json").write_text("{}")
    return place


def test_a_folder_is_one_change_with_the_dates_of_its_files(calls: Calls, folder: Path) -> None:
    said = calls("import", str(folder)).stderr
    assert "2 new, 0 duplicates, 3 skipped." in said
    assert "Skipped 2026-01-04.md:2: not done." in said
    assert "photo.png: Not a kind of file that is imported." in said
    assert [(win["title"], win["happened_on"]) for win in calls.data("list")] == [
        ("Got an answer", "2026-01-05"),
        ("Sent the essay", "2026-01-04"),
    ]
    calls("undo")
    assert calls.data("list") == []


def test_several_files_are_one_change_and_the_same_again_adds_nothing(calls: Calls, folder: Path) -> None:
    files = [str(folder / "2026-01-04.md"), str(folder / "2026" / "2026-01-05.md")]
    shown = calls("import", *files, "--dry-run").stdout.splitlines()
    assert shown == [
        "new\t2026-01-04.md:1\t2026-01-04\tSent the essay",
        "skipped\t2026-01-04.md:2\t\tnot done",
        "new\t2026/2026-01-05.md:1\t2026-01-05\tGot an answer",
    ]
    calls("import", *files)
    assert "0 new, 2 duplicates, 1 skipped." in calls("import", *files).stderr
    calls("undo")
    assert calls.data("list") == []


def test_one_file_of_several_that_can_not_be_read_holds_back_all(calls: Calls, folder: Path) -> None:
    (folder / "broken.json").write_text('{"a": [')
    assert "broken.json: That is not valid JSON" in calls("import", str(folder), code=1).stderr
    assert not calls.path.exists()
    calls("import", str(folder), "--skip-refused")
    assert len(calls.data("list")) == 2


def test_a_folder_without_files_is_said_to_have_none(calls: Calls, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert "no files to import in that folder" in calls("import", str(tmp_path / "empty"), code=1).stderr


@pytest.mark.parametrize("form", ["d.d.y", "%d/%d", "x"])
def test_a_pattern_of_dates_that_is_none_is_said_before_anything_is_read(calls: Calls, form: str) -> None:
    said = calls("import", "missing.csv", "--dates", form, code=2).stderr
    assert "one day, one month and one year" in said


def test_a_refusal_of_a_date_names_the_option_that_helps(calls: Calls) -> None:
    table = b"date,title\n03/04/2026 09:15,Sent it\n"
    assert "--dates d/m/y" in calls("import", "-", stdin=table, code=1).stderr
    calls("import", "-", "--dates", "d/m/y", stdin=table)
    assert calls.data("list")[0]["happened_on"] == "2026-04-03"


def test_what_nobody_can_see_is_no_title_and_no_goal_on_any_way_in(calls: Calls) -> None:
    assert "The title is empty." in calls("add", "\u200b\u2060", code=1).stderr
    table = "title,date,goal,tags\n\u200b,2026-04-03,,\nCall,2026-04-03,\u200b,\u200b\n"
    assert "The title is empty." in calls("import", "-", "--dry-run", stdin=table.encode()).stdout
    calls("import", "-", "--skip-refused", stdin=table.encode())
    (only,) = calls.data("list")
    assert (only["title"], only["goal"], only["tags"]) == ("Call", None, [])


def test_json_says_what_becomes_of_each_entry(calls: Calls, tmp_path: Path) -> None:
    notes = tmp_path / "notes.md"
    notes.write_text("- 2026-11-16 Coffee\n- [ ] a plan\n", encoding="utf-8")
    new = {"kind": "new", "place": "1", "happened_on": "2026-11-16", "title": "Coffee", "reason": None}
    found = calls.data("import", str(notes), "--dry-run")
    assert [one for one in found if one["kind"] == "new"] == [new]
    assert [one["title"] for one in found if one["kind"] == "skipped"] == [None]
    assert calls.data("list") == []
    assert calls.data("import", str(notes)) == found
    assert [win["title"] for win in calls.data("list")] == ["Coffee"]


class Unreadable(BytesIO):
    """An input that can't be read, as a folder or a broken disk."""

    def read(self, size: int | None = -1) -> bytes:
        """Fail, but for those who only ask whether it is bytes."""
        if size == 0:
            return b""
        raise OSError(errno.EIO, os.strerror(errno.EIO))


@pytest.mark.parametrize("words", [("import", "-"), ("add", "-")])
def test_an_input_that_can_not_be_read_is_named(calls: Calls, words: tuple[str, ...]) -> None:
    said = calls(*words, stdin=Unreadable(), code=1).stderr
    assert said.startswith("smallwins: stdin")
    assert "input/output error" in said

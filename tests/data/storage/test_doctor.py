"""The doctor finds what is wrong, and repairs what needs no guessing."""

import json
from pathlib import Path

import pytest
from msgspec import Raw, structs

from data.base.errors import SaveError
from data.files.disk import find_temp_files
from data.files.drafts import Draft
from data.history.entry import HistoryEntry
from data.model import edits
from data.storage import backups, doctor
from data.storage.contents import Contents
from data.storage.encoder import FileEncoder
from data.storage.store import Store
from tests.support.doctor_cases import GONE, found, put
from tests.support.fake_disk import NOON, Clock, a_win, broken
from tests.support.one_draft import save_draft


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "smallwins" / "wins.json"
    Store(path, Clock()).change("add a win", edits.add_win(a_win()))
    return path


def test_a_healthy_journal_has_nothing_to_find(path: Path) -> None:
    Store(path, Clock()).back_up("asked")
    save_draft(path, Draft(fields={}))
    before = path.read_bytes()
    assert doctor.check_journal(path, Clock()) == []
    assert doctor.repair_journal(path, Clock()) == []
    assert path.read_bytes() == before
    assert len(backups.list_backups(path)) == 1


@pytest.mark.parametrize("name", ["none.json", "smallwins/wins.json", "no/such/folder.json"])
def test_a_journal_that_is_not_there_yet_is_healthy(tmp_path: Path, name: str) -> None:
    assert doctor.check_journal(tmp_path / name, Clock()) == []
    assert doctor.repair_journal(tmp_path / name, Clock()) == []
    assert list(tmp_path.rglob("*wins*")) == []


def test_a_journal_that_is_gone_is_missed_while_it_has_backups(path: Path) -> None:
    Store(path, Clock()).back_up("asked")
    path.unlink()
    assert found(path)[0].startswith(f"The journal is gone: {path}. The newest good backup is from ")
    assert "restore" in found(path)[0]
    assert doctor.repair_journal(path, Clock()) == []


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-be"])
def test_a_file_in_another_encoding_is_written_again(path: Path, encoding: str) -> None:
    before = path.read_bytes()
    mark = "\ufeff" if encoding == "utf-16-be" else ""
    path.write_bytes((mark + before.decode()).encode(encoding))
    assert len(found(path)) == 1
    assert len(doctor.repair_journal(path, Clock())) == 1
    assert path.read_bytes() == before
    assert found(path) == []


def test_a_damaged_backup_is_named(path: Path) -> None:
    made = Store(path, Clock()).back_up("asked")
    assert made is not None
    made.path.write_bytes(b"[]")
    assert found(path) == [f"The backup {made.path.name} can't be used. The file has no tables at its top level."]


@pytest.mark.parametrize(
    "data",
    ["Dear diary".encode("utf-16"), b"\xef\xbb\xbf{", b"\xef\xbb\xbf\xff", b"\xff\xfe{"],
    ids=["another text", "half a file", "bytes that are no UTF-8", "half a character of UTF-16"],
)
def test_what_is_no_journal_in_any_encoding_is_left_alone(path: Path, data: bytes) -> None:
    path.write_bytes(data)
    assert len(found(path)) == 1
    assert doctor.repair_journal(path, Clock()) == []
    assert path.read_bytes() == data


def test_a_folder_in_the_place_of_the_journal_is_named_and_left_alone(tmp_path: Path) -> None:
    assert found(tmp_path) == ["The journal is not a regular file. Choose another with --file."]
    assert doctor.repair_journal(tmp_path, Clock()) == []


def test_a_file_beyond_repair_is_left_alone(path: Path) -> None:
    made = Store(path, Clock()).back_up("asked")
    assert made is not None
    path.write_bytes(b"{")
    assert made.path.name in found(path)[0]
    assert f": {path}. The newest good backup" in found(path)[0]
    assert doctor.repair_journal(path, Clock()) == []
    assert path.read_bytes() == b"{"


def test_another_program_s_form_is_written_again_with_all_that_is_in_it(path: Path) -> None:
    tree = json.loads(path.read_bytes())
    next(iter(tree["wins"].values()))["mood"] = "calm"
    path.write_text(json.dumps(tree, indent=2))
    assert found(path) == ["Another program wrote the file in its own format."]
    assert len(doctor.repair_journal(path, Clock())) == 1
    assert found(path) == []
    again = json.loads(path.read_bytes())
    assert again.pop("seal") != tree.pop("seal")
    assert again == tree


def test_a_damaged_history_is_thrown_away_and_undo_works_again(path: Path) -> None:
    tree = json.loads(path.read_bytes())
    next(iter(tree["history"].values()))["touched"] = {"added": 3}
    path.write_text(json.dumps(tree))
    assert "The history has entries that can't be read." in found(path)
    doctor.repair_journal(path, Clock())
    assert found(path) == []
    assert Store(path, Clock()).history == ()


@pytest.mark.parametrize("places", [(1,), (0, 2)], ids=["the only one", "two of three"])
def test_damaged_entries_go_from_a_file_of_the_own_form_and_the_others_stay(
    path: Path, places: tuple[int, ...]
) -> None:
    store = Store(path, Clock())
    bad = [HistoryEntry(id=edits.new_id(), label="edit", when=NOON, touched=Raw(b'{"added":3}')) for _ in places]
    history = list(store.history) if len(places) > 1 else []
    for place, entry in zip(places, bad, strict=True):
        history.insert(place, entry)
    path.write_bytes(b"".join(FileEncoder(Contents(journal=store.journal, history=tuple(history)))))
    assert Store(path, Clock()).is_own
    assert found(path) == ["The history has entries that can't be read."]
    assert len(doctor.repair_journal(path, Clock())) == 1
    assert Store(path, Clock()).history == tuple(entry for entry in history if entry not in bad)


def test_only_what_lies_beside_a_journal_is_touched_where_nothing_else_is_wrong(path: Path) -> None:
    path.chmod(0o644)
    before = path.stat().st_ino, path.read_bytes()
    assert len(doctor.repair_journal(path, Clock())) == 1
    assert (path.stat().st_ino, path.read_bytes()) == before
    assert backups.list_backups(path) == []


def test_what_lies_beside_a_file_beyond_repair_is_put_right(path: Path) -> None:
    path.write_bytes(b"{")
    path.chmod(0o644)
    assert doctor.repair_journal(path, Clock()) == [f"Other users can read {path}. Mode set to 600."]
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_folder_of_ours_that_is_open_to_everybody_is_named_once(path: Path) -> None:
    path.parent.chmod(0o777)
    assert found(path) == [f"Other users can read {path.parent}."]


def test_modes_that_let_others_look_are_tightened(path: Path) -> None:
    Store(path, Clock()).back_up("asked")
    mine = [
        path.parent,
        path,
        backups.backup_folder(path),
        backups.list_backups(path)[0].path,
        path.with_name(".wins.json.lock"),
    ]
    for place in mine:
        place.chmod(0o755)
    assert len(found(path)) == len(mine)
    doctor.repair_journal(path, Clock())
    assert found(path) == []
    assert [place.stat().st_mode & 0o077 for place in mine] == [0] * len(mine)


def test_the_mode_of_a_folder_that_is_not_ours_is_not_touched(tmp_path: Path) -> None:
    tmp_path.chmod(0o777)
    path = tmp_path / "wins.json"
    Store(path, Clock()).change("add a win", edits.add_win(a_win()))
    assert found(path) == [f"Anyone can write to the journal's folder: {tmp_path}."]
    doctor.repair_journal(path, Clock())
    assert tmp_path.stat().st_mode & 0o777 == 0o777


def test_temporary_files_of_killed_programs_are_removed(path: Path) -> None:
    made = Store(path, Clock()).back_up("asked")
    assert made is not None
    for target in (path, made.path):
        target.with_name(f".{target.name}.0123456789abcdef.tmp").write_text("half")
    other = path.with_name(".other.json.0123456789abcdef.tmp")
    other.write_text("of another journal")
    assert len(found(path)) == 2
    assert len(doctor.repair_journal(path, Clock())) == 2
    assert find_temp_files(path) == []
    assert other.exists()


def test_a_planted_lock_is_named(path: Path, tmp_path: Path) -> None:
    lock, elsewhere = path.with_name(".wins.json.lock"), tmp_path / "elsewhere"
    lock.unlink()
    lock.symlink_to(elsewhere)
    assert "The lock is not a regular file" in found(path)[0]
    elsewhere.touch()
    elsewhere.chmod(0o644)
    assert len(found(path)) == 1
    doctor.repair_journal(path, Clock())
    assert elsewhere.stat().st_mode & 0o777 == 0o644  # not ours, whoever's link leads there
    lock.unlink()
    lock.mkdir()
    assert "The lock is not a regular file" in found(path)[0]


def test_what_was_repaired_is_told_and_what_is_left_to_the_person_is_not(path: Path) -> None:
    win = structs.replace(a_win("Another"), title="A\x1bnother", story="é" * 60_000)
    put(path, win)
    assert len(found(path)) == 2
    (done,) = doctor.repair_journal(path, Clock())
    assert done.endswith("Removed.")
    assert [backup.reason for backup in backups.list_backups(path)].count("fix") == 1


def test_what_went_away_with_something_else_is_not_told_as_a_repair(path: Path) -> None:
    put(path, structs.replace(a_win("Another"), story="é" * 50_000 + "\x1b"))  # too long by what is taken out
    assert len(found(path)) == 2
    assert ["Removed." in line for line in doctor.repair_journal(path, Clock())] == [True]
    assert found(path) == []


def test_what_the_disk_would_not_do_is_not_told_as_done(path: Path) -> None:
    stray = path.with_name(f".{path.name}.0123456789abcdef.tmp")
    stray.touch(mode=0o600)
    assert doctor.repair_journal(path, Clock(), broken("remove")) == []
    assert len(found(path)) == 1


def test_a_repair_that_the_disk_refuses_says_why_and_leaves_the_file(path: Path) -> None:
    put(path, structs.replace(a_win("Another"), opened_by=GONE))
    before = path.read_bytes()
    with pytest.raises(SaveError, match="the disk is full"):
        doctor.repair_journal(path, Clock(), broken("create"))
    assert path.read_bytes() == before
    doctor.repair_journal(path, Clock())
    made = Store(path, Clock()).back_up("asked")
    assert made is not None
    made.path.with_name(f".{made.path.name}.0123456789abcdef.tmp").touch(mode=0o600)
    with pytest.raises(SaveError, match=r"^Not everything could be repaired: the disk is full\."):
        doctor.repair_journal(path, Clock(), broken("remove"))


def test_a_file_in_another_encoding_is_kept_before_it_is_written_again(path: Path) -> None:
    odd = path.read_bytes().decode().encode("utf-16")
    path.write_bytes(odd)
    doctor.repair_journal(path, Clock())
    assert odd in [backup.path.read_bytes() for backup in backups.list_backups(path)]


@pytest.mark.parametrize("where", ["beside", "among the backups"])
def test_a_temporary_file_alone_is_removed(path: Path, where: str) -> None:
    made = Store(path, Clock()).back_up("asked")
    assert made is not None
    digits = "0123456789abcdef"
    beside = path.with_name(f".{path.name}.{digits}.tmp")
    stray = beside if where == "beside" else made.path.with_name(f".{made.path.name}.{digits}.tmp")
    stray.touch(mode=0o600)
    other = made.path.with_name(f".notes.json.{digits}.tmp")
    other.touch(mode=0o600)
    assert len(doctor.repair_journal(path, Clock())) == 1
    assert (stray.exists(), other.exists()) == (False, True)


def test_every_damaged_backup_is_named_but_those_of_what_was_replaced(path: Path) -> None:
    store = Store(path, Clock())
    made = [store.back_up(reason) for reason in ("asked", "fix", "import")]
    for one in made:
        assert one is not None
        one.path.write_bytes(b"[]")
    assert [what.split()[2] for what in found(path)] == [one.path.name for one in (made[2], made[0]) if one]

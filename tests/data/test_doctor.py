"""The doctor finds what is wrong, and repairs what needs no guessing."""

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from msgspec import structs

from data import backups, doctor, edits
from data.disk import strays
from data.drafts import Draft, save_draft
from data.models import Changes, Record, Review, Step
from data.store import Store
from tests.kit import NOON, Clock, a_win

GONE = "00000000-0000-4000-8000-00000000dead"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "smallwins" / "wins.json"
    Store(path, Clock()).change("add a win", edits.add_win(a_win()))
    return path


def put(path: Path, *records: Record) -> None:
    """Put records into a journal as they are, whatever the rules say."""
    Store(path, Clock()).change("put", lambda _: Changes(put=records))


def found(path: Path) -> list[str]:
    """Return what the doctor finds."""
    return [finding.what for finding in doctor.examine(path, Clock())]


def test_a_healthy_journal_has_nothing_to_find(path: Path) -> None:
    Store(path, Clock()).back_up("asked")
    save_draft(path, Draft(fields={}))
    before = path.read_bytes()
    assert doctor.examine(path, Clock()) == []
    assert doctor.repair(path, Clock()) == []
    assert path.read_bytes() == before
    assert len(backups.listed(path)) == 1


def test_a_journal_that_is_not_there_yet_is_healthy(tmp_path: Path) -> None:
    assert doctor.examine(tmp_path / "none.json", Clock()) == []


def test_a_journal_that_is_gone_is_missed_while_it_has_backups(path: Path) -> None:
    Store(path, Clock()).back_up("asked")
    path.unlink()
    assert "is gone" in found(path)[0]
    assert "restore" in found(path)[0]
    assert doctor.repair(path, Clock()) == []


def a_step(**fields: object) -> Step:
    step = Step(
        id=edits.new_id(), text="If it is Monday, then I write", due_week=NOON.date(), created_at=NOON, updated_at=NOON
    )
    return structs.replace(step, **fields)


ODD: dict[str, Callable[[], Record]] = {
    "its opened_by leads nowhere": lambda: structs.replace(a_win("Another"), opened_by=GONE),
    "its goal leads nowhere": lambda: structs.replace(a_win("Another"), goal=GONE),
    "its from_win leads nowhere": lambda: a_step(from_win=GONE),
    "its done_win leads nowhere": lambda: a_step(done_win=GONE),
    "its title holds characters": lambda: structs.replace(a_win("Another"), title="two\nlines \x1b[2J"),
    "its story holds characters": lambda: structs.replace(a_win("Another"), story="\x9b31m"),
    "its tags are not clean": lambda: structs.replace(a_win("Another"), tags=("b", "a", "b")),
}


@pytest.mark.parametrize("what", ODD)
def test_what_is_odd_about_a_record_is_found_repaired_and_can_be_undone(path: Path, what: str) -> None:
    record = ODD[what]()
    put(path, record)
    before = path.read_bytes()
    assert [f"{record.id}: {what}" in line for line in found(path)] == [True]
    done = doctor.repair(path, Clock())
    assert len(done) == 1
    assert found(path) == []
    assert backups.listed(path)[0].reason == "fix"
    assert backups.listed(path)[0].path.read_bytes() == before
    if "opened_by" not in what:  # a link to nowhere is not made again
        Store(path, Clock()).undo()
        assert len(found(path)) == 1


def test_a_win_that_opened_itself_is_cut_loose(path: Path) -> None:
    win = a_win("Its own door")
    put(path, structs.replace(win, opened_by=win.id))
    assert len(found(path)) == 1
    doctor.repair(path, Clock())
    assert Store(path, Clock()).journal.wins[win.id].opened_by is None


def test_a_loop_is_named_once_and_left_to_the_person(path: Path) -> None:
    first, second, third, fourth = (a_win(f"Win {number}") for number in range(4))
    loop = (
        structs.replace(first, opened_by=third.id),
        structs.replace(second, opened_by=first.id),
        structs.replace(third, opened_by=second.id),
    )
    put(path, *loop, structs.replace(fourth, opened_by=first.id))
    (line,) = found(path)
    assert "loop" in line
    assert all(win.id in line for win in loop)
    assert fourth.id not in line
    assert doctor.repair(path, Clock()) == []


def test_what_seems_to_be_there_twice_is_named_and_left_alone(path: Path) -> None:
    (win,) = Store(path, Clock()).journal.wins.values()
    goals = [edits.new_goal(name, NOON) for name in ("Climate work", "climate WORK")]
    reviews = [Review(id=edits.new_id(), week=NOON.date(), started_at=NOON, updated_at=NOON) for _ in range(2)]
    put(path, structs.replace(win, id=edits.new_id()), *goals, *reviews)
    assert [line.split(":")[0].split(" (")[0] for line in found(path)] == [
        "Wins of the same day, title and story",
        "Goals of the same name",
        "Reviews of the same week",
    ]
    assert doctor.repair(path, Clock()) == []


def test_a_story_past_its_limit_is_named(path: Path) -> None:
    put(path, structs.replace(a_win("Another"), story="é" * 60_000))
    assert "more than 100,000 bytes" in found(path)[0]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-be"])
def test_a_file_in_another_encoding_is_written_again(path: Path, encoding: str) -> None:
    before = path.read_bytes()
    mark = "\ufeff" if encoding == "utf-16-be" else ""
    path.write_bytes((mark + before.decode()).encode(encoding))
    assert len(found(path)) == 1
    assert len(doctor.repair(path, Clock())) == 1
    assert path.read_bytes() == before
    assert found(path) == []


def test_a_damaged_backup_is_named(path: Path) -> None:
    made = Store(path, Clock()).back_up("asked")
    assert made is not None
    made.path.write_bytes(b"[]")
    assert found(path) == [f"The backup {made.path.name} can't be used. The file holds no tables at its top level."]


def test_a_file_beyond_repair_is_left_alone(path: Path) -> None:
    made = Store(path, Clock()).back_up("asked")
    assert made is not None
    path.write_bytes(b"{")
    assert made.path.name in found(path)[0]
    assert doctor.repair(path, Clock()) == []
    assert path.read_bytes() == b"{"


def test_another_program_s_form_is_written_again_with_all_that_is_in_it(path: Path) -> None:
    tree = json.loads(path.read_bytes())
    next(iter(tree["wins"].values()))["mood"] = "calm"
    path.write_text(json.dumps(tree, indent=2))
    assert found(path) == ["Another program wrote the file, in its own form."]
    assert len(doctor.repair(path, Clock())) == 1
    assert found(path) == []
    again = json.loads(path.read_bytes())
    assert again.pop("seal") != tree.pop("seal")
    assert again == tree


def test_a_damaged_history_is_thrown_away_and_undo_works_again(path: Path) -> None:
    tree = json.loads(path.read_bytes())
    next(iter(tree["history"].values()))["touched"] = {"added": 3}
    path.write_text(json.dumps(tree))
    assert "The history has entries that can't be read." in found(path)
    doctor.repair(path, Clock())
    assert found(path) == []
    assert Store(path, Clock()).history == ()


def test_modes_that_let_others_look_are_tightened(path: Path) -> None:
    Store(path, Clock()).back_up("asked")
    mine = [path.parent, path, backups.folder(path), backups.listed(path)[0].path, path.with_name(".wins.json.lock")]
    for place in mine:
        place.chmod(0o755)
    assert len(found(path)) == len(mine)
    doctor.repair(path, Clock())
    assert found(path) == []
    assert [place.stat().st_mode & 0o077 for place in mine] == [0] * len(mine)


def test_the_mode_of_a_folder_that_is_not_ours_is_not_touched(tmp_path: Path) -> None:
    tmp_path.chmod(0o777)
    path = tmp_path / "wins.json"
    Store(path, Clock()).change("add a win", edits.add_win(a_win()))
    assert found(path) == [f"Everybody may put files into the journal's folder: {tmp_path}."]
    doctor.repair(path, Clock())
    assert tmp_path.stat().st_mode & 0o777 == 0o777


def test_temporary_files_of_killed_programs_are_removed(path: Path) -> None:
    made = Store(path, Clock()).back_up("asked")
    assert made is not None
    for target in (path, made.path):
        target.with_name(f".{target.name}.0123456789abcdef.tmp").write_text("half")
    other = path.with_name(".other.json.0123456789abcdef.tmp")
    other.write_text("of another journal")
    assert len(found(path)) == 2
    assert len(doctor.repair(path, Clock())) == 2
    assert strays(path) == []
    assert other.exists()


def test_a_planted_lock_is_named(path: Path, tmp_path: Path) -> None:
    lock = path.with_name(".wins.json.lock")
    lock.unlink()
    lock.symlink_to(tmp_path / "elsewhere")
    assert "The lock is no plain file" in found(path)[0]


def test_emptying_the_trash_leaves_no_link_to_what_is_gone(path: Path) -> None:
    store = Store(path, Clock())
    (first,) = store.journal.wins.values()
    second = structs.replace(a_win("It led here"), opened_by=first.id)
    put(path, second, a_step(from_win=first.id))
    store.change("remove", edits.trash_wins([first.id], NOON + timedelta(days=1)))
    store.change("empty the trash", edits.empty_trash())
    assert list(store.journal.wins) == [second.id]
    assert found(path) == []


def test_stories_up_to_the_limit_are_no_finding(path: Path) -> None:
    put(path, structs.replace(a_win("Another"), story="é" * 50_000))
    assert found(path) == []
    put(path, structs.replace(a_win("A third"), story="é" * 50_000 + "a"))
    assert len(found(path)) == 1


def test_a_tag_that_would_be_too_long_once_clean_is_left_to_the_person(path: Path) -> None:
    put(path, structs.replace(a_win("Another"), tags=("\u0958" * 50,)))  # twice as long in NFC
    assert doctor.repair(path, Clock()) == []


@pytest.mark.parametrize(("field", "limit"), [("title", 500), ("story", 100_000)])
def test_a_text_that_would_be_too_long_once_clean_keeps_nothing_else_from_repair(
    path: Path, field: str, limit: int
) -> None:
    fits, odd = "\u0958" * (limit // 2), "\u0958" * (limit // 2 + 1)  # each is two characters in NFC
    put(path, *(structs.replace(a_win(f"Win {n}"), **{field: text}) for n, text in enumerate((fits, odd))))
    repaired = doctor.repair(path, Clock())
    assert ["They are taken out." in line for line in repaired] == [True]
    texts = {getattr(win, field) for win in Store(path, Clock()).journal.wins.values()}
    assert odd in texts
    assert fits not in texts


def test_a_title_of_which_nothing_would_be_left_is_left_and_a_story_is_emptied(path: Path) -> None:
    put(path, structs.replace(a_win("Another"), title="\x1b", story="\x1b"))
    assert len(doctor.repair(path, Clock())) == 1
    win = next(one for one in Store(path, Clock()).journal.wins.values() if one.title == "\x1b")
    assert win.story == ""


def test_only_the_wins_of_a_loop_are_named_and_not_those_that_hang_from_it(path: Path) -> None:
    first, second, third = (a_win(title) for title in "abc")
    put(
        path,
        structs.replace(third, opened_by=first.id),
        structs.replace(first, opened_by=second.id),
        structs.replace(second, opened_by=first.id),
    )
    (what,) = found(path)
    assert what.endswith(f": {first.id}, {second.id}.")


def test_what_was_repaired_is_told_and_what_is_left_to_the_person_is_not(path: Path) -> None:
    win = structs.replace(a_win("Another"), title="A\x1bnother", story="é" * 60_000)
    put(path, win)
    assert len(found(path)) == 2
    (done,) = doctor.repair(path, Clock())
    assert done.endswith("They are taken out.")
    assert [backup.reason for backup in backups.listed(path)].count("fix") == 1


def test_a_file_in_another_encoding_is_kept_before_it_is_written_again(path: Path) -> None:
    odd = path.read_bytes().decode().encode("utf-16")
    path.write_bytes(odd)
    doctor.repair(path, Clock())
    assert odd in [backup.path.read_bytes() for backup in backups.listed(path)]


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
    assert len(doctor.repair(path, Clock())) == 1
    assert (stray.exists(), other.exists()) == (False, True)


def test_every_damaged_backup_is_named_but_those_of_what_was_replaced(path: Path) -> None:
    store = Store(path, Clock())
    made = [store.back_up(reason) for reason in ("asked", "fix", "import")]
    for one in made:
        assert one is not None
        one.path.write_bytes(b"[]")
    assert [what.split()[2] for what in found(path)] == [one.path.name for one in (made[2], made[0]) if one]

"""What is odd about a record is found, and put right where that needs no guessing."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from msgspec import structs

from data.model import edits
from data.model.records import Record, Review, Step
from data.storage import backups, doctor
from data.storage.store import Store
from tests.support.doctor_cases import GONE, found, put
from tests.support.fake_disk import NOON, Clock, a_win


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "smallwins" / "wins.json"
    Store(path, Clock()).change("add a win", edits.add_win(a_win()))
    return path


def a_step(**fields: object) -> Step:
    step = Step(
        id=edits.new_id(), text="If it is Monday, then I write", due_week=NOON.date(), created_at=NOON, updated_at=NOON
    )
    return structs.replace(step, **fields)


ODD: dict[str, Callable[[], Record]] = {
    "its opened_by doesn't exist": lambda: structs.replace(a_win("Another"), opened_by=GONE),
    "its goal doesn't exist": lambda: structs.replace(a_win("Another"), goal=GONE),
    "its from_win doesn't exist": lambda: a_step(from_win=GONE),
    "its done_win doesn't exist": lambda: a_step(done_win=GONE),
    "its title contains control": lambda: structs.replace(a_win("Another"), title="two\nlines \x1b[2J"),
    "its story contains control": lambda: structs.replace(a_win("Another"), story="\x9b31m"),
    "its tags aren't clean": lambda: structs.replace(a_win("Another"), tags=("b", "a", "b")),
}


@pytest.mark.parametrize("what", ODD)
def test_what_is_odd_about_a_record_is_found_repaired_and_can_be_undone(path: Path, what: str) -> None:
    record = ODD[what]()
    put(path, record)
    before = path.read_bytes()
    assert [f"{record.id}: {what}" in line for line in found(path)] == [True]
    done = doctor.repair_journal(path, Clock())
    assert len(done) == 1
    assert found(path) == []
    assert backups.list_backups(path)[0].reason == "fix"
    assert backups.list_backups(path)[0].path.read_bytes() == before
    if "opened_by" not in what:  # a link to nowhere is not made again
        Store(path, Clock()).undo()
        assert len(found(path)) == 1


def test_a_win_that_opened_itself_is_cut_loose(path: Path) -> None:
    win = a_win("Its own door")
    put(path, structs.replace(win, opened_by=win.id))
    assert len(found(path)) == 1
    doctor.repair_journal(path, Clock())
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
    assert doctor.repair_journal(path, Clock()) == []


def test_what_seems_to_be_there_twice_is_named_and_left_alone(path: Path) -> None:
    (win,) = Store(path, Clock()).journal.wins.values()
    goals = [edits.new_goal(name, NOON) for name in ("Climate work", "Teaching", "climate WORK")]
    reviews = [Review(id=edits.new_id(), week=NOON.date(), started_at=NOON, updated_at=NOON) for _ in range(2)]
    put(path, a_win("Between the two"), structs.replace(win, id=edits.new_id()), *goals, *reviews)
    assert [line.split(":")[0].split(" (")[0] for line in found(path)] == [
        "Wins with the same day, title and story",
        "Goals with the same name",
        "Reviews of the same week",
    ]
    assert doctor.repair_journal(path, Clock()) == []


def test_a_story_past_its_limit_is_named(path: Path) -> None:
    put(path, structs.replace(a_win("Another"), story="é" * 60_000))
    assert "more than 100,000 bytes" in found(path)[0]


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
    put(path, structs.replace(a_win("A fourth"), story="🎉" * 25_001))
    assert len(found(path)) == 2


def test_a_tag_that_would_be_too_long_once_clean_is_left_to_the_person(path: Path) -> None:
    put(path, structs.replace(a_win("Another"), tags=("\u0958" * 50,)))  # twice as long in NFC
    assert doctor.repair_journal(path, Clock()) == []


@pytest.mark.parametrize(("field", "limit"), [("title", 500), ("story", 100_000)])
def test_a_text_that_would_be_too_long_once_clean_keeps_nothing_else_from_repair(
    path: Path, field: str, limit: int
) -> None:
    fits, odd = "\u0958" * (limit // 2), "\u0958" * (limit // 2 + 1)  # each is two characters in NFC
    put(path, *(structs.replace(a_win(f"Win {n}"), **{field: text}) for n, text in enumerate((fits, odd))))
    repaired = doctor.repair_journal(path, Clock())
    assert ["Removed." in line for line in repaired] == [True]
    texts = {getattr(win, field) for win in Store(path, Clock()).journal.wins.values()}
    assert odd in texts
    assert fits not in texts


def test_a_title_of_which_nothing_would_be_left_is_left_and_a_story_is_emptied(path: Path) -> None:
    put(path, structs.replace(a_win("Another"), title="\x1b", story="\x1b"))
    assert len(doctor.repair_journal(path, Clock())) == 1
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


def test_a_date_centuries_away_is_found(path: Path) -> None:
    far = structs.replace(a_win("Another"), updated_at=NOON.replace(year=9999))
    put(path, far)
    assert f"Win {far.id}: its updated_at is not from 1900 to 2200." in found(path)

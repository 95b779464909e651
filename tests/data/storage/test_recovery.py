"""A journal that is deleted, damaged or replaced by an older one while it is open."""

import errno
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs

from data.base.errors import JournalFileError, SaveError
from data.model import edits
from data.model.journal import Journal
from data.model.records import TableName, Verdict
from data.storage import backups
from data.storage.contents import Contents, Extras
from data.storage.recovery import put_back
from data.storage.store import Store
from tests.support.fake_disk import Calls, Clock, a_win


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "home" / "wins.json"


@pytest.fixture
def store(path: Path) -> Store:
    store = Store(path, Clock())
    store.change("add a win", edits.add_win(a_win("The first")))
    return store


def titles(path: Path) -> list[str]:
    """Return the titles in the file."""
    return sorted(win.title for win in Store(path, Clock()).journal.wins.values())


def labels(store: Store) -> list[str]:
    """Return what was lost."""
    return [entry.label for entry in store.lost]


def older(store: Store, *later: str) -> None:
    """Add wins, then put the file back as it was before them."""
    copy = store.path.read_bytes()
    for title in later:
        store.change("add a win", edits.add_win(a_win(title)))
    store.path.write_bytes(copy)


def test_a_deleted_journal_is_written_again_from_memory(store: Store, path: Path) -> None:
    assert store.file_problem() == ""
    path.unlink()
    assert "The journal is gone" in store.file_problem()
    saved = store.write_again()
    assert (saved.notes, saved.confirmed) == ((), True)
    assert titles(path) == ["The first"]
    assert store.file_problem() == ""
    assert store.undo().journal.wins == {}


def test_a_journal_whose_folder_was_deleted_is_written_again(store: Store, path: Path) -> None:
    shutil.rmtree(path.parent)
    with pytest.raises(SaveError, match="The journal is gone"):
        store.change("add a win", edits.add_win(a_win()))
    assert not path.parent.exists(), "a change alone makes no folder where a disk may be missing"
    store.write_again()
    assert titles(path) == ["The first"]


def test_a_damaged_journal_is_backed_up_and_written_again(store: Store, path: Path) -> None:
    path.write_bytes(b"{damaged")
    assert "is not JSON" in store.file_problem()
    store.write_again()
    assert titles(path) == ["The first"]
    assert [one.path.read_bytes() for one in backups.list_backups(path) if one.reason == "restore"] == [b"{damaged"]


def test_where_nothing_is_wrong_writing_again_changes_nothing(store: Store, path: Path) -> None:
    before = path.read_bytes()
    store.write_again()
    assert path.read_bytes() == before


def test_changes_that_an_older_copy_lacks_are_named_and_put_back(store: Store, path: Path) -> None:
    older(store, "The second", "The third")
    assert store.file_problem().startswith("2 changes are no longer in the file: an older copy of it took its place")
    assert labels(store) == ["add a win"] * 2
    assert len(store.journal.wins) == 1, "memory is what the file holds"
    store.write_again()
    assert titles(path) == ["The first", "The second", "The third"]
    assert labels(store) == []
    assert len(store.history) == 3
    assert store.undo().journal.wins.keys() == {win.id for win in store.journal.wins.values()}


def test_what_was_added_to_the_older_copy_stays_when_the_lost_is_put_back(store: Store, path: Path) -> None:
    older(store, "The second")
    Store(path, Clock()).change("add a win", edits.add_win(a_win("From elsewhere")))
    store.refresh()
    assert store.file_problem().startswith('"add a win" is no longer in the file')
    store.write_again()
    assert titles(path) == ["From elsewhere", "The first", "The second"]


def test_an_edit_that_was_reverted_by_an_older_copy_is_put_back(store: Store, path: Path) -> None:
    (win,) = store.journal.wins.values()
    copy = path.read_bytes()
    store.change("move", edits.set_verdict([win.id], Verdict.REAL, Clock()()))
    path.write_bytes(copy)
    store.refresh()
    assert labels(store) == ["move"]
    assert store.write_again().journal.wins[win.id].verdict is Verdict.REAL


def test_losses_one_after_the_other_add_up(store: Store, path: Path) -> None:
    older(store, "The second")
    store.refresh()
    older(store, "The third")
    store.refresh()
    assert len(labels(store)) == 2
    store.write_again()
    assert titles(path) == ["The first", "The second", "The third"]


def test_what_comes_back_by_itself_is_not_lost_any_more(store: Store, path: Path) -> None:
    copy = path.read_bytes()
    store.change("add a win", edits.add_win(a_win("The second")))
    newer = path.read_bytes()
    path.write_bytes(copy)
    store.refresh()
    assert labels(store) == ["add a win"]
    path.write_bytes(newer)
    store.refresh()
    assert labels(store) == []
    assert store.file_problem() == ""


def test_ordinary_work_of_another_program_loses_nothing(store: Store, path: Path) -> None:
    other = Store(path, Clock())
    win = a_win("From elsewhere")
    ways: list[Callable[[], object]] = [
        lambda: other.change("add a win", edits.add_win(win)),
        lambda: other.change("move", edits.set_verdict([win.id], Verdict.REAL, Clock()())),
        other.undo,
        lambda: other.change("remove", edits.trash_wins([win.id], Clock()())),
        lambda: other.change("empty the trash", edits.empty_trash()),
        other.tidy,
        lambda: other.change("add a win", edits.add_win(a_win())),
        other.undo,
    ]
    for way in ways:
        way()
        assert store.file_problem() == ""
        assert labels(store) == []


def test_a_history_that_is_full_forgets_and_loses_nothing(quick: Path) -> None:
    store, other = Store(quick, Clock()), Store(quick, Clock())
    for number in range(201):
        store.change("add a win", edits.add_win(a_win(str(number))))
    for _ in range(5):
        other.change("add a win", edits.add_win(a_win()))
    store.refresh()
    assert labels(store) == []


def test_a_full_disk_keeps_the_journal_in_memory_for_another_try(path: Path, store: Store) -> None:
    assert store.journal.wins
    room: list[str] = []

    def tell(name: str) -> None:
        if name == "write" and not room:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    full = Store(path, Clock(), disk=Calls(tell))
    path.unlink()
    with pytest.raises(SaveError, match="the disk is full"):
        full.write_again()
    assert not path.exists()
    room.append("made")
    full.write_again()
    assert titles(path) == ["The first"]


def test_a_file_of_another_kind_in_its_place_is_not_touched(store: Store, path: Path) -> None:
    path.unlink()
    path.mkdir()
    with pytest.raises(SaveError, match="not a regular file"):
        store.write_again()
    assert path.is_dir()
    with pytest.raises(JournalFileError):
        store.refresh()


@settings(max_examples=40)
@given(st.lists(st.sampled_from(["add", "move", "older", "look"]), max_size=12))
def test_whatever_older_copies_come_back_nothing_that_was_saved_is_lost(
    tmp_path_factory: pytest.TempPathFactory, acts: list[str]
) -> None:
    path = tmp_path_factory.mktemp("law") / "wins.json"
    store, clock = Store(path, Clock()), Clock()
    store.change("add a win", edits.add_win(a_win("first")))
    copy = path.read_bytes()
    verdicts: dict[str, Verdict] = {}
    for number, act in enumerate(acts):
        if act == "add":
            store.change("add a win", edits.add_win(a_win(str(number))))
        elif act == "move":
            store.refresh()
            key = list(store.journal.wins)[-1]
            store.change("move", edits.set_verdict([key], Verdict.REAL, clock()))
        elif act == "older":
            path.write_bytes(copy)
        else:
            store.refresh()
        verdicts |= {key: win.verdict for key, win in store.journal.wins.items() if win.verdict}
    seen = {win.title for win in store.journal.wins.values()}
    store.file_problem()
    store.write_again()
    after = Store(path, Clock()).journal.wins
    assert {key: after[key].verdict for key in verdicts} == verdicts
    assert seen <= {win.title for win in after.values()}
    assert structs.asdict(store.journal) == structs.asdict(Store(path, Clock()).journal)


def test_what_was_undone_elsewhere_and_can_t_be_redone_any_more_is_not_lost(store: Store, path: Path) -> None:
    store.change("add a win", edits.add_win(a_win("The second")))
    other = Store(path, Clock())
    for title in ("The third", "The fourth", "The fifth"):
        other.undo()
        other.change("add a win", edits.add_win(a_win(title)))
    assert store.file_problem() == ""
    assert labels(store) == []
    assert titles(path) == ["The fifth", "The first"]


def test_only_what_was_lost_is_put_back_not_what_was_undone(store: Store, path: Path) -> None:
    copy = path.read_bytes()
    store.change("add a win", edits.add_win(a_win("Lost")))
    store.change("add a win", edits.add_win(a_win("Undone")))
    other = Store(path, Clock())
    other.undo()
    other.change("add a win", edits.add_win(a_win("Lost, too")))
    store.refresh()
    path.write_bytes(copy)
    assert store.file_problem().startswith("2 changes are no longer in the file")
    store.write_again()
    assert titles(path) == ["Lost", "Lost, too", "The first"]


def test_a_link_that_comes_back_closes_no_loop_with_one_made_since(store: Store, path: Path) -> None:
    first, second = a_win("First"), a_win("Second")
    for win in (first, second):
        store.change("add a win", edits.add_win(win))
    copy = path.read_bytes()
    store.change("link", edits.link_win(second.id, first.id, Clock()()))
    path.write_bytes(copy)
    Store(path, Clock()).change("link", edits.link_win(first.id, second.id, Clock()()))
    store.refresh()
    assert labels(store) == ["link"]
    journal = store.write_again().journal
    assert journal.wins[first.id].opened_by == second.id
    assert journal.wins[second.id].opened_by is None


def test_unknown_fields_come_back_with_their_record_alone() -> None:
    there, gone = a_win("There"), a_win("Gone")
    places: dict[str, tuple[TableName, str]] = {win.title: ("wins", win.id) for win in (there, gone)}
    lost = Contents(
        Journal.of(there, gone),
        (),
        Extras({places["There"]: {"mood": 1}, places["Gone"]: {"mood": 2}}, meta={"own": 1}),
    )
    newer = Contents(Journal.of(there), (), Extras({places["There"]: {"mood": 3}}))
    found = put_back(lost, newer)
    assert found.extras.records == {places["There"]: {"mood": 3}, places["Gone"]: {"mood": 2}}
    assert found.extras.meta == {"own": 1}

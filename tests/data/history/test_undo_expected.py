"""Undo and redo of the change that a person sees as the last one, and of no other."""

from pathlib import Path

import pytest
from msgspec import Raw, structs

from data.base.errors import NotAllowedError
from data.history.history import is_damaged, make_entry
from data.history.undo import last_change, next_redo, redo_last, undo_last
from data.model import edits
from data.model.journal import Journal
from data.model.records import Verdict
from data.storage.store import Store
from tests.support.fake_disk import NOON, Clock, a_win


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "wins.json", Clock())


def test_a_change_is_undone_and_redone_by_its_id(store: Store) -> None:
    win = a_win()
    saved = store.change("add a win", edits.add_win(win))
    assert saved.entry
    assert last_change(store.history) == store.history[0]
    assert store.undo(saved.entry).entry == saved.entry
    assert last_change(store.history) is None
    assert next_redo(store.history) == store.history[0]
    assert store.redo(saved.entry).journal.wins == {win.id: win}
    assert next_redo(store.history) is None


def test_a_change_that_changed_nothing_has_no_entry(store: Store) -> None:
    assert store.change("move", edits.trash_wins([], NOON)).entry == ""


def test_undo_takes_no_win_away_that_another_program_added_a_moment_ago(store: Store) -> None:
    mine = store.change("add a goal", edits.add_goal(edits.new_goal("Climate work", NOON)))
    theirs = a_win("Added elsewhere")
    Store(store.path, Clock()).change("add a win", edits.add_win(theirs))
    with pytest.raises(NotAllowedError, match='Another change was made in the meantime: "add a win"'):
        store.undo(mine.entry)
    assert list(store.journal.wins) == [theirs.id]
    assert len(store.journal.goals) == 1
    assert store.undo(last_change(store.history).id).label == "add a win"  # type: ignore[union-attr]


def test_an_undo_that_is_refused_leaves_the_redo(store: Store) -> None:
    win = a_win()
    first = store.change("add a win", edits.add_win(win))
    second = store.change("move", edits.set_verdict([win.id], Verdict.REAL, NOON))
    store.undo(second.entry)
    for _ in range(2):
        with pytest.raises(NotAllowedError, match="meantime"):
            store.undo(second.entry)
    with pytest.raises(NotAllowedError, match="meantime"):
        store.redo(first.entry)
    assert store.redo(second.entry).journal.wins[win.id].verdict is Verdict.REAL


def test_where_nothing_is_left_to_undo_it_is_said(store: Store) -> None:
    saved = store.change("add a win", edits.add_win(a_win()))
    Store(store.path, Clock()).undo()
    with pytest.raises(NotAllowedError, match="nothing to undo any more: the journal was changed elsewhere"):
        store.undo(saved.entry)
    store.redo()
    with pytest.raises(NotAllowedError, match="nothing to redo any more"):
        store.redo(saved.entry)


def test_an_entry_of_a_moment_beyond_the_calendar_is_damaged() -> None:
    entry = make_entry(Journal(), edits.add_win(a_win())(Journal()), "add a win", NOON)
    assert entry is not None
    assert not is_damaged(entry)
    late = structs.replace(entry, when=NOON.replace(year=9999))
    assert is_damaged(late)
    with pytest.raises(NotAllowedError, match="entry of the history is damaged"):
        undo_last(Journal(), (late,), NOON)


@pytest.mark.parametrize("touched", [b'{"added":{"wins":["\xff"]}}', b"[" * 5000, b'{"added":{"wins":["\\ud800"]}}'])
def test_an_entry_of_broken_text_is_said_to_be_damaged(touched: bytes) -> None:
    win = a_win()
    entry = make_entry(Journal(), edits.add_win(win)(Journal()), "add a win", NOON)
    assert entry is not None
    damaged = structs.replace(entry, touched=Raw(touched))
    assert is_damaged(damaged)
    for way, undone in ((undo_last, False), (redo_last, True)):
        with pytest.raises(NotAllowedError, match="entry of the history is damaged"):
            way(Journal.of(win), (structs.replace(damaged, undone=undone),), NOON)

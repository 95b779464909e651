"""A win that is changed in two places at once."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from data.history.history import revisions_of
from data.history.revisions import describe_revisions
from data.model import edits, merge
from data.model.journal import Journal
from data.model.records import Verdict, Win
from data.storage.store import Store

OPENED = datetime(2026, 11, 20, 12, tzinfo=UTC)
LATER = OPENED + timedelta(minutes=5)
LATEST = OPENED + timedelta(minutes=9)


@pytest.fixture
def win() -> Win:
    return edits.new_win("Coffee with a mentor", happened_on=date(2026, 11, 19), now=OPENED)


@pytest.fixture
def store(tmp_path: Path, win: Win) -> Store:
    store = Store(tmp_path / "wins.json", lambda: LATEST)
    store.change("add a win", edits.add_win(win))
    return store


def elsewhere(store: Store, win: Win, when: datetime, **fields: object) -> None:
    """Change a win as another program does."""
    other = Store(store.path, lambda: when)
    other.change("edit a win", edits.change_win(win, structs.replace(win, **fields), when))


def test_different_fields_merge_without_a_word(store: Store, win: Win) -> None:
    elsewhere(store, win, LATER, story="It gave me a fresh view.")
    saved = store.change("edit a win", edits.change_win(win, structs.replace(win, title="Coffee"), LATEST))
    assert saved.journal.wins[win.id].title == "Coffee"
    assert saved.journal.wins[win.id].story == "It gave me a fresh view."
    assert saved.notes == ()


def test_of_two_titles_the_newer_is_kept_and_the_older_is_in_the_history(store: Store, win: Win) -> None:
    elsewhere(store, win, LATER, title="Theirs")
    saved = store.change("edit a win", edits.change_win(win, structs.replace(win, title="Mine"), LATEST))
    assert saved.journal.wins[win.id].title == "Mine"
    assert len(saved.notes) == 1
    assert saved.notes[0].startswith("The title was changed elsewhere")
    assert "Theirs" in [past.fields.before.get("title") for past in revisions_of(store.history, win.id)]


def test_an_edit_that_had_to_wait_yields_to_a_newer_one_and_is_kept_in_the_history(store: Store, win: Win) -> None:
    elsewhere(store, win, LATEST, title="Theirs")
    saved = store.change("edit a win", edits.change_win(win, structs.replace(win, title="Mine", story="Both"), LATER))
    assert saved.journal.wins[win.id].title == "Theirs"
    assert saved.journal.wins[win.id].story == "Both"
    assert "yours is in the win's history" in saved.notes[0]
    assert "Mine" in [past.fields.aside.get("title") for past in revisions_of(store.history, win.id)]


def test_a_title_that_yields_alone_is_still_kept(store: Store, win: Win) -> None:
    elsewhere(store, win, LATEST, title="Theirs")
    store.change("edit a win", edits.change_win(win, structs.replace(win, title="Mine"), LATER))
    again = Store(store.path, lambda: LATEST)
    assert "Mine" in [past.fields.aside.get("title") for past in revisions_of(again.history, win.id)]
    lines = [words for _, words in describe_revisions(revisions_of(again.history, win.id), again.journal)]
    assert "title gave way to a newer one: “Mine”" in lines


def test_an_edit_of_a_win_in_the_trash_says_where_it_went(store: Store, win: Win) -> None:
    Store(store.path, lambda: LATER).change("remove", edits.trash_wins([win.id], LATER))
    saved = store.change("edit a win", edits.change_win(win, structs.replace(win, title="Mine"), LATEST))
    assert "trash" in saved.notes[0]
    assert saved.journal.wins[win.id].deleted_at is not None


TITLES = st.sampled_from(["a", "b", "c"])


@given(
    before=st.tuples(TITLES, TITLES),
    mine=st.tuples(TITLES, TITLES),
    theirs=st.tuples(TITLES, TITLES),
    late=st.booleans(),
)
def test_no_value_that_somebody_wrote_is_lost(
    before: tuple[str, str], mine: tuple[str, str], theirs: tuple[str, str], *, late: bool
) -> None:
    base = edits.new_win(before[0], story=before[1], happened_on=date(2026, 1, 1), now=OPENED)
    after = structs.replace(base, title=mine[0], story=mine[1])
    current = structs.replace(base, title=theirs[0], story=theirs[1], updated_at=LATEST if late else LATER)
    done = merge.merge_changes(base, after, current, LATER if late else LATEST)
    new = Journal.of(current).apply(done).wins[base.id]
    for name in ("title", "story"):
        old, ours, other = getattr(base, name), getattr(after, name), getattr(current, name)
        if ours == old:
            assert getattr(new, name) == other
        elif other in {old, ours}:
            assert getattr(new, name) == ours
        else:
            assert getattr(new, name) == (other if late else ours)
            assert any(name in note for note in done.notes)


def test_a_board_move_elsewhere_survives_an_edit(store: Store, win: Win) -> None:
    Store(store.path, lambda: LATER).change("move", edits.set_verdict([win.id], Verdict.REAL, LATER))
    saved = store.change("edit a win", edits.change_win(win, structs.replace(win, title="Mine"), LATEST))
    assert saved.journal.wins[win.id].verdict is Verdict.REAL


def test_saying_elsewhere_what_one_says_here_is_no_clash_and_the_trash_is_told_once(win: Win) -> None:
    mine = structs.replace(win, title="Same")
    done = merge.merge_changes(win, mine, structs.replace(win, title="Same", updated_at=LATER), LATEST)
    assert done.notes == ()
    gone = structs.replace(win, deleted_at=LATER)
    assert merge.merge_changes(gone, structs.replace(gone, title="Mine"), gone, LATEST).notes == ()
    assert merge.changed_fields(win, structs.replace(win, updated_at=LATEST)) == {}
    tie = merge.merge_changes(win, mine, structs.replace(win, title="Theirs", updated_at=LATEST), LATEST)
    assert [one.title for one in tie.put if isinstance(one, Win)] == ["Same"]

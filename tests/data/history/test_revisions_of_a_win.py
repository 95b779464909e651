"""An opened card tells what its words were before."""

from datetime import timedelta
from pathlib import Path

import pytest
from msgspec import structs

from data.history.history import FieldChanges, Revision, revisions_of
from data.history.revisions import MAX_VALUE_CHARS, describe_revisions
from data.model import edits
from data.model.records import Changes
from data.storage.store import Store
from tests.support.fake_disk import NOON, Clock, a_win

GOAL = edits.new_goal("Climate work", NOON)
LETTER = a_win("Wrote a letter")
WIN = structs.replace(a_win("Had a call", story="It rang. " * 40), goal=GOAL.id, tags=("courage", "people"))
LATER = NOON + timedelta(days=1)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """Return a journal of two wins and a goal, the first of them linked to the other."""
    store = Store(tmp_path / "wins.json", Clock())
    linked = structs.replace(WIN, opened_by=LETTER.id)
    store.change("begin", lambda _: Changes(put=(GOAL, LETTER, linked)))
    return store


def lines(store: Store, past: list[Revision]) -> list[str]:
    return [line for _, line in describe_revisions(past, store.journal)]


def test_each_field_is_told_in_the_words_of_the_form(store: Store) -> None:
    before = store.journal.wins[WIN.id]
    day = before.happened_on + timedelta(days=1)
    after = structs.replace(
        before, title="Had a long call", story="", happened_on=day, goal=None, tags=(), opened_by=None
    )
    store.change("edit", edits.change_win(before, after, LATER))
    assert set(lines(store, revisions_of(store.history, WIN.id))) == {
        "title was: “Had a call”",
        f"story was: “{before.story[: MAX_VALUE_CHARS - 1]}…”",
        f"date was: “{before.happened_on}”",
        "goal was: “Climate work”",
        "tags was: “courage, people”",
        "opened by was: “Wrote a letter”",
    }


def test_what_was_empty_or_is_gone_was_nothing(store: Store) -> None:
    before = store.journal.wins[LETTER.id]
    other = edits.new_goal("Teaching", NOON)
    store.change("goal", edits.add_goal(other))
    store.change("edit", edits.change_win(before, structs.replace(before, story="By hand.", goal=other.id), LATER))
    now = store.journal.wins[LETTER.id]
    store.change("edit", edits.change_win(now, structs.replace(now, goal=GOAL.id), LATER))
    store.change("drop", lambda journal: Changes(drop=(journal.goals[other.id],)))
    past = revisions_of(store.history, LETTER.id)
    assert sorted(lines(store, past)) == ["goal was: nothing", "goal was: nothing", "story was: nothing"]


def test_a_null_of_another_program_in_the_history_was_nothing_too(store: Store) -> None:
    past = Revision(when=NOON, label="edit", fields=FieldChanges(before={"title": None}))
    assert lines(store, [past]) == ["title was: nothing"]


def test_what_gave_way_to_another_program_is_told_and_verdicts_are_not(store: Store) -> None:
    before = store.journal.wins[WIN.id]
    store.change("edit", edits.change_win(before, structs.replace(before, title="Had the call"), LATER))
    mine = structs.replace(before, title="Called", verdict=None)
    store.change("edit", edits.change_win(before, mine, NOON - timedelta(days=1)))
    told_of = lines(store, revisions_of(store.history, WIN.id))
    assert "title gave way to a newer one: “Called”" in told_of
    assert not [line for line in told_of if "verdict" in line]

"""Every change can be taken back and done again, and leaves its trace on the card of the win."""

import json
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import Raw, structs
from tinydb import TinyDB

from data.base.errors import NotAllowedError, NotFoundError, SmallWinsError
from data.history import history
from data.history.entry import HistoryEntry
from data.history.history import revisions_of
from data.history.undo import redo_last, undo_last
from data.model import edits
from data.model.journal import Edit, Journal
from data.model.records import Answers, Changes, Record, Review, Step, StepState, Verdict, Win, table_of
from data.storage.store import Store
from tests.support.fake_disk import NOON, Clock, a_win


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "wins.json", Clock())


def content(journal: Journal) -> dict[str, dict[str, Record]]:
    """Return what a journal holds, without the moments of the last change and the order."""
    tables: dict[str, dict[str, Record]] = {"wins": {}, "goals": {}, "steps": {}, "reviews": {}}
    for table in (journal.wins, journal.goals, journal.steps, journal.reviews):
        for key, record in table.items():
            tables[table_of(record)][key] = structs.replace(record, updated_at=NOON)
    return tables


def pick(journal: Journal, number: int) -> Win:
    """Return one of the wins, or a new one where there are none."""
    wins = list(journal.wins.values())
    return wins[number % len(wins)] if wins else a_win()


def put(record: Record) -> Edit:
    return lambda _: Changes(put=(record,))


def link(journal: Journal, first: int, second: int) -> Edit:
    win, other = pick(journal, first), pick(journal, second)
    return edits.change_win(win, structs.replace(win, opened_by=other.id), NOON + timedelta(days=2))


def a_step(state: StepState, key: str = "00000000-0000-4000-8000-000000000001") -> Step:
    return Step(id=key, text="If, then", due_week=NOON.date(), state=state, created_at=NOON, updated_at=NOON)


def a_review(note: str) -> Review:
    key = "00000000-0000-4000-8000-000000000002"
    return Review(id=key, week=date(2026, 11, 16), started_at=NOON, note=note, updated_at=NOON)


LATER = NOON + timedelta(days=2)
KINDS: dict[str, Callable[[Journal, int, int], Edit]] = {
    "add": lambda _, a, b: edits.add_win(a_win(f"Win {a} {b}")),
    "title": lambda j, a, b: edits.change_win(w := pick(j, a), structs.replace(w, title=f"Title {b}"), LATER),
    "answers": lambda j, a, b: edits.change_win(
        w := pick(j, a), structs.replace(w, answers=Answers(door=b % 5 + 1)), LATER
    ),
    "tags": lambda j, a, b: edits.change_win(w := pick(j, a), structs.replace(w, tags=(f"t{b}",)), LATER),
    "real": lambda j, a, _: edits.set_verdict([pick(j, a).id], Verdict.REAL, LATER),
    "candy": lambda j, a, b: edits.set_verdict({pick(j, a).id, pick(j, b).id}, Verdict.CANDY, LATER, p=0.25),
    "trash": lambda j, a, _: edits.trash_wins([pick(j, a).id], LATER),
    "restore": lambda j, a, _: edits.restore_wins([pick(j, a).id], LATER),
    "link": link,
    "goal": lambda _, a, b: edits.add_goal(edits.new_goal(f"Goal {a} {b}", NOON)),
    "step": lambda _, a, __: put(a_step(list(StepState)[a % 3])),
    "review": lambda _, a, __: put(a_review(f"note {a}")),
}
STEPS = st.lists(st.tuples(st.sampled_from(list(KINDS)), st.integers(0, 5), st.integers(0, 5)), max_size=25)


@settings(max_examples=150)
@given(steps=STEPS)
def test_undoing_everything_and_redoing_everything_leads_back(steps: list[tuple[str, int, int]]) -> None:
    journal, entries, states = Journal(), tuple[HistoryEntry, ...](), [content(Journal())]
    for kind, first, second in steps:
        try:
            changes = KINDS[kind](journal, first, second)(journal)
        except (NotFoundError, NotAllowedError):
            continue
        entry = history.make_entry(journal, changes, kind, NOON)
        if entry is None:
            continue
        entries, journal = history.append_entry(entries, entry), journal.apply(changes)
        states.append(content(journal))
    done = entries
    for before in reversed(states[:-1]):
        outcome = undo_last(journal, entries, LATER)
        journal, entries = journal.apply(outcome.changes), outcome.history
        assert content(journal) == before
        assert outcome.notes == ()
    with pytest.raises(NotAllowedError):
        undo_last(journal, entries, LATER)
    for after in states[1:]:
        outcome = redo_last(journal, entries, LATER)
        journal, entries = journal.apply(outcome.changes), outcome.history
        assert content(journal) == after
    assert entries == done  # nothing is left of having been undone
    with pytest.raises(NotAllowedError):
        redo_last(journal, entries, LATER)


def test_the_last_200_changes_can_be_taken_back_across_restarts(quick: Path) -> None:
    store = Store(quick, Clock())
    for number in range(205):
        store.change(f"add {number}", edits.add_win(a_win(f"Win {number}")))
    for _ in range(200):
        Store(store.path, Clock()).undo()
    with pytest.raises(NotAllowedError, match="nothing to undo"):
        Store(store.path, Clock()).undo()
    store.refresh()
    assert len(store.journal.wins) == 5
    for _ in range(200):
        store.redo()
    assert len(store.journal.wins) == 205


def test_undo_in_another_window_takes_back_the_last_change_of_all(store: Store) -> None:
    win = a_win()
    store.change("add a win", edits.add_win(win))
    other = Store(store.path, Clock())
    other.change("move", edits.set_verdict([win.id], Verdict.REAL, NOON))
    assert store.undo().label == "move"
    assert store.journal.wins[win.id].verdict is None


def by_stock_tinydb(store: Store, **fields: object) -> None:
    """Change every win as a stock TinyDB does, without a history."""
    with TinyDB(store.path, encoding="utf-8") as db:
        db.table("wins").update(fields)


def test_undo_keeps_what_another_program_changed_since_and_says_so(store: Store) -> None:
    win = a_win()
    store.change("add a win", edits.add_win(win))
    after = structs.replace(win, title="Mine", story="Mine too")
    store.change("edit a win", edits.change_win(win, after, NOON))
    by_stock_tinydb(store, title="Theirs")
    saved = store.undo()
    assert saved.journal.wins[win.id].title == "Theirs"
    assert saved.journal.wins[win.id].story == ""
    assert saved.notes == ("The title was left as it is. It was changed again since.",)


def test_undo_refuses_where_all_of_it_was_changed_since(store: Store) -> None:
    win = a_win()
    store.change("add a win", edits.add_win(win))
    store.change("edit a win", edits.change_win(win, structs.replace(win, title="Mine"), NOON))
    by_stock_tinydb(store, title="Theirs")
    before = store.path.read_bytes()
    with pytest.raises(NotAllowedError, match="It was changed again since"):
        store.undo()
    assert store.path.read_bytes() == before


def test_an_added_win_that_opened_another_since_stays(store: Store) -> None:
    win = a_win()
    store.change("add a win", edits.add_win(win))
    with TinyDB(store.path, encoding="utf-8") as db:
        db.table("wins").insert({"title": "It led here", "opened_by": win.id})
    with pytest.raises(NotAllowedError, match="a later win came from this one"):
        store.undo()
    assert len(store.journal.wins) == 2


def test_a_card_tells_its_past_without_what_was_taken_back(store: Store) -> None:
    win, other = a_win(), a_win("Another")
    store.change("add a win", edits.add_win(win))
    store.change("add a win", edits.add_win(other))
    store.change("edit a win", edits.change_win(win, structs.replace(win, title="New"), NOON))
    store.change("move to real", edits.set_verdict([win.id, other.id], Verdict.REAL, NOON))
    store.change("move to candy", edits.set_verdict([win.id], Verdict.CANDY, NOON))
    store.undo()
    past = revisions_of(store.history, win.id)
    assert [step.label for step in past] == ["add a win", "edit a win", "move to real"]
    assert past[1].fields.before == {"title": win.title}
    assert past[1].fields.after == {"title": "New"}
    assert past[2].fields.after["verdict"] == "real"


def test_a_change_that_changes_nothing_is_no_change(store: Store) -> None:
    win = a_win()
    store.change("add a win", edits.add_win(win))
    before = store.path.read_bytes()
    store.change("edit a win", edits.change_win(win, win, NOON))
    store.change("put", put(structs.replace(win, updated_at=LATER)))
    store.change("move", edits.set_verdict([win.id], None, NOON))
    assert store.path.read_bytes() == before


def test_an_import_of_many_wins_adds_little_to_the_file(store: Store) -> None:
    wins = tuple(a_win(f"Win {number}") for number in range(3000))
    store.change("import", lambda _: Changes(put=wins))
    tree = json.loads(store.path.read_bytes())
    assert len(json.dumps(tree["history"])) < 0.15 * store.path.stat().st_size
    assert len(store.undo().journal.wins) == 0
    assert dict(store.redo().journal.wins) == {win.id: win for win in wins}


def test_a_history_of_long_stories_keeps_to_its_room() -> None:
    journal = Journal.of(win := a_win(story="x" * 90_000))
    entries: tuple[HistoryEntry, ...] = ()
    for number in range(60):
        changes = put(structs.replace(win, story=f"{number}" * 90_000))(journal)
        entry = history.make_entry(journal, changes, "edit", NOON)
        assert entry is not None
        entries, journal = history.append_entry(entries, entry), journal.apply(changes)
    assert 10 < len(entries) < 60
    assert sum(len(bytes(entry.touched)) for entry in entries) <= history.MIN_HISTORY_BYTES


def test_the_room_of_the_history_can_be_filled_to_the_last_byte() -> None:
    old, new = (
        HistoryEntry(id=edits.new_id(), label="edit", when=NOON, touched=Raw(b'{"added":{}}')) for _ in range(2)
    )
    assert history.append_entry((old,), new, room=24) == (old, new)
    assert history.append_entry((old,), new, room=23) == (new,)


def test_a_damaged_entry_stays_for_the_doctor_and_hides_no_past(store: Store) -> None:
    win = a_win()
    store.change("add a win", edits.add_win(win))
    not_utf8 = b'{"added":{"wins":["%s","\xff"]}}' % win.id.encode()
    for touched in (b"[1]", b'{"added":"%s"}' % win.id.encode(), not_utf8):
        damaged = HistoryEntry(id=edits.new_id(), label="damaged", when=NOON, touched=Raw(touched))
        entries = history.append_entry((damaged,), store.history[0])
        assert entries == (damaged, store.history[0])
        assert [past.label for past in revisions_of(entries, win.id)] == ["add a win"]


def test_one_change_larger_than_the_room_can_still_be_undone() -> None:
    entry = HistoryEntry(id=edits.new_id(), label="edit", when=NOON)
    assert history.append_entry((entry,), entry, room=-1) == (entry,)


def test_emptying_the_trash_is_the_end_of_undo_until_something_new_is_done(store: Store) -> None:
    win = a_win("Gone")
    store.change("add a win", edits.add_win(win))
    store.change("remove", edits.trash_wins([win.id], NOON))
    store.change("empty the trash", edits.empty_trash())
    store.change("add a win", edits.add_win(a_win()))
    store.undo()
    with pytest.raises(NotAllowedError, match='"empty the trash" can\'t be undone'):
        store.undo()


def test_emptying_the_trash_purges_what_was_undone_and_bulk_changes_of_it(store: Store) -> None:
    gone, stays = a_win("A secret"), a_win("Another")
    store.change("import", lambda _: Changes(put=(gone, stays)))
    edited = tuple(structs.replace(win, story=f"{win.title} story") for win in (gone, stays))
    store.change("edit both", lambda _: Changes(put=edited))
    store.change("remove", edits.trash_wins([gone.id], NOON))
    store.change("add", edits.add_win(a_win("A secret, undone")))
    store.undo()
    store.change("empty the trash", edits.empty_trash())
    data = store.path.read_bytes()
    assert b"secret" not in data
    assert gone.id.encode() not in data
    assert [step.label for step in revisions_of(store.history, stays.id)] == ["import", "edit both"]


def test_an_undo_that_the_disk_refuses_leaves_all_as_it_was(store: Store) -> None:
    store.change("add a win", edits.add_win(a_win()))
    before = store.path.read_bytes(), store.journal, store.history
    store.path.with_name(".wins.json.lock").unlink()
    store.path.with_name(".wins.json.lock").mkdir()
    with pytest.raises(SmallWinsError):
        store.undo()
    assert (store.path.read_bytes(), store.journal, store.history) == before


def remove_by_stock_tinydb(store: Store, win: Win) -> None:
    """Take a win out of the file as a stock TinyDB does, without a history."""
    with TinyDB(store.path, encoding="utf-8") as db:
        db.table("wins").remove(lambda document: document["id"] == win.id)


def test_undo_takes_back_what_is_still_there_of_a_change_to_several(store: Store) -> None:
    gone, stays = a_win("Gone"), a_win("Stays")
    store.change("import", lambda _: Changes(put=(gone, stays)))
    store.change("move", edits.set_verdict([gone.id, stays.id], Verdict.REAL, NOON))
    remove_by_stock_tinydb(store, gone)
    saved = store.undo()
    assert saved.journal.wins[stays.id].verdict is None
    assert saved.notes == ()  # of what is gone there is nothing to say
    assert dict(store.undo().journal.wins) == {}
    assert [win.title for win in store.redo().journal.wins.values()] == ["Stays"]


def test_undo_of_a_change_to_nothing_passes_over_what_is_gone(store: Store) -> None:
    gone, stays = (structs.replace(a_win(title), verdict=Verdict.REAL) for title in ("Gone", "Stays"))
    store.change("import", lambda _: Changes(put=(gone, stays)))
    store.change("unsort", edits.set_verdict([gone.id, stays.id], None, NOON))
    remove_by_stock_tinydb(store, gone)
    assert store.undo().journal.wins[stays.id].verdict is Verdict.REAL


def test_redo_refuses_where_all_of_it_was_changed_since(store: Store) -> None:
    win = a_win()
    store.change("add a win", edits.add_win(win))
    store.change("edit a win", edits.change_win(win, structs.replace(win, title="Mine"), NOON))
    store.undo()
    by_stock_tinydb(store, title="Theirs")
    with pytest.raises(NotAllowedError, match="It was changed again since"):
        store.redo()
    assert store.journal.wins[win.id].title == "Theirs"


def test_undo_never_links_to_a_win_that_is_gone(store: Store) -> None:
    first, later = a_win("First"), a_win("Later")
    store.change("import", lambda _: Changes(put=(first, structs.replace(later, opened_by=first.id))))
    store.change("unlink", edits.link_win(later.id, None, NOON))
    remove_by_stock_tinydb(store, first)
    with pytest.raises(NotAllowedError):
        store.undo()
    assert store.journal.wins[later.id].opened_by is None


def test_undo_and_redo_say_when_they_were_done(store: Store) -> None:
    win = a_win()
    store.change("add a win", edits.add_win(win))
    store.change("move", edits.set_verdict([win.id], Verdict.REAL, NOON))
    moments = [store.undo().journal.wins[win.id].updated_at, store.redo().journal.wins[win.id].updated_at]
    assert NOON < moments[0] < moments[1]


def test_a_damaged_record_in_the_history_is_told_and_not_brought_back() -> None:
    win = a_win()
    changes = edits.add_win(win)(Journal())
    entry = history.make_entry(Journal(), changes, "add a win", NOON)
    assert entry is not None
    undone = undo_last(Journal.of(win), (entry,), NOON).history[0]
    damaged = structs.replace(undone, touched=Raw(bytes(undone.touched).replace(b'"title":"', b'"titel":"')))
    with pytest.raises(NotAllowedError, match="entry of the history is damaged"):
        redo_last(Journal(), (damaged,), NOON)


def test_emptying_the_trash_forgets_damaged_entries_alone() -> None:
    gone, stays = a_win("Gone"), a_win("Stays")
    journal, entries = Journal(), tuple[HistoryEntry, ...]()
    for edit in (edits.add_win(stays), edits.add_win(gone), edits.trash_wins([gone.id], NOON)):
        changes = edit(journal)
        entry = history.make_entry(journal, changes, "change", NOON)
        assert entry is not None
        entries, journal = (*entries, entry), journal.apply(changes)
    damaged = HistoryEntry(id=edits.new_id(), label="damaged", when=NOON, touched=Raw(b"[1]"))
    assert history.is_damaged(damaged)
    assert not history.is_damaged(entries[0])
    last = HistoryEntry(id=edits.new_id(), label="empty the trash", when=NOON, final=True)
    later = Raw(bytes(entries[0].touched)[:-1] + b', "of": "a later version"}')
    kept = structs.replace(entries[0], touched=later)
    assert history.append_entry((damaged, kept, *entries[1:]), last, [gone]) == (kept, last)


def test_an_emptied_trash_stays_the_end_of_undo_when_all_else_it_did_is_forgotten() -> None:
    first, later = a_win("First"), a_win("Later")
    before = Journal.of(structs.replace(first, deleted_at=NOON), structs.replace(later, opened_by=first.id))
    emptied = history.make_entry(before, edits.empty_trash()(before), "empty the trash", NOON)
    assert emptied is not None
    left = history.forget_records([emptied], {later.id})
    assert [entry.final for entry in left] == [True]
    assert later.id.encode() not in bytes(left[0].touched)


def test_the_card_of_a_win_tells_nothing_of_what_befell_those_it_opened(store: Store) -> None:
    first, later = a_win("First"), a_win("Later")
    store.change("add", edits.add_win(first))
    store.change("add", edits.add_win(later))
    store.change("link", edits.link_win(later.id, first.id, NOON))
    assert [past.label for past in revisions_of(store.history, first.id)] == ["add"]


def test_taking_an_unlink_back_never_closes_a_loop_that_another_program_prepared(store: Store) -> None:
    first, second = a_win("First"), a_win("Second")
    store.change("begin", lambda _: Changes(put=(first, structs.replace(second, opened_by=first.id))))
    store.change("unlink", edits.link_win(second.id, None, LATER))
    with TinyDB(store.path, encoding="utf-8", indent=1) as stock:
        stock.table("wins").update({"opened_by": second.id}, doc_ids=[UUID(first.id).int])
    with pytest.raises(NotAllowedError, match='"unlink" can\'t be undone'):
        store.undo()
    assert store.journal.wins[second.id].opened_by is None

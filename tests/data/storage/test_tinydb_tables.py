"""The journal as a TinyDB: ours, and the stock one on the same file."""

import json
from collections.abc import MutableMapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs
from tinydb import Query, TinyDB, where
from tinydb.table import Document

from data.base.errors import JournalFileError, NotAllowedError
from data.model import edits
from data.model.journal import Journal
from data.model.records import Changes, Goal, Verdict, doc_id
from data.storage.contents import Contents
from data.storage.encoder import FORM, form_of
from data.storage.store import Store
from data.storage.tinydb_storage import JournalStorage
from data.storage.tinydb_tables import JournalDB, RecordTable, TableView, _Draft, with_documents
from tests.support.fake_disk import NOON, Clock, a_win

WIN = {"title": "Coffee with a mentor", "happened_on": "2026-11-19"}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "wins.json"
    store = Store(path, Clock())
    for number in range(5):
        store.change("add a win", edits.add_win(a_win(f"Win {number} é 😀")))
    store.change("add a goal", edits.add_goal(edits.new_goal("Climate work", NOON)))
    return path


@pytest.fixture
def db(path: Path) -> JournalDB:
    return JournalDB(path, Clock(), storage=JournalStorage)


def reread(path: Path) -> list[str]:
    """Return the titles in the file."""
    return [win.title for win in Store(path, Clock()).journal.wins.values()]


def test_stock_tinydb_opens_the_file_and_counts_the_same(path: Path) -> None:
    journal = Store(path, Clock()).journal
    with TinyDB(path, encoding="utf-8") as stock:
        assert stock.tables() == {"meta", "wins", "goals", "steps", "reviews", "history", "seal"}
        assert len(stock.table("wins")) == len(journal.wins) == 5
        assert len(stock.table("goals")) == 1
        assert stock.table("meta").get(doc_id=1) == {"schema": 1}
        for win in journal.wins.values():
            found = stock.table("wins").get(doc_id=UUID(win.id).int)
            assert isinstance(found, Document)
            assert found["title"] == win.title


def test_what_stock_tinydb_inserts_changes_and_removes_is_read_back(path: Path) -> None:
    store = Store(path, Clock())
    first, second, *_ = store.journal.wins.values()
    with TinyDB(path, encoding="utf-8") as stock:
        wins = stock.table("wins")
        number = wins.insert({**WIN, "mood": "calm"})
        wins.update({"verdict": "real"}, doc_ids=[doc_id(first.id)])
        wins.remove(doc_ids=[doc_id(second.id)])
        stock.table("mine").insert({"anything": [1, 2]})
    journal = store.refresh()
    assert journal is not None
    assert len(journal.wins) == 5
    assert journal.wins[str(UUID(int=number))].title == WIN["title"]
    assert journal.wins[first.id].verdict is Verdict.REAL
    assert second.id not in journal.wins
    store.change("add a win", edits.add_win(a_win()))
    with TinyDB(path, encoding="utf-8") as stock:
        assert len(stock.table("wins")) == 6
        assert stock.table("wins").get(doc_id=number)["mood"] == "calm"
        assert stock.table("mine").all() == [{"anything": [1, 2]}]
    assert store.refresh() is None


def test_a_win_that_another_program_gave_an_id_keeps_it(path: Path) -> None:
    identity = edits.new_id()
    with TinyDB(path, encoding="utf-8") as stock:
        stock.table("wins").insert({**WIN, "id": identity, "created_at": "2026-01-01T00:00:00+01:00"})
    store = Store(path, Clock())
    assert store.journal.wins[identity].updated_at == store.journal.wins[identity].created_at
    store.change("add a win", edits.add_win(a_win()))
    assert str(doc_id(identity)) in json.loads(path.read_bytes())["wins"]


def test_our_tinydb_finds_documents_that_are_views_of_records(db: JournalDB) -> None:
    assert len(db) == 5
    assert db.tables() == {"wins", "goals", "steps", "reviews"}
    found = db.search(where("title").matches("Win 3"))
    assert [dict(document)["title"] for document in found] == ["Win 3 é 😀"]
    document = db.get(doc_id=found[0].doc_id)
    assert document is not None
    assert set(document) == set(a_win().__struct_fields__)
    assert document["tags"] == []
    assert "Win 3" not in repr(document)
    assert db.get(doc_id=7) is None
    assert db.contains(Query().verdict == "real") is False
    assert db.count(Query().story == "") == 5


def test_our_tinydb_inserts_updates_and_removes(db: JournalDB, path: Path) -> None:
    number = db.insert(WIN)
    own = db.insert(Document({**WIN, "title": "Of a number"}, doc_id=12345))
    assert own == 12345
    assert reread(path)[-2:] == ["Coffee with a mentor", "Of a number"]
    db.update({"title": "Renamed"}, doc_ids=[number])
    db.remove(where("title") == "Of a number")
    assert reread(path)[-1] == "Renamed"
    assert len(db) == 6
    assert db.insert_multiple([WIN, Document(WIN, doc_id=9)])[1] == 9
    assert db.upsert({"title": "Renamed again"}, where("title") == "Renamed") == [number]
    assert len(reread(path)) == 8
    assert form_of(path.read_bytes()) == FORM, "it stays quick to read"
    identity = edits.new_id()
    db.insert({**WIN, "id": identity})
    assert identity in Store(path, Clock()).journal.wins
    db.truncate()
    assert reread(path) == []


def test_our_tinydb_refuses_what_is_no_win_and_stays_as_the_file_is(db: JournalDB, path: Path) -> None:
    before = path.read_bytes()
    with pytest.raises(JournalFileError, match="field title"):
        db.insert({"title": 3})
    with pytest.raises(NotAllowedError, match="already"):
        db.insert({**WIN, "id": str(UUID(int=next(iter(db)).doc_id))})
    with pytest.raises(ValueError, match="already exists"):
        db.insert(Document(WIN, doc_id=next(iter(db)).doc_id))
    assert path.read_bytes() == before
    assert len(db) == 5


def test_a_cached_search_sees_what_another_program_changed(db: JournalDB, path: Path) -> None:
    query = where("title") == "Coffee with a mentor"
    assert db.search(query) == []
    Store(path, Clock()).change("add a win", edits.add_win(a_win("Coffee with a mentor")))
    db.storage.refresh()  # type: ignore[attr-defined]
    assert len(db.search(query)) == 1


def test_our_tinydb_keeps_tables_of_another_name(db: JournalDB, path: Path) -> None:
    moods = db.table("moods")
    moods.insert({"name": "calm"})
    assert moods.all()[0]["name"] == "calm"
    assert "moods" in db.tables()
    assert json.loads(path.read_bytes())["moods"]
    db.drop_table("moods")
    assert "moods" not in json.loads(path.read_bytes())
    db.drop_table("goals")
    assert Store(path, Clock()).journal.goals == {}
    assert len(reread(path)) == 5


def test_our_tinydb_updates_by_a_function_and_keeps_unknown_fields(db: JournalDB, path: Path) -> None:
    number = db.insert({**WIN, "mood": "calm"})

    def shout(document: dict[str, object]) -> None:
        document["title"] = str(document["title"]).upper()

    db.update(shout, doc_ids=[number])
    assert db.get(doc_id=number)["mood"] == "calm"
    assert reread(path)[-1] == "COFFEE WITH A MENTOR"


def test_two_threads_of_one_tinydb_lose_nothing(db: JournalDB, path: Path) -> None:
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda number: db.insert({**WIN, "title": f"Of thread {number}"}), range(20)))
    assert len(reread(path)) == 25


def test_the_store_goes_through_the_tables(path: Path) -> None:
    store = Store(path, Clock())
    table = store._db.records("wins")
    assert isinstance(table, RecordTable)
    found = table.search(where("verdict") == "real")
    store.change("move", edits.set_verdict(list(store.journal.wins), Verdict.REAL, NOON))
    assert found == []
    assert len(table.search(where("verdict") == "real")) == 5
    assert all(isinstance(goal, Goal) for goal in store.journal.goals.values())


def test_moments_of_other_zones_stay_as_they_were_written(path: Path) -> None:
    text = path.read_text()
    first = text.index('"updated_at":"')
    moment = '"updated_at":"2026-11-20T13:00:00+01:00"'
    path.write_text(text[:first] + moment + text[first + len('"updated_at":"2026-11-20T12:00:00Z"') :])
    store = Store(path, Clock())
    assert not store.is_own
    store.change("add a win", edits.add_win(a_win()))
    assert moment in path.read_text()


def test_a_document_is_as_a_dictionary_even_with_unknown_fields_inside_known_ones(db: JournalDB) -> None:
    number = db.insert({**WIN, "mood": "calm", "answers": {"door": 1, "wonder": 4}})
    document = db.get(doc_id=number)
    assert document is not None
    assert len(document) == len(list(document)) == len(set(document)) == len(a_win().__struct_fields__) + 1
    assert isinstance(db.storage, JournalStorage)
    view = db.storage.read()["wins"][str(number)]
    assert len(view) == len(list(view)) == len(document)
    assert document["answers"]["wonder"] == 4


@pytest.mark.parametrize("number", [-1, 1 << 128, 7])
def test_a_number_that_no_document_can_have_finds_none(db: JournalDB, number: int) -> None:
    assert db.get(doc_id=number) is None
    assert not db.contains(doc_id=number)


def test_several_changes_of_tinydb_in_one_are_saved_at_once_or_not_at_all(db: JournalDB, path: Path) -> None:
    storage = db.storage
    assert isinstance(storage, JournalStorage)
    before = path.read_bytes()

    def two() -> None:
        with storage.changing():
            db.insert(WIN)
            assert path.read_bytes() == before, "not yet"
            db.insert({**WIN, "title": 3} if len(db) == 8 else WIN)

    two()
    assert reread(path)[5:] == [WIN["title"]] * 2
    before = path.read_bytes()
    with pytest.raises(JournalFileError, match="field title"):
        two()
    assert path.read_bytes() == before
    assert len(db) == 7


KEYS = st.integers(1, 6)
ACTS = st.lists(st.tuples(st.sampled_from(["look", "put", "drop", "pop"]), KEYS, st.sampled_from("AB")), max_size=12)


def act(table: MutableMapping[int, dict[str, Any]], kind: str, key: int, title: str) -> object:
    """Do something to a table, and return what came of it."""
    try:
        if kind == "put":
            table[key] = {"title": title}
        elif kind == "drop":
            del table[key]
        else:
            return (table.pop(key) if kind == "pop" else table[key])["title"]
    except KeyError:
        return KeyError
    return None


@settings(max_examples=60)
@given(acts=ACTS)
def test_a_table_that_tinydb_changes_is_as_a_dictionary(acts: list[tuple[str, int, str]]) -> None:
    wins = [structs.replace(a_win(f"Win {number}"), id=str(UUID(int=number))) for number in (1, 2, 3)]
    contents = Contents(Journal.of(*wins))
    draft = _Draft(TableView(contents, "wins"))
    wanted: dict[int, dict[str, Any]] = {doc_id(win.id): {"title": win.title} for win in wins}
    for kind, key, title in acts:
        assert act(draft, kind, key, title) == act(wanted, kind, key, title)
        assert sorted(draft) == sorted(wanted)
        assert len(draft) == len(wanted)
        assert [number in draft for number in range(8)] == [number in wanted for number in range(8)]
    journal = with_documents(contents, "wins", draft.touched, draft.gone, NOON).journal
    assert {doc_id(key): win.title for key, win in journal.wins.items()} == {k: v["title"] for k, v in wanted.items()}


def test_a_search_sees_what_a_change_has_done_so_far_and_no_more_of_it_once_it_failed(db: JournalDB) -> None:
    storage, query = db.storage, where("title") == WIN["title"]
    assert isinstance(storage, JournalStorage)
    found = []

    def fail() -> None:
        with storage.changing():
            found.append(len(db.search(query)))
            db.insert(WIN)
            found.append(len(db.search(query)))
            db.records("wins").change(Changes(put=(a_win(WIN["title"]),)))
            found.append(len(db.search(query)))
            db.insert({"title": 3})

    with pytest.raises(JournalFileError):
        fail()
    assert found == [0, 1, 2]
    assert db.search(query) == []

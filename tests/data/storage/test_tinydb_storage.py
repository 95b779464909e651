"""The journal as a TinyDB: ours, and the stock one on the same file."""

import json
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from uuid import UUID

import pytest
from tinydb import Query, TinyDB, where
from tinydb.table import Document

from data.base.errors import BusyError, JournalFileError
from data.model import edits
from data.model.records import Verdict, doc_id
from data.storage.encoder import FORM, form_of
from data.storage.journal_file import JournalFile
from data.storage.store import Store
from data.storage.tinydb_storage import JournalDatabase
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
def db(path: Path) -> TinyDB:
    return JournalDatabase(JournalFile(path, Clock()))


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


def test_a_journal_is_a_database_of_tables_that_can_be_searched(db: TinyDB) -> None:
    assert len(db) == 5
    assert db.tables() == {"meta", "wins", "goals", "steps", "reviews", "history", "seal"}
    found = db.search(where("title").matches("Win 3"))
    assert [document["title"] for document in found] == ["Win 3 é 😀"]
    document = db.get(doc_id=found[0].doc_id)
    assert isinstance(document, Document)
    assert set(document) == set(a_win().__struct_fields__) - {"proof"}  # it stands in a file once a win has some
    assert document["tags"] == []
    assert db.get(doc_id=7) is None
    assert db.contains(Query().verdict == "real") is False
    assert db.count(Query().story == "") == 5


def test_a_table_inserts_updates_and_removes(db: TinyDB, path: Path) -> None:
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


def test_a_document_that_is_no_win_is_refused_and_nothing_changes(db: TinyDB, path: Path) -> None:
    before = path.read_bytes()
    with pytest.raises(JournalFileError, match="field title"):
        db.insert({"title": 3})
    with pytest.raises(JournalFileError, match="two records with the id"):
        db.insert({**WIN, "id": str(UUID(int=next(iter(db)).doc_id))})
    with pytest.raises(ValueError, match="already exists"):
        db.insert(Document(WIN, doc_id=next(iter(db)).doc_id))
    assert path.read_bytes() == before
    assert len(db) == 5


def test_a_search_sees_what_another_program_changed(db: TinyDB, path: Path) -> None:
    query = where("title") == "Coffee with a mentor"
    assert db.search(query) == []
    Store(path, Clock()).change("add a win", edits.add_win(a_win("Coffee with a mentor")))
    assert len(db.search(query)) == 1


def test_a_table_never_writes_over_what_another_program_saved_meanwhile(db: TinyDB, path: Path) -> None:
    def meanwhile(document: Mapping[str, object]) -> bool:
        if len(reread(path)) == 5:
            Store(path, Clock()).change("add a win", edits.add_win(a_win("Saved meanwhile")))
        return bool(document["title"])

    with pytest.raises(BusyError, match="nothing was saved"):
        db.update({"title": "Renamed"}, meanwhile)
    assert reread(path)[-1] == "Saved meanwhile"
    db.update({"title": "Renamed"}, meanwhile)
    assert reread(path) == ["Renamed"] * 6


def test_tables_of_another_name_and_unknown_fields_are_kept(db: TinyDB, path: Path) -> None:
    moods = db.table("moods")
    moods.insert({"name": "calm"})
    number = db.insert({**WIN, "mood": "calm", "answers": {"door": 1, "wonder": 4}})
    db.update(lambda document: document.update(title=document["title"].upper()), doc_ids=[number])
    assert moods.all()[0]["name"] == "calm"
    found = json.loads(path.read_bytes())["wins"][str(number)]
    assert (found["mood"], found["answers"]["wonder"]) == ("calm", 4)
    assert reread(path)[-1] == "COFFEE WITH A MENTOR"
    db.drop_table("moods")
    assert "moods" not in json.loads(path.read_bytes())
    db.drop_table("goals")
    assert Store(path, Clock()).journal.goals == {}
    assert len(reread(path)) == 6


def test_the_history_outlives_a_change_of_a_table(db: TinyDB, path: Path) -> None:
    db.insert(WIN)
    store = Store(path, Clock())
    assert [entry.label for entry in store.history] == ["add a win"] * 5 + ["add a goal"]
    assert store.undo().label == "add a goal"


def test_two_threads_lose_nothing_that_was_not_refused(db: TinyDB, path: Path) -> None:
    def insert(number: int) -> bool:
        try:
            db.insert({**WIN, "title": f"Of thread {number}"})
        except BusyError:
            return False
        return True

    with ThreadPoolExecutor(4) as pool:
        saved = sum(pool.map(insert, range(20)))
    assert len(reread(path)) == 5 + saved > 5


def test_two_databases_never_choose_one_id(db: TinyDB, path: Path) -> None:
    other = JournalDatabase(JournalFile(path, Clock()))
    # Each has chosen ids before the other's documents came.
    numbers = [base.insert({**WIN, "title": f"Win {turn}"}) for turn in range(3) for base in (db, other)]
    numbers += [*db.insert_multiple([WIN, WIN]), *other.insert_multiple([WIN])]
    assert len(set(numbers)) == 9
    assert len(reread(path)) == 5 + 9


def test_two_devices_never_choose_one_id(path: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.json"
    copy.write_bytes(path.read_bytes())
    numbers = [JournalDatabase(JournalFile(file, Clock())).insert(WIN) for file in (path, copy)]
    assert numbers[0] != numbers[1]


def test_the_store_changes_what_its_database_finds(path: Path) -> None:
    store = Store(path, Clock())
    store.change("move", edits.set_verdict(list(store.journal.wins), Verdict.REAL, NOON))
    assert store.database.count(where("verdict") == "real") == 5


def test_moments_of_other_zones_stay_as_they_were_written(path: Path) -> None:
    text = path.read_text()
    first = text.index('"updated_at":"')
    moment = '"updated_at":"2026-11-20T13:00:00+01:00"'
    path.write_text(text[:first] + moment + text[first + len('"updated_at":"2026-11-20T12:00:00Z"') :])
    store = Store(path, Clock())
    assert not store.is_own
    store.change("add a win", edits.add_win(a_win()))
    assert moment in path.read_text()


def test_what_json_has_not_is_refused_and_the_file_stays(db: TinyDB, path: Path) -> None:
    before = path.read_bytes()
    with pytest.raises(TypeError):
        db.insert({**WIN, "mood": object()})
    assert path.read_bytes() == before

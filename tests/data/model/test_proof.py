"""Proof: asked for one part at a time, kept everywhere, and not there until it was told."""

import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from msgspec import UNSET, structs
from tinydb import TinyDB

from data.base.errors import NotAllowedError
from data.exchange.formats.smallwins_json import write_json
from data.history.history import revisions_of
from data.history.revisions import describe_revisions
from data.model import edits, merge, proof
from data.model.journal import Journal
from data.model.records import Changes, Lookback, Proof, Verdict, Win, proof_of, record_from, with_proof
from data.storage.encoder import OWN_FORMS, form_of
from data.storage.record_checks import check_records, repair_records
from data.storage.store import Store
from tests.support.import_runner import imported

NOW = datetime(2026, 11, 20, 17, 30, tzinfo=UTC)
WIN = edits.new_win("Talk", happened_on=date(2026, 11, 20), now=NOW)
TOLD = Proof(situation="Two had left", action="I called", result="Nine stayed", link="https://example.org")
HELD = Lookback(on=date(2026, 11, 20), verdict=Verdict.REAL, p=0.75)
SURVIVED = structs.replace(WIN, verdict=Verdict.REAL, lookbacks=(HELD,))


def store_with(path: Path, *records: Win) -> Store:
    store = Store(path, lambda: NOW)
    store.change("begin", lambda _: Changes(put=records))
    return store


def test_parts_are_asked_for_one_at_a_time_and_the_thin_ones_first() -> None:
    asked = []
    win = SURVIVED
    while (part := proof.next_proof_question(win)) is not None:
        asked.append(part.name)
        win = with_proof(win, structs.replace(proof_of(win), **{part.name: "x"}))
    assert asked == ["action", "result", "situation", "task", "learned", "link"]


@pytest.mark.parametrize(
    "win",
    [
        WIN,
        structs.replace(SURVIVED, lookbacks=()),
        structs.replace(SURVIVED, verdict=Verdict.CANDY),
        structs.replace(SURVIVED, lookbacks=(HELD, structs.replace(HELD, verdict=None))),
    ],
    ids=["unsorted", "never looked back at", "candy by now", "unsure when last asked"],
)
def test_nothing_is_asked_of_a_win_that_did_not_survive(win: Win) -> None:
    assert proof.next_proof_question(win) is None


def test_a_file_without_proof_does_not_speak_of_it(tmp_path: Path) -> None:
    path = tmp_path / "wins.json"
    store = store_with(path, WIN)
    assert b"proof" not in path.read_bytes()
    store.change("tell", proof.tell_part(WIN.id, "action", " I  called\x1b ", NOW))
    assert proof_of(store.journal.wins[WIN.id]) == Proof(action="I called")
    store.change("tell", proof.tell_part(WIN.id, "action", "", NOW))
    assert store.journal.wins[WIN.id] == WIN
    assert b'"proof"' not in path.read_bytes().partition(b'"history"')[0]


@pytest.mark.parametrize("win", [WIN, with_proof(WIN, TOLD)])
def test_a_file_is_read_again_as_one_of_ours_and_by_stock_tinydb(tmp_path: Path, win: Win) -> None:
    path = tmp_path / "wins.json"
    store_with(path, win)
    assert form_of(path.read_bytes()) in OWN_FORMS
    again = Store(path, lambda: NOW)
    assert again.journal == Journal.of(win)
    assert again.is_own
    with TinyDB(path, encoding="utf-8", access_mode="r") as stock:
        (document,) = stock.table("wins").all()
    told = structs.asdict(win.proof) if win.proof else {}
    assert document.get("proof", {}) == {name: words for name, words in told.items() if words}


@pytest.mark.parametrize("nothing", [None, {}, {"action": ""}])
def test_proof_without_a_part_is_none(nothing: object) -> None:
    fields = json.loads(write_json(Journal.of(WIN)))["wins"][0]
    assert record_from("wins", {**fields, "proof": nothing}) == WIN


def test_an_export_takes_it_along_and_an_import_brings_it_back() -> None:
    told = with_proof(WIN, TOLD)
    assert imported(write_json(Journal.of(told)), "x.json") == Journal.of(told)


def test_undo_and_redo_of_the_first_part(tmp_path: Path) -> None:
    store = store_with(tmp_path / "wins.json", WIN)
    store.change("tell", proof.tell_part(WIN.id, "result", "Nine stayed", NOW))
    assert store.undo().journal.wins[WIN.id].proof is UNSET
    assert proof_of(store.redo().journal.wins[WIN.id]) == Proof(result="Nine stayed")


def test_the_past_of_a_win_tells_each_part_that_changed(tmp_path: Path) -> None:
    store = store_with(tmp_path / "wins.json", with_proof(WIN, TOLD))
    after = structs.replace(TOLD, action="I wrote", learned="Ask early")
    store.change("edit", proof.set_proof(WIN.id, TOLD, after, NOW))
    past = describe_revisions(revisions_of(store.history, WIN.id), store.journal)
    assert [line for _, line in past] == ["action was: “I called”", "learned was: nothing"]


def test_a_form_sets_only_the_parts_that_it_changed() -> None:
    elsewhere = Journal.of(with_proof(WIN, structs.replace(TOLD, task="Keep them")))
    edit = proof.set_proof(WIN.id, TOLD, structs.replace(TOLD, action="I wrote"), NOW)
    after = elsewhere.apply(edit(elsewhere)).wins[WIN.id]
    assert proof_of(after) == structs.replace(TOLD, task="Keep them", action="I wrote")
    assert proof.set_proof(WIN.id, TOLD, TOLD, NOW)(elsewhere) == Changes()


def test_a_part_is_one_line_within_its_limit() -> None:
    with pytest.raises(NotAllowedError, match="The action has 501 characters, and 500 is the most"):
        proof.tell_part(WIN.id, "action", "x" * 501, NOW)
    assert proof.accept_proof(Proof(link="x" * 2000)).link == "x" * 2000


def test_a_win_told_elsewhere_too_keeps_the_newer_and_says_so() -> None:
    told = with_proof(WIN, TOLD)
    other = with_proof(WIN, Proof(action="I wrote"))
    changes = merge.merge_changes(WIN, told, other, NOW)
    assert changes.notes == ("The proof was changed elsewhere too; yours is newer, the other is in the win's history.",)


def test_the_parts_of_a_story_are_counted_and_the_link_is_none_of_them() -> None:
    assert proof.told_parts(TOLD) == 3


def test_the_doctor_takes_control_characters_out_of_it() -> None:
    journal = Journal.of(with_proof(WIN, Proof(action="I\x1b called")))
    assert [finding.what for finding in check_records(journal)] == [
        f"Win {WIN.id}: its proof contains control characters."
    ]
    mended = journal.apply(repair_records(journal))
    assert proof_of(mended.wins[WIN.id]) == Proof(action="I called")
    assert check_records(mended) == []

"""A pass finds what was changed without encoding what was not."""

import random
from pathlib import Path

import pytest
from msgspec import structs

from data.model import edits
from data.model.journal import Journal
from data.model.records import Changes
from data.storage.contents import Contents, Extras
from data.storage.encoder import ROWS_A_PIECE, FileEncoder, layout_of
from data.sync.digests import (
    Digests,
    Pieces,
    changed_keys,
    digests_again,
    digests_of,
    gone_keys,
    pieces_without,
    short_digest,
)
from tests.support.device_pairs import same, set_fields, settle
from tests.support.devices import Device, World, folder_between
from tests.support.fake_disk import NOON, a_win

WINS = tuple(a_win(f"Win {number}") for number in range(3 * ROWS_A_PIECE + 5))
BEFORE = Journal.of(*WINS, edits.new_goal("Climate work", NOON))


def pieces(journal: Journal) -> Pieces:
    data = b"".join(FileEncoder(Contents(journal)))
    found = (piece for table in layout_of(data, journal).values() for piece in table)
    return {short_digest(data[piece.place : piece.place + piece.size]): piece.records for piece in found}


def again(journal: Journal, known: Digests) -> Digests:
    return digests_again(Contents(journal), pieces(journal), known, pieces(BEFORE).keys())


@pytest.mark.parametrize("seed", range(12))
def test_the_digests_are_those_of_encoding_all(seed: int) -> None:
    dice = random.Random(seed)  # noqa: S311 - no secret
    some = dice.sample(WINS, 3)
    put = (structs.replace(some[0], title="Edited"), a_win("New"))
    after = BEFORE.apply(Changes(put=put[: seed % 3], drop=tuple(some[1 : 1 + seed % 2])))
    assert again(after, digests_of(Contents(BEFORE))) == digests_of(Contents(after))


def test_what_the_last_pass_can_t_tell_is_encoded() -> None:
    whole = digests_of(Contents(BEFORE))
    assert again(BEFORE, {}) == whole
    assert again(BEFORE, {**whole, "wins": {**whole["wins"], WINS[0].id: ""}}) == whole
    assert digests_again(Contents(BEFORE), {}, whole, set()) == whole


def test_a_record_with_unknown_fields_is_told_from_one_without() -> None:
    extras = Extras(records={("wins", WINS[0].id): {"mood": "good"}, ("wins", "of one removed"): {"mood": "bad"}})
    whole, strange = digests_of(Contents(BEFORE)), digests_of(Contents(BEFORE, extras=extras))
    assert changed_keys(strange, whole) == [("wins", WINS[0].id)]
    assert gone_keys(strange, whole) == []


def test_a_piece_into_which_something_came_is_looked_through_again() -> None:
    found = pieces(BEFORE)
    assert pieces_without(found, set()) == found.keys()
    left = found.keys() - pieces_without(found, {WINS[0].id})
    assert [WINS[0] in found[piece] for piece in left] == [True]


def test_a_value_set_back_to_what_it_was_before_the_last_pass_is_sent(tmp_path: Path) -> None:
    world, between = World(), folder_between(tmp_path / "between")
    one, other = (Device(tmp_path / name, world, between) for name in "ab")
    old = one.add("Talk")
    settle(one, other)
    set_fields(other, old, title="Talk in Bonn")
    settle(one, other)
    assert one.titles() == ["Talk in Bonn"]
    one.change(lambda _: Changes(put=(old,)))
    settle(one, other)
    assert other.titles() == ["Talk"]
    assert same(one, other)

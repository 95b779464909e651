"""What is copied out of the old file is just what would be encoded anew."""

import json
import random
from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs

from data.model import edits
from data.model.journal import Journal
from data.model.records import Changes, Win, are_ids
from data.storage.contents import Contents, Extras
from data.storage.encoder import FORM, MIXED, NO_LAYOUT, ROWS_A_PIECE, FileEncoder, form_of, layout_of
from tests.support.fake_disk import NOON, a_win

WINS = tuple(a_win(f"Win {number}") for number in range(5 * ROWS_A_PIECE + 7))
STEPS = st.lists(st.tuples(st.sampled_from(["add", "edit", "drop"]), st.integers(0, 10_000)), max_size=8)


def part(data: bytes, size: int, place: int) -> bytes:
    """Read from an old file."""
    return data[place : place + size]


def changed(journal: Journal, kind: str, number: int) -> Journal:
    """Return a journal with one win more, another title, or one win less."""
    win = list(journal.wins.values())[number % len(journal.wins)]
    if kind == "add":
        return journal.apply(Changes(put=(a_win(f"New {number}"),)))
    if kind == "edit":
        return journal.apply(Changes(put=(structs.replace(win, title=f"Edited {number}"),)))
    return journal.apply(Changes(drop=(win,)))


@settings(max_examples=40)
@given(steps=STEPS)
def test_copying_what_did_not_change_makes_the_same_file_as_encoding_all(steps: list[tuple[str, int]]) -> None:
    journal = Journal.of(*WINS)
    first = FileEncoder(Contents(journal))
    data, layout = b"".join(first), first.layout
    for kind, number in steps:
        journal = changed(journal, kind, number)
        step = FileEncoder(Contents(journal), layout, partial(part, data))
        data, layout = b"".join(step), step.layout
        assert data == b"".join(FileEncoder(Contents(journal)))


@pytest.mark.parametrize("size", [0, 1, ROWS_A_PIECE, ROWS_A_PIECE + 1, len(WINS)])
def test_the_pieces_of_a_file_are_found_in_it_as_they_were_written(size: int) -> None:
    journal = Journal.of(*WINS[:size], edits.new_goal("Climate work", NOON))
    encoder = FileEncoder(Contents(journal, base="0123456789abcdef"))
    data = b"".join(encoder)
    assert layout_of(data, journal) == encoder.layout


def test_no_pieces_are_found_in_a_file_of_other_lines() -> None:
    journal = Journal.of(*WINS[:3])
    data = b"".join(FileEncoder(Contents(journal)))
    assert layout_of(data.replace(b"\n", b""), journal) == NO_LAYOUT
    assert layout_of(data, journal.apply(Changes(drop=WINS[:1]))) == NO_LAYOUT


def test_a_change_copies_most_of_a_large_file() -> None:
    journal = Journal.of(*WINS)
    first = FileEncoder(Contents(journal))
    data = b"".join(first)
    read: list[bytes] = []

    def reading(size: int, place: int) -> bytes:
        read.append(data[place : place + size])
        return read[-1]

    chunks = list(FileEncoder(Contents(changed(journal, "edit", 3)), first.layout, reading))
    copied = [chunk for chunk in chunks if any(chunk is piece for piece in read)]
    assert sum(map(len, copied)) > 0.8 * len(data)


@pytest.mark.parametrize("damage", ["flip", "short", "empty"])
def test_an_old_file_that_is_not_what_it_was_is_not_copied(damage: str) -> None:
    journal = Journal.of(*WINS)
    first = FileEncoder(Contents(journal))
    data = b"".join(first)
    chance = random.Random(3)  # noqa: S311  # no secret

    def damaged(size: int, place: int) -> bytes:
        piece = bytearray(data[place : place + size])
        if damage == "flip":
            piece[chance.randrange(size)] ^= 1
        return {"flip": bytes(piece), "short": bytes(piece[:-1]), "empty": b""}[damage]

    assert b"".join(FileEncoder(Contents(journal), first.layout, damaged)) == data


def test_an_unknown_field_that_is_new_is_not_lost_to_a_copy() -> None:
    journal = Journal.of(*WINS)
    first = FileEncoder(Contents(journal))
    data = b"".join(first)
    win: Win = WINS[70]
    extras = Extras(records={("wins", win.id): {"mood": "calm"}})
    after = b"".join(FileEncoder(Contents(journal, extras=extras), first.layout, partial(part, data)))
    moods = [raw.get("mood") for raw in json.loads(after)["wins"].values()]
    assert [mood for mood in moods if mood] == ["calm"]


def test_no_piece_is_so_large_that_other_threads_would_wait_for_it() -> None:
    wins = tuple(a_win(f"Win {number}", "word " * 100) for number in range(2000))
    pieces = list(FileEncoder(Contents(Journal.of(*wins))))
    assert len(pieces) > 30
    assert max(map(len, pieces)) < 100_000


SEALED = b"".join(FileEncoder(Contents(Journal.of(*WINS[:3]))))


@given(place=st.integers(0, len(SEALED) - 1), flipped=st.integers(1, 255))
def test_a_byte_that_changed_anywhere_breaks_the_seal(place: int, flipped: int) -> None:
    assert form_of(SEALED) == FORM
    assert form_of(SEALED[:place] + bytes([SEALED[place] ^ flipped]) + SEALED[place + 1 :]) is None


@given(end=st.integers(0, len(SEALED) - 1), more=st.binary(min_size=1, max_size=3))
def test_a_file_that_lost_or_gained_bytes_has_no_seal(end: int, more: bytes) -> None:
    assert form_of(SEALED[:end]) is None
    assert form_of(SEALED + more) is None


@pytest.mark.parametrize(
    "extras",
    [
        Extras(records={("wins", WINS[0].id): {"mood": "calm"}}),
        Extras(tables={"pets": {}}),
        Extras(meta={"1": {"schema": 1, "by": "another"}}),
    ],
    ids=["field", "table", "meta"],
)
def test_the_seal_tells_when_there_is_something_unknown_inside(extras: Extras) -> None:
    assert form_of(b"".join(FileEncoder(Contents(Journal.of(*WINS[:3]), extras=extras)))) == MIXED


@given(change=st.tuples(st.integers(0, 2), st.integers(0, 35), st.characters()))
def test_ids_are_told_from_what_is_only_as_long(change: tuple[int, int, str]) -> None:
    number, place, letter = change
    ids = [win.id for win in WINS[:3]]
    assert are_ids(ids)
    other = ids[number][:place] + letter + ids[number][place + 1 :]
    ids[number] = other
    assert are_ids(ids) == (letter in ("-" if place in (8, 13, 18, 23) else "0123456789abcdef"))

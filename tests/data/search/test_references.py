"""Naming a win by the beginning of its id, or by words of its title."""

from datetime import UTC, date, datetime

import pytest
from msgspec import structs

from data.base.errors import NotFoundError
from data.model.edits import new_win
from data.model.records import Win
from data.search.references import find_win

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


def win(title: str, identity: str) -> Win:
    made = new_win(title, happened_on=date(2026, 11, 19), now=NOON)
    return structs.replace(made, id=f"{identity:0<8}-0000-4000-8000-000000000000")


COFFEE = win("Coffee with Ada", "cafe0001")
CAFE = win("Café with Élise", "cafe0002")
TALK = win("Said yes to the talk", "beef")
LONG_TALK = win("Said yes to the talk again", "0123")
WINS = (COFFEE, CAFE, TALK, LONG_TALK)


@pytest.mark.parametrize(
    ("reference", "found"),
    [
        ("cafe0001", COFFEE),
        (" BEEF ", TALK),
        (TALK.id, TALK),
        ("ada coffee", COFFEE),
        ("elise", CAFE),
        ("said yes to the talk", TALK),
        ("talk again", LONG_TALK),
        ("café", CAFE),
    ],
)
def test_one_win_is_meant(reference: str, found: Win) -> None:
    assert find_win(WINS, reference) is found


@pytest.mark.parametrize("reference", ["talk yes", "cafe"])
def test_several_are_listed_with_their_ids(reference: str) -> None:
    with pytest.raises(NotFoundError, match="fits 2 wins") as raised:
        find_win(WINS, reference)
    lines = raised.value.hint.splitlines()
    assert len(lines) == 2
    assert all(any(one.id[:8] in line and one.title in line for one in WINS) for line in lines)


def test_a_long_list_is_cut_and_says_how_many_more() -> None:
    many = [win(f"Talk {number}", f"{number:04x}") for number in range(12)]
    with pytest.raises(NotFoundError) as raised:
        find_win(many, "talk")
    assert len(raised.value.hint.splitlines()) == 11
    assert raised.value.hint.endswith("and 2 more")


@pytest.mark.parametrize("reference", ["", "abc", "nothing like it", "dead"])
def test_none_is_meant(reference: str) -> None:
    with pytest.raises(NotFoundError, match="No win has that id"):
        find_win(WINS, reference)


def test_the_message_holds_no_text_of_a_win() -> None:
    with pytest.raises(NotFoundError) as raised:
        find_win(WINS, "talk")
    assert "Said" not in raised.value.message

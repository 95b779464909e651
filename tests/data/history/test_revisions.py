"""The history on a win's card: what a field was, in words."""

from datetime import date

import pytest
from msgspec.structs import replace

from data.history.history import FieldChanges, Revision
from data.history.revisions import describe_revisions
from data.model.edits import new_goal, new_win
from data.model.journal import Journal
from tests.support.fake_disk import NOON

GOAL = replace(new_goal("Climate", NOON), id="the goal")
WIN = replace(new_win("Coffee with a mentor", happened_on=date(2026, 11, 19), now=NOON), id="the win")


def lines(name: str, value: object, longest: int = 20) -> list[str]:
    """What is told of one field that changed."""
    past = [Revision(when=NOON, label="edit", fields=FieldChanges(before={name: value}, after={name: "x"}))]
    return [words for when, words in describe_revisions(past, Journal.of(GOAL, WIN), longest) if when == NOON]


@pytest.mark.parametrize(
    ("name", "value", "shown"),
    [
        ("title", "Old\x1b title", "“Old title”"),
        ("title", "x" * 20, f"“{'x' * 20}”"),
        ("title", "x" * 21, f"“{'x' * 19}…”"),
        ("story", "", "nothing"),
        ("goal", None, "nothing"),
        ("goal", GOAL.id, "“Climate”"),
        ("goal", "gone", "nothing"),
        ("opened_by", WIN.id, "“Coffee with a mentor”"),
        ("opened_by", "gone", "nothing"),
        ("tags", ["a", "b"], "“a, b”"),
        ("tags", [], "nothing"),
    ],
)
def test_an_old_value_is_told_as_a_person_knows_it(name: str, value: object, shown: str) -> None:
    (line,) = lines(name, value)
    assert line.endswith(f" was: {shown}")


def test_what_a_person_never_typed_is_not_told() -> None:
    assert lines("decided", [{}]) == []

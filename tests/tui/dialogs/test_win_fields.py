"""What the form of a win means: its title fills the other fields, and what was typed into a field goes first."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from data.base.errors import SmallWinsError
from data.base.text import clean_line
from data.model.edits import new_goal, new_win
from data.model.journal import Journal
from tui.dialogs.win_fields import WinFields, fill_fields, parse_fields, win_fields

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
TODAY = NOON.date()
JOURNAL = Journal.of(new_goal("Climate work", NOON), new_goal("Teaching", NOON))
LINE = "yesterday: coffee with a mentor #people @Climate"


def test_the_title_fills_the_fields() -> None:
    filled = fill_fields(WinFields(title=LINE, tags="brave"), JOURNAL, TODAY)
    assert filled == WinFields("coffee with a mentor", "2026-11-19", "Climate work", "brave, people")


def test_what_was_typed_into_a_field_goes_first() -> None:
    filled = fill_fields(WinFields(title=LINE, when="2026-11-01", goal="Teaching"), JOURNAL, TODAY)
    assert (filled.when, filled.goal) == ("2026-11-01", "Teaching")


def test_a_title_that_is_kept_as_typed_says_nothing_else() -> None:
    plain = WinFields(title=LINE, plain="yes")
    assert fill_fields(plain, JOURNAL, TODAY) == plain
    assert parse_fields(plain, JOURNAL, TODAY).content.title == LINE


def test_a_win_that_is_edited_keeps_the_signs_in_its_title() -> None:
    win = structs.replace(new_win("Fixed #help @Climate", happened_on=date(2026, 11, 1), now=NOON), tags=("a",))
    content = parse_fields(win_fields(win, JOURNAL), JOURNAL, TODAY).content
    assert (content.title, content.tags, content.goal_name) == ("Fixed #help @Climate", ("a",), "")


@given(st.text(max_size=60))
def test_what_is_shown_after_filling_is_what_is_stored(title: str) -> None:
    fields = WinFields(title=title)
    filled = fill_fields(fields, JOURNAL, TODAY)
    if not clean_line(title):
        return
    try:
        direct = parse_fields(fields, JOURNAL, TODAY).content
    except SmallWinsError:
        return
    assert parse_fields(filled, JOURNAL, TODAY).content == direct


@pytest.mark.parametrize("fields", [WinFields(), WinFields("x", when="someday"), WinFields("x", tags="y" * 51)])
def test_what_cannot_be_is_a_sentence(fields: WinFields) -> None:
    with pytest.raises(SmallWinsError):
        parse_fields(fields, JOURNAL, TODAY)

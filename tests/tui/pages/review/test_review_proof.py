"""A real win that survived its look-back is asked for one part of its story, and that can be skipped."""

import pytest

from data.model import edits
from data.model.journal import Journal
from data.model.records import Proof, proof_of
from tests.support.review_host import BADGE, FRIDAY, GOAL, LETTER, Table, at, table
from tui.pages.page import Page

ASKED = "What did you do, yourself?"
LOOKS = Journal.of(GOAL, LETTER)


async def answer(desk: Table, key: str) -> None:
    await desk.press("enter", "enter")
    assert "Knowing what you know now?" in desk.text
    assert ASKED not in desk.text
    await desk.press(key)


async def test_what_was_done_is_asked_first_then_what_came_of_it() -> None:
    async with table(LOOKS) as desk:
        await answer(desk, "R")
        await desk.type("I called all twelve customers")
        await desk.press("enter")
        assert "What is one slightly uncomfortable next step?" in desk.text
        assert "Kept as proof." in desk.text
        assert proof_of(await desk.stored_win(LETTER)) == Proof(action="I called all twelve customers")
        await desk.press("backspace")
        assert "What came of it?" in desk.text


async def test_the_mouse_continues_with_what_was_told() -> None:
    async with table(LOOKS) as desk:
        await answer(desk, "R")
        await desk.type("I called all twelve customers")
        await desk.click("enter continues")
        assert proof_of(await desk.stored_win(LETTER)) == Proof(action="I called all twelve customers")


async def test_an_empty_line_skips_it() -> None:
    async with table(LOOKS) as desk:
        await answer(desk, "r")
        assert ASKED in desk.text
        await desk.press("enter")
        assert "What is one slightly uncomfortable next step?" in desk.text
        assert proof_of(await desk.stored_win(LETTER)) == Proof()


@pytest.mark.parametrize(("journal", "key"), [(LOOKS, "c"), (LOOKS, "n"), (Journal.of(GOAL, BADGE), "C")])
async def test_a_win_that_did_not_survive_is_not_asked_about(journal: Journal, key: str) -> None:
    async with table(journal) as desk:
        await answer(desk, key)
        assert ASKED not in desk.text
        await desk.press("enter")
        assert "What is one slightly uncomfortable next step?" in desk.text


async def test_what_is_too_long_stays_in_the_field() -> None:
    async with table(LOOKS) as desk:
        await answer(desk, "R")
        await desk.type("x" * 501)
        await desk.press("enter")
        assert "501" in desk.text
        assert ASKED in desk.text


async def test_what_is_typed_outlives_a_change_from_elsewhere() -> None:
    async with table(LOOKS) as desk:
        await answer(desk, "R")
        await desk.type("Half a sto")
        desk.app.post_message(Page.Edited("rename", edits.change_goal(GOAL.id, "Grids", "", at(FRIDAY))))
        await desk.pilot.pause()
        assert "Half a sto" in desk.text


async def test_the_second_press_of_a_call_is_no_text() -> None:
    async with table(LOOKS) as desk:
        await desk.press("enter", "enter")
        desk.seconds += 1
        await desk.burst("R", "R")
        assert ASKED in desk.text
        await desk.press("R", "a", "n", "enter")
        assert proof_of(await desk.stored_win(LETTER)) == Proof(action="Ran")

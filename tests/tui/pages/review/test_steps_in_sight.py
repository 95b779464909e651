"""A plan stays in sight above the board, and `x` makes a win of it from anywhere."""

from datetime import date
from pathlib import Path

import pytest
from msgspec import structs

from data.model.journal import Journal
from data.model.records import Changes, StepState
from tests.support.review_host import COFFEE, JOURNAL, STEP, Table, answered_steps, whole_table
from tui.app.app import SmallWins


async def done(desk: Table) -> bool:
    """Return whether the step has become a win that is linked to the one it came from."""
    journal = await desk.stored()
    step = journal.steps[STEP.id]
    win = journal.wins.get(step.done_win or "")
    return (
        step.state is StepState.DONE and win is not None and (win.title, win.opened_by) == ("Write to Ana", COFFEE.id)
    )


async def test_the_step_stands_above_the_board_until_it_is_done_and_comes_back_with_undo(tmp_path: Path) -> None:
    async with whole_table(tmp_path) as desk:
        await desk.press("1")
        assert "→ If it is Monday at nine, then I write to Ana" in desk.text
        await desk.press("x")
        assert "→ If it is Monday" not in desk.text
        assert await done(desk)
        await desk.press("u")
        assert "→ If it is Monday at nine, then I write to Ana" in desk.text
        assert not await done(desk)


async def test_the_first_step_of_all_appears_once_however_often_it_is_made(tmp_path: Path) -> None:
    async with whole_table(tmp_path, Journal.of(COFFEE)) as desk:
        await desk.press("1")
        assert "→" not in desk.text
        assert isinstance(desk.app, SmallWins)
        for _ in range(2):
            desk.app.change("plan", lambda _: Changes(put=(STEP,)))
            await desk.press("down")
            assert desk.text.count("→ If it is Monday at nine") == 1
            await desk.press("u")
            assert "→ If" not in desk.text


@pytest.mark.parametrize("page", ["2", "3", "4", "5"])
async def test_x_makes_a_win_of_the_next_step_on_other_pages_too(page: str, tmp_path: Path) -> None:
    async with whole_table(tmp_path) as desk:
        await desk.press(page, "x")
        assert "“Write to Ana” is a win now · u undoes" in desk.text
        assert await done(desk)


async def test_x_in_the_review_is_about_the_step_that_is_asked(tmp_path: Path) -> None:
    sooner = structs.replace(answered_steps(), cue="2026-11-20T08:00", due_week=STEP.due_week)
    first = structs.replace(STEP, due_week=date(2026, 11, 9))
    async with whole_table(tmp_path, JOURNAL.apply(Changes(put=(first, sooner)))) as desk:
        await desk.press("enter")
        assert "I write to Ana" in desk.text
        await desk.press("x")
        assert "I read" in desk.text
        assert await done(desk)


async def test_the_mouse_can_do_it(tmp_path: Path) -> None:
    async with whole_table(tmp_path) as desk:
        await desk.press("1")
        await desk.click("x done")
        assert await done(desk)


async def test_without_an_open_step_x_does_nothing(tmp_path: Path) -> None:
    journal = Journal.of(COFFEE)
    async with whole_table(tmp_path, journal) as desk:
        await desk.press("1", "x")
        assert (await desk.stored()).wins == journal.wins

"""The parts Next and Close: one step, and a week that is honoured."""

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest

from data.files.locations import review_stamp_path
from data.model.journal import Journal
from data.review import reviews
from tests.support.review_host import (
    COFFEE,
    GOAL,
    OFFER,
    PANEL,
    WEEK,
    answered_steps,
    judged,
    made,
    table,
    the_review,
    whole_table,
)


async def test_a_step_is_planned_with_a_day_and_an_hour_from_the_win_of_the_week() -> None:
    async with table(Journal.of(GOAL, COFFEE, PANEL, OFFER)) as desk:
        await desk.press("enter", "enter", "R", "c")
        assert "◂ Said yes to the panel talk ▸" in desk.text
        await desk.type("ask for a date")
        await desk.press("enter")
        await desk.type("tue 9:00")
        await desk.pilot.pause()
        assert "→ Tue 24 Nov, 9:00" in desk.text
        await desk.press("enter")
        (step,) = (await desk.stored()).steps.values()
        assert (step.text, step.cue, step.from_win) == ("Ask for a date", "2026-11-24T09:00", PANEL.id)
        assert step.due_week == WEEK + timedelta(weeks=1)


async def test_a_moment_that_is_no_day_is_kept_in_words_and_another_win_may_be_chosen() -> None:
    async with table(Journal.of(GOAL, COFFEE, PANEL)) as desk:
        await desk.press("enter", "enter", "R", "up")
        await desk.type("ask for a date")
        await desk.press("enter")
        await desk.type("when lunch is over")
        await desk.press("enter")
        (step,) = (await desk.stored()).steps.values()
        assert (step.text, step.cue, step.from_win) == ("If lunch is over, then ask for a date", None, None)


async def test_a_step_that_does_not_say_what_to_do_is_not_planned() -> None:
    async with table(Journal.of(GOAL, COFFEE)) as desk:
        await desk.press("enter", "enter", "tab")
        await desk.type("tue 9:00")
        await desk.press("enter")
        assert "What will you do?" in desk.text
        assert not (await desk.stored()).steps


async def test_three_open_steps_are_enough() -> None:
    journal = Journal.of(GOAL, COFFEE, *(answered_steps() for _ in range(3)))
    async with table(journal) as desk:
        await desk.press("enter", "enter")
        assert "Three steps are open, and that is enough." in desk.text
        await desk.press("enter")
        assert "A note to your future self?" in desk.text


async def test_the_end_honours_the_week_and_keeps_a_note_and_nothing_is_due_then() -> None:
    async with table(Journal.of(GOAL, COFFEE, PANEL)) as desk:
        await desk.press("enter", "enter", *"445R", "enter")
        assert "The win of your week" in desk.text
        assert "It took courage (5 of 5) and leads where you want to go." in desk.text
        assert "Coffee with a mentor ──▸ Said yes to the panel talk" in desk.text
        assert "A brave week" in desk.text
        assert "1 real · 1 a week · 1 new door" in desk.text
        assert "fewer" not in desk.text
        await desk.type("Braver.")
        await desk.press("ctrl+s")
        assert "Done. See you next week." in desk.text
        await desk.press("escape")
        assert "The week of 16 Nov is reviewed" in desk.text
        assert "The next review day is Fri 27 Nov" in desk.words
        review = the_review(await desk.stored())
        assert review.note == "Braver."
        assert review.finished_at is not None


async def test_enter_in_an_empty_field_never_finishes_a_review_and_the_button_does() -> None:
    async with table(Journal.of(GOAL, COFFEE)) as desk:
        await desk.press("enter", "enter", "enter", "enter", "enter", "enter")
        assert the_review(await desk.stored()).finished_at is None
        await desk.click("Finish")
        assert the_review(await desk.stored()).finished_at is not None


async def test_the_first_review_asks_after_what_the_next_ones_are_to_happen() -> None:
    async with table(Journal.of(GOAL, COFFEE)) as desk:
        await desk.press("enter", "enter", "enter")
        assert "After what, on Fridays?" in desk.text
        await desk.press("tab")
        await desk.type("lunch")
        await desk.press("enter", "enter")
        journal = await desk.stored()
        assert reviews.review_cue(journal) == "lunch"
        await desk.press("r", "enter", "enter")
        assert "A note to your future self?" in desk.text
        assert "After what" not in desk.text


async def test_four_weeks_of_real_wins_without_a_door_are_asked_about() -> None:
    wins = [judged(made(number, f"Week {number}", WEEK - timedelta(weeks=number)), None) for number in range(4)]
    async with table(Journal.of(GOAL, *wins)) as desk:
        await desk.press("enter", "enter", "enter")
        assert "Is this moving you forward, or a temporary high?" in desk.words


async def test_the_last_page_is_copied_as_text() -> None:
    async with table(Journal.of(GOAL, COFFEE, PANEL)) as desk:
        await desk.press("enter", "enter", "R", "enter")
        await desk.type("Braver.")
        await desk.press("ctrl+s", "y")
        assert "Copied." in desk.text
        copied = desk.app.clipboard
        assert copied.startswith("The week of 16 Nov\n\n◆ Said yes to the panel talk\n")
        assert "Braver." in copied


async def test_a_note_is_kept_before_the_review_is_done(tmp_path: Path) -> None:
    async with whole_table(tmp_path, Journal.of(GOAL, COFFEE)) as desk:
        await desk.press("enter", "enter", "enter")
        await desk.type("Half a th")
        await desk.press("escape")
        assert the_review(await desk.stored()).note == "Half a th"


async def test_the_last_page_is_saved_as_a_picture(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    async with whole_table(tmp_path, Journal.of(GOAL, COFFEE, PANEL)) as desk:
        await desk.press("enter", "enter", "R", "enter", "ctrl+s", "E")
        await desk.app.workers.wait_for_complete()
    assert "panel" in (tmp_path / "smallwins-review-2026-11-20.svg").read_text()


async def test_the_end_of_a_review_silences_the_line_of_the_shell(tmp_path: Path) -> None:
    async with whole_table(tmp_path, Journal.of(GOAL, COFFEE)) as desk:
        await desk.press("enter", "enter", "enter", "ctrl+s")
        stamp = review_stamp_path(desk.path)
        assert stamp is not None
        async with asyncio.timeout(20):
            while not stamp.exists():
                await desk.pilot.pause(0.02)
    assert stamp.read_text().startswith("5 2026-11-20\nIt's Friday: your week in small wins")

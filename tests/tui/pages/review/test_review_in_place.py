"""What can be done to a win while it is asked about: its door in words, its goal, an edit, the trash."""

from datetime import timedelta
from pathlib import Path

from msgspec import structs

from data.model.journal import Journal
from data.model.records import Answers, StepState
from tests.support.review_host import (
    BADGE,
    COFFEE,
    FRIDAY,
    GOAL,
    OFFER,
    PANEL,
    STEP,
    judged,
    made,
    table,
    whole_table,
)

WHY = structs.replace(GOAL, why="Because my children ask.\nAnd I do.")


async def test_a_door_takes_a_few_words_and_answers_the_question_about_it() -> None:
    async with table(Journal.of(GOAL, PANEL)) as desk:
        await desk.press("enter", "enter", "o")
        await desk.type("a second call")
        await desk.press("enter")
        assert "You said it opened: “a second call”." in desk.text
        win = await desk.stored_win(PANEL)
        assert (win.door_note, win.answers) == ("a second call", Answers(door=5))
        await desk.press("5")
        assert "Does it lead where you want to go?" in desk.text


async def test_a_door_is_linked_to_a_later_win() -> None:
    async with table(Journal.of(GOAL, PANEL, OFFER)) as desk:
        await desk.press("enter", "enter", "o", "down")
        assert f"a later win: {OFFER.title}" in desk.text
        await desk.press("enter")
        assert (await desk.stored_win(OFFER)).opened_by == PANEL.id
        assert "A later win came from this one, so it counts as a 5." in desk.text


async def test_what_opened_the_win_that_is_asked_about_is_chosen_among_earlier_wins() -> None:
    async with table(Journal.of(GOAL, COFFEE, PANEL, OFFER)) as desk:
        await desk.press("enter", "enter")
        await desk.press("O")
        assert "Which win opened" in desk.text
        await desk.type(COFFEE.title)
        await desk.press("enter")
        assert f"opened by {COFFEE.title}" in desk.text


async def test_letters_of_a_door_are_text_and_escape_leaves_it_as_it_was() -> None:
    async with table(Journal.of(GOAL, PANEL)) as desk:
        await desk.press("enter", "enter", "o", "R", "5", "d", "escape")
        assert (await desk.stored_win(PANEL)) == PANEL
        await desk.press("5")
        assert (await desk.stored_win(PANEL)).answers == Answers(next_step=5)


async def test_the_words_of_a_door_come_back_at_the_look_back() -> None:
    said = structs.replace(BADGE, door_note="a second call")
    async with table(Journal.of(GOAL, said)) as desk:
        await desk.press("enter", "enter")
        assert "No doors linked since. You said it opened: “a second call”. Did it?" in desk.words


async def test_alignment_shows_the_goal_and_why_or_gives_one() -> None:
    lone = structs.replace(OFFER, goal=None)
    async with table(Journal.of(WHY, PANEL, lone)) as desk:
        await desk.press("enter", "enter", "5")
        assert "Climate work: Because my children ask." in desk.text
        await desk.press("r", "5")
        assert "No goal. g gives it one." in desk.text
        await desk.press("g", "enter")
        assert (await desk.stored_win(lone)).goal == GOAL.id
        assert "Climate work: Because my children ask." in desk.text


async def test_a_win_goes_to_the_trash_in_place_and_comes_back_with_undo(tmp_path: Path) -> None:
    async with whole_table(tmp_path, Journal.of(GOAL, PANEL, OFFER)) as desk:
        await desk.press("enter", "enter", "d")
        assert OFFER.title in desk.text
        assert "Sort 1 of 1" in desk.text
        await desk.press("u")
        assert "Sort 1 of 2" in desk.text
        assert PANEL.title in desk.text


async def test_a_win_is_edited_in_place(tmp_path: Path) -> None:
    async with whole_table(tmp_path, Journal.of(GOAL, PANEL)) as desk:
        await desk.press("enter", "enter", "e")
        await desk.press("end", "!", "ctrl+s")
        await desk.stored()
        assert "Said yes to the panel talk!" in desk.text
        assert "Did it change what you do next?" in desk.text


async def test_a_step_that_was_done_offers_the_win_that_is_written_already() -> None:
    written = structs.replace(made(9, "Wrote the letter to Ana", FRIDAY - timedelta(days=1)), goal=None)
    step = structs.replace(STEP, text="Write a letter to Ana")
    async with table(Journal.of(GOAL, COFFEE, written, OFFER, step)) as desk:
        await desk.press("enter", "1")
        assert "already written: Wrote the letter to Ana" in desk.text
        assert "Enter links it." in desk.text
        await desk.press("enter")
        journal = await desk.stored()
        assert (journal.steps[step.id].state, journal.steps[step.id].done_win) == (StepState.DONE, written.id)
        assert journal.wins[written.id].opened_by == COFFEE.id
        assert len(journal.wins) == 3


async def test_another_win_is_only_offered_and_a_new_one_is_made() -> None:
    async with table(Journal.of(GOAL, COFFEE, OFFER, STEP)) as desk:
        await desk.press("enter", "1")
        assert "↑↓ a new win" in desk.text
        await desk.press("enter")
        assert len((await desk.stored()).wins) == 3


async def test_why_is_said_in_place(tmp_path: Path) -> None:
    async with whole_table(tmp_path, Journal.of(GOAL, PANEL)) as desk:
        await desk.press("enter", "enter", "5")
        assert "w says why you want to go there." in desk.text
        await desk.press("w", "tab")
        await desk.type("Because my children ask.")
        await desk.press("ctrl+s")
        assert (await desk.stored()).goals[GOAL.id].why == "Because my children ask."
        assert "Climate work: Because my children ask." in desk.text


async def test_the_way_in_shows_why_after_two_weeks_of_falling_momentum() -> None:
    wins = [judged(made(number, "A win", FRIDAY - timedelta(weeks=3)), None) for number in range(10, 14)]
    async with table(Journal.of(WHY, *wins)) as desk:
        assert "Climate work: Because my children ask." in desk.text
        assert "And I do." in desk.text


async def test_without_any_goal_the_first_one_is_written_down_in_place(tmp_path: Path) -> None:
    async with whole_table(tmp_path, Journal.of(structs.replace(PANEL, goal=None))) as desk:
        await desk.press("enter", "enter", "5", "g")
        await desk.type("Climate work")
        await desk.press("ctrl+s")
        journal = await desk.stored()
        (goal,) = journal.goals.values()
        assert journal.wins[PANEL.id].goal == goal.id

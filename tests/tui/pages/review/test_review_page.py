from datetime import date, timedelta
from pathlib import Path

import pytest
from msgspec import structs

from data.model.journal import Journal
from data.model.records import Answers, Review, StepState, Verdict
from data.review.reviews import new_review
from tests.support.page_host import app_on
from tests.support.review_host import (
    BADGE,
    COFFEE,
    FRIDAY,
    GOAL,
    JOURNAL,
    OFFER,
    PANEL,
    STEP,
    WEEK,
    Table,
    at,
    made,
    table,
    the_review,
    whole_table,
)
from tests.support.widget_host import text_of


async def test_the_way_in_says_what_waits() -> None:
    async with table() as desk:
        assert "The week of 16 Nov is ready to review" in desk.text
        assert "2 wins to sort, 2 to look back on, 1 plan to check. About 3 minutes." in desk.text
        assert "⏎ begin" in desk.text


async def test_smallwins_review_opens_in_it_and_after_it_is_done_says_so(tmp_path: Path) -> None:
    app = app_on("review", JOURNAL, tmp_path, at(FRIDAY))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "Last week you planned" in text_of(app)
    done = Journal.of(*JOURNAL.wins.values(), reviewed(WEEK))
    app = app_on("review", done, tmp_path / "done", at(FRIDAY))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "The week of 16 Nov is reviewed" in text_of(app)


async def test_digits_answer_in_a_running_review_and_change_pages_outside(tmp_path: Path) -> None:
    async with whole_table(tmp_path) as desk:
        await desk.press("enter", "2", "enter", "4")
        assert "Does it lead where you want to go?" in desk.text
        await desk.press("escape", "5")
        assert "goal" in desk.text
        assert "Does it lead" not in desk.text


async def test_a_digit_where_nothing_is_asked_does_not_leave_the_review() -> None:
    async with table(Journal.of(GOAL, BADGE)) as desk:
        await desk.press("enter", "enter", "4")
        assert "You had said" in desk.text
        await desk.press("3")
        assert "You had said" in desk.text


async def test_each_answer_is_saved_at_once_with_the_place(tmp_path: Path) -> None:
    async with whole_table(tmp_path) as desk:
        await desk.press("enter", "2", "enter", "5", "4")
        journal = await desk.stored()
        assert journal.wins[PANEL.id].answers == Answers(next_step=5, direction=4)
        assert the_review(journal).position == f"sort:{PANEL.id}:stretch"


async def test_leaving_and_starting_again_resumes_at_the_exact_question(tmp_path: Path) -> None:
    async with whole_table(tmp_path) as desk:
        await desk.press("enter", "2", "enter", "f", "5", "4", "3", "escape")
        assert "The week of 16 Nov is under way" in desk.text
        journal = await desk.stored()
    async with whole_table(tmp_path / "again", journal) as desk:
        await desk.press("enter")
        assert "Was it meaningful, or just available?" in desk.text


async def test_going_back_shows_the_answer_and_takes_another() -> None:
    async with table() as desk:
        await desk.press("enter", "2", "enter", "5", "backspace")
        assert "❺" in desk.text
        await desk.press("2", "backspace")
        assert "❷" in desk.text
        assert (await desk.stored_win(PANEL)).answers == Answers(next_step=2)


async def test_what_an_answer_would_change_is_seen_before_it_is_given() -> None:
    async with table() as desk:
        await desk.press("enter", "2", "enter", "5", "5", "right")
        assert "③" in desk.text
        assert "It looks like a real win." in desk.text
        await desk.press("left", "left")
        assert "Stretch     ░" in desk.text
        assert (await desk.stored_win(PANEL)).answers.stretch is None
        await desk.press("enter")
        assert (await desk.stored_win(PANEL)).answers.stretch == 1


async def test_the_suggestion_comes_with_its_reasons_as_soon_as_every_test_has_an_answer() -> None:
    async with table() as desk:
        await desk.press("enter", "2", "enter", "5", "5")
        assert "It looks like" not in desk.text
        await desk.press("2")
        assert "It looks like a real win." in desk.text
        assert "It came easily." in desk.words


async def test_the_verdict_may_differ_from_the_suggestion_and_both_are_remembered() -> None:
    async with table() as desk:
        await desk.press("enter", "2", "enter", *"555")
        assert "What's your call?" in desk.text
        await desk.press("c")
        assert "◇ probably candy · Said yes to the panel talk" in desk.text
        win = await desk.stored_win(PANEL)
        assert win.verdict is Verdict.CANDY
        assert (win.decided[-1].suggestion, win.decided[-1].substance, win.decided[-1].p) == (Verdict.REAL, 1.0, 0.25)


async def test_at_a_close_call_the_answer_that_would_turn_it_is_named() -> None:
    async with table() as desk:
        await desk.press("enter", "2", "enter", *"333")
        assert "A close call: it leans towards a real win." in desk.text
        assert "A lower answer to “Did it change what you do next?” would make it candy." in desk.text


async def test_cant_tell_yet_leaves_a_win_unsorted_and_goes_on() -> None:
    async with table() as desk:
        await desk.press("enter", "2", "enter", *"555", "n")
        assert "Sort 2 of 2" in desk.text
        assert (await desk.stored_win(PANEL)).verdict is None


async def test_a_verdict_can_be_given_without_an_answer() -> None:
    async with table() as desk:
        await desk.press("enter", "2", "enter", "v")
        assert "Trust your gut." in desk.text
        await desk.press("R")
        win = await desk.stored_win(PANEL)
        assert (win.verdict, win.decided[-1].suggestion) == (Verdict.REAL, None)


async def test_a_win_is_asked_one_question_a_test_and_all_six_only_where_they_are_wanted() -> None:
    async with table() as desk:
        await desk.press("enter", "2", "enter")
        assert desk.text.splitlines()[row_of(desk, "Did it change what you do next?")].split()[-1] == "Momentum"
        await desk.press("f")
        assert "Momentum, 1 of 2" in desk.text
        await desk.press("f", *"555", "r")
        assert OFFER.title in desk.text
        assert "Did it change what you do next?" in desk.text
        assert (await desk.stored_win(PANEL)).answers == Answers(next_step=5, direction=5, stretch=5)


async def test_undo_takes_the_last_answer_back_and_asks_it_again(tmp_path: Path) -> None:
    async with whole_table(tmp_path) as desk:
        await desk.press("enter", "2", "enter", "5", "4", "u")
        await desk.stored()
        await desk.pilot.pause()
        assert "Does it lead where you want to go?" in desk.text
        assert (await desk.stored_win(PANEL)).answers == Answers(next_step=5)


async def test_a_step_that_was_done_becomes_a_win_opened_by_the_one_it_came_from() -> None:
    async with table() as desk:
        await desk.press("enter", "1")
        assert "Write to Ana" in desk.text
        await desk.type(" at last")
        await desk.press("enter")
        assert "What went right?" in desk.text
        journal = await desk.stored()
        step = journal.steps[STEP.id]
        win = journal.wins[step.done_win or ""]
        assert (step.state, win.title, win.opened_by) == (StepState.DONE, "Write to Ana at last", COFFEE.id)
        assert win.happened_on == FRIDAY


async def test_a_step_that_was_not_done_after_all_is_asked_again() -> None:
    async with table() as desk:
        await desk.press("enter", "1", "escape")
        assert "let it go" in desk.text
        await desk.press("3")
        assert (await desk.stored()).steps[STEP.id].state is StepState.DROPPED


async def test_a_step_still_on_is_asked_about_next_week() -> None:
    async with table() as desk:
        await desk.press("enter", "2")
        step = (await desk.stored()).steps[STEP.id]
        assert (step.state, step.due_week) == (StepState.OPEN, WEEK + timedelta(weeks=1))


async def test_wins_are_written_down_a_line_each_on_the_day_chosen() -> None:
    async with table() as desk:
        await desk.press("enter", "2", "up", "up")
        assert "Wed 18 Nov" in desk.text
        await desk.type("Applied 5 times")
        await desk.press("enter")
        assert "Applied 5 times" in desk.text
        journal = await desk.stored()
        added = next(win for win in journal.live() if win.title == "Applied 5 times")
        assert added.happened_on == FRIDAY - timedelta(days=2)
        await desk.press("enter")
        assert "Sort 1 of 3" in desk.text


async def test_each_pasted_line_is_a_win_and_one_that_is_too_long_stays() -> None:
    async with table(Journal.of(COFFEE)) as desk:
        await desk.press("enter")
        await desk.type("Applied ")
        await desk.type(f"twice\n\nMon: called Ana #calls\n{'x' * 501}\nRead a book\n")
        await desk.pilot.pause()
        added = [win for win in (await desk.stored()).live() if win.id != COFFEE.id]
        assert sorted(added, key=lambda win: win.created_at) == added
        assert [win.title for win in added] == ["Applied twice", "called Ana", "Read a book"]
        assert [win.happened_on for win in added] == [FRIDAY, WEEK, FRIDAY]
        assert "A win has at most 500 characters; this has 501." in desk.text
        assert "3 wins written down." in desk.text


async def test_a_past_review_can_be_read_again_and_opened_again() -> None:
    async with table(Journal.of(GOAL, COFFEE, PANEL)) as desk:
        await desk.press("enter", "enter", "v", "5", "enter")
        await desk.type("Braver.")
        await desk.press("ctrl+s", "escape", "enter")
        assert "reviewed on Fri 20 Nov" in desk.text
        assert "Braver." in desk.text
        assert "◆ Said yes to the panel talk" in desk.text
        await desk.press("r")
        assert "What went right?" in desk.text


async def test_a_review_read_again_tells_verdicts_and_look_backs() -> None:
    async with table(Journal.of(GOAL, BADGE, COFFEE, PANEL)) as desk:
        await desk.press("enter", "enter", *"555", "c", "R", "enter")
        await desk.type("I read")
        await desk.press("enter")
        await desk.type("it rains")
        await desk.press("enter", "ctrl+s")
        assert "◇ Said yes to the panel talk probably candy, the answers said real" in desk.words
        assert "Looked back on ◆ Certificate with a badge surely real" in desk.words
        assert "Planned If it rains, then I read (open)" in desk.words


async def test_two_starts_of_a_week_go_on_with_one_review() -> None:
    async with table() as desk:
        await desk.press("enter", "2", "escape", "enter")
        assert "What went right?" in desk.text
        assert len((await desk.stored()).reviews) == 1


async def test_a_missed_week_can_be_reviewed_later() -> None:
    missed = made(8, "Left over", WEEK - timedelta(weeks=2))
    async with table(Journal.of(GOAL, missed, PANEL)) as desk:
        await desk.press("down", "down", "enter")
        assert "week of 2 Nov" in desk.text
        await desk.press("enter")
        assert "Left over" in desk.text
        assert PANEL.title not in desk.text


async def test_with_nothing_to_sort_there_is_still_a_step_and_a_note() -> None:
    async with table(Journal.of(GOAL, COFFEE)) as desk:
        assert "Nothing to sort: a look at the week, one step and a note." in desk.text
        await desk.press("enter", "enter")
        assert "one slightly uncomfortable next step?" in desk.text
        await desk.press("enter")
        assert "A note to your future self?" in desk.text


def reviewed(week: date) -> Review:
    """Return a review that is done."""
    begun = new_review(week, at(FRIDAY))
    return structs.replace(begun, finished_at=at(FRIDAY))


async def test_a_door_that_was_opened_counts_by_itself_and_the_reason_names_the_later_win() -> None:
    later = structs.replace(OFFER, title="Interview", opened_by=PANEL.id)
    async with table(Journal.of(GOAL, PANEL, later)) as desk:
        await desk.press("enter", "enter", "f")
        assert "A later win came from this one, so it counts as a 5." in desk.text
        assert "Momentum    ████████████████████   100 %" in desk.text
        await desk.press("1", "s", "5", "s", "3")
        assert "It opened “Interview”, leads straight where you want to go" in desk.words


@pytest.mark.parametrize("size", [(60, 18), (80, 24), (120, 36)])
async def test_the_question_stands_on_the_same_row_for_every_win(size: tuple[int, int]) -> None:
    long = structs.replace(PANEL, title="A very long title " * 12, story="line\n" * 9)
    short = structs.replace(OFFER, goal=None)
    async with table(Journal.of(GOAL, long, short), size=size) as desk:
        await desk.press("enter", "enter")
        first = row_of(desk, "Did it change what you do next?")
        await desk.press("v")
        call = row_of(desk, "Momentum  ")
        await desk.press("r")
        assert row_of(desk, "Did it change what you do next?") == first
        await desk.press("v")
        assert row_of(desk, "Momentum  ") == call


def row_of(desk: Table, words: str) -> int:
    return next(row for row, line in enumerate(desk.text.splitlines()) if words in line)

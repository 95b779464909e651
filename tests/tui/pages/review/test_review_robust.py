from datetime import timedelta
from itertools import cycle
from pathlib import Path

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from msgspec import structs

from data.base.text import clean_line
from data.files.drafts import load_drafts
from data.files.settings import Settings
from data.model import edits
from data.model.journal import Journal
from data.model.records import Answers, Verdict
from data.storage.store import Store
from tests.support.page_host import app_on
from tests.support.review_host import (
    BADGE,
    FRIDAY,
    GOAL,
    JOURNAL,
    OFFER,
    PANEL,
    STEP,
    at,
    made,
    table,
    whole_table,
)
from tests.support.widget_host import text_of
from tui.app.app import SmallWins
from tui.pages.board import BoardPage
from tui.pages.review.key_gate import ARMED_AFTER
from tui.pages.review.page import ReviewPage


async def test_fast_fingers_lose_no_key_of_a_win() -> None:
    async with table() as desk:
        await desk.press("enter", "2", "enter")
        desk.seconds += 1
        await desk.burst(*"f123454R")
        desk.seconds += 1
        await desk.burst(*"543c")
        journal = await desk.stored()
        assert journal.wins[PANEL.id].answers == Answers(*(1, 2, 3, 4, 5, 4))
        assert journal.wins[OFFER.id].answers == Answers(next_step=5, direction=4, stretch=3)
        assert (journal.wins[PANEL.id].verdict, journal.wins[OFFER.id].verdict) == (Verdict.REAL, Verdict.CANDY)


KEYS = ("1", "2", "3", "4", "5", "C", "c", "n", "r", "R", "s", "v", "f", "enter", "left", "right", "backspace")


@settings(max_examples=15, phases=[Phase.generate])
@given(st.lists(st.sampled_from(KEYS), min_size=1, max_size=12))
async def test_a_burst_of_any_keys_never_becomes_a_call_nor_spills_into_the_next_win(keys: list[str]) -> None:
    """Law: of keys within 300 ms, only a letter calls, and only the win that was on the screen before them."""
    first, *others = (made(number, f"Win {number}", FRIDAY) for number in range(5, 8))
    async with table(Journal.of(GOAL, first, *others)) as desk:
        await desk.press("enter", "enter")
        desk.seconds += 1
        await desk.burst(*keys)
        journal = await desk.stored()
        assert all(journal.wins[other.id] == other for other in others)
        assert not set(keys).isdisjoint("CcnrR") or journal.wins[first.id].decided == ()


async def test_a_digit_calls_once_the_question_has_stood_for_a_moment() -> None:
    async with table() as desk:
        await desk.press("enter", "2", "enter")
        desk.seconds += 1
        await desk.burst("5", "4", "5", "5")
        assert (await desk.stored_win(PANEL)).verdict is None
        desk.seconds += ARMED_AFTER + 0.01
        await desk.burst("5")
        assert (await desk.stored_win(PANEL)).verdict is Verdict.REAL


async def test_what_needs_enter_can_be_clicked_too() -> None:
    async with table(Journal.of(GOAL, BADGE, PANEL)) as desk:
        await desk.press("enter", "enter", "v", "5", "5")
        await desk.click("enter continues")
        await desk.click("Said yes to the panel talk")
        assert "◂ no win of this week ▸" in desk.text


@pytest.mark.parametrize("size", [(60, 18), (80, 24)])
async def test_a_title_of_500_letters_leaves_room_for_the_question(size: tuple[int, int]) -> None:
    long = structs.replace(PANEL, title="word " * 99 + "end", story="line\n" * 50)
    opened = structs.replace(OFFER, title="x" * 500, opened_by=PANEL.id)
    async with table(Journal.of(GOAL, long, opened), size=size) as desk:
        await desk.press("enter", "enter")
        assert "Did it change what you do next?" in desk.text
        assert "my next step" in desk.text
        await desk.press(*"111")
        assert "surely real" in desk.text


async def test_any_part_stands_being_resized() -> None:
    async with table() as desk:
        for keys in (["enter"], ["1"], ["enter"], ["enter"], [*"333n"], [">"], ["1"], [">"], ["enter"], ["ctrl+s"]):
            await desk.press(*keys)
            for size in ((140, 45), (60, 18), (30, 8), (80, 24)):
                await desk.pilot.resize_terminal(*size)
                await desk.pilot.pause()
        assert "reviewed on" in desk.text


async def test_a_journal_open_for_reading_only_begins_no_review(tmp_path: Path) -> None:
    app_on("board", JOURNAL, tmp_path).exit()
    path = tmp_path / "wins.json"
    newer = path.read_text().replace('"schema":1', '"schema":2').replace('"schema": 1', '"schema": 2')
    path.write_text(newer)
    app = SmallWins(Store(path, lambda: at(FRIDAY)), lambda: at(FRIDAY))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("2", "enter")
        await pilot.pause()
        assert "The week of 16 Nov is ready to review" in text_of(app)
    assert path.read_text() == newer


async def test_what_another_window_sorts_or_removes_is_taken_in(tmp_path: Path) -> None:
    async with whole_table(tmp_path) as desk:
        await desk.press("enter", "2", "enter", "5")
        await desk.stored()
        await desk.elsewhere(edits.set_verdict([OFFER.id], Verdict.CANDY, at(FRIDAY, 18)))
        assert "Does it lead where you want to go?" in desk.text
        await desk.press("v", "5")
        assert "Look back 1 of 2" in desk.text
        await desk.elsewhere(edits.trash_wins([BADGE.id], at(FRIDAY, 18)), edits.empty_trash())
        assert "Email to a recruiter" in desk.text


async def test_a_step_names_the_three_answers_there_are() -> None:
    async with table() as desk:
        await desk.press("enter")
        assert "1-3 answer" in desk.text
        await desk.press("1")
        assert "as a win" in desk.text
        await desk.press("escape", "2", "enter")
        assert "1-5 answer" in desk.text


async def test_the_mouse_can_do_it_all() -> None:
    async with table(size=(120, 36)) as desk:
        await desk.click("begin")
        await desk.click("still on")
        await desk.click("Sort")
        assert "Did it change what you do next?" in desk.text
        await desk.click("my next step")
        await desk.click("somewhere else")
        assert (await desk.stored_win(PANEL)).answers == Answers(next_step=5, direction=1)
        await desk.press("v")
        await desk.click("probably real")
        assert (await desk.stored_win(PANEL)).verdict is Verdict.REAL


HOSTILE = ("[@click=app.quit]x[/]", "see [/x] done", "\x1b]52;c;eA==\x07a", "a\u202eb", "\x9b31mred")


async def test_hostile_titles_are_only_text_in_every_part() -> None:
    async with table(hostile()) as desk:
        seen = ""
        for keys in (
            ["enter"],
            ["2"],
            ["enter"],
            [*"111"],
            [">"],
            ["1"],
            ["enter"],
            ["1"],
            [">"],
            ["enter"],
            ["ctrl+s"],
        ):
            await desk.press(*keys)
            seen += desk.text
        assert desk.app.is_running
        assert all(letter.isprintable() or letter == "\n" for letter in seen)
        assert all(clean_line(title) in seen for title in HOSTILE)


def hostile() -> Journal:
    """Return the journal with these as the texts of a person."""
    titles = cycle(HOSTILE)
    wins = [
        structs.replace(one, title=title, story=title)
        for one, title in zip(JOURNAL.wins.values(), titles, strict=False)
    ]
    return Journal.of(structs.replace(GOAL, name=HOSTILE[0]), structs.replace(STEP, text=HOSTILE[1]), *wins)


async def test_someone_with_a_goal_and_no_win_yet_can_review_the_week_that_is_due() -> None:
    async with table(Journal.of(GOAL), day=FRIDAY + timedelta(days=4)) as desk:
        assert "The week of 16 Nov is ready to review" in desk.text
        await desk.press("enter")
        assert "Review · week of 16 Nov" in desk.text


async def test_another_first_day_of_the_week_changes_which_week_is_reviewed() -> None:
    async with table() as desk:
        assert "The week of 16 Nov" in desk.text
        page = desk.app.screen
        assert isinstance(page, ReviewPage)
        page.settings = Settings(week_start=6)
        await desk.pilot.pause()
        assert "The week of 15 Nov" in desk.text


async def test_on_the_next_monday_the_week_before_still_waits() -> None:
    async with table(Journal.of(GOAL, PANEL)) as desk:
        page = desk.app.screen
        assert isinstance(page, ReviewPage)
        page.today = FRIDAY + timedelta(days=3)
        await desk.pilot.pause()
        assert "The week of 16 Nov is ready to review" in desk.text


async def test_a_line_that_was_typed_and_not_entered_outlives_the_app(tmp_path: Path) -> None:
    async with whole_table(tmp_path) as desk:
        await desk.press("enter", "2")
        assert "What went right?" in desk.text
        await desk.type("Half a line")
        await desk.press("ctrl+q")
    store = Store(desk.path, lambda: at(FRIDAY, 18))
    app = SmallWins(store, lambda: at(FRIDAY, 18), start="review")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.pause()
        assert "Half a line" in text_of(app)
        assert not any(isinstance(node, BoardPage) for node in app._registry)  # it was not even shown for a moment
        await pilot.press("enter", "ctrl+q")
        await pilot.pause()
    assert "Half a line" in {win.title for win in Store(desk.path, lambda: at(FRIDAY, 18)).journal.live()}
    assert load_drafts(desk.path) == ()

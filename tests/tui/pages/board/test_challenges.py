"""A move that the tests speak against is asked back about in one line, and nothing waits for the answer."""

from datetime import timedelta
from pathlib import Path

import pytest
from msgspec import structs

from data.files.settings import Settings
from data.model.records import Answers, Verdict
from tests.support.app_host import TODAY, win
from tests.support.board_page_host import page
from tests.support.widget_host import text_of
from tui.app.app import SmallWins
from widgets.board.board import Board

LIKES = structs.replace(win("200 likes"), answers=Answers(next_step=1, direction=1, stretch=2))
CALL = win("First call", TODAY - timedelta(days=1))
WHICH = "Its tests say candy. Which door did it open?"


def title_and_verdict(app: SmallWins) -> tuple[str, Verdict | None]:
    stored = app.journal.wins[LIKES.id]
    return stored.door_note, stored.verdict


async def test_a_few_words_answer_it_and_the_next_card_waited_for_nothing(tmp_path: Path) -> None:
    async with page(tmp_path, LIKES, CALL) as (app, pilot):
        await pilot.press("r")
        assert f"? 200 likes · {WHICH}" in text_of(app)
        await pilot.press("c")  # the next card
        assert app.journal.wins[CALL.id].verdict is Verdict.CANDY
        assert WHICH not in text_of(app)
        await pilot.press("u", "u")
        assert title_and_verdict(app) == ("", None)


async def test_b_answers_in_words_and_the_keys_are_the_boards_again(tmp_path: Path) -> None:
    async with page(tmp_path, LIKES, CALL) as (app, pilot):
        await pilot.press("r", "b", *"a call", "enter")
        assert title_and_verdict(app) == ("a call", Verdict.REAL)
        assert WHICH not in text_of(app)
        await pilot.press("n")
        assert app.focused is not None
        await pilot.press("u")
        assert title_and_verdict(app)[0] == ""


async def test_a_later_win_answers_it_too(tmp_path: Path) -> None:
    later = structs.replace(win("Interview"), created_at=LIKES.created_at - timedelta(hours=1))
    async with page(tmp_path, LIKES, later) as (app, pilot):
        await pilot.press("r", "b", "down", "enter")
        assert app.journal.wins[later.id].opened_by == LIKES.id


async def test_a_win_that_is_gone_in_the_same_moment_is_neither_asked_about_nor_opened(tmp_path: Path) -> None:
    async with page(tmp_path, LIKES, CALL) as (app, pilot):
        app.page.post_message(Board.CardsMoved(("gone",), Verdict.REAL))
        app.page.post_message(Board.CardOpened("gone"))
        await pilot.pause()
        await pilot.pause()
        assert "no longer in the journal" in text_of(app)
        assert app.errors.reports == []


@pytest.mark.parametrize("keys", [("escape",), ("b", *"ab", "escape"), ("b", "enter")])
async def test_it_is_dropped_and_never_asked_again(tmp_path: Path, keys: tuple[str, ...]) -> None:
    async with page(tmp_path, LIKES, CALL) as (app, pilot):
        await pilot.press("r", *keys)
        assert WHICH not in text_of(app)
        await pilot.press("u", "up", "r")
        assert title_and_verdict(app) == ("", Verdict.REAL)
        assert WHICH not in text_of(app)


async def test_the_mouse_answers_it(tmp_path: Path) -> None:
    async with page(tmp_path, LIKES, CALL) as (app, pilot):
        await pilot.press("r")
        lines = text_of(app).splitlines()
        y = next(y for y, line in enumerate(lines) if WHICH in line)
        await pilot.click(offset=(lines[y].index("Which"), y))
        await pilot.press(*"a call", "enter")
        assert title_and_verdict(app)[0] == "a call"


async def test_a_setting_turns_it_off(tmp_path: Path) -> None:
    async with page(tmp_path, LIKES, CALL, settings=Settings(challenge=False)) as (app, pilot):
        await pilot.press("r")
        assert title_and_verdict(app) == ("", Verdict.REAL)
        assert WHICH not in text_of(app)

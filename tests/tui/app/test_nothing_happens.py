"""What is left again, and keys where nothing is, change nothing."""

from datetime import timedelta
from pathlib import Path

import pytest
from msgspec import structs

from data.model import edits
from data.model.journal import Journal
from data.model.records import Verdict
from tests.support.app_host import NOW, TODAY, win
from tests.support.page_host import app_on
from tests.support.widget_host import text_of

GOAL = edits.new_goal("Climate work", NOW)
EMAIL = structs.replace(win("Email to the recruiter", TODAY - timedelta(days=2), Verdict.REAL), goal=GOAL.id)
CALL = structs.replace(win("First call", TODAY, Verdict.REAL, EMAIL.id), tags=("people",))
JOURNAL = Journal.of(GOAL, EMAIL, CALL)
SIZE = (120, 40)


@pytest.mark.parametrize(
    ("page", "keys", "asked"),
    [
        ("board", "enter", "No answers yet"),
        ("board", "g", "Filter by goal"),
        ("board", "t", "Filter by tag"),
        ("board", "T", "Trash is empty."),
        ("board", "I", "Path of a file or folder"),
        ("board", "E", "Every goal"),
        ("board", "comma", "Settings"),
        ("momentum", "g", "Wins without a goal"),
        ("momentum", "t", "people (1)"),
        ("doors", "down o", "Which win opened"),
        ("goals", "n", "Where do you want to go?"),
        ("goals", "e", "Edit goal"),
        ("goals", "down e", "Choose goal (g)"),
    ],
)
async def test_a_question_that_is_left_changes_nothing(tmp_path: Path, page: str, keys: str, asked: str) -> None:
    app = app_on(page, JOURNAL, tmp_path, NOW)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        while page == "board" and "It's Friday" not in text_of(app):
            await pilot.pause(0.01)
        *first, last = keys.split()
        await pilot.press(*first, last, "escape")  # the first key takes the invitation to the review off
        await pilot.pause()
        before, journal = text_of(app), app.journal
        await pilot.press(last)
        await pilot.pause()
        assert asked in text_of(app)
        assert asked not in before
        await pilot.press("escape")
        await pilot.pause()
        assert text_of(app) == before
        assert app.journal == journal


@pytest.mark.parametrize(
    ("page", "keys"),
    [
        (
            "board",
            "enter e d r c n space asterisk H L pageup pagedown up down left right home end tab backspace escape",
        ),
        ("momentum", "left right enter home end left_square_bracket right_square_bracket"),
        ("doors", "enter e x left right space up down home end pageup pagedown"),
        ("goals", "enter m b z K J up down"),
    ],
)
async def test_keys_do_no_harm_where_nothing_is(tmp_path: Path, page: str, keys: str) -> None:
    away = structs.replace(GOAL, archived_at=NOW)
    app = app_on(page, Journal.of(away), tmp_path, NOW)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        for key in keys.split():
            await pilot.press(key)
        await pilot.pause()
        assert app.is_running
        assert not app.journal.wins

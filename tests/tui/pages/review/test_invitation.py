"""On the review day the app says in one line what waits and how long it takes."""

import asyncio
from datetime import timedelta
from pathlib import Path
from typing import ClassVar

import pytest
from msgspec import structs
from textual.binding import Binding, BindingType

from data.files.settings import Settings
from data.model.journal import Journal
from data.review import reviews
from tests.support.review_host import FRIDAY, GOAL, JOURNAL, PANEL, WEEK, Table, at, whole_table
from tests.support.widget_host import Host, text_of
from tui.pages.board_words import short_invitation
from widgets.bars.key_bar import KeyBar, Status

LINE = "It's Friday: 2 wins to sort, 2 to look back on, 1 plan to check. About 3 minutes."


class Guest(Host):
    """Has a key that leads to the review."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("2", "go('review')", "review")]


def invitation(journal: Journal, days: int = 0) -> str:
    today = FRIDAY + timedelta(days=days)
    return reviews.describe_invitation(journal, reviews.what_is_due(journal, Settings(), today), today)


async def until(desk: Table, said: str) -> None:
    """Wait until it is counted, beside the screen, and shown."""
    async with asyncio.timeout(20):
        while said not in desk.text:
            await desk.pilot.pause(0.02)


def test_the_line_stands_on_the_review_day_until_the_review_is_done() -> None:
    assert invitation(JOURNAL) == LINE
    assert invitation(JOURNAL, days=1) == invitation(JOURNAL, days=-1) == ""
    begun = reviews.new_review(WEEK, at(FRIDAY))
    assert invitation(Journal.of(GOAL, PANEL, begun)) == "It's Friday: your review is under way."
    assert invitation(Journal.of(GOAL, PANEL, structs.replace(begun, finished_at=at(FRIDAY)))) == ""


def test_after_what_it_happens_stands_in_the_line() -> None:
    last = structs.replace(
        reviews.new_review(WEEK - timedelta(weeks=1), at(FRIDAY)), cue="lunch", finished_at=at(FRIDAY)
    )
    assert invitation(Journal.of(GOAL, PANEL, last)).startswith("It's Friday, after lunch: 1 win to sort.")
    assert invitation(Journal.of(GOAL)) == "It's Friday: a look at your week. About 1 minute."


@pytest.mark.parametrize(("width", "said"), [(60, "It's Friday: about 3 minutes. 2 begins"), (100, f"{LINE} 2 begins")])
async def test_it_fits_into_one_line(width: int, said: str) -> None:
    bar = KeyBar()
    app = Guest(bar)
    async with app.run_test(size=(width, 4)) as pilot:
        bar.resting = Status(LINE, "go('review')", "begins", short_invitation(LINE))
        await pilot.pause()
        await pilot.pause()
        assert text_of(app).splitlines()[-2].strip() == said


async def test_without_an_invitation_no_key_is_offered() -> None:
    bar = KeyBar()
    app = Guest(bar)
    async with app.run_test(size=(80, 4)) as pilot:
        bar.resting = Status("", "go('review')", "begins")
        await pilot.pause()
        await pilot.pause()
        assert "begins" not in text_of(app)


async def test_the_board_opens_with_it_and_a_click_leads_to_the_review(tmp_path: Path) -> None:
    async with whole_table(tmp_path, size=(100, 30)) as desk:
        await desk.press("1")
        await until(desk, f"{LINE} 2 begins")
        await desk.click("2 begins")
        assert "⏎ begin" in desk.text

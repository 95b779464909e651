"""On the review day the app says in one line what waits and how long it takes."""

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest
from msgspec import structs

from data.files.settings import Settings
from data.model.journal import Journal
from data.review import reviews
from tests.support.review_host import FRIDAY, GOAL, JOURNAL, PANEL, WEEK, Table, at, whole_table
from tests.support.widget_host import Host, text_of
from widgets.review.invitation_line import InvitationLine

LINE = "It's Friday: 2 wins to sort, 2 to look back on, 1 plan to check. About 3 minutes."


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


@pytest.mark.parametrize(
    ("width", "said"), [(60, "It's Friday: about 3 minutes. 2 begins."), (100, f"{LINE} 2 begins.")]
)
async def test_it_fits_into_one_line(width: int, said: str) -> None:
    line = InvitationLine()
    app = Host(line)
    async with app.run_test(size=(width, 4)) as pilot:
        line.invitation = LINE
        await pilot.pause()
        assert text_of(app).strip() == said


async def test_the_board_opens_with_it_and_a_click_leads_to_the_review(tmp_path: Path) -> None:
    async with whole_table(tmp_path, size=(100, 30)) as desk:
        await desk.press("1")
        await until(desk, f"{LINE} 2 begins.")
        await desk.click("2 begins.")
        assert "⏎ begin" in desk.text

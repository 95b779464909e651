"""One thing back, and the short way after missed weeks."""

from datetime import timedelta

from msgspec import structs

from data.files.settings import Settings
from data.model.journal import Journal
from data.model.records import Review, Verdict
from data.review import reviews
from tests.support.review_host import COFFEE, FRIDAY, GOAL, OFFER, PANEL, WEEK, Table, at, judged, made, table
from tui.pages.review.page import ReviewPage


def reviewed(weeks_ago: int) -> Review:
    week, day = WEEK - timedelta(weeks=weeks_ago), FRIDAY - timedelta(weeks=weeks_ago)
    return structs.replace(reviews.new_review(week, at(day)), finished_at=at(day))


AWAY = Journal.of(GOAL, COFFEE, PANEL, OFFER, reviewed(4))


async def press_counting(desk: Table, *steps: str | tuple[str]) -> int:
    """Press keys, put in texts (in a tuple), and return how many keys that took beside the texts."""
    for step in steps:
        if isinstance(step, tuple):
            await desk.type(*step)
        else:
            await desk.press(step)
    return sum(isinstance(step, str) for step in steps)


async def test_after_missed_weeks_the_short_way_is_one_win_one_step_done_in_twelve_keys() -> None:
    async with table(AWAY) as desk:
        assert "Welcome back." in desk.text
        assert "⏎ one win, one step, done   w the whole review" in desk.text
        keys = await press_counting(
            desk, "enter", ("Wrote again",), "enter", "R", ("call Ana",), "enter", ("tue 9:00",), "enter", "ctrl+s"
        )
        assert keys <= 12
        journal = await desk.stored()
        review = reviews.find_review(journal, WEEK)
        assert review is not None
        assert review.finished_at is not None
        assert [win.verdict for win in journal.live() if win.title == "Wrote again"] == [Verdict.REAL]
        assert [step.cue for step in journal.steps.values()] == ["2026-11-24T09:00"]
        assert journal.wins[PANEL.id].verdict is None


async def test_the_whole_review_is_offered_too() -> None:
    async with table(AWAY) as desk:
        await desk.press("w")
        assert "What went right?" in desk.text
        await desk.press("enter")
        assert "Sort 1 of 2" in desk.text


async def test_after_one_missed_week_nothing_is_short_and_missed_weeks_are_called_away() -> None:
    async with table(Journal.of(GOAL, COFFEE, PANEL, reviewed(2))) as desk:
        assert "Welcome back" not in desk.text
        assert "9 Nov   away" in desk.text
        assert "not reviewed" not in desk.text


def settled_win() -> Journal:
    win = judged(made(20, "Night course", FRIDAY - timedelta(weeks=40)), 5)
    seen = structs.replace(win, lookbacks=(), updated_at=win.created_at)
    return Journal.of(GOAL, seen, PANEL)


def never_again(desk: Table) -> None:
    """Let no look-back come due, so that every called win is settled."""
    page = desk.app.screen
    assert isinstance(page, ReviewPage)
    page.settings = Settings(lookback_weeks=())


async def test_one_thing_comes_back_first_and_one_key_goes_on() -> None:
    async with table(settled_win()) as desk:
        never_again(desk)
        await desk.press("enter")
        assert "One thing back" in desk.text
        assert "Night course" in desk.text
        assert "A real one, 40 weeks ago." in desk.text
        await desk.press("enter")
        assert "What went right?" in desk.text
        await desk.press("backspace")
        assert "Night course" in desk.text

"""The board page of the whole app, over four wins."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

from msgspec import structs
from textual.pilot import Pilot

from data.files.settings import Settings
from data.model.records import Answers, Decision, Verdict, Win
from tests.support.app_host import NOW, TODAY, app_on, store_with, win
from tests.support.widget_host import text_of
from tui.app.app import SmallWins
from tui.pages.board import BoardPage

EMAIL = structs.replace(win("Email to the recruiter"), tags=("people",))
CALL = win("First call", TODAY - timedelta(days=1), opened_by=EMAIL.id)
PANEL = structs.replace(
    win("Said yes to the Café panel", TODAY - timedelta(days=40), Verdict.REAL),
    answers=Answers(door=1, direction=5, stretch=5),
    story="They asked twice.",
)
OFFER = structs.replace(
    win("Offer: +9 %", TODAY - timedelta(days=200), Verdict.CANDY),
    decided=(Decision(when=NOW, verdict=Verdict.CANDY),),
)
"""Decided today, so that it is not in the rear-view mirror."""
ALL = (EMAIL, CALL, PANEL, OFFER)
SIZE = (130, 30)


@asynccontextmanager
async def page(
    path: Path, *wins: Win, settings: Settings | None = None
) -> AsyncIterator[tuple[SmallWins, Pilot[None]]]:
    """Open the app on the board, over these wins or the four."""
    app = app_on(store_with(path / "wins.json", wins or ALL), settings)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        yield app, pilot


async def found(app: SmallWins, pilot: Pilot[None]) -> str:
    """Return the screen once the search is over."""
    await app.workers.wait_for_complete([each for each in app.workers if each.group == "seek"])
    await pilot.pause()
    await pilot.pause()
    return text_of(app)


def board(app: SmallWins) -> BoardPage:
    """Return the page that is open."""
    shown = app.page
    assert isinstance(shown, BoardPage)
    return shown


def at(screen: str, needle: str) -> tuple[int, int]:
    """Return the cell where a text begins."""
    y = next(number for number, line in enumerate(screen.splitlines()) if needle in line)
    return screen.splitlines()[y].index(needle), y

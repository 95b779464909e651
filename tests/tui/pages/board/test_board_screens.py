"""The board as whole screens, on the demo's half-year: at three sizes, in both themes and without colours."""

import asyncio
from pathlib import Path

import pytest
from textual.pilot import Pilot

from data.demo.half_year import demo_records
from data.model.records import Changes
from data.storage.store import Store
from tests.support import golden
from tests.support.app_host import NOW, TODAY, app_on, clock
from tests.support.mouse import Mouse
from tests.support.widget_host import text_of
from tui.app.app import SmallWins

SIZES = ((60, 18), (80, 24), (140, 45))
DUE = "Review ·4"
INVITATION = "It's Friday"
LOOKS = ("smallwins-dark", "smallwins-light", "NO_COLOR")
ONE_THEME = pytest.mark.parametrize("app", ["smallwins-dark", "NO_COLOR"], indirect=True)
"""For what is drawn in the same places in both: that it can be read in both is tested in `test_contrast`."""


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """The demo's half-year."""
    store = Store(tmp_path / "wins.json", clock)
    store.change("begin", lambda _: Changes(put=tuple(demo_records(TODAY, NOW))))
    return store


@pytest.fixture(params=LOOKS)
def app(request: pytest.FixtureRequest, store: Store, monkeypatch: pytest.MonkeyPatch) -> SmallWins:
    """The app on it, in one of the looks."""
    if request.param == "NO_COLOR":
        monkeypatch.setenv("NO_COLOR", "1")
    app = app_on(store)
    if request.param in app.available_themes:
        app.theme = request.param
    return app


async def begun(app: SmallWins, pilot: Pilot[None]) -> None:
    """Wait until the tab of the review says how much waits there, and the line above the board what day it is."""
    async with asyncio.timeout(60):
        while DUE not in text_of(app) or INVITATION not in text_of(app):
            await pilot.pause(0.01)


def compare(app: SmallWins, name: str, size: tuple[int, int]) -> None:
    """Compare the screen."""
    screen = text_of(app)
    assert max(map(len, screen.splitlines())) <= size[0]
    golden.check(f"board{name}-{size[0]}x{size[1]}", screen)


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_the_board_looks_as_it_did(app: SmallWins, size: tuple[int, int]) -> None:
    async with app.run_test(size=size) as pilot:
        await begun(app, pilot)
        await pilot.press("l", "down")
        await pilot.pause()
        compare(app, "", size)


@ONE_THEME
@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_a_card_in_the_hand_looks_as_it_did(app: SmallWins, size: tuple[int, int]) -> None:
    async with app.run_test(size=size) as pilot:
        await begun(app, pilot)
        await pilot.press("l", "space", "space")
        await pilot.pause()
        await hold(pilot, size)
        compare(app, "-drag", size)


async def hold(pilot: Pilot[None], size: tuple[int, int]) -> None:
    """Hold the marked cards of the second column over the third."""
    columns = pilot.app.query("CardList")
    real, candy = columns[1].region, columns[2].region
    await Mouse(pilot).drag((real.x + 5, real.y + 1), (candy.x + 4, candy.y + size[1] // 4), release=False)


@ONE_THEME
@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_a_search_that_leaves_nothing_looks_as_it_did(app: SmallWins, size: tuple[int, int]) -> None:
    async with app.run_test(size=size) as pilot:
        await begun(app, pilot)
        await pilot.press("w", "w", "slash", *"zebra")
        await app.workers.wait_for_complete([each for each in app.workers if each.group == "seek"])
        await pilot.pause()
        await pilot.pause()
        compare(app, "-nothing", size)


@ONE_THEME
@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_an_opened_card_looks_as_it_did(app: SmallWins, size: tuple[int, int]) -> None:
    async with app.run_test(size=size) as pilot:
        await begun(app, pilot)
        await pilot.press("l", "down", "enter")
        await pilot.pause()
        await pilot.pause()
        compare(app, "-open", size)

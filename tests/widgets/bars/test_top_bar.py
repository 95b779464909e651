"""The tabs of the bar, by mouse."""

from pathlib import Path

import pytest

from data.model.journal import Journal
from tests.support.app_host import NOW, win
from tests.support.mouse import Mouse
from tests.support.page_host import app_on
from tests.support.widget_host import text_of
from widgets.bars.top_bar import TopBar

TABS = {"board": "1 Board", "review": "2 Review", "momentum": "3 Momentum", "doors": "4 Doors", "goals": "5 Goals"}


@pytest.mark.parametrize("size", [(60, 18), (80, 24), (140, 40)])
async def test_a_click_on_a_tab_shows_its_page_at_any_width(tmp_path: Path, size: tuple[int, int]) -> None:
    app = app_on("goals", Journal.of(win("one")), tmp_path, NOW)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        for page, tab in TABS.items():
            x = text_of(app).splitlines()[0].index(tab)
            for place in (x, x + len(tab) - 1):
                await Mouse(pilot).click(place, 0)
                await pilot.pause()
                assert app.page.name == page


async def test_a_click_beside_the_tabs_goes_nowhere(tmp_path: Path) -> None:
    app = app_on("board", Journal.of(win("one")), tmp_path, NOW)
    async with app.run_test(size=(140, 40)) as pilot:
        await pilot.pause()
        bar = text_of(app).splitlines()[0]
        for place in (bar.index("2 Review") - 1, bar.index("5 Goals") + len("5 Goals"), 139):
            await Mouse(pilot).click(place, 0)
            await pilot.pause()
            assert app.page.name == "board"


async def test_digits_change_no_page_behind_a_dialog(tmp_path: Path) -> None:
    app = app_on("board", Journal.of(win("one")), tmp_path, NOW)
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.press("question_mark", "3", "escape")
        await pilot.pause()
        assert app.page.name == "board"


@pytest.mark.parametrize(("width", "name"), [(60, "≡"), (100, "smallwins")])
async def test_the_name_opens_a_menu_of_everything_verbs_first(tmp_path: Path, width: int, name: str) -> None:
    app = app_on("board", Journal.of(win("one")), tmp_path, NOW)
    async with app.run_test(size=(width, 30)) as pilot:
        await pilot.pause()
        await Mouse(pilot).click(text_of(app).splitlines()[0].index(name), 0)
        while "Add a win" not in text_of(app):
            await pilot.pause()
        titles = [command.title for command in app.get_system_commands(app.screen_stack[0])]
        first_place = next(number for number, title in enumerate(titles) if title.startswith(("The ", "A ")))
        assert not [title for title in titles[:first_place] if title.startswith(("The ", "A "))]
        assert titles.index("Move to Real wins") < titles.index("Mark, to move several at once") < first_place


async def test_a_tab_is_underlined_under_the_pointer(tmp_path: Path) -> None:
    app = app_on("board", Journal.of(win("one")), tmp_path, NOW)
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        bar = app.screen.query_one(TopBar)
        x = text_of(app).splitlines()[0].index("3 Momentum")
        await pilot.hover(bar, offset=(x + 1, 0))
        await pilot.pause()
        lit = [part.text for part in bar.render_line(0) if part.style and part.style.underline]
        assert "3 Momentum" in lit

"""Momentum, Doors and Goals as whole screens, on the demo's half-year, at three sizes and in both themes."""

from datetime import date

import pytest

from data.demo.half_year import demo_records
from data.model.journal import Journal
from tests.support import golden
from tests.support.bare_page_host import BareDoors, BareGoals, BareMomentum
from tests.support.page_host import NOON
from tests.support.widget_host import Host, text_of
from tui.pages.page import Page

TODAY = date(2026, 11, 20)
SIZES = ((60, 18), (80, 24), (140, 45))


PAGES: dict[str, type[Page]] = {"momentum": BareMomentum, "doors": BareDoors, "goals": BareGoals}


@pytest.fixture(scope="module")
def journal() -> Journal:
    """The demo's half-year."""
    return Journal.of(*demo_records(TODAY, NOON))


@pytest.mark.parametrize("theme", ["smallwins-dark", "smallwins-light"])
@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("name", PAGES)
async def test_the_screen_looks_as_it_did(journal: Journal, name: str, size: tuple[int, int], theme: str) -> None:
    async with Host(theme=theme).run_test(size=size) as pilot:
        page = PAGES[name]()
        page.today, page.journal = TODAY, journal
        await pilot.app.push_screen(page)
        await pilot.pause()
        shown = text_of(pilot.app)
        assert max(map(len, shown.splitlines())) <= size[0]
        golden.check(f"{name}-{size[0]}x{size[1]}", shown)

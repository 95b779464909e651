from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.pilot import Pilot
from textual.widget import Widget

from tests.support.mouse import Mouse
from tests.support.widget_host import Host, text_of
from widgets.bars.key_bar import KeyBar


class Hand(Widget, can_focus=True):
    """Has three keys, one of them not to be shown, and remembers which were pressed."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("r", "press('r')", "real [b]"),
        Binding("x,y", "press('x')", "cross"),
        Binding("z", "press('z')", "hidden", show=False),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.pressed: list[str] = []

    def action_press(self, key: str) -> None:
        """Remember the key."""
        self.pressed.append(key)


@asynccontextmanager
async def line(width: int = 60) -> AsyncIterator[tuple[Host, Hand, Pilot[None]]]:
    hand = Hand()
    app = Host(hand, KeyBar())
    async with app.run_test(size=(width, 5)) as pilot:
        hand.focus()
        await pilot.pause()
        await pilot.pause()
        yield app, hand, pilot


async def test_it_shows_the_keys_that_matter_each_action_once() -> None:
    async with line() as (app, _, _pilot):
        assert text_of(app).splitlines()[-1].startswith(" r real [b]  x cross")
        assert "hidden" not in text_of(app)


async def test_a_click_presses_the_key_under_it() -> None:
    async with line() as (_, hand, pilot):
        await Mouse(pilot).click(15, 4)
        await pilot.pause()
        assert hand.pressed == ["x"]


async def test_keys_without_room_are_left_out_and_the_last_one_stays() -> None:
    async with line(18) as (app, _, _pilot):
        assert text_of(app).splitlines()[-1].rstrip() == " x cross"


async def test_it_follows_the_focus() -> None:
    async with line() as (app, _, pilot):
        app.set_focus(None)
        await pilot.pause()
        await pilot.pause()
        assert "real" not in text_of(app)

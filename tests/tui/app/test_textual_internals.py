"""What is mended in Textual: each test fails once that is needed no more, or no longer holds."""

from weakref import ref

import pytest
from rich.style import Style
from textual._styles_cache import StylesCache
from textual.app import App, ComposeResult
from textual.color import Color
from textual.events import Click, MouseDown
from textual.geometry import Region
from textual.screen import Screen
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Label, OptionList

from tui.app import textual_internals


class Lists(App[None]):
    """A list that has no room."""

    def compose(self) -> ComposeResult:
        """Yield it."""
        yield OptionList("one", "two")

    CSS = "OptionList { width: 0; height: 0; border: none; padding: 0; }"


@pytest.mark.parametrize("action", ["page_up", "page_down"])
async def test_page_keys_in_a_list_without_lines_do_nothing(action: str) -> None:
    assert textual_internals.__doc__
    app = Lists()
    async with app.run_test() as pilot:
        options = app.query_one(OptionList)
        options.highlighted = 1
        getattr(options, f"action_{action}")()
        await pilot.pause()
        assert options.highlighted is not None


async def test_errors_of_other_apps_are_left_to_textual() -> None:
    class Failing(App[None]):
        def on_mount(self) -> None:
            raise LookupError

    with pytest.raises(LookupError):
        async with Failing().run_test():
            pass


class _Net(textual_internals.NetUnderneath):
    def catch(self, error: Exception) -> None:
        raise error

    def compose(self) -> ComposeResult:
        yield Label("A message that expires", id="message")


async def test_a_press_on_what_is_just_going_does_nothing() -> None:
    app = _Net()
    async with app.run_test() as pilot:
        await pilot.pause()
        message = app.query_one("#message")
        await message.remove()
        press = MouseDown(None, 3, 0, 0, 0, 1, False, False, False, screen_x=3, screen_y=0)
        assert app.screen.get_widget_and_offset_at(3, 0)[0] is message, "it is still drawn"
        await app.on_event(press)


async def test_a_click_on_a_line_that_has_just_gone_does_nothing() -> None:
    app = Lists()
    async with app.run_test() as pilot:
        options = app.query_one(OptionList)
        options.styles.width, options.styles.height = 20, 5
        await pilot.pause()
        gone = Click(options, 0, 1, 0, 0, 1, False, False, False, style=Style(meta={"option": 1}))
        options.remove_option_at_index(1)
        options.post_message(gone)
        await pilot.pause()
        assert options.option_count == 1


class _Watched(Widget):
    """Takes note of each time it is drawn, and whether anybody sees that."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[bool] = []

    def render_lines(self, crop: Region) -> list[Strip]:
        self.seen.append(not self.app._batch_count)
        return super().render_lines(crop)


class _FirstPage(Screen[None]):
    def compose(self) -> ComposeResult:
        yield _Watched()


class _Pages(_Net):
    """Begins with the page of a mode, as our app does."""

    MODES = {"first": _FirstPage}  # noqa: RUF012 - as App has it
    DEFAULT_MODE = "first"


async def test_the_first_page_is_not_drawn_while_nothing_is_shown() -> None:
    app = _Pages()
    async with app.run_test() as pilot:
        await pilot.pause()
        seen = app.screen.query_one(_Watched).seen
        assert seen
        assert all(seen), "drawn for nobody"


def test_what_a_widget_drew_is_forgotten_with_it() -> None:
    drawn = StylesCache()
    inner, outer = drawn.get_inner_outer(Color(10, 20, 30), Color(40, 50, 60))
    assert (inner.background, outer.background) == (Color(40, 50, 60), Color(10, 20, 30))
    known = ref(drawn)
    del drawn
    assert known() is None

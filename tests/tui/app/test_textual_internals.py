"""What is mended in Textual: each test fails once that is needed no more, or no longer holds."""

import pytest
from textual.app import App, ComposeResult
from textual.widgets import OptionList

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

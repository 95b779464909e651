"""Values to choose from, by keys and by mouse."""

import pytest
from textual.widgets import Button

from data.model.goal_values import GOAL_VALUES, write_why
from tests.support.widget_host import Host, text_of
from widgets.lists.value_picker import ValuePicker


@pytest.mark.parametrize("width", [20, 56, 118])
async def test_every_value_stands_there_whole_and_a_click_chooses_it(width: int) -> None:
    picker = ValuePicker()
    app = Host(picker)
    async with app.run_test(size=(width, 14)) as pilot:
        assert all(value in text_of(app).split() for value in GOAL_VALUES)
        lines = text_of(app).splitlines()
        y = next(y for y, line in enumerate(lines) if "nature" in line)
        await pilot.click(offset=(lines[y].index("nature"), y))
        assert picker.chosen == ("nature",)
        await pilot.click(offset=(lines[y].index("nature"), y))
        assert not picker.chosen


async def test_at_most_three_are_chosen_and_the_oldest_choice_goes() -> None:
    picker = ValuePicker()
    async with Host(picker).run_test(size=(56, 10)) as pilot:
        picker.focus()
        await pilot.press("space", "right", "space", "right", "space", "left", "left", "left", "space")
        assert picker.chosen == (GOAL_VALUES[1], GOAL_VALUES[2], GOAL_VALUES[-1])


async def test_the_arrows_leave_it_at_its_ends() -> None:
    picker, before, after = ValuePicker(), Button("before"), Button("after")
    app = Host(before, picker, after)
    async with app.run_test(size=(56, 12)) as pilot:
        picker.focus()
        await pilot.press("down", "down", "up", "up", "up")
        assert app.focused is before
        picker.focus()
        await pilot.press("down", "down", "down")
        assert app.focused is after


def test_a_why_is_the_values_and_then_the_words() -> None:
    assert write_why(("learning", "freedom"), "To fix things") == "Learning, freedom.\nTo fix things"
    assert (write_why((), "To fix things"), write_why(("family",), "")) == ("To fix things", "Family.")

"""Lists that narrow while one types, and dialogs whose answer counts once."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from textual.app import App
from textual.widgets import Input, Label

from data.model import edits
from data.model.journal import Journal
from tests.support.app_host import win
from tests.support.widget_host import Host, text_of
from tui.dialogs.choose import Choose
from tui.dialogs.chooser import Chooser
from tui.dialogs.confirm import Confirm
from tui.dialogs.dialog import ChoiceList
from tui.dialogs.win_picker import NO_WIN, WinPicker

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
GOALS = [("1", "Climate work"), ("2", "Teaching"), ("3", "Élan vital"), ("4", "Work")]
COFFEE = win("Coffee with Ada")
JOURNAL = Journal.of(COFFEE, win("Said yes to the talk"), edits.new_goal("Climate", NOW))


class Answers(list[str | None]):
    """What a dialog returned."""


async def opened(app: App[None], dialog: Chooser) -> Answers:
    """Open a dialog and return where its answers go."""
    answers = Answers()
    app.push_screen(dialog, answers.append)
    return answers


@pytest.mark.parametrize(
    ("typed", "chosen"), [("", "2"), ("tea", "2"), ("WORK", "4"), ("work cli", "1"), ("elan", "3")]
)
async def test_what_fits_is_chosen(typed: str, chosen: str) -> None:
    async with Host(Label("below")).run_test() as pilot:
        answers = await opened(pilot.app, Choose("Which goal?", GOALS, current="2"))
        await pilot.pause()
        await pilot.press(*typed, "enter")
        await pilot.pause()
        assert answers == [chosen]


@pytest.mark.parametrize(
    "make", [lambda: Choose("Which goal?", GOALS), lambda: WinPicker(JOURNAL.live()), lambda: Choose("Empty", [])]
)
async def test_nothing_is_chosen_that_does_not_fit(make: Callable[[], Chooser]) -> None:
    async with Host(Label("below")).run_test() as pilot:
        answers = await opened(pilot.app, make())
        await pilot.pause()
        await pilot.press(*"Zyx", "enter", "down", "enter", "pagedown", "pageup", "enter")
        await pilot.pause()
        assert answers == []
        assert "No match" in text_of(pilot.app)
        await pilot.press("escape")
        assert answers == [None]


async def test_a_key_that_comes_before_the_list_is_drawn_counts_what_was_typed() -> None:
    async with Host(Label("below")).run_test() as pilot:
        answers = await opened(pilot.app, Choose("Which goal?", GOALS))
        await pilot.pause()
        with pilot.app.prevent(Input.Changed):
            pilot.app.screen.query_one(Input).value = "Learn"
        await pilot.press("enter")
        assert answers == []


async def test_arrows_and_pages_move_in_the_list_while_one_types() -> None:
    many = [(str(number), f"Goal {number}") for number in range(40)]
    async with Host(Label("below")).run_test(size=(80, 24)) as pilot:
        answers = await opened(pilot.app, Choose("Which goal?", many))
        await pilot.pause()
        choices = pilot.app.screen.query_one(ChoiceList)
        await pilot.press("down", "down", "up")
        assert choices.highlighted == 1
        await pilot.press("pagedown")
        assert choices.highlighted == 1 + choices.size.height - 1
        await pilot.press("pageup", "pageup", "enter")
        assert answers == ["0"]


async def test_a_page_key_before_the_first_drawing_is_no_crash() -> None:
    choices = ChoiceList()
    async with Host(choices).run_test() as pilot:
        choices.action_page_down()
        choices.set_options([f"{number}" for number in range(9)])
        choices.action_page_down()
        choices.action_page_up()
        await pilot.pause()
        assert choices.highlighted == 0


async def test_a_win_is_picked_by_a_few_letters_or_none_at_all() -> None:
    async with Host(Label("below")).run_test() as pilot:
        answers = await opened(pilot.app, WinPicker(JOURNAL.live()))
        await pilot.pause()
        await pilot.press(*"coffe", "enter")
        again = await opened(pilot.app, WinPicker(JOURNAL.live()))
        await pilot.pause()
        await pilot.press("up", "enter")
        await pilot.pause()
        assert answers == [COFFEE.id]
        assert again == [NO_WIN]


async def test_an_answer_counts_once_and_waits_for_what_is_above() -> None:
    async with Host(Label("below")).run_test() as pilot:
        dialog = Choose("Which goal?", GOALS)
        answers = await opened(pilot.app, dialog)
        pilot.app.push_screen(Confirm("Sure?"))
        await pilot.pause()
        dialog.dismiss("1")
        dialog.dismiss("2")
        assert answers == []
        await pilot.press("n")
        await pilot.pause()
        dialog.dismiss("3")
        await pilot.pause()
        assert answers == ["1"]
        assert len(pilot.app.screen_stack) == 1

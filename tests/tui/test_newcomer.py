"""The first minutes of a person who is new to it: what they meet, and what is kept of what they do."""

import re
from pathlib import Path

import pytest
from rich.color import ColorSystem
from textual.events import Paste
from textual.widgets import Input, OptionList

from data.files.settings import Settings
from data.model import edits
from data.model.records import Verdict
from data.storage.store import Store
from tests.support.app_host import NOW, app_on, clock, settled, store_with, win
from tests.support.mouse import Mouse
from tests.support.terminal import SMALLWINS, Terminal
from tests.support.widget_host import text_of
from widgets.bars.key_bar import KeyBar
from widgets.lists.value_picker import ValuePicker

SIZE = (80, 24)
TINY = [(20, 5), (4, 20)]


def words(app_text: str) -> str:
    return " ".join(app_text.split())


async def test_the_welcome_says_how_to_go_on_and_how_to_leave_it_for_later(tmp_path: Path) -> None:
    app = app_on(Store(tmp_path / "wins.json", clock))
    async with app.run_test(size=(60, 18)) as pilot:
        await pilot.pause()
        await pilot.pause()
        assert "Skip either one." in words(text_of(app))
        assert "^d look around ^s start esc later" in words(text_of(app))
        assert app.screen.query_one(KeyBar).region.bottom == 18
        await pilot.press("escape")
        await pilot.pause()
        assert "Nothing to sort." in text_of(app)


async def test_the_first_win_leads_to_the_goal_that_is_named_beside_it(tmp_path: Path) -> None:
    app = app_on(Store(tmp_path / "wins.json", clock))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press(*"Climate", "enter", *"Coffee", "ctrl+s")
        await settled(app)
        (goal,), (first,) = app.journal.goals.values(), app.journal.wins.values()
        assert (goal.name, first.title, first.goal) == ("Climate", "Coffee", goal.id)


async def test_the_first_goal_is_asked_why_with_values_to_choose_from(tmp_path: Path) -> None:
    app = app_on(Store(tmp_path / "wins.json", clock))
    async with app.run_test(size=(60, 18)) as pilot:
        await pilot.pause()
        await pilot.press(*"Climate", "enter", "enter")
        await pilot.pause()
        assert "Why do you want to go there?" in text_of(app)
        picker = app.screen.query_one(ValuePicker)
        await pilot.press("right", "space", "down", "enter", "tab", *"To fix things")
        await pilot.click(picker, offset=(3, 2))
        await pilot.press("ctrl+s")
        (goal,) = app.journal.goals.values()
        assert goal.why == "Freedom, friends, fairness.\nTo fix things"
        await pilot.press("u", "5", "enter")
        await pilot.pause()
        assert "What matters to you?" in text_of(app)
        await pilot.press("escape")
        await pilot.pause()
        assert next(iter(app.journal.goals.values())).why == ""


async def test_who_wants_to_answer_later_is_not_asked_why(tmp_path: Path) -> None:
    app = app_on(Store(tmp_path / "wins.json", clock))
    async with app.run_test(size=(60, 18)) as pilot:
        await pilot.pause()
        await pilot.press(*"Climate", "escape")
        await pilot.pause()
        assert "Why do you want" not in text_of(app)
        assert [goal.name for goal in app.journal.goals.values()] == ["Climate"]


async def test_the_welcome_does_not_run_across_a_wide_window(tmp_path: Path) -> None:
    app = app_on(Store(tmp_path / "wins.json", clock))
    async with app.run_test(size=(140, 45)) as pilot:
        await pilot.pause()
        assert {field.outer_size.width for field in app.screen.query(Input)} == {88}


@pytest.mark.terminal
def test_what_a_newcomer_typed_is_there_again_after_leaving_in_the_middle(home: Path) -> None:
    with Terminal(*SMALLWINS) as app:
        app.wait("Where do you want to go?")
        app.type("Climate work")
        app.keys("enter")
        app.type("Wrote to a recruiter")
        app.keys("ctrl+q")
        assert app.wait_end() == 0
    with Terminal(*SMALLWINS) as again:
        again.wait("Where do you want to go?")
        again.wait("Climate work")
        again.wait("Wrote to a recruiter")
        again.keys("escape")
        again.wait("Unsorted")
        again.keys("q")
        assert again.wait_end() == 0
    journal = Store(home / ".local/share/smallwins/wins.json", clock).journal
    assert [each.title for each in journal.live()] == ["Wrote to a recruiter"]
    assert [goal.name for goal in journal.goals.values()] == ["Climate work"]
    assert not list((home / ".local/share/smallwins").glob(".*draft"))


async def test_no_window_is_so_small_that_a_dialog_ends_the_app(tmp_path: Path) -> None:
    app = app_on(store_with(tmp_path / "wins.json", [win("one"), win("日本語")]))
    async with app.run_test(size=SIZE) as pilot:
        for key in (*"2345", "1", "a", "question_mark", "comma", "T", "I", "E", "ctrl+p", "slash", "enter", "g"):
            await pilot.press(key)
            app.say("日本語 told in passing")
            for size in TINY:
                await pilot.resize_terminal(*size)
                await pilot.pause()
                assert app.is_running
            await pilot.resize_terminal(*SIZE)
            await pilot.press("escape", "escape")
        assert app.is_running
        await pilot.resize_terminal(*SIZE)
        await pilot.press("1")
        await pilot.pause()
        assert "日本語" in text_of(app)


@pytest.mark.parametrize("size", [(50, 24), (80, 10)])
async def test_a_window_that_is_made_too_small_keeps_an_open_form_and_its_focus(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    app = app_on(store_with(tmp_path / "wins.json", [win("one")]))
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("a", "b", "c")
        await pilot.resize_terminal(*size)
        await pilot.pause()
        assert "at least 60 columns and 18 lines" in words(text_of(app))
        assert "Add a win" not in text_of(app)
        assert "ctrl+q" in text_of(app)
        await pilot.press("d")
        await pilot.resize_terminal(*SIZE)
        await pilot.press("e")
        await pilot.pause()
        assert app.screen.query_one("#title", Input).value == "bcde"
        assert "Add a win" in text_of(app)


@pytest.mark.parametrize("size", [(50, 24), (80, 10)])
async def test_a_key_changes_nothing_that_a_window_too_small_does_not_show(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    path = tmp_path / "wins.json"
    app = app_on(store_with(path, [win("one")]))
    async with app.run_test(size=SIZE) as pilot:
        await pilot.resize_terminal(*size)
        await pilot.press("c", "d", "u", "a", *"two", "enter", "ctrl+s", "ctrl+p", "5")
        await settled(app)
        await pilot.resize_terminal(*SIZE)
        await pilot.pause()
        assert len(app.screen_stack) == 1
        assert app.page.name == "board"
        await pilot.resize_terminal(*size)
        await pilot.press("q")
        assert not app.is_running
    assert {each.title: each.verdict for each in Store(path, clock).journal.live()} == {"one": None}


async def test_a_form_is_not_sent_off_while_a_window_too_small_hides_it(tmp_path: Path) -> None:
    path = tmp_path / "wins.json"
    app = app_on(store_with(path, [win("one")]))
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("a", *"call")
        await pilot.resize_terminal(50, 15)
        await pilot.press("s", "x", "backspace", "enter", "ctrl+s", "escape")
        await pilot.resize_terminal(*SIZE)
        await pilot.pause()
        assert app.screen.query_one("#title", Input).value == "calls"
        await pilot.press("enter")
        await settled(app)
    assert {each.title for each in Store(path, clock).journal.live()} == {"one", "calls"}


async def test_that_nothing_can_be_changed_is_said_at_the_start(tmp_path: Path) -> None:
    path = tmp_path / "wins.json"
    store_with(path, [win("one")])
    path.write_bytes(path.read_bytes().replace(b'"schema":1', b'"schema":9'))
    app = app_on(Store(path, clock))
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        assert "newer version of smallwins" in words(text_of(app).replace("▌", " "))


async def test_undo_takes_the_cursor_along_with_the_card(tmp_path: Path) -> None:
    first = win("one")
    app = app_on(store_with(tmp_path / "wins.json", [first, win("two", NOW.date(), Verdict.REAL)]))
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("r", "u", "c")
        await settled(app)
        after = {each.title: each.verdict for each in Store(tmp_path / "wins.json", clock).journal.live()}
        assert after == {"one": Verdict.CANDY, "two": Verdict.REAL}
        await pilot.press("u")
        await settled(app)
        await pilot.press("d")
        await settled(app)
        assert [each.title for each in Store(tmp_path / "wins.json", clock).journal.live()] == ["two"]


async def test_the_palette_says_each_thing_once(tmp_path: Path) -> None:
    app = app_on(store_with(tmp_path / "wins.json", [win("one")]))
    async with app.run_test(size=SIZE):
        titles = [command.title for command in app.get_system_commands(app.screen)]
    assert len(titles) == len(set(titles))


async def test_an_empty_trash_is_explained_whole_in_the_smallest_window(tmp_path: Path) -> None:
    app = app_on(store_with(tmp_path / "wins.json", [win("one")]))
    async with app.run_test(size=(60, 18)) as pilot:
        await pilot.press("T")
        await pilot.pause()
        assert "Trash is empty." in text_of(app)
        assert "Close (esc)" in text_of(app)


async def test_a_form_with_a_mistake_fits_into_the_smallest_window(tmp_path: Path) -> None:
    app = app_on(store_with(tmp_path / "wins.json", [win("one")]))
    async with app.run_test(size=(60, 18)) as pilot:
        await pilot.press("a", "enter")
        await pilot.pause()
        assert "The title is empty." in text_of(app)
        assert "Close (esc)" in text_of(app)


async def test_a_link_without_two_wins_says_what_comes_first(tmp_path: Path) -> None:
    app = app_on(store_with(tmp_path / "wins.json", [win("one")]))
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("4", "o")
        await pilot.pause()
        assert "Add two wins first" in text_of(app)
        assert "link two" not in text_of(app)  # no key is offered that does nothing
        assert not app.screen.query(OptionList)


async def test_a_filter_on_nothing_at_all_still_says_how_to_begin(tmp_path: Path) -> None:
    app = app_on(Store(tmp_path / "wins.json", clock))
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("escape")
        await pilot.press("w")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert "Nothing to sort." in text_of(app)


@pytest.mark.parametrize("theme", ["smallwins-dark", "smallwins-light"])
async def test_what_a_field_is_for_can_be_read_in_16_colours(tmp_path: Path, theme: str) -> None:
    app = app_on(store_with(tmp_path / "wins.json", [win("one")]), Settings(theme=theme))
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("a")
        await pilot.pause()
        drawn = [part for strip in app.screen._compositor.render_strips() for part in strip]
        for hint in ("Where does it lead?", "talk, course", "What happened"):
            style = next(part.style for part in drawn if part.text.startswith(hint))
            assert style is not None
            assert style.color is not None
            assert style.bgcolor is not None
            shown = [colour.downgrade(ColorSystem.STANDARD).number for colour in (style.color, style.bgcolor)]
            assert shown[0] != shown[1]


DIALOGS = {
    "a": "Add a win",
    "question_mark": "The card above",
    "comma": "Momentum fades by half in",
    "T": "Trash is empty.",
    "I": "Path of a file or folder",
    "E": "Every goal",
    "enter": "No answers yet",
    "5 n": "A job, a field",
    "5 e": "Wins without a goal",
    "4 n": "Which win came from another?",
}


@pytest.mark.parametrize("keys", DIALOGS)
async def test_every_dialog_is_left_by_the_mouse_alone(tmp_path: Path, keys: str) -> None:
    store = store_with(tmp_path / "wins.json", [win("one"), win("two")])
    store.change("name", edits.add_goal(edits.new_goal("Climate work", NOW)))
    app = app_on(store)
    async with app.run_test(size=SIZE) as pilot:
        for key in keys.split():
            await pilot.press(key)
            await pilot.pause()
        if keys == "5 e":  # from the goal to the wins without one
            await pilot.press("escape", "end", "e")
            await pilot.pause()
        assert DIALOGS[keys] in text_of(app)
        lines = text_of(app).splitlines()
        y = next(row for row, line in enumerate(lines) if re.search(r"esc (leave|close)|\(esc\)", line))
        await Mouse(pilot).click(lines[y].index("esc"), y)
        await pilot.pause()
        await pilot.pause()
        assert len(app.screen_stack) == 1


async def test_a_win_is_saved_by_a_click_on_what_says_so(tmp_path: Path) -> None:
    app = app_on(store_with(tmp_path / "wins.json", [win("one")]))
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("a", *"call")
        lines = text_of(app).splitlines()
        y = next(row for row, line in enumerate(lines) if "Save (ctrl+s)" in line)
        await Mouse(pilot).click(lines[y].index("Save (ctrl+s)"), y)
        await pilot.pause()
        await settled(app)
    assert {each.title for each in Store(tmp_path / "wins.json", clock).journal.live()} == {"one", "call"}


async def test_what_nobody_can_see_is_no_answer_and_no_win(tmp_path: Path) -> None:
    path = tmp_path / "wins.json"
    app = app_on(Store(path, clock))
    async with app.run_test(size=SIZE) as pilot:
        for keys in (["enter"], ["enter", "a"], ["enter"]):
            await pilot.pause()
            app.post_message(Paste("\u200b\u2060"))
            await pilot.press(*keys)
        await pilot.pause()
        assert "The title is empty." in text_of(app)
    journal = Store(path, clock).journal
    assert not journal.wins
    assert not journal.goals


async def test_the_welcome_names_the_day_of_the_review(tmp_path: Path) -> None:
    app = app_on(Store(tmp_path / "wins.json", clock), Settings(review_day=3))
    async with app.run_test(size=(60, 18)) as pilot:
        await pilot.pause()
        await pilot.pause()
        assert "On Thursdays, about four minutes tell them apart." in words(text_of(app))
        assert "look around" in text_of(app)


@pytest.mark.terminal
def test_a_newcomer_looks_around_and_comes_back_to_what_was_typed(home: Path) -> None:
    with Terminal(*SMALLWINS, cols=100, rows=30) as app:
        app.wait("Where do you want to go?")
        app.type("Climate work")
        app.keys("ctrl+d")
        app.wait("Applause and a tote bag")
        app.keys("q")
        app.wait("Where do you want to go?")
        app.wait("Climate work")
        app.keys("escape")
        app.wait("Unsorted")
        app.keys("d")  # on an empty board
        app.wait("Applause and a tote bag")
        app.keys("q")
        app.wait("Nothing to sort.")
        app.keys("q")
        assert app.wait_end() == 0
    journal = Store(home / ".local/share/smallwins/wins.json", clock).journal
    assert [goal.name for goal in journal.goals.values()] == ["Climate work"]
    assert not journal.wins


async def test_an_empty_journal_hints_only_at_keys_that_do_something(tmp_path: Path) -> None:
    app = app_on(Store(tmp_path / "wins.json", clock))
    everywhere = "a add u undo ? keys"

    def hints() -> str:
        return words(text_of(app).splitlines()[-1])

    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("escape")
        assert hints() == f"d look around {everywhere}"
        await pilot.press("2")
        assert hints() == everywhere
        invitation = "The week of 16 Nov has no win yet Press a to add one. The review day is Fri 20 Nov."
        assert invitation in words(text_of(app))
        await pilot.press("3")
        assert hints() == everywhere
        await pilot.press("4")
        assert hints() == everywhere
        await pilot.press("5")
        assert hints() == f"n new goal {everywhere}"
        await pilot.press("1", "a", *"Coffee", "ctrl+s")
        assert hints() == f"⏎ open r real c candy / find {everywhere}"
        await pilot.press("u")
        assert hints() == f"d look around {everywhere}"

from datetime import timedelta
from pathlib import Path

import pytest
from msgspec import structs
from textual.pilot import Pilot
from textual.widgets import Input, TextArea

from data.files.drafts import Draft
from data.files.settings import Settings
from data.model import edits
from data.model.records import Verdict
from data.storage.store import Store
from tests.support.app_host import NOW, TODAY, app_on, clock, settled, store_with, win
from tests.support.one_draft import load_draft, save_draft
from tests.support.widget_host import text_of
from tui.app.app import SmallWins
from tui.app.draft_keeper import DRAFT_AFTER
from tui.app.due_counter import COUNT_AFTER
from tui.app.save_queue import Task
from tui.system.crash_report import crash_report

SIZE = (100, 30)


async def type_in(pilot: Pilot[None], text: str) -> None:
    await pilot.press(*("space" if letter == " " else letter for letter in text))


async def fill_form(pilot: Pilot[None], title: str) -> None:
    await pilot.press("a")
    await pilot.pause()
    await type_in(pilot, title)


async def test_an_empty_journal_asks_two_questions_and_then_shows_the_board(tmp_path: Path) -> None:
    app = app_on(Store(tmp_path / "wins.json", clock))
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        assert "Where do you want to go?" in text_of(app)
        await type_in(pilot, "teach")
        await pilot.press("enter")
        await type_in(pilot, "held a workshop")
        await pilot.press("enter")
        await settled(app)
        await pilot.pause()
        assert "held a workshop" in text_of(app)
    again = Store(tmp_path / "wins.json", clock).journal
    assert [goal.name for goal in again.goals.values()] == ["teach"]
    assert [each.title for each in again.live()] == ["held a workshop"]


async def test_the_form_saves_all_its_fields(tmp_path: Path) -> None:
    first = win("Email to a recruiter", TODAY - timedelta(days=3))  # what opened a win was there before it
    app = app_on(store_with(tmp_path / "wins.json", [first]))
    async with app.run_test(size=SIZE) as pilot:
        await fill_form(pilot, "first call")
        app.screen.query_one("#when", Input).value = "yesterday"
        app.screen.query_one("#goal", Input).value = "Climate work"
        app.screen.query_one("#tags", Input).value = "#call, People"
        app.screen.query_one("#story", TextArea).text = "They rang.\nI was nervous."
        await pilot.press("tab", "tab", "tab", "tab", "enter")
        await pilot.pause()
        await type_in(pilot, "recruter")
        await pilot.press("enter")
        await pilot.press("ctrl+s")
        await settled(app)
    journal = Store(tmp_path / "wins.json", clock).journal
    saved = next(each for each in journal.live() if each.title == "first call")
    assert saved.happened_on.isoformat() == "2026-11-19"
    assert journal.goals[saved.goal or ""].name == "Climate work"
    assert saved.tags == ("People", "call")
    assert saved.story == "They rang.\nI was nervous."
    assert saved.opened_by == first.id


async def test_the_form_says_what_it_can_not_understand_and_keeps_the_text(tmp_path: Path) -> None:
    app = app_on(store_with(tmp_path / "wins.json", [win("one")]))
    async with app.run_test(size=SIZE) as pilot:
        await fill_form(pilot, "a call")
        app.screen.query_one("#when", Input).value = "someday"
        await pilot.pause()
        assert "not a past day" in text_of(app)
        await pilot.press("enter")
        await pilot.pause()
        assert "That is not a date." in text_of(app)
        assert "a call" in text_of(app)
        app.screen.query_one("#when", Input).value = "yesterday"
        await pilot.pause()
        assert "That is not a date." not in text_of(app)


async def test_escape_closes_the_form_at_once_and_keeps_what_was_written(tmp_path: Path) -> None:
    app = app_on(store_with(tmp_path / "wins.json", [win("one")]))
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("a")
        await pilot.press("escape")
        await pilot.pause()
        assert "Add a win" not in text_of(app)
        await fill_form(pilot, "half a thought")
        await pilot.press("escape")
        await pilot.pause()
        assert "Add a win" not in text_of(app)
        assert "Draft kept · a continues" in text_of(app)
        await pilot.press("a")
        await pilot.pause()
        assert "half a thought" in text_of(app)
        await pilot.press("shift+tab", "shift+tab", "enter")
        await pilot.press("a")
        await pilot.pause()
        assert "half a thought" not in text_of(app)
        assert len(app.journal.wins) == 1


async def test_a_win_added_by_another_program_appears(tmp_path: Path) -> None:
    app = app_on(store_with(tmp_path / "wins.json", [win("one")]))
    async with app.run_test(size=SIZE) as pilot:
        elsewhere = Store(tmp_path / "wins.json", clock)
        elsewhere.change("add", edits.add_win(win("from the shell")))
        app.look()
        await settled(app)
        await pilot.pause()
        assert "from the shell" in text_of(app)


async def test_two_programs_change_two_fields_of_one_win_and_both_stay(tmp_path: Path) -> None:
    first = win("one")
    app = app_on(store_with(tmp_path / "wins.json", [first]))
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("e")
        await pilot.pause()
        app.screen.query_one("#title", Input).value = "one, said better"
        elsewhere = Store(tmp_path / "wins.json", clock)
        elsewhere.change("sort", edits.set_verdict([first.id], Verdict.REAL, NOW))
        await pilot.press("ctrl+s")
        await settled(app)
    saved = Store(tmp_path / "wins.json", clock).journal.wins[first.id]
    assert (saved.title, saved.verdict) == ("one, said better", Verdict.REAL)


async def test_a_change_is_taken_back_and_made_again(tmp_path: Path) -> None:
    first = win("one")
    app = app_on(store_with(tmp_path / "wins.json", [first]))
    async with app.run_test(size=SIZE) as pilot:
        for key, verdict in (("r", Verdict.REAL), ("u", None), ("ctrl+r", Verdict.REAL)):
            await pilot.press(key)
            await settled(app)
            await pilot.pause()
            assert app.journal.wins[first.id].verdict == verdict
            assert Store(tmp_path / "wins.json", clock).journal.wins[first.id].verdict == verdict


async def test_what_can_not_be_saved_is_taken_back_on_screen_said_and_tried_again(tmp_path: Path) -> None:
    folder = tmp_path / "journal"
    first = win("one")
    app = app_on(store_with(folder / "wins.json", [first]))
    async with app.run_test(size=SIZE) as pilot:
        good = (folder / "wins.json").read_bytes()
        (folder / "wins.json").write_bytes(b"{ not a journal")
        await pilot.press("r")
        await settled(app)
        await pilot.pause()
        assert app.journal.wins[first.id].verdict is None
        assert (folder / "wins.json").read_bytes() == b"{ not a journal"
        (folder / "wins.json").write_bytes(good)


async def test_leaving_asks_first_when_something_could_not_be_saved(tmp_path: Path) -> None:
    path = tmp_path / "wins.json"
    app = app_on(store_with(path, [first := win("one")]))
    async with app.run_test(size=SIZE) as pilot:
        edit = edits.set_verdict([first.id], Verdict.REAL, NOW)
        app.session.saves.failed.append(Task("sort", lambda: app.session.saves.store.change("sort", edit)))
        await pilot.press("q")
        await pilot.pause()
        assert "1 change is not saved. Quit anyway?" in text_of(app)
        await pilot.press("n", "ctrl+s")
        await settled(app)
        await pilot.press("q")
        await pilot.pause()
        assert not app.is_running
    assert Store(path, clock).journal.wins[first.id].verdict is Verdict.REAL


async def test_the_text_of_a_form_that_could_not_be_saved_comes_back(tmp_path: Path) -> None:
    path = tmp_path / "journal" / "wins.json"
    app = app_on(store_with(path, [win("one")]))
    async with app.run_test(size=SIZE) as pilot:
        good = path.read_bytes()
        path.write_bytes(b"{ not a journal")
        await fill_form(pilot, "a precious thought")
        await pilot.press("ctrl+s")
        await settled(app)
        await pilot.pause()
        assert "Add a win" in text_of(app)
        assert "a precious thought" in text_of(app)
        path.write_bytes(good)
        await pilot.press("ctrl+s")
        await settled(app)
        await pilot.pause()
    assert "a precious thought" in [each.title for each in Store(path, clock).journal.live()]


async def test_a_draft_of_the_last_run_is_offered_and_goes_once_it_is_saved(tmp_path: Path) -> None:
    path = tmp_path / "wins.json"
    store = store_with(path, [win("one")])
    save_draft(path, Draft({"title": "half written", "when": "yesterday"}))
    app = app_on(store)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        assert "half written" in text_of(app)
        assert "not saved last time" in text_of(app)
        await pilot.press("ctrl+s")
        await settled(app)
        await pilot.pause()
        await settled(app)
    assert load_draft(path) is None
    assert "half written" in [each.title for each in Store(path, clock).journal.live()]


async def test_a_form_that_was_only_opened_leaves_no_draft(tmp_path: Path) -> None:
    path = tmp_path / "wins.json"
    app = app_on(store_with(path, [win("one")]))
    async with app.run_test(size=SIZE) as pilot:
        for key in ("a", "x", "backspace"):
            await pilot.press(key)
            await pilot.pause(DRAFT_AFTER)
            await settled(app)
        assert "Add a win" in text_of(app)
    assert load_draft(path) is None


async def test_the_bar_says_how_much_waits_for_a_review(tmp_path: Path) -> None:
    app = app_on(store_with(tmp_path / "wins.json", [win("one"), win("two")]))
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause(COUNT_AFTER * 2)
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert "2 Review ·2" in text_of(app)


async def test_single_letters_do_nothing_while_a_field_has_the_focus(tmp_path: Path) -> None:
    app = app_on(store_with(tmp_path / "wins.json", [win("one")]))
    async with app.run_test(size=SIZE) as pilot:
        await fill_form(pilot, "aqurcnd12345")
        assert app.screen.query_one("#title", Input).value == "aqurcnd12345"
        assert app.is_running


async def test_a_window_too_small_says_so_and_shows_everything_again_when_it_grows(tmp_path: Path) -> None:
    app = app_on(store_with(tmp_path / "wins.json", [win("one")]))
    async with app.run_test(size=(50, 15)) as pilot:
        await pilot.pause()
        assert "at least 60 columns" in text_of(app)
        await pilot.resize_terminal(60, 18)
        await pilot.pause()
        assert "at least 60 columns" not in text_of(app)
        assert "one" in text_of(app)


async def test_help_lists_the_keys_of_this_screen_with_what_they_do(tmp_path: Path) -> None:
    app = app_on(store_with(tmp_path / "wins.json", [win("one")]))
    async with app.run_test(size=(100, 60)) as pilot:
        await pilot.press("question_mark")
        await pilot.pause()
        text = text_of(app)
        assert "Move to Cotton candy" in text
        assert "Add a win" in text


async def test_other_keys_from_the_settings_work(tmp_path: Path) -> None:
    first = win("one")
    settings = Settings(keys={"app.add": "ctrl+n"})
    app = app_on(store_with(tmp_path / "wins.json", [first]), settings)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("a")
        await pilot.pause()
        assert "Add a win" not in text_of(app)
        await pilot.press("ctrl+n")
        await pilot.pause()
        assert "Add a win" in text_of(app)


async def test_hostile_titles_are_shown_as_text_and_never_obeyed(tmp_path: Path) -> None:
    titles = ["[@click=app.quit]x[/]", "see [/x] done", "\x1b]52;c;aGk=\x07 osc", "c1 \x9b31m red", "over \u202eride"]
    app = app_on(store_with(tmp_path / "wins.json", [win(title) for title in titles]))
    async with app.run_test(size=SIZE) as pilot:
        for keys in (("enter",), ("escape",), ("e",), ("tab", "tab", "tab", "tab", "enter"), ("escape",), ("escape",)):
            await pilot.press(*keys)
            await pilot.pause()
            shown = text_of(app)
            assert not any(sign in shown for sign in "\x1b\x07\x9b\u202e")
        assert "[@click=app.quit]x[/]" in text_of(app)
        await pilot.click(offset=(8, 6))
        assert app.is_running


def test_a_crash_report_names_places_and_no_word_of_the_journal() -> None:
    with pytest.raises(KeyError) as caught:
        {"my secret interview": 1}["my secret talk"]
    text = crash_report(caught.value)
    assert "KeyError" in text
    assert "test_app.py" in text
    assert "secret" not in text


async def test_a_mistake_of_our_own_prints_no_word_of_the_journal(tmp_path: Path) -> None:
    app = app_on(store_with(tmp_path / "wins.json", [win("my secret interview")]))
    async with app.run_test(size=SIZE):
        app.catch(ValueError("my secret interview"))
        app.exit()
        shown = "".join(str(each) for each in app._exit_renderables)
        app._exit_renderables.clear()
    assert "ValueError" in shown
    assert "secret" not in shown


def test_a_field_that_is_made_before_its_page_is_shown_ends_nothing(tmp_path: Path) -> None:
    """From Python 3.12 on the app comes by here at each start, but not in a test that runs it without a terminal."""
    app_on(Store(tmp_path / "wins.json", clock)).clear_selection()


async def test_an_unknown_theme_falls_back_to_our_own(tmp_path: Path) -> None:
    app: SmallWins = app_on(store_with(tmp_path / "wins.json", [win("one")]), Settings(theme="no-such-theme"))
    async with app.run_test(size=SIZE):
        assert app.theme == "smallwins-dark"


async def test_an_opened_card_tells_what_its_words_were_and_what_gave_way_elsewhere(tmp_path: Path) -> None:
    path = tmp_path / "wins.json"
    first = win("one")
    app = app_on(store_with(path, [first]))
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("e")
        await pilot.pause()
        app.screen.query_one("#title", Input).value = "one, said here"
        elsewhere = Store(path, clock)
        elsewhere.change("edit", edits.change_win(first, structs.replace(first, title="one, said there"), NOW))
        await pilot.press("ctrl+s")
        await settled(app)
        await pilot.pause()
        await pilot.press("enter")
        await pilot.pause()
        text = text_of(app)
        assert "one, said here" in text
        assert "title was: “one, said there”" in text
        assert "title was: “one”" in text

"""The form of a win: what a line of its title does, what is pasted, what the editor wrote, and what Escape keeps."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from textual.events import Paste
from textual.pilot import Pilot
from textual.widgets import Input, TextArea

from data.files.drafts import Draft, load_drafts, save_drafts
from data.model import edits
from data.model.journal import Journal
from data.storage.store import Store
from tests.support.app_host import NOW, TODAY, app_on, clock, settled, store_with, win
from tests.support.widget_host import text_of
from tui.app.app import SmallWins
from tui.dialogs.win_fields import WinFields, openers_of

SIZE = (80, 24)
LINE = "yesterday: coffee #people @Climate"


@contextmanager
def _in_place(_app: SmallWins) -> Iterator[None]:
    """Leave the screen as it is: a test's driver can't be suspended."""
    yield


@pytest.fixture
def app(tmp_path: Path) -> SmallWins:
    store = store_with(tmp_path / "wins.json", [win("Coffee with a mentor", TODAY - timedelta(days=1))])
    store.change("goal", edits.add_goal(edits.new_goal("Climate work", NOW)))
    return app_on(store)


def stored(app: SmallWins) -> dict[str, tuple[str, str, tuple[str, ...], str]]:
    """Return the wins of the file by title: date, goal, tags and story."""
    journal = Store(app.path, clock).journal
    return {one.title: (str(one.happened_on), journal.goal_name(one), one.tags, one.story) for one in journal.live()}


async def opened(pilot: Pilot[None], title: str = "") -> None:
    await pilot.press("a")
    await pilot.pause()
    pilot.app.screen.query_one("#title", Input).value = title
    await pilot.pause()


async def test_a_line_is_understood_before_it_is_saved_and_stored_as_shown(app: SmallWins) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await opened(pilot, LINE)
        assert "Thu 19 Nov · Climate work · #people" in text_of(app)
        await pilot.press("enter")
        await settled(app)
    assert stored(app)["coffee"] == ("2026-11-19", "Climate work", ("people",), "")


async def test_leaving_the_title_fills_the_fields_and_one_key_undoes_it(app: SmallWins) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await opened(pilot, LINE)
        await pilot.press("tab")
        await pilot.pause()
        values = {name: app.screen.query_one(f"#{name}", Input).value for name in ("title", "when", "goal", "tags")}
        assert values == {"title": "coffee", "when": "2026-11-19", "goal": "Climate work", "tags": "people"}
        await pilot.press("ctrl+t")
        await pilot.pause()
        assert app.screen.query_one("#title", Input).value == LINE
        assert "As typed" in text_of(app)
        await pilot.press("ctrl+s")
        await settled(app)
    assert stored(app)[LINE] == ("2026-11-20", "", (), "")


async def test_a_click_keeps_the_title_as_typed(app: SmallWins) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await opened(pilot, LINE)
        lines = text_of(app).splitlines()
        row = next(y for y, line in enumerate(lines) if "ctrl+t as typed" in line)
        await pilot.click(offset=(lines[row].index("as typed"), row))
        await pilot.pause()
        assert "As typed  ctrl+t reads date, #tag and @goal" in text_of(app)


async def test_several_pasted_lines_are_title_and_story(app: SmallWins) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await opened(pilot)
        app.post_message(Paste("\nFirst line\n\nsecond\nthird\n"))
        await pilot.pause()
        await pilot.press("ctrl+s")
        await settled(app)
    assert stored(app)["First line"][3] == "second\nthird"


async def test_a_new_goal_is_called_new_before_it_is_made(app: SmallWins) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await opened(pilot, "Read a paper")
        app.screen.query_one("#goal", Input).value = "climate WORK"
        await pilot.pause()
        assert "new goal" not in text_of(app)
        app.screen.query_one("#goal", Input).value = "Climate"
        await pilot.pause()
        assert "new goal" in text_of(app)


async def test_a_win_that_was_written_before_is_said_and_both_are_kept(app: SmallWins) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await opened(pilot, "coffee with a mentor!")
        assert "You wrote this on Thu 19 Nov too." in text_of(app)
        await pilot.press("enter")
        await settled(app)
    assert len(stored(app)) == 2


async def test_drafts_of_a_new_win_and_of_another_are_kept_apart(app: SmallWins) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await opened(pilot, "half a thought")
        await pilot.press("escape", "e")
        await pilot.pause()
        assert app.screen.query_one("#title", Input).value == "Coffee with a mentor"
        app.screen.query_one("#title", Input).value = "Coffee with Ada"
        await pilot.press("escape", "a")
        await pilot.pause()
        assert app.screen.query_one("#title", Input).value == "half a thought"
        await pilot.press("enter")
        await settled(app)
        await pilot.press("down", "e")  # from the new win, which has the cursor
        await pilot.pause()
        assert app.screen.query_one("#title", Input).value == "Coffee with Ada"
    assert set(stored(app)) == {"half a thought", "Coffee with a mentor"}


@pytest.mark.parametrize(
    ("script", "expected"),
    [
        ('printf "Caf\\\\351\\n" > "$1"', ("Café", "")),
        ('printf "\\\\377\\\\376C\\\\0a\\\\0f\\\\0\\\\351\\\\0" > "$1"', ("Café", "")),
        ('printf "saved\\n" > "$1"; exit 3', ("saved", "The editor failed with exit code 3.")),
        ("exit 3", ("before", "The editor failed with exit code 3.")),
    ],
)
async def test_what_an_editor_saved_comes_back_whatever_it_did(
    app: SmallWins, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str, expected: tuple[str, str]
) -> None:
    editor = tmp_path / "editor.sh"
    editor.write_text(f"#!/bin/sh\n{script}\n")
    editor.chmod(0o700)
    monkeypatch.setenv("EDITOR", str(editor))
    monkeypatch.setattr(SmallWins, "suspend", _in_place)
    async with app.run_test(size=SIZE) as pilot:
        await opened(pilot, "title")
        app.screen.query_one("#story", TextArea).text = "before"
        await pilot.press("ctrl+e")
        await pilot.pause()
        assert app.screen.query_one("#story", TextArea).text == expected[0]
        assert expected[1] in text_of(app)


@pytest.mark.parametrize("command", ['vi "', "no-such-editor"])
async def test_a_broken_editor_is_a_sentence_in_the_form(
    app: SmallWins, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    monkeypatch.setenv("EDITOR", command)
    monkeypatch.setattr(SmallWins, "suspend", _in_place)
    async with app.run_test(size=SIZE) as pilot:
        await opened(pilot, "title")
        await pilot.press("ctrl+e")
        await pilot.pause()
        assert "Set EDITOR to a command" in " ".join(text_of(app).replace("│", " ").split())
        assert app.screen.query_one("#title", Input).value == "title"


def test_what_led_to_a_win_is_offered_among_those_not_later_than_its_date() -> None:
    old, new = win("Old", TODAY - timedelta(days=9)), win("New")
    journal = Journal.of(old, new)
    assert openers_of(WinFields(when="last week"), journal, TODAY, "") == [old]
    assert openers_of(WinFields(title="a week ago: coffee"), journal, TODAY, "") == [old]
    assert openers_of(WinFields(when="no day at all"), journal, TODAY, "") == [old, new]
    assert openers_of(WinFields(), journal, TODAY, new.id) == [old]


async def test_two_unfinished_forms_of_one_window_are_both_there_at_the_next_start(app: SmallWins) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await opened(pilot, "half a thought")
        await pilot.press("escape", "e")
        await pilot.pause()
        app.screen.query_one("#title", Input).value = "Coffee with Ada"
        await pilot.pause()
        await pilot.press("ctrl+q")
        await pilot.pause()
    again = app_on(Store(app.path, clock))
    async with again.run_test(size=SIZE) as pilot:
        await pilot.pause()
        assert "not saved last time" in text_of(again)
        assert again.screen.query_one("#title", Input).value == "Coffee with Ada"
        await pilot.press("escape", "a")
        await pilot.pause()
        assert again.screen.query_one("#title", Input).value == "half a thought"


@pytest.mark.parametrize("others", [(), (Draft({"title": "a new one"}),)])
async def test_a_draft_of_a_win_that_is_gone_takes_no_other_away(app: SmallWins, others: tuple[Draft, ...]) -> None:
    save_drafts(app.path, [*others, Draft({"title": "of a win that is gone"}, win="beef")])
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        title = "a new one" if others else "of a win that is gone"
        assert app.screen.query_one("#title", Input).value == title
        await pilot.press("ctrl+q")
        await pilot.pause()
    kept = [draft.fields["title"] for draft in load_drafts(app.path)]
    assert sorted(kept) == sorted({title, "of a win that is gone"})

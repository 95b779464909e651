"""What is typed faster than the app answers: all at once, ahead of a form, ahead of the first frame."""

import asyncio
import os
import signal
import sys
from pathlib import Path

import pytest
from textual.app import App
from textual.events import Key, Paste
from textual.screen import ModalScreen
from textual.widgets import Input

from data.model import edits
from data.model.records import Verdict
from data.storage.store import Store
from tests.support.app_host import NOW, app_on, clock, store_with, titles, win
from tests.support.terminal import SMALLWINS, Terminal
from tui.app.app import SmallWins

SLOW = (sys.executable, "-X", "dev", "-W", "ignore", "-m", "tui")
PASTED = "\x1b[200~Talk\x1b[201~"
"""A longer text without the marks would be a paste as well."""
SIZE = (80, 24)


def type_at_once(app: App[None], *keys: str) -> None:
    for key in keys:
        app.post_message(Key(key, key if len(key) == 1 else None))


async def taken_in(app: SmallWins) -> None:
    async with asyncio.timeout(20):
        while not app.key_queue.idle:  # noqa: ASYNC110 - many small events end it, none of them alone
            await asyncio.sleep(0.01)


async def left(app: App[None]) -> None:
    async with asyncio.timeout(20):
        while app.is_running:  # noqa: ASYNC110 - the app ends in a task of its own, without an event
            await asyncio.sleep(0.01)


@pytest.mark.terminal
@pytest.mark.parametrize("program", [SMALLWINS, SLOW])
@pytest.mark.parametrize("typed", ["aTalk\rq", "aTalk\x13\x11", f"a{PASTED}\rq", f"a{PASTED}\x13q"])
def test_a_win_typed_in_one_go_is_written_down_whole_and_saved(
    journal: Path, program: tuple[str, ...], typed: str
) -> None:
    with Terminal(*program) as app:
        app.wait("the first win")
        app.send(typed)
        assert app.wait_end() == 0
    assert titles(journal) == ["Talk", "the first win"]
    assert not list(journal.parent.glob(".*draft"))


@pytest.mark.terminal
@pytest.mark.parametrize("program", [SMALLWINS, SLOW])
def test_a_win_typed_before_the_first_frame_is_written_down_whole(journal: Path, program: tuple[str, ...]) -> None:
    with Terminal(*program) as app:
        os.write(app.fd, b"aWrote a thing\rq")
        assert app.wait_end() == 0
    assert titles(journal) == ["Wrote a thing", "the first win"]


@pytest.mark.terminal
@pytest.mark.parametrize("program", [SMALLWINS, SLOW])
def test_a_newcomers_answers_typed_before_the_first_frame_are_all_kept(home: Path, program: tuple[str, ...]) -> None:
    with Terminal(*program) as app:
        os.write(app.fd, b"Climate work\rWrote to a recruiter\r")
        app.wait("Why do you want to go there?")
        app.keys("ctrl+q")
        assert app.wait_end() == 0
    journal = Store(home / ".local/share/smallwins/wins.json", clock).journal
    assert [each.title for each in journal.live()] == ["Wrote to a recruiter"]
    assert [goal.name for goal in journal.goals.values()] == ["Climate work"]
    assert not list((home / ".local/share/smallwins").glob(".*draft"))


async def test_every_dialog_with_a_field_takes_what_is_typed_right_behind_its_key(tmp_path: Path) -> None:
    store = store_with(tmp_path / "wins.json", [win("one"), win("two")])
    store.change("name", edits.add_goal(edits.new_goal("Climate work", NOW)))
    app = app_on(store)
    async with app.run_test(size=SIZE) as pilot:
        for keys in (["a"], ["slash"], ["5", "n"], ["4", "o"], ["4", "n"], ["I"], ["ctrl+p"]):
            type_at_once(app, *keys, *"xy", "backspace", "z")
            await pilot.pause()
            await taken_in(app)
            await pilot.pause()
            field = app.focused
            assert isinstance(field, Input), keys
            assert field.value.endswith("xz"), keys
            await pilot.press("ctrl+u", *["escape"] * 2)
            await pilot.press(*["y"] * (len(app.screen_stack) > 1), "1")


async def test_a_paste_right_behind_a_key_goes_into_the_form_that_the_key_opens(tmp_path: Path) -> None:
    app = app_on(store_with(tmp_path / "wins.json", [win("one")]))
    async with app.run_test(size=SIZE) as pilot:
        type_at_once(app, "a")
        app.post_message(Paste("Wrote a thing"))
        type_at_once(app, "!")
        await pilot.pause()
        await taken_in(app)
        await pilot.pause()
        assert app.screen.query_one("#title", Input).value == "Wrote a thing!"


@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGHUP])
async def test_a_signal_lets_everything_typed_before_it_have_its_effect(tmp_path: Path, sign: signal.Signals) -> None:
    path = tmp_path / "wins.json"
    app = app_on(store_with(path, [win("one")]))
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        type_at_once(app, "r", "a", *"two", "enter")
        signal.raise_signal(sign)
        await left(app)
    stored = {each.title: each.verdict for each in Store(path, clock).journal.live()}
    assert stored == {"one": Verdict.REAL, "two": None}


async def test_leaving_the_welcome_and_the_app_at_once_keeps_what_was_typed_there(tmp_path: Path) -> None:
    path = tmp_path / "wins.json"
    app = app_on(Store(path, clock))
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        type_at_once(app, *"Climate", "enter", *"Wrote", "escape", "q")
        await left(app)
    journal = Store(path, clock).journal
    assert [each.title for each in journal.live()] == ["Wrote"]
    assert [goal.name for goal in journal.goals.values()] == ["Climate"]


async def test_the_last_of_many_keys_before_leaving_counts_too(tmp_path: Path) -> None:
    path = tmp_path / "wins.json"
    app = app_on(store_with(path, [win("one")]))
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        type_at_once(app, *"rcrcrq")
        await left(app)
    assert [each.verdict for each in Store(path, clock).journal.live()] == [Verdict.REAL]


class Stuck(ModalScreen[None]):
    """A dialog that never comes to the end of what a key began."""

    def __init__(self) -> None:
        super().__init__()
        self.let_go = asyncio.Event()

    async def on_key(self) -> None:
        """Wait for ever."""
        await self.let_go.wait()


async def test_ctrl_q_overtakes_keys_that_wait_for_ever(tmp_path: Path) -> None:
    app = app_on(store_with(tmp_path / "wins.json", [win("one")]))
    async with app.run_test(size=SIZE) as pilot:
        stuck = Stuck()
        app.push_screen(stuck)
        await pilot.pause()
        type_at_once(app, "x", "y", "ctrl+q")
        async with asyncio.timeout(20):
            while not any("ctrl+q again" in told.words for told in app.unread):  # noqa: ASYNC110 - a timer's
                await asyncio.sleep(0.05)
            type_at_once(app, "ctrl+q")
            while not app._exit:  # noqa: ASYNC110 - as above
                await asyncio.sleep(0.05)
        stuck.let_go.set()

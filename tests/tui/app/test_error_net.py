"""Nothing that raises in a screen or a worker ends the app: a sentence, the text kept, and the place at the end."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from textual._wait import wait_for_idle
from textual.app import ComposeResult
from textual.events import Key
from textual.pilot import Pilot
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from data.files.settings import Settings
from data.storage.store import Saved
from tests.support.app_host import app_on, settled, store_with, titles, win
from tests.support.one_draft import load_draft
from tests.support.widget_host import text_of
from tui.app.app import SmallWins
from tui.app.save_queue import Task

DIARY = "my secret interview"


class Failing(ModalScreen[None]):
    """A dialog that fails in one place, and has a key to close it.

    Attributes:
        where: "compose", "mount", "key", "callback" or "draw".
    """

    BINDINGS = [("escape", "dismiss", "Close")]  # noqa: RUF012 - as Screen has it

    def __init__(self, where: str) -> None:
        super().__init__()
        self.where = where

    def fail(self, where: str) -> None:
        """Fail, if this is the place."""
        if where == self.where:
            raise KeyError(DIARY)

    def compose(self) -> ComposeResult:
        """Yield a line."""
        self.fail("compose")
        yield Static("A dialog")

    def on_mount(self) -> None:
        """Ask for a callback."""
        self.fail("mount")
        self.call_later(self.fail, "callback")
        self.set_timer(0.01, lambda: self.fail("timer"))

    def on_key(self, event: Key) -> None:
        """Hear a key."""
        if event.key == "x":
            self.fail("key")

    def render(self) -> Any:  # noqa: ANN401 - Textual's
        """Draw nothing."""
        self.fail("draw")
        return super().render()


@asynccontextmanager
async def failing(app: SmallWins) -> AsyncIterator[Pilot[None]]:
    """Run an app in which errors are expected; none else would be forgiven."""
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        yield pilot
        assert (
            isinstance(app._exception, KeyError | OSError) or app._exception is None or "Worker" in str(app._exception)
        )
        app._exception = None
        app._exit_renderables.clear()


@pytest.mark.parametrize("where", ["compose", "mount", "key", "callback", "timer"])
async def test_a_dialog_that_fails_is_said_and_the_app_goes_on(tmp_path: Path, where: str) -> None:
    path = tmp_path / "wins.json"
    app = app_on(store_with(path, [win(DIARY)]))
    async with failing(app) as pilot:
        app.push_screen(Failing(where))
        await pilot.press("x")
        await pilot.pause(0.05)
        shown = text_of(app)
        assert "Something went wrong (KeyError)." in shown
        await pilot.press("escape")
        await pilot.press("a", *"two", "enter")
        await settled(app)
        await pilot.press("ctrl+q")
        await pilot.pause()
        assert not app.is_running
    assert "two" in titles(path)
    (report,) = app.errors.reports
    assert "in fail" in report
    assert "secret" not in report


async def test_a_dialog_that_can_not_be_drawn_is_closed(tmp_path: Path) -> None:
    app = app_on(store_with(tmp_path / "wins.json", [win("one")]))
    async with failing(app) as pilot:
        app.push_screen(Failing("draw"))
        while len(app.screen_stack) > 1:
            app.screen.refresh()
            await wait_for_idle(0)  # a pause of the pilot draws by itself, outside the net
        await pilot.pause()
        assert "one" in text_of(app)
        assert "Something went wrong (KeyError)." in text_of(app)


async def test_a_worker_that_fails_is_said_with_the_place_where_it_failed(tmp_path: Path) -> None:
    app = app_on(store_with(tmp_path / "wins.json", [win("one")]))

    def work_of_ours() -> None:
        raise KeyError(DIARY)

    async with failing(app) as pilot:
        app.run_worker(work_of_ours, thread=True)
        while not app.errors.reports:
            await pilot.pause()
        await pilot.pause()
        assert "Something went wrong (KeyError)." in text_of(app)
    (report,) = app.errors.reports
    assert "in work_of_ours" in report
    assert "secret" not in report


class StillLooking(ModalScreen[None]):
    """A dialog with a worker that looks for a part of it once all of them are gone, as Textual's palette may.

    Attributes:
        looked: Whether it has.
    """

    looked = False

    def compose(self) -> ComposeResult:
        """Yield a line."""
        yield Static("A dialog")

    def on_mount(self) -> None:
        """Begin to look."""
        self.run_worker(self._look())

    async def _look(self) -> None:
        while self.children:  # noqa: ASYNC110 - nothing is posted when they go
            await asyncio.sleep(0)
        self.looked = True
        self.query_one(Static)


async def test_a_worker_of_a_dialog_that_has_just_gone_is_no_failure(tmp_path: Path) -> None:
    app = app_on(store_with(tmp_path / "wins.json", [win("one")]))
    async with app.run_test(size=(100, 30)) as pilot:
        dialog = StillLooking()
        await app.push_screen(dialog)
        await dialog.dismiss()
        await pilot.pause()
        assert dialog.looked
    assert app.errors.reports == []


async def test_a_save_that_fails_in_a_way_nobody_foresaw_keeps_the_line_moving(tmp_path: Path) -> None:
    path = tmp_path / "wins.json"
    app = app_on(store_with(path, [win("one")]))

    def fail() -> Saved:
        raise KeyError(DIARY)

    async with failing(app) as pilot:
        app.session.saves.add(Task("sort", fail))
        await settled(app)
        await pilot.pause()
        assert "Something went wrong (KeyError)." in text_of(app)
        await pilot.press("a", *"two", "enter")
        await settled(app)
    assert "two" in titles(path)


async def test_a_page_that_fails_while_a_form_is_open_keeps_its_text(tmp_path: Path) -> None:
    path = tmp_path / "wins.json"
    app = app_on(store_with(path, [win("one")]))
    async with failing(app) as pilot:
        await pilot.press("a", *"half")

        def fail() -> None:
            raise KeyError(DIARY)

        app.page.call_later(fail)
        await pilot.pause()
        assert app.screen.query_one("#title", Input).value == "half"
        await pilot.press("ctrl+q")
        await pilot.pause()
        assert not app.is_running
    draft = load_draft(path)
    assert draft is not None
    assert draft.fields["title"] == "half"


async def test_a_folder_that_can_not_be_reached_is_said_once_and_the_keys_work(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "wins.json"
    app = app_on(store_with(path, [win("one")]))

    def refused(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied", str(path))

    async with failing(app) as pilot:
        monkeypatch.setattr("os.stat", refused)
        for _ in range(3):
            app.look()
            await settled(app)
            await pilot.pause()
        await pilot.press("enter", "escape", "r")
        await settled(app)
        await pilot.pause()
        monkeypatch.undo()
        assert any("permission to read" in told.title for told in app.unread)
        assert app.is_running


async def test_a_theme_that_there_is_none_of_is_said_and_the_settings_open(tmp_path: Path) -> None:
    app = app_on(store_with(tmp_path / "wins.json", [win("one")]), Settings(theme="no-such-theme"))
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        assert "There is no theme no-such-theme" in text_of(app)
        await pilot.press("comma")
        await pilot.pause()
        assert "Settings" in text_of(app)

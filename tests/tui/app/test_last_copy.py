"""Undo, retry and quitting mean what the person sees, and never drop the last copy."""

import asyncio
import os
import signal
import stat
from pathlib import Path

import pytest
from textual.pilot import Pilot

from data.model import edits
from data.model.journal import Journal
from data.model.records import Verdict
from data.storage.store import Store
from tests.support.app_host import app_on, clock, settled, store_with, titles, win
from tests.support.widget_host import text_of
from tui.app.app import SmallWins

SIZE = (100, 30)


async def press(app: SmallWins, pilot: Pilot[None], *keys: str) -> None:
    for key in keys:
        await pilot.press(key)
        await settled(app)
        await pilot.pause()


async def add(app: SmallWins, pilot: Pilot[None], title: str) -> None:
    app.change("add", edits.add_win(win(title)))
    await settled(app)
    await pilot.pause()


def verdicts(path: Path) -> dict[str, Verdict | None]:
    return {each.title: each.verdict for each in Store(path, clock).journal.live()}


class FullDisk:
    """A disk that can be filled and freed: what would replace the journal is refused."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.full = False
        real = os.replace

        def replace(source: str, target: str, **how: int) -> None:
            if self.full and str(target).endswith("wins.json"):
                raise OSError(28, "No space left on device", str(target))
            real(source, target, **how)

        monkeypatch.setattr("os.replace", replace)
        monkeypatch.setattr("os.rename", replace)


@pytest.fixture
def disk(monkeypatch: pytest.MonkeyPatch) -> FullDisk:
    return FullDisk(monkeypatch)


async def test_undo_after_a_change_that_failed_gives_up_that_change_and_no_other(
    tmp_path: Path, disk: FullDisk
) -> None:
    path = tmp_path / "wins.json"
    app = app_on(store_with(path, [win("one"), win("two")]))
    async with app.run_test(size=SIZE) as pilot:
        await press(app, pilot, "r")
        (real,) = [title for title, verdict in verdicts(path).items() if verdict is Verdict.REAL]
        disk.full = True
        await press(app, pilot, "c")
        assert "1 change not saved" in text_of(app)
        disk.full = False
        await press(app, pilot, "u")
        assert verdicts(path)[real] is Verdict.REAL
        assert "not saved" not in app.page.notice
        await press(app, pilot, "u")
        assert verdicts(path) == {"one": None, "two": None}


async def test_a_retry_overrides_nothing_that_was_decided_since(tmp_path: Path, disk: FullDisk) -> None:
    path = tmp_path / "wins.json"
    app = app_on(store_with(path, [win("one")]))
    async with app.run_test(size=SIZE) as pilot:
        disk.full = True
        await press(app, pilot, "r")
        disk.full = False
        await press(app, pilot, "c")
        assert verdicts(path) == {"one": Verdict.CANDY}
        await press(app, pilot, "ctrl+s")
        assert verdicts(path) == {"one": Verdict.CANDY}
        assert app.page.notice == ""


async def test_undo_takes_no_change_away_that_another_program_made_in_the_meantime(tmp_path: Path) -> None:
    path = tmp_path / "wins.json"
    app = app_on(store_with(path, [win("one")]))
    async with app.run_test(size=SIZE) as pilot:
        await press(app, pilot, "r")
        Store(path, clock).change("add", edits.add_win(win("from the shell")))
        await press(app, pilot, "u")
        assert verdicts(path) == {"one": Verdict.REAL, "from the shell": None}
        assert any("Another change was made" in told.title for told in app.unread)
        await press(app, pilot, "u")  # now it is seen, and meant
        assert verdicts(path) == {"one": Verdict.REAL}


async def test_undo_of_what_the_last_run_did_is_refused_once_it_is_no_longer_the_last(tmp_path: Path) -> None:
    path = tmp_path / "wins.json"
    store = store_with(path, [win("one")])
    store.change("add", edits.add_win(win("two")))
    app = app_on(store)
    async with app.run_test(size=SIZE) as pilot:
        Store(path, clock).change("add", edits.add_win(win("from the shell")))
        await press(app, pilot, "u")
        assert set(verdicts(path)) == {"one", "two", "from the shell"}


async def test_a_redo_survives_a_refusal(tmp_path: Path) -> None:
    path = tmp_path / "wins.json"
    app = app_on(store_with(path, [win("one")]))
    async with app.run_test(size=SIZE) as pilot:
        await press(app, pilot, "r", "u", "ctrl+r")
        assert verdicts(path) == {"one": Verdict.REAL}
        await press(app, pilot, "u", "u", "ctrl+r", "ctrl+r")
        assert verdicts(path).get("one", Verdict.REAL) in (Verdict.REAL, None)


@pytest.mark.parametrize("harm", ["gone", "damaged", "older"])
async def test_quitting_asks_when_memory_is_the_last_copy_and_writes_it_on_a_key(tmp_path: Path, harm: str) -> None:
    path = tmp_path / "wins.json"
    app = app_on(store_with(path, [win("one")]))
    older = path.read_bytes()
    async with app.run_test(size=SIZE) as pilot:
        await add(app, pilot, "two")
        if harm == "gone":
            path.unlink()
        else:
            path.write_bytes(older if harm == "older" else b"{ not a journal")
        await pilot.press("ctrl+q")
        await settled(app)
        await pilot.pause()
        await pilot.pause()
        assert "Write it again before you quit?" in text_of(app)
        await press(app, pilot, "y")
        await settled(app)
        await pilot.pause()
        await pilot.pause()
        assert not app.is_running
    assert titles(path) == ["one", "two"]


async def test_a_journal_that_is_gone_is_written_again_on_a_key(tmp_path: Path) -> None:
    path = tmp_path / "wins.json"
    app = app_on(store_with(path, [win("one")]))
    async with app.run_test(size=SIZE) as pilot:
        path.unlink()
        app.look()
        await settled(app)
        await pilot.pause()
        assert "can't be read · ctrl+s" in text_of(app)
        await press(app, pilot, "ctrl+s")
        assert "in the file again" in text_of(app)
        assert titles(path) == ["one"]


async def test_a_change_that_vanished_from_the_file_is_said(tmp_path: Path) -> None:
    path = tmp_path / "wins.json"
    app = app_on(store_with(path, [win("one")]))
    older = path.read_bytes()
    async with app.run_test(size=SIZE) as pilot:
        await add(app, pilot, "two")
        path.write_bytes(older)
        app.look()
        await settled(app)
        await pilot.pause()
        assert any("no longer in the file" in told.title for told in app.unread)
        await press(app, pilot, "ctrl+s")
        assert titles(path) == ["one", "two"]


async def test_each_save_of_a_form_is_shown_once(tmp_path: Path) -> None:
    app = app_on(store_with(tmp_path / "wins.json", [win("one")]))
    async with app.run_test(size=SIZE) as pilot:
        await press(app, pilot, "e", "x")
        shown: list[Journal] = []

        def note(journal: Journal) -> None:
            shown.append(journal)

        app.page.watch(app.page, "journal", note, init=False)
        await press(app, pilot, "enter")
        assert len(shown) == 1


async def test_a_change_saved_but_not_confirmed_is_said_and_its_form_stays_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "wins.json"
    app = app_on(store_with(path, [win("one")]))
    sync = os.fsync

    def fsync(descriptor: int) -> None:
        if stat.S_ISDIR(os.fstat(descriptor).st_mode):
            raise OSError(5, "Input/output error")
        sync(descriptor)

    async with app.run_test(size=SIZE) as pilot:
        monkeypatch.setattr("os.fsync", fsync)
        await press(app, pilot, "a", *"two", "enter")
        monkeypatch.undo()
        assert len(app.screen_stack) == 1
        assert any("confirm" in told.title for told in app.unread)
    assert titles(path) == ["one", "two"]


@pytest.mark.parametrize("harm", ["gone", "full"])
async def test_a_signal_saves_what_only_memory_holds(tmp_path: Path, disk: FullDisk, harm: str) -> None:
    path = tmp_path / "wins.json"
    app = app_on(store_with(path, [win("one")]))
    async with app.run_test(size=SIZE) as pilot:
        disk.full = harm == "full"
        await add(app, pilot, "two")
        disk.full = False
        if harm == "gone":
            path.unlink()
        signal.raise_signal(signal.SIGTERM)
        async with asyncio.timeout(20):
            while app.is_running:  # noqa: ASYNC110 - the app ends in a task of its own, without an event
                await asyncio.sleep(0.01)
    assert titles(path) == ["one", "two"]


async def test_a_change_refused_by_a_file_system_that_stumbles_once_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = app_on(store_with(tmp_path / "wins.json", [win("one")]))
    async with app.run_test(size=SIZE) as pilot:
        answers = iter([False])
        access = os.access
        monkeypatch.setattr(os, "access", lambda path, mode: next(answers, access(path, mode)))
        app.change("add", edits.add_win(win("two")))
        await pilot.pause()
        assert "write-protected" in text_of(app)
        assert list(app.journal.wins) == list(Store(tmp_path / "wins.json", clock).journal.wins)

"""What other programs write into the inbox comes in while the app is open, and is said."""

import asyncio
import os
from pathlib import Path

from data.files.disk import replace_file
from tests.support.app_host import NOW, app_on, settled, store_with, titles, win
from tests.support.widget_host import text_of
from tui.app.app import SmallWins


def write(path: Path, said: str) -> None:
    replace_file(path, [said.encode()])
    os.utime(path, (NOW.timestamp() - 60, NOW.timestamp() - 60))


async def until(app: SmallWins, *wanted: str) -> None:
    """Look as the app does every second, until it shows wins of these titles."""
    for _ in range(500):
        app.look()
        await settled(app)
        if sorted(one.title for one in app.journal.live()) == sorted(wanted):
            return
        await asyncio.sleep(0.01)
    raise AssertionError([one.title for one in app.journal.live()])


async def test_lines_come_in_are_said_and_undone_by_a_key(tmp_path: Path) -> None:
    path, inbox = tmp_path / "wins.json", tmp_path / "inbox.txt"
    app = app_on(store_with(path, [win("First")]))
    async with app.run_test(size=(100, 30)) as pilot:
        write(inbox, "yesterday: coffee #people\n")
        await until(app, "First", "coffee")
        await pilot.pause()
        assert "1 win from the inbox" in text_of(app)
        assert "u undoes" in text_of(app)
        await pilot.press("u")
        await settled(app)
        assert titles(path) == ["First"]
        write(inbox, "Ran\n")
        await until(app, "First", "Ran")
    assert not inbox.exists()


async def test_a_drain_that_was_killed_before_goes_on_at_the_start(tmp_path: Path) -> None:
    path = tmp_path / "wins.json"
    store = store_with(path, [win("First")])
    write(tmp_path / ".inbox.txt.20261119.0123456789abcdef.inbox", "Ran\n")
    app = app_on(store)
    async with app.run_test(size=(100, 30)):
        await until(app, "First", "Ran")
    assert titles(path) == ["First", "Ran"]


async def test_what_cannot_be_used_is_said_once(tmp_path: Path) -> None:
    path, inbox = tmp_path / "wins.json", tmp_path / "inbox.txt"
    app = app_on(store_with(path, [win("First")]))
    async with app.run_test(size=(100, 30)) as pilot:
        write(inbox, f"{'x' * 501}\nGood\n")
        for _ in range(3):
            await until(app, "First", "Good")
        await pilot.pause()
        assert text_of(app).count("Line 1 of inbox.txt") == 1
        assert inbox.read_text() == f"{'x' * 501}\n"
    assert titles(path) == ["First", "Good"]


async def test_without_an_inbox_nothing_stands_in_line(tmp_path: Path) -> None:
    app = app_on(store_with(tmp_path / "wins.json", [win("First")]))
    async with app.run_test(size=(100, 30)):
        for _ in range(3):
            app.look()
            await app.workers.wait_for_complete([one for one in app.workers if one.group == "look"])
        assert [one for one in app.workers if one.group == "save"] == []

"""A copy of the journal that a synced folder left beside it is noticed at the start, and joined on one key."""

import asyncio
import shutil
from pathlib import Path

import pytest

from tests.support.app_host import app_on, settled, store_with, titles, win
from tests.support.widget_host import text_of
from tui.app.app import SmallWins


@pytest.fixture
def journal(tmp_path: Path) -> Path:
    """Return a journal with a conflict copy beside it that has one win more."""
    path, copy = tmp_path / "wins.json", tmp_path / "wins (conflicted copy).json"
    store_with(path, [win("Said yes to the talk")])
    shutil.copy(path, copy)
    store_with(copy, [win("Coffee with Ada")])
    return path


async def asked_about_the_copy(app: SmallWins) -> None:
    for _ in range(500):
        if "Another copy" in (shown := text_of(app)) and "Later" in shown:
            return
        await asyncio.sleep(0.01)


async def test_a_conflict_copy_is_joined_on_one_key(journal: Path) -> None:
    names = (
        "wins.sync-conflict-20261127-120000-ABCDEFG.json",
        "wins_conflict-20261127-120000.json",
        "wins-LAPTOP.json",
    )
    for name in names:
        shutil.copy(journal, journal.with_name(name))
    app = app_on(store_with(journal))
    async with app.run_test(size=(100, 30)) as pilot:
        await asked_about_the_copy(app)
        assert "wins (conflicted copy).json" in text_of(app)
        assert all(name in text_of(app) for name in names)
        await pilot.press("y")
        await settled(app)
        await pilot.pause()
        assert len(app.journal.wins) == 2
    assert titles(journal) == ["Coffee with Ada", "Said yes to the talk"]
    assert not journal.with_name("wins (conflicted copy).json").exists()
    assert list(journal.with_name("wins.json.backups").glob("*-copy.json"))


async def test_later_leaves_both_as_they_are(journal: Path) -> None:
    app = app_on(store_with(journal))
    async with app.run_test(size=(100, 30)) as pilot:
        await asked_about_the_copy(app)
        await pilot.press("n")
        await settled(app)
    assert titles(journal) == ["Said yes to the talk"]
    assert journal.with_name("wins (conflicted copy).json").exists()


async def test_without_one_nothing_is_asked(journal: Path) -> None:
    journal.with_name("wins (conflicted copy).json").unlink()
    app = app_on(store_with(journal))
    async with app.run_test(size=(100, 30)) as pilot:
        await app.workers.wait_for_complete([worker for worker in app.workers if worker.group == "copies"])
        await pilot.pause()
        assert "Another copy" not in text_of(app)

"""Every change is said once, in a line that is always there; what is new has the cursor."""

from datetime import timedelta
from itertools import count
from pathlib import Path

from msgspec import structs
from textual.pilot import Pilot

from data.model import edits
from data.model.records import Verdict
from data.storage.store import Store
from tests.support.app_host import NOW, app_on, clock, settled, store_with, win
from tests.support.board_page_host import CALL, EMAIL, board, found, page
from tests.support.fake_disk import broken
from tests.support.widget_host import text_of
from tui.app.app import SmallWins
from tui.pages.board_words import HIDDEN


async def write(pilot: Pilot[None], title: str) -> None:
    await pilot.press("a")
    await pilot.pause()
    await pilot.press(*title, "enter")
    await pilot.pause()


def said(app: SmallWins) -> str:
    return text_of(app).splitlines()[-2].strip()


def here(app: SmallWins) -> str:
    under = board(app).board.win
    return under.title if under is not None else ""


async def test_each_change_is_said_above_the_keys_until_the_next_one(tmp_path: Path) -> None:
    async with page(tmp_path) as (app, pilot):
        place = board(app).board.region
        await write(pilot, "zz")
        assert (said(app), here(app)) == ("Win added · u undoes", "zz")
        await pilot.press("e")
        await pilot.pause()
        assert said(app) != "Win added · u undoes"
        await pilot.press("end", "y", "enter")
        await pilot.pause()
        assert (said(app), here(app)) == ("Win changed · u undoes", "zzy")
        for key, words, title in (
            ("u", "Undone: edit · ^r redoes", "zz"),
            ("ctrl+r", "Redone: edit · u undoes", "zzy"),
            ("d", "1 moved to the trash · u undoes", ""),
            ("u", "Undone: move to the trash · ^r redoes", "zzy"),
        ):
            await pilot.press(key)
            await pilot.pause()
            assert said(app) == words
            assert here(app) == title or not title
        assert board(app).board.region == place
        await settled(app)
        assert not app.unread


async def test_a_change_that_is_refused_is_no_longer_said_to_be_done(tmp_path: Path) -> None:
    path = tmp_path / "wins.json"
    store_with(path, [win("one")])
    app = app_on(Store(path, clock, disk=broken("write")))
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        for keys in (["r"], ["a", *"zz", "enter"]):
            await pilot.press(*keys)
            await settled(app)
            await pilot.pause()
            assert "The change was not saved: the disk is full." in text_of(app)
            assert "undoes" not in text_of(app)


async def test_a_win_added_on_another_page_is_said_there_and_has_the_cursor_on_the_board(tmp_path: Path) -> None:
    async with page(tmp_path) as (app, pilot):
        await pilot.press("5")
        await pilot.pause()
        await write(pilot, "zz")
        assert app.page.name == "goals"
        assert said(app) == "Win added · u undoes"
        await pilot.press("1")
        await pilot.pause()
        assert here(app) == "zz"


async def test_an_edit_that_a_filter_hides_is_said_and_escape_leads_to_it(tmp_path: Path) -> None:
    async with page(tmp_path) as (app, pilot):
        await pilot.press("t", "down", "enter")
        await found(app, pilot)
        assert here(app) == EMAIL.title
        app.change("edit", edits.change_win(EMAIL, structs.replace(EMAIL, tags=()), NOW), done="Win changed")
        await found(app, pilot)
        assert said(app) == f"{HIDDEN.words} · esc shows all"
        await pilot.press("escape")
        await found(app, pilot)
        assert {EMAIL.title, CALL.title} <= {each.title for each in board(app).board.columns[0].cards.rows}


async def test_a_change_that_is_refused_is_not_said_to_be_done(tmp_path: Path) -> None:
    path = tmp_path / "wins.json"
    store_with(path, [win("one")])
    path.write_bytes(path.read_bytes().replace(b'"schema":1', b'"schema":9'))
    app = app_on(Store(path, clock))
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.press("r")
        await pilot.pause()
        assert "moved" not in said(app)
        assert here(app) == "one"


async def test_a_click_on_what_is_said_presses_its_key(tmp_path: Path) -> None:
    async with page(tmp_path) as (app, pilot):
        await pilot.press("r")
        await pilot.pause()
        assert app.journal.wins[EMAIL.id].verdict is not None
        line = text_of(app).splitlines()[-2]
        await pilot.click(offset=(line.index("u undoes"), 28))
        await pilot.pause()
        assert app.journal.wins[EMAIL.id].verdict is None


async def test_undo_and_redo_are_shown_once_while_time_passes(tmp_path: Path) -> None:
    moments = (NOW + timedelta(seconds=passed) for passed in count())
    app = SmallWins(Store(tmp_path / "wins.json", lambda: next(moments)), lambda: next(moments))
    async with app.run_test(size=(100, 30)) as pilot:
        app.change("add", edits.add_win(EMAIL))
        await pilot.press("escape")  # the welcome
        await settled(app)
        shown: list[Verdict | None] = []
        app.watch(app.page, "journal", lambda journal: shown.append(journal.wins[EMAIL.id].verdict), init=False)
        for key in ("r", "u", "ctrl+r", "u"):
            await pilot.press(key)
            await pilot.pause()
            await settled(app)
            await pilot.pause()
        assert shown == [Verdict.REAL, None, Verdict.REAL, None]

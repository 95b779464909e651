import asyncio
import json
import os
from pathlib import Path
from threading import Event
from time import monotonic

import pytest
from textual.pilot import Pilot
from textual.widgets import DirectoryTree, Input, OptionList, Select

from data.model.records import Verdict
from data.storage.store import Store
from tests.support.app_host import app_on, clock, settled, store_with, win
from tests.support.widget_host import text_of
from tui.app.app import SmallWins
from tui.app.exporter import Exporter, StoppedError
from tui.app.host import JournalHost

SIZE = (100, 32)
_PATIENCE = 60.0
"""Seconds to wait for what must come; only a failing test takes that long."""
NOTES = "## 2026-11-16\n- Sent the email\n- see [/x] [@click=app.quit]done[/]\n- [ ] Call back\n"


@pytest.fixture
def notes(home: Path) -> Path:
    """Return a file with two wins, in the home that the dialogs begin with."""
    path = home / "notes.md"
    path.write_text(NOTES)
    return path


async def wait_for(pilot: "Pilot[None]", words: str) -> str:
    """Wait until some words are on the screen."""
    until = monotonic() + _PATIENCE
    while words not in (shown := text_of(pilot.app)):
        await pilot.pause(0.02)
        assert monotonic() < until, f"never shown: {words!r}\n{shown}"
    return shown


def titles(path: Path) -> set[str]:
    return {each.title for each in Store(path, clock).journal.live()}


async def test_a_file_is_shown_before_it_is_brought_in_and_can_be_undone(tmp_path: Path, notes: Path) -> None:
    app = app_on(store_with(tmp_path / "wins.json", [win("Before")]))
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("I")
        await wait_for(pilot, "Path of a file or folder")
        app.screen.query_one("#path", Input).value = str(notes)
        await pilot.press("enter")
        await wait_for(pilot, "2 new, 0 duplicates, 1 skipped")
        await wait_for(pilot, "see [/x] [@click=app.quit]done[/]")
        assert titles(tmp_path / "wins.json") == {"Before"}
        await pilot.press("ctrl+s")
        await settled(app)
        await wait_for(pilot, "u undoes")
        await wait_for(pilot, "Sent the email")
        assert titles(tmp_path / "wins.json") == {"Before", "Sent the email", "see [/x] [@click=app.quit]done[/]"}
        assert list((tmp_path / "wins.json.backups").glob("*-import.json"))
        await pilot.press("u")
        await settled(app)
    assert titles(tmp_path / "wins.json") == {"Before"}


@pytest.mark.usefixtures("notes")
async def test_a_file_is_picked_from_the_tree_with_the_keys(tmp_path: Path) -> None:
    app = app_on(store_with(tmp_path / "wins.json", [win("Before")]))
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("I")
        await wait_for(pilot, "notes.md")
        app.screen.query_one(DirectoryTree).focus()
        await pilot.press("end", "enter")
        await wait_for(pilot, "2 new")
        await pilot.press("escape")
        await wait_for(pilot, "notes.md")
        await pilot.press("escape")
        await pilot.pause()
        assert len(app.screen_stack) == 1
    assert titles(tmp_path / "wins.json") == {"Before"}


async def test_what_can_not_be_read_is_said_where_it_was_typed(tmp_path: Path, home: Path) -> None:
    (home / "junk.txt").write_text("Dear diary")
    app = app_on(store_with(tmp_path / "wins.json", [win("Before")]))
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("I")
        for name, said in (("junk.txt", "Unknown file format"), ("nowhere", "No such file")):
            app.screen.query_one("#path", Input).value = str(home / name)
            await pilot.press("enter")
            await wait_for(pilot, said)
        app.screen.query_one("#on", Input).value = "someday"
        await pilot.press("enter")
        await wait_for(pilot, "not a date")


async def test_wins_without_a_date_ask_for_one(tmp_path: Path, home: Path) -> None:
    (home / "plain.txt").write_text("- Sent it\n")
    app = app_on(store_with(tmp_path / "wins.json", [win("Before")]))
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("I")
        app.screen.query_one("#path", Input).value = str(home / "plain.txt")
        await pilot.press("enter")
        await wait_for(pilot, "0 new, 0 duplicates, 1 refused")
        await pilot.press("ctrl+s", "escape")
        app.screen.query_one("#on", Input).value = "mon"
        await pilot.press("enter")
        await wait_for(pilot, "2026-11-16  Sent it")


async def read(pilot: "Pilot[None]", path: Path, said: str) -> str:
    """Name a file, and wait until what it holds is shown."""
    pilot.app.screen.query_one("#path", Input).value = str(path)
    pilot.app.screen.query_one("#path", Input).focus()
    await pilot.press("enter")
    return await wait_for(pilot, said)


async def test_a_table_asks_which_columns_and_dates_it_has(tmp_path: Path, home: Path) -> None:
    (home / "table.csv").write_text("Bla,Blub\n03/04/2026,Sent it\n05/06/2026,Called\n")
    app = app_on(store_with(tmp_path / "wins.json", [win("Before")]))
    async with app.run_test(size=(60, 18)) as pilot:
        await pilot.press("I")
        shown = await read(pilot, home / "table.csv", "No column of it is known to be the title")
        assert "Bla, Blub" in shown
        await pilot.press(*"title=Blub", "enter")
        await wait_for(pilot, "It has no date")
        await pilot.press(*", date=Bla", "enter")
        await wait_for(pilot, "Its date can be read in two ways")
        await pilot.press("tab", *"d/m/y", "enter")
        await wait_for(pilot, "2026-04-03  Sent it")
        await pilot.press("ctrl+s")
        await settled(app)
    assert titles(tmp_path / "wins.json") == {"Before", "Sent it", "Called"}


async def test_what_is_said_of_a_table_is_said_of_that_table_alone(tmp_path: Path, home: Path) -> None:
    (home / "one.csv").write_text("Bla,Blub\n2026-04-03,Sent it\n")
    (home / "two.csv").write_text("title,date\nCalled,2026-04-03\n")
    app = app_on(store_with(tmp_path / "wins.json", [win("Before")]))
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("I")
        await read(pilot, home / "one.csv", "No column")
        await pilot.press(*"colour=Blub", "enter")
        await wait_for(pilot, "Write columns as title=What, date=When.")
        await pilot.press("escape")
        await read(pilot, home / "two.csv", "2026-04-03  Called")
        assert app.screen.query_one("#columns", Input).value == ""


async def test_an_encoding_that_was_guessed_can_be_said(tmp_path: Path, home: Path) -> None:
    (home / "old.md").write_bytes("## 2026-11-16\n- Größe gemessen\n".encode("cp437"))
    app = app_on(store_with(tmp_path / "wins.json", [win("Before")]))
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("I")
        await read(pilot, home / "old.md", "1 new")
        shown = await wait_for(pilot, "Encoding")
        assert "Größe" not in shown
        assert "Columns" not in shown
        app.screen.query_one("#encoding", Input).focus()
        await pilot.press(*"klingon", "enter")
        await wait_for(pilot, "can't be read as klingon")
        await pilot.press("ctrl+u", *"cp437", "enter")
        await wait_for(pilot, "2026-11-16  Größe gemessen")


async def test_dropped_files_and_folders_are_one_change(tmp_path: Path, home: Path) -> None:
    (home / "daily notes").mkdir()
    (home / "daily notes" / "2026-11-16.md").write_text("- Sent it\n- [ ] Call\n")
    (home / "daily notes" / "2026-11-17.md").write_text("- Got an answer\n")
    app = app_on(store_with(tmp_path / "wins.json", [win("Before")]))
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("I")
        app.screen.query_one(
            "#path", Input
        ).value = f"'{home}/daily notes/2026-11-16.md' file://{home}/daily%20notes/2026-11-17.md"
        await pilot.press("enter")
        shown = await wait_for(pilot, "2 new, 0 duplicates, 1 skipped.")
        assert "2026-11-16.md:2  not done" in shown
        await pilot.press("escape")
        app.screen.query_one("#path", Input).value = str(home / "daily notes")
        await pilot.press("enter")
        await wait_for(pilot, "2 new, 0 duplicates")
        await pilot.press("ctrl+s")
        await settled(app)
        await wait_for(pilot, "Got an answer")
        await pilot.press("u")
        await settled(app)
    assert titles(tmp_path / "wins.json") == {"Before"}


async def test_a_pattern_of_dates_that_is_none_is_said_and_the_app_goes_on(tmp_path: Path, home: Path) -> None:
    (home / "forms.csv").write_text("Timestamp,Win\n3/4/2026 9:15:02,Sent it\n")
    app = app_on(store_with(tmp_path / "wins.json", [win("Before")]))
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("I")
        await read(pilot, home / "forms.csv", "add --dates d/m/y")
        app.screen.query_one("#dates", Input).focus()
        await pilot.press(*"d.d.y", "enter")
        await wait_for(pilot, "one day, one month and one year")
        await pilot.press("ctrl+u", *"M/D/YYYY H:mm:ss", "enter")
        await wait_for(pilot, "2026-03-04  Sent it")


async def test_a_note_may_need_to_be_told_how_it_writes_dates(tmp_path: Path, home: Path) -> None:
    (home / "notes.md").write_text("- 03/04/2026 Sent it\n")
    app = app_on(store_with(tmp_path / "wins.json", [win("Before")]))
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("I")
        await read(pilot, home / "notes.md", "1 refused")
        app.screen.query_one("#dates", Input).focus()
        await pilot.press(*"d/m/y", "enter")
        await wait_for(pilot, "2026-04-03  Sent it")


async def test_what_a_parser_raises_ends_neither_the_dialog_nor_the_app(
    tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("markdown_it.MarkdownIt.parse", fail)
    (home / "notes.md").write_text("- Sent it\n")
    app = app_on(store_with(tmp_path / "wins.json", [win("Before")]))
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("I")
        await read(pilot, home / "notes.md", "can't be read (ZeroDivisionError)")
        await pilot.press("escape")
        await pilot.pause()
        assert len(app.screen_stack) == 1


async def test_a_pipe_is_not_waited_for(tmp_path: Path, home: Path) -> None:
    os.mkfifo(home / "pipe.md")
    app = app_on(store_with(tmp_path / "wins.json", [win("Before")]))
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("I")
        await read(pilot, home / "pipe.md", "not a plain file")


async def test_a_long_file_is_counted_whole_and_shown_in_part(tmp_path: Path, home: Path) -> None:
    (home / "long.md").write_text("# 2026-11-16\n" + "".join(f"- Win {index}\n" for index in range(1_000)))
    app = app_on(store_with(tmp_path / "wins.json", [win("Before")]))
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("I")
        app.screen.query_one("#path", Input).value = str(home / "long.md")
        await pilot.press("enter")
        await wait_for(pilot, "1,000 new")
        assert app.screen.query_one("#preview", OptionList).option_count == 202


def candied(path: Path) -> SmallWins:
    return app_on(store_with(path, [win("Mail", verdict=Verdict.REAL), win("Badge", verdict=Verdict.CANDY)]))


async def test_a_sheet_is_written_where_the_person_says(tmp_path: Path, home: Path) -> None:
    app = candied(tmp_path / "wins.json")
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("E")
        await wait_for(pilot, "1 win.")
        await pilot.press("ctrl+s")
        await wait_for(pilot, "Exported 1 win")
    page = (home / "smallwins-2026-11-20.html").read_text()
    assert "Mail" in page
    assert "Badge" not in page


async def test_the_name_follows_the_format_and_a_file_is_replaced_only_after_asking(tmp_path: Path, home: Path) -> None:
    app = candied(tmp_path / "wins.json")
    table = home / "smallwins-2026-11-20.csv"
    table.write_text("precious")
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("E")
        await pilot.pause()
        app.screen.query_one("#kind", Select).value = "csv"
        await wait_for(pilot, "2 wins. Stories and reasons are included.")
        await pilot.press("ctrl+s")
        await wait_for(pilot, "Replace it?")
        await pilot.press("n")
        await pilot.pause()
        assert table.read_text() == "precious"
        await pilot.press("ctrl+s")
        await wait_for(pilot, "Replace it?")
        await pilot.press("y")
        await wait_for(pilot, "Exported 2 wins")
    assert "Badge" in table.read_text()


class HeldExporter(Exporter):
    """An exporter on a slow day: it waits in its middle until the test lets it go on."""

    def __init__(self, host: JournalHost) -> None:
        super().__init__(host)
        self.let_go = Event()
        self.went_on = Event()
        self.shares: list[float] = []
        self.was_stopped = False

    def progress(self, share: float) -> None:
        """Wait in the middle."""
        self.shares.append(share)
        if share > 0.5:
            assert self.let_go.wait(_PATIENCE)
        try:
            super().progress(share)
        except StoppedError:
            self.was_stopped = True
            raise
        finally:
            if share > 0.5:
                self.went_on.set()


def held_app(path: Path, count: int) -> tuple[SmallWins, HeldExporter]:
    app = SmallWins(store_with(path, (win(f"Win {index}") for index in range(count))), clock)
    app.exporter = exporter = HeldExporter(app)
    return app, exporter


def written(home: Path) -> list[str]:
    """Return the names of what was exported, and of what an export may leave behind."""
    return [path.name for path in home.iterdir() if not path.name.startswith((".config", ".local"))]


async def ask_for_all(pilot: "Pilot[None]", count: str) -> None:
    await pilot.press("E")
    await wait_for(pilot, "Export (ctrl+s)")
    pilot.app.screen.query_one("#kind", Select).value = "json"
    await wait_for(pilot, f"{count} wins. Stories")
    await pilot.press("ctrl+s")


async def test_a_long_export_shows_how_far_it_is_and_says_when_it_is_done(tmp_path: Path, home: Path) -> None:
    app, exporter = held_app(tmp_path / "wins.json", 3_000)
    async with app.run_test(size=(60, 18)) as pilot:
        await ask_for_all(pilot, "3,000")
        shown = await wait_for(pilot, "50%")
        assert "Writing 3,000 wins" in shown
        exporter.let_go.set()
        await wait_for(pilot, "Exported 3,000 wins")
        assert len(app.screen_stack) == 1
        assert exporter.shares == sorted(exporter.shares)
        assert len(exporter.shares) > 50
    assert len(json.loads((home / "smallwins-2026-11-20.json").read_text())["wins"]) == 3_000


async def test_a_long_export_can_be_stopped_and_leaves_no_file(tmp_path: Path, home: Path) -> None:
    before = written(home)
    app, exporter = held_app(tmp_path / "wins.json", 3_000)
    async with app.run_test(size=SIZE) as pilot:
        await ask_for_all(pilot, "3,000")
        await wait_for(pilot, "Writing 3,000 wins")
        await pilot.press("escape", "a")
        await wait_for(pilot, "Where does it lead?")
        exporter.let_go.set()
        await wait_for(pilot, "Stopped. Nothing was written.")
        assert await asyncio.to_thread(exporter.went_on.wait, _PATIENCE)
        assert exporter.was_stopped
    assert written(home) == before


async def test_a_short_export_shows_no_bar(tmp_path: Path) -> None:
    app, exporter = held_app(tmp_path / "wins.json", 3)
    async with app.run_test(size=SIZE) as pilot:
        await ask_for_all(pilot, "3")
        assert len(app.screen_stack) == 1
        exporter.let_go.set()
        await wait_for(pilot, "Exported 3 wins")


async def test_a_folder_that_is_not_there_and_a_wrong_date_are_said(tmp_path: Path, home: Path) -> None:
    app = candied(tmp_path / "wins.json")
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("E")
        app.screen.query_one("#path", Input).value = str(home / "no" / "where.html")
        await pilot.press("ctrl+s")
        await wait_for(pilot, "folder doesn't exist")
        app.screen.query_one("#since", Input).value = "someday"
        await wait_for(pilot, "not a date")
        await pilot.press("escape")
        await pilot.pause()
        assert len(app.screen_stack) == 1


async def test_names_of_files_are_shown_as_text(tmp_path: Path, home: Path) -> None:
    (home / "[red]bold[_] \x1b[31m.md").write_text(NOTES)
    app = candied(tmp_path / "wins.json")
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("I")
        shown = await wait_for(pilot, "[red]bold[_] [31m.md")
        assert "\x1b" not in shown

"""Makes the two pictures of docs/sync.md: two computers, one journal. Run `uv run python docs/sync_pictures.py`."""

import asyncio
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from msgspec import structs
from pictures import NOW, press
from terminal_svg import Palette, caption, placed, rows_of, window

from data.demo.half_year import demo_records
from data.files.settings import Settings
from data.model import edits
from data.model.journal import Edit
from data.model.records import Changes, Win
from data.storage.store import Store
from data.sync.folder_remote import FolderRemote
from data.sync.sealing import new_seal
from data.sync.sync_folder import SyncFolder
from data.sync.sync_pass import SyncPass
from tui.app.app import SmallWins

SIZE: Final = (120, 28)
"""Wide enough for all that the bar says."""
TITLES: Final = {"laptop": "Called Priya about the pilot", "desktop": "Called Priya: the pilot starts in May"}
"""What the same win is called on each, apart."""
KEYS: Final = {"laptop": (), "desktop": ("enter",)}
"""What is pressed before the picture is taken: on one the board, on the other the win and its history."""


def store(home: Path, name: str) -> Store:
    """Return the journal of a computer."""
    return Store(home / name / "wins.json", lambda: NOW)


def write_apart(home: Path) -> None:
    """Give both computers the same half year, and change the same win on both, a minute apart."""
    first = edits.new_win("Called Priya", happened_on=NOW.date(), now=NOW - timedelta(hours=1))
    for name in TITLES:
        (home / name).mkdir()
        store(home, name).change("begin", lambda _: Changes(put=(*demo_records(NOW.date(), NOW), first)))
    for minutes, (name, title) in enumerate(TITLES.items()):
        now = NOW + timedelta(minutes=minutes - 5)
        Store(home / name / "wins.json", lambda now=now: now).change("edit a win", _renamed(first, title, now))  # type: ignore[misc]


def _renamed(win: Win, title: str, now: object) -> Edit:
    return edits.change_win(win, structs.replace(win, title=title), now)  # type: ignore[arg-type]


def sync(home: Path) -> None:
    """Let both meet in a folder, until both have everything."""
    (home / "between").mkdir()
    seal, remote = new_seal(), FolderRemote(home / "between")
    for name in (*TITLES, *TITLES):
        journal = store(home, name)
        folder = SyncFolder(journal.path)
        SyncPass(lambda journal=journal: journal, folder, remote=remote, seal=seal, now=lambda: NOW, device=name).run()  # type: ignore[misc]


async def picture(home: Path, name: str) -> str:
    """Return the screen of one computer."""
    palette = Palette()
    app = SmallWins(store(home, name), lambda: NOW, Settings(theme="smallwins-dark"))
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        app.session.sync.label = f"synced {NOW:%H:%M}"
        app.show_state()
        for key in ("wait", *KEYS[name]):
            await press(pilot, key)
        rows = [placed(markup, number) for number, markup in enumerate(rows_of(app.export_screenshot(), palette))]
        ground, text = app.current_theme.background or "", app.current_theme.foreground or ""
    return window(rows, caption(name, SIZE[0], text), SIZE, ground, palette.css)


async def main() -> None:
    """Write both."""
    with TemporaryDirectory() as folder:
        write_apart(Path(folder))
        sync(Path(folder))
        for name in TITLES:
            (Path(__file__).parent / f"sync-{name}.svg").write_text(await picture(Path(folder), name))


if __name__ == "__main__":
    asyncio.run(main())

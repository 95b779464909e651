"""Makes the README's pictures from the demo journal: stills and a film. Run `uv run python docs/pictures.py`."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from terminal_film import Film
from terminal_svg import Palette, caption, placed, rows_of, window
from textual.pilot import Pilot

from data.demo.half_year import demo_records
from data.files.settings import Settings
from data.model.records import Changes
from data.storage.store import Store
from tui.app.app import SmallWins
from tui.pages.review.key_gate import ARMED_AFTER

NOW: Final = datetime(2026, 11, 20, 17, 30, tzinfo=UTC)
"""The Friday of the demo's last week, so that the pictures change only when the program does."""
SIZE: Final = (100, 30)
SIZES: Final = {"momentum": (120, 62), "goals": (112, 20)}
"""What holds every chart at once, and what holds all columns."""
STILLS: Final[dict[str, tuple[str, ...]]] = {
    "board": ("right", "down"),
    "review": ("2", "enter", "enter", "2", "enter", *"445"),
    "momentum": ("3", "left", "left"),
    "doors": ("4",),
    "goals": ("5",),
}
"""The name of each picture, and the keys that lead to it."""
WAIT: Final = ("wait",)
"""No key: only time goes by."""
LINE: Final = tuple("yesterday: Called Priya about the pilot #people @clim")
MINUTE: Final[dict[str, tuple[tuple[tuple[str, ...], float], ...]]] = {
    "Friday, half past five": ((WAIT, 2.5),),
    "a adds a win: date, tag and goal in one line": ((("a",), 1.0), (LINE, 0.09), (WAIT, 1.6), (("enter",), 2.2)),
    "r calls it real, c cotton candy": ((("r",), 1.8), (("down", "down"), 0.6), (("c",), 1.8), (("r",), 2.0)),
    "The week's review: first, one thing back": ((("2",), 1.6), (("enter",), 2.8)),
    "A few questions about each win": ((("enter",), 1.0), (("2", "enter"), 1.8), (("4", "4"), 1.6)),
    "What they suggest, and your own call": ((("5",), 3.0), (("R",), 2.0)),
    "Momentum above the line, sugar below it": ((("escape",), 0.6), (("3",), 3.6)),
    "The arrows spell a week out": ((("left", "left", "left"), 1.2), (WAIT, 2.5)),
}
"""What the film says above the window while keys are pressed, and the seconds after each key."""


@asynccontextmanager
async def demo(size: tuple[int, int], theme: str) -> AsyncIterator[tuple[SmallWins, Pilot[None]]]:
    """Run the app on the demo journal."""
    with TemporaryDirectory() as folder:
        journal = Path(folder) / "wins.json"
        records = demo_records(NOW.date(), NOW)
        Store(journal, lambda: NOW).change("begin", lambda _journal: Changes(put=records))
        app = SmallWins(Store(journal, lambda: NOW), lambda: NOW, Settings(theme=theme))
        async with app.run_test(size=size) as pilot:
            await pilot.pause()
            yield app, pilot


async def press(pilot: Pilot[None], key: str) -> None:
    """Press a key and wait until what it does is on the screen."""
    if key != "wait":
        await pilot.press({":": "colon", "#": "number_sign", "@": "at", " ": "space"}.get(key, key))
    await pilot.pause(ARMED_AFTER + 0.1)  # the review takes no key sooner than a person reads
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()


async def still(name: str, keys: tuple[str, ...], theme: str) -> str:
    """Return one picture.

    Args:
        name: Its name without the ending.
        keys: Pressed one after the other before it is taken.
        theme: The name of a theme.
    """
    size = SIZES.get(name, SIZE)
    palette = Palette()
    async with demo(size, theme) as (app, pilot):
        for key in keys:
            await press(pilot, key)
        rows = [placed(markup, number) for number, markup in enumerate(rows_of(app.export_screenshot(), palette))]
        ground, text = app.current_theme.background or "", app.current_theme.foreground or ""
    return window(rows, caption("smallwins", size[0], text), size, ground, palette.css)


async def minute() -> str:
    """Return the film of a minute's use."""
    film = Film(SIZE)
    async with demo(SIZE, "smallwins-dark") as (app, pilot):
        for said, parts in MINUTE.items():
            for key, seconds in ((key, seconds) for keys, seconds in parts for key in keys):
                await press(pilot, key)
                film.take(app.export_screenshot(), said, seconds)
        return film.svg(app.current_theme.background or "", app.current_theme.foreground or "")


async def main() -> None:
    """Write every picture."""
    folder = Path(__file__).parent
    for name, keys in STILLS.items():
        (folder / f"{name}.svg").write_text(await still(name, keys, "smallwins-dark"))
    for name in ("board", "momentum"):
        (folder / f"{name}-light.svg").write_text(await still(name, STILLS[name], "smallwins-light"))
    (folder / "minute.svg").write_text(await minute())


if __name__ == "__main__":
    asyncio.run(main())

"""Makes the README's pictures: the demo journal, drawn by the app itself. Run `uv run python docs/pictures.py`."""

import asyncio
import re
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from data.demo.half_year import demo_records
from data.files.settings import Settings
from data.model.records import Changes
from data.storage.store import Store
from tui.app.app import SmallWins
from tui.pages.review.key_gate import ARMED_AFTER

NOW: Final = datetime(2026, 11, 20, 17, 30, tzinfo=UTC)
"""The Friday of the demo's last week, so that the pictures change only when the program does."""
SIZE: Final = (120, 36)
TALL: Final = (140, 60)
"""What holds every chart at once."""
PICTURES: Final[dict[str, tuple[str, ...]]] = {
    "board": ("right", "down"),
    "review": ("2", "enter", "enter", "2", "enter", *"445"),
    "momentum": ("3", "left", "left"),
    "doors": ("4",),
    "goals": ("5",),
}
"""The name of each picture, and the keys that lead to it."""


async def draw(folder: Path, journal: Path, name: str, keys: tuple[str, ...], theme: str) -> None:
    """Write one picture as SVG.

    Args:
        folder: Where it goes.
        journal: The demo journal.
        name: Its name without the ending.
        keys: Pressed one after the other before it is taken.
        theme: The name of a theme.
    """
    app = SmallWins(Store(journal, lambda: NOW), lambda: NOW, Settings(theme=theme))
    async with app.run_test(size=TALL if name.startswith("momentum") else SIZE) as pilot:
        for key in keys:
            await pilot.press(key)
            await pilot.pause(ARMED_AFTER + 0.1)  # the review takes no key sooner than a person reads
        await app.workers.wait_for_complete()
        await pilot.pause()
        picture = app.export_screenshot(title="smallwins")
    # The fonts would be fetched from a server by whoever looks at the picture; theirs will do.
    (folder / f"{name}.svg").write_text(re.sub(r"@font-face \{.*?\}\s*", "", picture, flags=re.DOTALL))


async def main() -> None:
    """Write every picture."""
    folder = Path(__file__).parent
    with TemporaryDirectory() as place:
        journal = Path(place) / "wins.json"
        records = demo_records(NOW.date(), NOW)
        Store(journal, lambda: NOW).change("begin", lambda _journal: Changes(put=records))
        for name, keys in PICTURES.items():
            await draw(folder, journal, name, keys, "smallwins-dark")
        for name in ("board", "momentum"):
            await draw(folder, journal, f"{name}-light", PICTURES[name], "smallwins-light")


if __name__ == "__main__":
    asyncio.run(main())

"""What a save in the app costs while sync is set up and its remote is away, beside one without sync."""

import asyncio
import os
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Final

from data.model.edits import add_win
from data.sync.sync_folder import SyncConfig, SyncFolder
from tests.bench.figures import Figure
from tests.support.app_host import app_on, settled, store_with, win
from tests.support.devices import SEAL

LIMIT: Final = 1.05
"""Times the processor time of a save without sync."""
ROUNDS: Final = 10
SAVES: Final = 20
"""Saves in each round."""


def run() -> Iterator[Figure]:
    """Save wins in two apps in turns, one of which can't reach its remote."""
    os.environ["XDG_STATE_HOME"] = os.devnull
    took: dict[str, list[float]] = {"without": [], "offline": []}
    with TemporaryDirectory(prefix="smallwins-bench-") as folder:
        for number in range(ROUNDS):
            for name in sorted(took, reverse=number % 2 == 1):  # neither is always the second
                journal = Path(folder) / f"{name} {number}" / "wins.json"
                store_with(journal, [win("talk")])
                if name == "offline":
                    SyncFolder(journal).set_up(SyncConfig(f"{folder}/away"), SEAL.key)
                took[name] += asyncio.run(_saves(journal))
    offline, without = median(took["offline"]), median(took["without"])
    yield Figure("a save in the app, sync offline", "without sync", offline, without, LIMIT)


async def _saves(journal: Path) -> list[float]:
    app, times = app_on(store_with(journal)), []
    async with app.run_test(size=(120, 30)) as pilot:
        while app.session.sync.is_set_up and not app.session.sync.label:  # noqa: ASYNC110 - another process ends it
            await asyncio.sleep(0.05)
        for number in range(SAVES):
            began = time.process_time()
            app.change("add", add_win(win(f"win {number}")))
            # Until it is on the disk; what is drawn then is no part of it.
            while not app.session.saves.idle:  # noqa: ASYNC110 - a thread ends it
                await asyncio.sleep(0.001)
            times.append(time.process_time() - began)
            await settled(app)
            await pilot.pause(0.05)
        assert app.session.sync.is_set_up == (f"{SAVES + 1} to send" in app.page.headline)
    return times

"""Keys, clicks, pastes and resizes without sense, each run left by ctrl+q: `python -m tests.soak.monkey --seed N`.

Prints the seed, and each place where the app failed; exit code 1 if there was one, or if ctrl+q did not quit.
"""

import argparse
import asyncio
import os
import subprocess
import sys
import time
from contextlib import chdir, suppress
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Final

from textual import events
from textual.pilot import Pilot, WaitForScreenTimeout

from data.demo.half_year import demo_records
from data.model.records import Changes
from data.storage.store import Store
from tests.soak.rounds import Tally
from tests.support.app_host import NOW, TODAY, clock
from tui.app.app import SmallWins
from tui.system.key_layouts import key_name

_KEYS: Final = (
    *"abcdefghijklmnoprstuvwxyzACDEGHIJKLMNOT12345/?,.;:[]*-+ ",
    *("enter", "escape", "tab", "shift+tab", "up", "down", "left", "right", "home", "end", "pageup", "pagedown"),
    *("space", "backspace", "delete", "ctrl+p", "ctrl+s", "ctrl+r", "ctrl+e", "ctrl+c", "ctrl+u", "ctrl+a", "f1"),
    *("shift+left", "shift+right", "shift+up", "shift+down", "ctrl+home", "ctrl+end", "ctrl+j", "alt+x", "ф"),
)
_SIZES: Final = ((80, 24), (120, 40), (60, 18), (40, 10), (200, 60), (5, 2), (90, 23))
_WAITS: Final = 0.2
"""How often the monkey waits for what it did, of 1."""
_QUIT_WITHIN: Final = 60.0
"""Seconds."""


class Monkey:
    """Does things to an app.

    Args:
        app: The app.
        pilot: Resizes its terminal.
        chance: What comes next.
    """

    def __init__(self, app: SmallWins, pilot: Pilot[None], chance: Random) -> None:
        self._app = app
        self._pilot = pilot
        self._chance = chance

    async def act(self) -> None:
        """Do one thing; mostly without waiting for what came of the one before."""
        what = self._chance.choices((self._key, self._mouse, self._paste, self._resize), (70, 26, 2, 2))[0]
        await what()
        await asyncio.sleep(0)
        if self._chance.random() < _WAITS:
            with suppress(WaitForScreenTimeout):  # a busy machine; whether the app is deaf, ctrl+q will tell
                await self._pilot.pause()

    async def _key(self) -> None:
        key = self._chance.choice(_KEYS)
        character = key if len(key) == 1 else None
        self._app.post_message(events.Key(key_name(key) if character else key, character))

    async def _mouse(self) -> None:
        kinds = (events.MouseDown, events.MouseUp, events.MouseMove, events.MouseScrollUp, events.MouseScrollDown)
        kind = self._chance.choice(kinds)
        width, height = self._app.size
        x, y = self._chance.randrange(max(1, width)), self._chance.randrange(max(1, height))
        button = (
            self._chance.choice((0, 1, 1, 2, 3)) if kind is events.MouseMove else self._chance.choice((1, 1, 1, 2, 3))
        )
        event = kind(None, x, y, 0, 0, button, False, False, False, screen_x=x, screen_y=y)
        self._app.post_message(event)

    async def _paste(self) -> None:
        self._app.post_message(events.Paste(self._chance.choice(("one line", "two\nlines", "", "\n", "a\x00b" * 50))))

    async def _resize(self) -> None:
        with suppress(WaitForScreenTimeout):
            await self._pilot.resize_terminal(*self._chance.choice(_SIZES))


def monkey(_folder: Path, chance: Random, count: int = 300) -> Tally:
    """Let the monkey at it once, in a process of its own."""
    words = ("--minutes", "0", "--events", str(count), "--seed", str(chance.randrange(1_000_000)))
    done = subprocess.run(  # noqa: S603 - ourselves
        [sys.executable, "-m", "tests.soak.monkey", *words], capture_output=True, text=True, check=False
    )
    if done.returncode:
        print(done.stdout, done.stderr)  # noqa: T201 - what it is for
    deaf = "STILL THERE" in done.stdout
    return Tally(count, int(done.returncode != 0 and not deaf), int(deaf))


async def run(folder: Path, seed: int, count: int) -> tuple[list[str], bool]:
    """Return where the app failed under so many things, and whether ctrl+q quit it."""
    chance = Random(seed)  # noqa: S311 - trouble, no secret
    store = Store(folder / "wins.json", clock)
    store.change("fill", lambda _: Changes(put=demo_records(TODAY, NOW)))
    app = SmallWins(store, clock)
    async with app.run_test(size=(120, 40)) as pilot:
        monkey = Monkey(app, pilot, chance)
        for _ in range(count):
            if not app.is_running or (app.return_code is not None and not app.screen_stack):
                break
            await monkey.act()
        quits = await _quits(app)
        app._exception = None
        app._exit_renderables.clear()
    return app.errors.reports, quits


async def _quits(app: SmallWins) -> bool:
    """Press ctrl+q until the app has ended: the first time it may ask."""
    until = time.monotonic() + _QUIT_WITHIN
    while app.is_running and time.monotonic() < until:
        app.post_message(events.Key("ctrl+q", "\x11"))
        await asyncio.sleep(0.5)
    return not app.is_running


def main() -> int:
    """Let the monkey at it, seed after seed, until the time is up."""
    parser = argparse.ArgumentParser(prog="python -m tests.soak.monkey", description=__doc__)
    parser.add_argument("--minutes", type=float, default=0.5)
    parser.add_argument("--events", type=int, default=1_000, help="things to do before ctrl+q")
    parser.add_argument("--seed", type=int, default=time.time_ns() % 1_000_000, help="the first; the next is one more")
    options = parser.parse_args()
    until, seed, failed = time.monotonic() + 60 * options.minutes, options.seed, False
    while seed == options.seed or time.monotonic() < until:
        # In a folder of its own: whatever it types is the name of an export sooner or later.
        with TemporaryDirectory(prefix="smallwins-monkey-") as folder, chdir(folder):
            os.environ["HOME"] = folder
            reports, quits = asyncio.run(run(Path(folder), seed, options.events))
        failed = failed or bool(reports) or not quits
        line = f"seed {seed}: {len(reports)} failures, {'quit' if quits else 'STILL THERE'}"
        print("\n".join([line, *reports]), flush=True)  # noqa: T201 - what it is for
        seed += 1
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())

"""Every action of the key table, reached by clicks alone; the list is that of the bindings themselves.

In each state of the app all that can be clicked is clicked: the rows of the list of keys; those of the menu under the
name where a field takes the keys; what stands in a dialog. What a click would do is noted and not done, so that one
state serves for all of its actions; what each of them does is tested where it is written.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

from msgspec import structs
from textual.actions import parse
from textual.binding import Binding
from textual.dom import DOMNode
from textual.events import MouseDown, MouseUp
from textual.pilot import Pilot
from textual.widgets import Input

import tui.app.app
from data.demo.half_year import demo_records
from data.model.records import Changes, Record
from data.review.reviews import new_review
from data.storage.store import Store
from tests.support.app_host import NOW, TODAY, clock, win
from tests.support.mouse import Mouse
from tests.support.readme_tables import GROUPS
from tests.support.widget_host import text_of
from tui.app.app import SmallWins
from tui.app.keymap import bindings_by_id
from tui.dialogs.help import Help
from tui.pages.review.page import ReviewPage

SIZE = (120, 64)
_WHOLE = 36
"""Letters of a row that fit into one line of the list of keys."""
WHEEL = 60
"""Turns of the wheel until a list is at its end."""
HELP, MENU = "? keys", "smallwins"
NAMES = {"escape": "esc", "backspace": "⌫", "pageup": "pgup", "pagedown": "pgdn"}
"""How dialogs call keys."""
TABLE = {
    name
    for name, bindings in bindings_by_id().items()
    if bindings[0].tooltip and name.partition(".")[0] in {prefix for group in GROUPS.values() for prefix in group}
}
"""The ids of all actions that the README lists."""


def _owned() -> Iterator[tuple[type[DOMNode], Binding]]:
    kinds: list[type[DOMNode]] = [DOMNode]
    for kind in kinds:
        kinds += kind.__subclasses__()
        if kind.__module__.startswith(("tui.", "widgets.")):
            for binding in Binding.make_bindings(kind.__dict__.get("BINDINGS", ())):
                yield kind, binding


OWNED = [(kind, binding) for kind, binding in _owned() if binding.id in TABLE]


class Watched(SmallWins):
    """Notes what is run; while it watches, nothing of that is done."""

    CSS_PATH = str(Path(tui.app.app.__file__).with_name("smallwins.tcss"))

    def __init__(self, path: Path, records: Iterable[Record], noted: set[str]) -> None:
        store = Store(path / "wins.json", clock)
        if put := tuple(records):
            store.change("begin", lambda _: Changes(put=put))
        super().__init__(store, clock)
        self.noted = noted
        self.pressed = ""
        self.watches = False

    async def run_action(self, action: Any, default_namespace: Any = None, namespaces: Any = None) -> bool:  # noqa: ANN401 - Textual's own
        """Note the bindings that an action is of, and the key that a row of the list of keys presses."""
        node = self if default_namespace is None else default_namespace
        target, name, given = self._parse_action(action, node, namespaces)
        if self.watches and target.check_action(name, given):
            if isinstance(target, Help) and name == "press":
                self.pressed = str(given[0])
                return True
            ran = (name, given)
            found = {b.id or "" for kind, b in OWNED if isinstance(target, kind) and parse(b.action)[1:] == ran}
            self.noted |= found
            if found:
                return True
        return await super().run_action(action, default_namespace, namespaces)


class Hand:
    """Clicks on words, and nothing else."""

    def __init__(self, app: Watched, pilot: Pilot[None]) -> None:
        self.app, self.pilot = app, pilot

    async def click(self, words: str, below: int = 0) -> None:
        """Click on words in what is on top, or so many lines below; where a list hides them, turn the wheel first."""
        await self._read()
        for _ in range(WHEEL):
            if (place := self._find(words)) is not None:
                await self._click_at(place[0], place[1] + below)
                return
            await Mouse(self.pilot).wheel(SIZE[0] // 2, SIZE[1] // 2)
        raise AssertionError(f"nothing to click: {words!r}\n{text_of(self.app)}")

    def _find(self, words: str) -> tuple[int, int] | None:
        """Return where words are that end there, else where they are at all."""
        (left, top), lines = self._lines()
        found = [(y, line.index(words), f"{words}  " in f"{line}  ") for y, line in enumerate(lines) if words in line]
        y, x, _ = max(found, key=lambda one: one[2], default=(0, 0, False))
        return (left + x, top + y) if found else None

    def _lines(self) -> tuple[tuple[int, int], list[str]]:
        """Return where what is on top begins, and its lines."""
        frame = next((each.region for each in self.app.screen.query(".dialog")), self.app.screen.region)
        lines = text_of(self.app).splitlines()[frame.y : frame.bottom]
        return (frame.x, frame.y), [line[frame.x : frame.right] for line in lines]

    async def _click_at(self, x: int, y: int) -> None:
        for kind in (MouseDown, MouseUp):
            self.app.post_message(kind(None, x, y, 0, 0, 1, False, False, False, screen_x=x, screen_y=y))
        await self.pilot.pause()

    async def open_list(self) -> None:
        """Open the list of keys by its hint, or the menu by the name where a field takes the keys."""
        await self.click(HELP if HELP in text_of(self.app).splitlines()[-1] else MENU)
        while len(self.app.screen_stack) == 1 or "Quit" not in text_of(self.app):
            await self.pilot.pause()

    async def _read(self) -> None:
        """Wait until a win of a review has stood on the screen for as long as its keys need."""
        page = self.app.page
        while isinstance(page, ReviewPage) and not (page.gate.takes("door") and page.gate.takes("1")):
            await self.pilot.pause(0.01)

    async def do(self, words: str) -> None:
        """Do what a list offers."""
        await self.open_list()
        await self.click(words)
        await self.pilot.pause()

    async def walk(self) -> None:
        """Click on each thing that is offered here and was not clicked yet."""
        active = [(key, each) for key, each in self.app.screen.active_bindings.items() if each.enabled]
        keys: dict[str, list[str]] = {}
        words: dict[str, str] = {}
        for key, each in active:
            name = each.binding.id or ""
            ours = any(name == b.id and isinstance(each.node, kind) for kind, b in OWNED)
            if ours and name not in self.app.noted:
                keys.setdefault(name, []).append(key)
                words[name] = each.tooltip or each.binding.tooltip
        self.app.watches = True
        if len(self.app.screen_stack) > 1:
            await self._walk_dialog(keys)
        elif HELP in text_of(self.app).splitlines()[-1]:
            await self._walk_help(keys, words)
        else:
            await self._walk_menu(words)
        self.app.watches = False

    async def _walk_dialog(self, keys: dict[str, list[str]]) -> None:
        """Click on what stands for each key: its name in brackets, or before what it does."""
        for name, names in keys.items():
            labels = "|".join(re.escape(NAMES.get(key, key)) for key in names)
            found = re.search(rf"\w+ \(({labels})\)|(?<![\w+])({labels}) \w+", "\n".join(self._lines()[1]))
            assert found, f"{name}: no {labels}\n{text_of(self.app)}"
            await self.click(found[0])
            assert name in self.app.noted, name

    async def _walk_help(self, keys: dict[str, list[str]], words: dict[str, str]) -> None:
        """Click on each row of the list of keys, and compare the key that it presses."""
        self.app.watches = False
        await self.open_list()
        self.app.watches = True
        places = {name: self._find(said[:_WHOLE]) for name, said in words.items()}
        for name, said in words.items():
            self.app.pressed = ""
            place = places[name]
            await (self._click_at(*place) if place else self.click(said[:_WHOLE]))
            assert self.app.pressed in keys[name], name
            self.app.noted.add(name)
        self.app.watches = False
        await self.click("Close (esc)")

    async def _walk_menu(self, words: dict[str, str]) -> None:
        """Click on what the last line says, else on each line of the menu, which closes behind it."""
        for name, said in words.items():
            hint = next((f" {b.description}" for _, b in OWNED if b.id == name and b.show), "")
            last = text_of(self.app).splitlines()[-1]
            if hint and hint in last:
                await self._click_at(last.index(hint) + 1, SIZE[1] - 1)
            else:
                self.app.watches = False
                await self.open_list()
                self.app.watches = True
                await self.click(said)
                await self.pilot.pause()
            assert name in self.app.noted, name


async def pages(hand: Hand) -> None:
    """Walk through the board, its search and its dialogs, and the pages of figures."""
    await hand.walk()
    await hand.do("Mark, to move several")
    await hand.walk()
    await hand.do("Search titles, stories and tags")
    await hand.walk()
    await hand.click("esc cancel")
    await hand.click("Asked to speak again")
    await hand.do("Show the whole win")
    await hand.walk()
    await hand.click("Follow (enter)")
    await hand.walk()  # there is a way back now
    await hand.click("Close (esc)")
    await hand.do("Add a win")
    hand.app.screen.query_one("#title", Input).value = "yesterday: a call"
    await hand.pilot.pause()
    await hand.walk()
    await hand.click("Discard")
    for tab in ("3 Momentum", "4 Doors", "5 Goals"):
        await hand.click(tab)
        await hand.pilot.pause()
        await hand.walk()
    await hand.click("3 Momentum")
    await hand.click("A year of days", below=4)
    await hand.walk()


async def review(hand: Hand) -> None:
    """Walk through a review, part by part, and a page of an earlier one."""
    await hand.click("2 Review")
    await hand.walk()
    await hand.click("⏎ ")
    await hand.walk()
    await hand.click("Recall")
    await hand.walk()  # a step that was planned
    await hand.click("1 done")
    await hand.walk()
    await hand.do("It was not done after all")
    await hand.do("Skip this question")
    await hand.walk()
    for part in ("Sort", "Look back", "Next", "Close"):
        await hand.click(part)
        await hand.walk()
    await hand.click("Sort")
    await hand.do("Say which door it opened")
    await hand.walk()
    await hand.click("Close")
    await hand.click("Finish")
    await hand.walk()


async def newcomer(hand: Hand) -> None:
    """Walk through an empty board."""
    await hand.click("esc later")
    await hand.walk()


async def away(hand: Hand) -> None:
    """Walk into a review after weeks without one, with older wins to sort."""
    await hand.click("2 Review")
    await hand.walk()


def long_ago() -> list[Record]:
    """Return a journal whose last review was six weeks ago, with unsorted wins of before."""
    old = [win(f"Old {day}", TODAY - timedelta(days=60 + day)) for day in range(9)]
    last = new_review(TODAY - timedelta(days=TODAY.weekday(), weeks=6), NOW)
    return [*old, win("New"), structs.replace(last, finished_at=NOW - timedelta(weeks=6))]


async def test_each_action_of_the_key_table_is_reached_by_clicks_alone(tmp_path: Path) -> None:
    noted: set[str] = set()
    for way, records in (
        (pages, demo_records(TODAY, NOW)),
        (review, demo_records(TODAY, NOW)),
        (newcomer, ()),
        (away, long_ago()),
    ):
        folder = tmp_path / way.__name__
        folder.mkdir()
        app = Watched(folder, records, noted)
        async with app.run_test(size=SIZE) as pilot:
            await pilot.pause()
            await way(Hand(app, pilot))
    assert noted == TABLE

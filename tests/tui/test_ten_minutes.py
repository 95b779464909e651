"""The first ten minutes of a newcomer in a real terminal, with nothing but what the screen says to press."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from data.model.records import Verdict
from data.storage.store import Store
from tests.support.app_host import clock
from tests.support.terminal import SMALLWINS, Terminal

pytestmark = pytest.mark.terminal

FIRST = ("Climate work", "Coffee with a mentor")
MORE = ("Offer with the same work", "First call with the city")
LONGEST = 60
"""Keys until the first win is saved: at two a second, which is slow, half a minute."""


@pytest.fixture
def app(home: Path) -> Iterator[Terminal]:
    """The app that a newcomer starts."""
    assert home.exists()
    with Terminal(*SMALLWINS, cols=80, rows=24) as app:
        app.wait("Where do you want to go?")
        yield app


def welcomed(app: Terminal) -> None:
    """Say where to go and what went right; skip why."""
    assert len("".join(FIRST)) + len(("enter", "enter")) < LONGEST
    for line in FIRST:
        app.type(line)
        app.keys("enter")
    app.wait("Why do you want to go there?")
    app.keys("escape")
    app.wait(f"▸│ {FIRST[1]}")  # what is new has the cursor


def sorted_and_undone(app: Terminal) -> None:
    """Add two more, sort one and take that back."""
    for title in MORE:
        app.keys("a")
        app.wait("Add a win")
        app.send(title)
        app.keys("enter")
        app.wait("Win added · u undoes")
        app.wait(f"▸│ {title[:20]}")
    app.keys("c")
    app.wait("1 moved to Cotton candy · u undoes")
    app.keys("u")
    app.wait("Undone: move to cotton candy · ^r redoes")


def searched(app: Terminal) -> None:
    """Look at the keys, search for the first win and sort it."""
    app.keys("?")
    app.wait("Show the whole win")
    app.keys("escape", "/")
    app.send("mentor")
    app.wait("best first")
    app.keys("enter", "r")
    app.wait("1 moved to Real wins · u undoes")
    app.keys("escape")
    app.wait_gone("“mentor”")


def test_the_first_ten_minutes(app: Terminal, home: Path) -> None:
    path = home / ".local/share/smallwins/wins.json"
    welcomed(app)
    assert [win.title for win in Store(path, clock).journal.live()] == [FIRST[1]]
    sorted_and_undone(app)
    searched(app)
    app.keys("3")
    app.wait("The line starts after 4 weeks")
    app.keys("a")
    app.wait("Add a win")
    app.send("half a thought")
    app.keys("escape")
    app.wait("Draft kept · a continues")
    app.keys("q")
    assert app.wait_end() == 0
    sorted_ = {FIRST[1]: Verdict.REAL, MORE[0]: None, MORE[1]: None}
    assert {win.title: win.verdict for win in Store(path, clock).journal.live()} == sorted_

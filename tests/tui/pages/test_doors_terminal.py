"""Doors and goals in a real pseudo-terminal."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from data.model import edits
from data.storage.store import Store
from tests.support.terminal import SMALLWINS, Terminal

pytestmark = pytest.mark.terminal

NOW = datetime.now(UTC)
TODAY = NOW.astimezone().date()
"""The local date, as the program has it."""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """The chain of email, call and interview, and a win outside it."""
    store = Store(tmp_path / "wins.json", lambda: NOW)
    before = None
    for back, title in ((40, "Wrote to the recruiter"), (33, "First call"), (20, "Interview")):
        win = edits.new_win(title, happened_on=TODAY - timedelta(days=back), now=NOW, opened_by=before)
        store.change("add", edits.add_win(win))
        before = win.id
    store.change("add", edits.add_win(edits.new_win("Night course", happened_on=TODAY - timedelta(days=60), now=NOW)))
    store.close()
    return tmp_path / "wins.json"


@pytest.fixture
def terminal(path: Path) -> Iterator[Terminal]:
    """The program, on the doors."""
    with Terminal(*SMALLWINS, "--file", str(path), cols=110, rows=36) as program:
        program.wait("Night course")
        program.keys("4")
        program.wait("after 13 days")
        yield program


def test_a_chain_is_folded_linked_and_unlinked(terminal: Terminal, path: Path) -> None:
    x, y = terminal.find("▾ · Wrote to the recruiter")
    terminal.click(x, y)
    terminal.wait("▸ · Wrote to the recruiter")
    terminal.click(x, y)
    terminal.wait("▾ · Wrote to the recruiter")
    terminal.keys("o")
    terminal.wait("Which win opened")
    terminal.type("night")
    terminal.keys("enter")
    terminal.wait("▾ · Night course")
    terminal.keys("X")
    terminal.wait_gone("Night course")
    terminal.keys("q")
    assert terminal.wait_end() == 0
    assert "Night course" in path.read_text()


def test_a_goal_is_named_and_a_win_pointed_at_it(terminal: Terminal) -> None:
    terminal.keys("5")
    terminal.wait("No goals yet.")
    terminal.keys("n")
    terminal.wait("Where do you want to go?")
    terminal.type("Climate")
    terminal.keys("enter")
    terminal.wait("◆ real")
    terminal.keys("end", "enter")
    terminal.wait("Choose goal (g)")
    terminal.keys("space", "g")
    terminal.wait("Which goal?")
    terminal.keys("enter")
    terminal.wait_gone("Which goal?")
    terminal.keys("home", "b")
    board = terminal.wait("Interview")
    assert "Night course" not in board

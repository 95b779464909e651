"""The whole way through, in a real terminal: wins go in, get sorted, show up as momentum, and are there tomorrow."""

import json
import subprocess
from pathlib import Path

import pytest

from tests.support.terminal import SMALLWINS, Terminal

pytestmark = pytest.mark.terminal

CHAIN = ("Email to a recruiter", "A call with the recruiter", "Interview for the job chased for years")
REAL = (
    *CHAIN,
    "Night course after long office days",
    "Coffee chat with a mentor",
    "Lateral move that builds the skills",
    "Applied without every requirement",
)
CANDY = ("A salary bump for the same work",)
WINS = (*REAL, *CANDY)


def stats() -> dict[str, object]:
    run = subprocess.run([*SMALLWINS, "stats", "--json"], capture_output=True, check=True)  # noqa: S603 - ourselves
    found: dict[str, object] = json.loads(run.stdout)
    return found


def wins() -> dict[str, dict[str, object]]:
    run = subprocess.run([*SMALLWINS, "list", "--json"], capture_output=True, check=True)  # noqa: S603 - ourselves
    return {str(win["title"]): win for win in json.loads(run.stdout)}


def add(app: Terminal, title: str, *, opened_by: str = "") -> None:
    app.keys("a")
    app.wait("Add a win")
    app.type(title)
    if opened_by:
        app.keys("tab", "tab", "tab", "tab", "enter")
        app.wait("Which win led to it?")
        app.type(opened_by)
        app.keys("enter")
        app.wait(f"⇠ {opened_by}")
    app.keys("ctrl+s")
    app.wait_gone("Add a win")
    app.wait(title[:20])


def column_x(app: Terminal, name: str) -> int:
    return app.find(name)[0] + 4


def drag_card(app: Terminal, title: str, column: str) -> None:
    start = app.find(title[:20])
    app.drag(start, (column_x(app, column), start[1] + 2))


def move_card(app: Terminal, title: str, key: str) -> None:
    app.click(*app.find(title[:20]))
    app.keys(key)


def wait_in_column(app: Terminal, title: str, column: str) -> None:
    """Read until a card stands under the head of a column."""
    app.until(lambda _: in_column(app, title, column), f"not under {column}: {title}")


def in_column(app: Terminal, title: str, column: str) -> bool:
    """Say whether a card stands under the head of a column."""
    heads = [app.find(name)[0] for name in ("Unsorted", "Real wins", "Cotton candy")]
    left = app.find(column)[0] - 4
    right = min((head for head in heads if head > left + 4), default=app.cols)
    return left <= app.find(title[:20])[0] < right


def write_all_down(app: Terminal) -> None:
    """Answer the welcome with the first win, and write the others down, each linked to the one that opened it."""
    app.wait("Where do you want to go?")
    app.type("Work on climate adaptation")
    app.keys("enter")
    app.type(CHAIN[0])
    app.keys("enter")
    app.wait("Why do you want to go there?")
    app.keys("escape")
    app.wait(CHAIN[0])
    add(app, CHAIN[1], opened_by=CHAIN[0])
    add(app, CHAIN[2], opened_by=CHAIN[1])
    for title in WINS[3:]:
        add(app, title)


def sort_all(app: Terminal) -> None:
    """Drag one card into each column, and move the others by a key."""
    drag_card(app, REAL[3], "Real wins")
    drag_card(app, CANDY[0], "Cotton candy")
    wait_in_column(app, REAL[3], "Real wins")
    wait_in_column(app, CANDY[0], "Cotton candy")
    for title in REAL:
        if title != REAL[3]:
            move_card(app, title, "r")
    for title in REAL:
        wait_in_column(app, title, "Real wins")


def test_wins_go_in_get_sorted_show_up_as_momentum_and_are_there_tomorrow(home: Path) -> None:
    with Terminal(*SMALLWINS, cols=120, rows=40) as app:
        write_all_down(app)
        sort_all(app)
        app.keys("3")
        app.wait("7 real")
        app.wait("1 candy")
        app.keys("q")
        assert app.wait_end() == 0

    with Terminal(*SMALLWINS, cols=120, rows=40) as again:
        again.wait(CANDY[0])
        for title in REAL:
            wait_in_column(again, title, "Real wins")
        wait_in_column(again, CANDY[0], "Cotton candy")

    found = wins()
    assert {title for title, win in found.items() if win["verdict"] == "real"} == set(REAL)
    assert {title for title, win in found.items() if win["verdict"] == "candy"} == set(CANDY)
    assert found[CHAIN[1]]["opened_by"] == found[CHAIN[0]]["id"]
    assert found[CHAIN[2]]["opened_by"] == found[CHAIN[1]]["id"]
    figures = stats()
    week = figures["weeks"][-1]  # type: ignore[index]
    assert (week["real"], week["candy"], week["unsorted"]) == (7, 1, 0)
    assert (week["momentum"], week["sugar"]) == (7, 1)
    assert figures["doors"]["longest_chain"] == 3  # type: ignore[index]
    assert (home / ".local/share/smallwins/wins.json").stat().st_mode & 0o777 == 0o600

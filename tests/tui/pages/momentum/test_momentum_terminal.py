"""The charts in a real pseudo-terminal, and in words for a terminal that only prints."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from data.base.weeks import week_of
from data.demo.half_year import demo_records
from data.model import edits
from data.model.journal import Journal
from data.model.records import Changes, Verdict
from data.storage.store import Store
from tests.support.terminal import SMALLWINS, Terminal

pytestmark = pytest.mark.terminal

NOW = datetime.now(UTC)
TODAY = NOW.astimezone().date()
"""The local date, as the program has it."""
THIS_WEEK = week_of(TODAY)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A journal with two real wins last week, one candy the week before and one five weeks ago."""
    store = Store(tmp_path / "wins.json", lambda: NOW)
    made = [
        ("Applied anyway", 7, Verdict.REAL),
        ("Said yes", 6, Verdict.REAL),
        ("A badge", 14, Verdict.CANDY),
        ("An old badge", 35, Verdict.CANDY),
    ]
    for title, back, verdict in made:
        tags = ("talk",) if title == "Said yes" else ()
        win = edits.new_win(title, happened_on=THIS_WEEK - timedelta(days=back), now=NOW, tags=tags)
        store.change("add", edits.add_win(win))
        store.change("sort", edits.set_verdict([win.id], verdict, NOW))
    store.close()
    return tmp_path / "wins.json"


@pytest.fixture
def charts(path: Path) -> Iterator[Terminal]:
    """The program, on its charts."""
    with Terminal(*SMALLWINS, "--file", str(path), cols=100, rows=40) as terminal:
        terminal.wait("Applied anyway")
        terminal.keys("3")
        terminal.wait("▲")
        yield terminal


def bars(terminal: Terminal) -> dict[tuple[int, int], str]:
    """The cells of the first chart and what is drawn in them."""
    lines = terminal.text().splitlines()
    top = next(y for y, line in enumerate(lines) if "Real and candy a week" in line) + 1
    axis = next(y for y, line in enumerate(lines) if y > top and "─────" in line)
    return {(x, y): mark for y in range(top, axis) for x, mark in enumerate(lines[y])}


def heights(terminal: Terminal, mark: str) -> set[int]:
    """How many rows of a mark stand in the columns that have any."""
    counts = Counter(x for (x, _), drawn in bars(terminal).items() if drawn == mark)
    return set(counts.values())


def test_the_bars_on_the_screen_are_as_high_as_the_wins(charts: Terminal) -> None:
    real, candy = heights(charts, "█"), heights(charts, "░")
    assert len(real) == len(candy) == 1
    assert real.pop() == 2 * candy.pop()


def test_the_cursor_goes_by_key_and_by_mouse_and_leads_to_the_board_and_back(charts: Terminal) -> None:
    charts.keys("left")
    charts.wait("2 real (Applied anyway; Said yes)")
    charts.click(*[cell for cell, mark in bars(charts).items() if mark == "░"][-1])
    charts.wait("1 candy (A badge)")
    charts.keys("enter")
    charts.wait_gone("Real and candy a week")
    board = charts.wait("A badge")
    assert "Applied anyway" not in board
    charts.keys("3")
    charts.wait("1 candy (A badge)")


def test_only_one_tag_is_counted_when_it_is_chosen_by_key_and_all_again_by_mouse(charts: Terminal) -> None:
    charts.keys("t")
    charts.wait("talk (1)")
    charts.keys("down", "enter")
    charts.wait("The line starts after 4 weeks.")
    charts.click(*charts.find("#talk ×"))
    charts.wait("2 real and 2 candy in 6 weeks.")


def test_a_win_added_elsewhere_is_drawn(charts: Terminal, path: Path) -> None:
    before = heights(charts, "█")
    other = Store(path, lambda: NOW)
    win = edits.new_win("Third", happened_on=THIS_WEEK - timedelta(days=7), now=NOW)
    other.change("add", edits.add_win(win))
    other.change("sort", edits.set_verdict([win.id], Verdict.REAL, NOW))
    other.close()
    charts.until(lambda _: heights(charts, "█") != before, "never drawn")
    charts.keys("left")
    charts.wait("3 real (")


def test_without_colour_the_marks_still_tell_them_apart(path: Path) -> None:
    with Terminal(*SMALLWINS, "--file", str(path), cols=100, rows=40, env={"NO_COLOR": "1"}) as terminal:
        terminal.wait("Applied anyway")
        terminal.keys("3")
        terminal.until(lambda shown: all(mark in shown for mark in "█░◆◇▲"), "not all marks")
        shades = set(re.findall(rb"\x1b\[[0-9;]*38;2;(\d+);(\d+);(\d+)", bytes(terminal.raw)))
        assert all(len(set(shade)) == 1 for shade in shades)


def test_stats_says_on_a_terminal_what_the_charts_show(tmp_path: Path) -> None:
    path = tmp_path / "wins.json"
    journal = Journal.of(*demo_records(TODAY, NOW))
    store = Store(path, lambda: NOW)
    store.change("fill", lambda _: Changes(put=(*journal.goals.values(), *journal.wins.values())))
    store.close()
    with Terminal(*SMALLWINS, "--file", str(path), "stats", cols=160, rows=60) as terminal:
        said = terminal.wait("#praise was always candy.")
        assert re.search(r"\d+ real and \d+ candy in 12 weeks", said)
        assert re.search(r"real wins a week, .*  [▁▂▃▄▅▆▇█ ]+$", said, re.MULTILINE)
        assert "Momentum, alignment and stretch are about even." in said
        assert "opened a door" in said


def test_stats_keeps_one_line_a_week_where_marks_have_no_room(path: Path) -> None:
    with Terminal(*SMALLWINS, "--file", str(path), "stats", cols=60, rows=40) as terminal:
        terminal.wait_end()
        table = terminal.text().split("\n\n")[0].splitlines()
        assert len(table) == 7
        assert "◆" not in terminal.text()

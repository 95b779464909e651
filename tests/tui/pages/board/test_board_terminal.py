"""The board in a real terminal, with what a mouse sends."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pyte
import pytest

from data.model.records import Verdict
from data.storage.store import Store
from tests.support.app_host import TODAY, clock, store_with, win
from tests.support.terminal import FRAME_BEGIN, SMALLWINS, Terminal

pytestmark = pytest.mark.terminal

EMAIL = win("Email to the recruiter")
CALL = win("First call", TODAY - timedelta(days=1))
PANEL = win("Said yes to the panel", TODAY - timedelta(days=2), Verdict.REAL)
LIKES = win("Likes on a post", TODAY - timedelta(days=3), Verdict.CANDY)
ALL = (EMAIL, CALL, PANEL, LIKES)
GHOST = "╭──"
NO_BUTTON = 35
"""What SGR says of a pointer that moves with no button held."""
NO_MOVE = (None, None, Verdict.REAL, Verdict.CANDY)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "wins.json"
    store_with(path, ALL).close()
    return path


@pytest.fixture
def board(file: Path) -> Iterator[Terminal]:
    with Terminal(*SMALLWINS, "--file", str(file), cols=120, rows=30) as terminal:
        terminal.wait(PANEL.title)
        terminal.settle()
        yield terminal


def verdicts(file: Path) -> tuple[Verdict | None, ...]:
    """Return what the file says of each win."""
    journal = Store(file, clock).journal
    return tuple(journal.wins[one.id].verdict for one in ALL)


def leave(board: Terminal) -> None:
    """Leave the app, so that all it has to save is saved."""
    board.keys("q")
    assert board.wait_end() == 0


def carry(board: Terminal) -> tuple[int, int]:
    """Take the first card and hold it over the real wins; return the cell of the pointer."""
    there = board.find(PANEL.title)
    board.drag(board.find(EMAIL.title), there, release=False)
    board.wait(GHOST)
    return there


def test_a_card_is_dragged_with_a_ghost_and_saved_where_it_is_dropped(board: Terminal, file: Path) -> None:
    x, y = carry(board)
    assert "┄┄┄┄┄" in board.text()
    board.mouse("release", x, y)
    board.wait_gone(GHOST)
    leave(board)
    assert verdicts(file) == (Verdict.REAL, None, Verdict.REAL, Verdict.CANDY)


def give_up(board: Terminal, way: str, x: int, y: int) -> None:
    """Do something that ends a drag without a drop."""
    if way == "escape":
        board.keys("escape")
    elif way == "right button":
        board.mouse("right", x, y)
    elif way == "resize":
        board.resize(100, 28)
    elif way == "focus lost":
        board.send("\x1b[O")
    else:
        board.send(f"\x1b[<{NO_BUTTON};{x};{y}M")


@pytest.mark.parametrize("way", ["escape", "right button", "resize", "focus lost", "release that never came"])
def test_a_card_in_the_hand_goes_back(board: Terminal, file: Path, way: str) -> None:
    x, y = carry(board)
    give_up(board, way, x, y)
    board.wait_gone(GHOST)
    board.mouse("release", x - 10, y)
    leave(board)
    assert verdicts(file) == NO_MOVE


def test_a_release_beyond_any_edge_of_the_terminal_never_drops(board: Terminal, file: Path) -> None:
    for cell in ((119, 12), (60, 29), (60, 0), (0, 12), (400, 12)):
        carry(board)
        board.mouse("move", *cell)
        board.mouse("release", *cell)
        board.wait_gone(GHOST)
        board.settle()
    leave(board)
    assert verdicts(file) == NO_MOVE


def test_a_dialog_that_opens_in_the_middle_lets_it_go_back(board: Terminal, file: Path) -> None:
    x, y = carry(board)
    board.keys("a")
    board.wait("Add a win")
    board.wait_gone("┄┄┄┄┄")
    board.mouse("release", x, y)
    board.keys("escape")
    leave(board)
    assert verdicts(file) == NO_MOVE


def test_a_wobbly_click_selects_and_two_clicks_open(board: Terminal, file: Path) -> None:
    x, y = board.find(LIKES.title)
    board.mouse("press", x, y)
    board.mouse("move", x + 1, y)
    board.mouse("release", x, y)
    board.wait(f"▸┊ {LIKES.title}")
    board.mouse("press", x, y)
    board.mouse("release", x, y)
    board.mouse("press", x, y)
    board.mouse("release", x, y)
    board.wait("◇ cotton candy")
    board.keys("escape")
    leave(board)
    assert verdicts(file) == NO_MOVE


def test_several_marked_cards_are_dragged_together(board: Terminal, file: Path) -> None:
    board.keys("space", "space")
    start, end = board.find(EMAIL.title), board.find(LIKES.title)
    board.drag(start, end, release=False)
    board.wait("+1")
    board.mouse("release", *end)
    board.wait_gone(GHOST)
    leave(board)
    assert verdicts(file) == (Verdict.CANDY, Verdict.CANDY, Verdict.REAL, Verdict.CANDY)


def test_the_wheel_scrolls_while_a_card_is_held(tmp_path: Path) -> None:
    many = [win(f"Real {day:02}", TODAY - timedelta(days=day), Verdict.REAL) for day in range(1, 30)]
    store_with(tmp_path / "many.json", [EMAIL, *many]).close()
    with Terminal(*SMALLWINS, "--file", str(tmp_path / "many.json"), cols=120, rows=30) as board:
        x, y = board.find("Real 04")
        board.drag(board.find(EMAIL.title), (x, y), release=False)
        board.wait(GHOST)
        board.mouse("wheel", x, y)
        board.wait_gone("Real 01")
        board.wait("↑┄┄┄")
        board.mouse("release", x, y)
        leave(board)
        assert Store(tmp_path / "many.json", clock).journal.wins[EMAIL.id].verdict is Verdict.REAL


def test_a_card_is_dropped_on_the_folded_strip_of_a_narrow_terminal(file: Path) -> None:
    with Terminal(*SMALLWINS, "--file", str(file), cols=80, rows=24) as board:
        board.wait(PANEL.title[:12])
        board.drag(board.find(PANEL.title[:12]), (77, 12))
        board.wait_gone(GHOST)
        leave(board)
    assert verdicts(file) == (None, None, Verdict.CANDY, Verdict.CANDY)


def test_what_is_typed_at_once_behind_a_slash_is_searched_and_does_nothing_else(board: Terminal, file: Path) -> None:
    board.send("/qrcd1\r")
    board.wait("“qrcd1” ×")
    board.wait("0 of 4 wins")
    leave(board)
    assert verdicts(file) == NO_MOVE


def test_the_first_frame_is_whole(file: Path) -> None:
    with Terminal(*SMALLWINS, "--file", str(file), cols=120, rows=30) as app:
        app.wait(LIKES.title)
        first = app.raw[: app.raw.index(LIKES.title.encode())]
        assert first.count(b"Cotton candy") == 1  # no frame before this one had the heads, but no cards
        leave(app)


def test_a_step_to_another_column_draws_no_other_cards(board: Terminal) -> None:
    before = len(board.raw)
    board.keys("right")
    drawn = board.raw[before:]
    assert EMAIL.title.encode() in drawn
    assert PANEL.title.encode() in drawn
    assert CALL.title.encode() not in drawn
    leave(board)


def test_a_move_draws_two_columns_and_no_other(board: Terminal) -> None:
    for key in ("r", "u"):
        before = len(board.raw)
        board.keys(key)
        drawn = board.raw[before:]
        assert EMAIL.title.encode() in drawn
        assert LIKES.title.encode() not in drawn
    before = len(board.raw)
    board.keys("down")  # takes what was said away
    drawn = board.raw[before:]
    assert b"undo" not in drawn.replace(b"undoes", b"")  # the line of keys
    assert PANEL.title.encode() not in drawn
    leave(board)


def test_there_is_one_cursor_wherever_it_goes(board: Terminal) -> None:
    steps = ("down", "right", "right", "left", "left", "up")
    for key in (*steps, "/", "l", "down", "down", "up", "escape", "f", "l"):
        board.keys(key)
        assert board.text().count("▸") == 1
    board.keys("escape")
    leave(board)


def test_nothing_is_left_of_the_mouse_when_the_app_has_ended(board: Terminal) -> None:
    carry(board)
    board.keys("q")
    assert board.wait_end() == 0
    assert b"\x1b[?1003l" in board.raw


def drawn(data: bytes) -> pyte.Screen:
    """Return what a terminal shows of some bytes."""
    screen = pyte.Screen(120, 30)
    pyte.ByteStream(screen).feed(data)
    return screen


def test_no_card_moves_when_the_scrollbar_comes_a_frame_after_them(tmp_path: Path) -> None:
    path = tmp_path / "wins.json"
    wins = [win(f"A title of {number} that is as wide as its column or wider") for number in range(99)]
    store_with(path, wins).close()
    with Terminal(*SMALLWINS, "--file", str(path), cols=120, rows=30) as terminal:
        terminal.wait("▸")
        terminal.settle()
        data = bytes(terminal.raw)
    first, last = drawn(data[: data.index(FRAME_BEGIN, data.index("▸".encode()))]), drawn(data)
    cells = [(row, column) for row in range(3, 27) for column in range(120)]
    changed = {column for row, column in cells if first.buffer[row][column] != last.buffer[row][column]}
    assert len(changed) == 1

"""What comes from a terminal: in whatever encoding, in pieces, of no sense, and no more at all."""

import os
import pty
import random
import re
import subprocess
from pathlib import Path

import pytest

from tests.support.app_host import store_with, titles, win
from tests.support.one_draft import load_draft
from tests.support.terminal import LIMIT, SMALLWINS, Terminal

pytestmark = pytest.mark.terminal


def write_one(app: Terminal, title: bytes) -> None:
    app.wait("the first win")
    app.keys("a")
    app.wait("Add a win")
    os.write(app.fd, title)
    app.keys("enter")
    app.wait_gone("Add a win")


def test_letters_come_in_the_encoding_of_the_terminal(journal: Path) -> None:
    with Terminal(*SMALLWINS, env={"PYTHONIOENCODING": "latin-1", "PYTHONUTF8": "0"}) as app:
        write_one(app, b"\xc4rger \xfcberwunden")
    assert titles(journal) == ["the first win", "Ärger überwunden"]


def test_a_letter_of_another_encoding_is_seen_to_be_wrong_and_ends_nothing(journal: Path) -> None:
    with Terminal(*SMALLWINS) as app:
        write_one(app, b"\xc4rger")
    assert titles(journal) == ["the first win", "\ufffdrger"]


def test_a_key_that_no_keyboard_has_is_no_key(journal: Path) -> None:
    with Terminal(*SMALLWINS) as app:
        app.wait("the first win")
        app.send("\x1b[99999999u")
        write_one(app, b"and after it")
    assert titles(journal) == ["and after it", "the first win"]


def test_a_key_that_comes_in_pieces_is_waited_for_as_long_as_escdelay_says(journal: Path) -> None:
    store_with(journal, [win("the upper one"), win("the lower one")])
    with Terminal(*SMALLWINS, env={"ESCDELAY": "60000"}) as app:
        first = app.wait("▸").partition("▸")[2].splitlines()[0]
        app.send("\x1b")
        app.send("[B")
        app.until(lambda text: "▸" in text and not text.partition("▸")[2].startswith(first), "the cursor went down")


def test_a_terminal_that_is_gone_without_a_word_ends_the_app(journal: Path) -> None:
    seat, terminal = pty.openpty()
    # In a session of its own, and so without a terminal that would tell it to hang up.
    app = subprocess.Popen(  # noqa: S603 - our own program
        SMALLWINS, stdin=terminal, stdout=terminal, stderr=terminal, start_new_session=True
    )
    os.close(terminal)
    shown = b""
    while b"the first win" not in shown:
        shown += os.read(seat, 1 << 16)
    os.close(seat)
    assert app.wait(LIMIT) == 0
    assert titles(journal) == ["the first win"]


def send_apart(app: Terminal, *pieces: str, seconds: float = 0.04) -> None:
    """Send pieces as a slow line does."""
    for piece in pieces:
        os.write(app.fd, piece.encode())
        app.pump(seconds)


def quits(app: Terminal) -> bool:
    os.write(app.fd, b"\x11")
    return app.wait_end() == 0


def at_cursor(app: Terminal) -> list[str]:
    return next(line.strip(" ▸│").split()[:2] for line in app.text().splitlines() if line.strip().startswith("▸"))


@pytest.fixture
def three(journal: Path) -> Path:
    store_with(journal, [win("the second win"), win("the third win")])
    return journal


@pytest.mark.parametrize(
    "pieces", [("\x1b[200~Hello\x1b[20", "1~"), ("\x1b[20", "0~Hello\x1b[201~"), ("\x1b[200~Hello",)]
)
def test_a_paste_in_pieces_or_without_an_end_keeps_its_text_and_the_keyboard(
    journal: Path, pieces: tuple[str, ...]
) -> None:
    with Terminal(*SMALLWINS) as app:
        app.wait("the first win")
        app.keys("a")
        app.wait("Add a win")
        send_apart(app, *pieces)
        app.wait("Hello")
        app.keys("Z")
        app.wait("HelloZ")
        assert quits(app)
    draft = load_draft(journal)
    assert draft is not None
    assert draft.fields["title"] == "HelloZ"


@pytest.mark.parametrize("report", ["\x1b[48;36;120;0;0t", "\x1b[48;36;120;720;960t"])
def test_a_terminal_that_reports_its_size_in_band_has_a_mouse_that_counts_cells(three: Path, report: str) -> None:
    assert three.exists()
    with Terminal(*SMALLWINS) as app:
        app.wait("the third win")
        app.send(f"\x1b[?2048;2$y{report}\x1b[<35;10;8M")
        app.settle(1.0)  # an invitation to the review may come once all is counted
        app.keys("down")  # and goes with the first key
        app.click(*app.find("the third win"))
        app.until(lambda _: at_cursor(app) == ["the", "third"], "the card that was clicked")
        assert quits(app)


def test_a_side_button_is_no_click(three: Path) -> None:
    assert three.exists()
    with Terminal(*SMALLWINS) as app:
        app.wait("the third win")
        before = at_cursor(app)
        places = (app.find("the second win"), app.find("the third win"))
        for x, y in places:
            app.send(f"\x1b[<128;{x + 1};{y + 1}M\x1b[<128;{x + 1};{y + 1}m")
        assert at_cursor(app) == before


def test_the_window_has_its_own_size_whatever_the_environment_says(journal: Path) -> None:
    assert journal.exists()
    with Terminal(*SMALLWINS, env={"COLUMNS": "70", "LINES": "20"}, cols=120, rows=36) as app:
        app.wait("the first win")
        app.until(lambda text: max(map(len, text.splitlines())) == 120, "the whole width of the window")
        app.resize(80, 24)
        app.until(lambda text: "keys" in text.splitlines()[-1], "the line of keys at the bottom")


def test_no_color_leaves_the_two_colours_of_the_terminal(journal: Path) -> None:
    assert journal.exists()
    with Terminal(*SMALLWINS, env={"NO_COLOR": "1"}) as app:
        app.wait("the first win")
        app.keys("a")
        app.wait("Add a win")
        app.keys("x")
        sent = {code for codes in re.findall(rb"\x1b\[([\d;]*)m", app.raw) for code in codes.split(b";")}
        assert sent <= {b"", b"0", b"1", b"2", b"3", b"4", b"7", b"9"}
        assert b"7" in sent  # the cursor in the field can be seen


def test_letters_that_come_faster_than_a_hand_run_no_keys(journal: Path) -> None:
    with Terminal(*SMALLWINS) as app:
        app.wait("the first win")
        app.send("Dear recruiter, call\n")
        app.wait("Pasted text runs no keys")
        assert quits(app)
    assert titles(journal) == ["the first win"]
    assert not list(journal.parent.glob(".*draft"))


def test_letters_that_come_faster_than_a_hand_are_text_in_a_field(journal: Path) -> None:
    with Terminal(*SMALLWINS) as app:
        app.wait("the first win")
        app.keys("a")
        app.wait("Add a win")
        app.send("Dear recruiter, call\n")
        app.wait("Dear recruiter, call")
        app.keys("ctrl+s")
        app.wait_gone("Add a win")
        assert quits(app)
    assert titles(journal) == ["Dear recruiter, call", "the first win"]


def test_keys_of_xterm_with_modify_other_keys_are_keys(journal: Path) -> None:
    with Terminal(*SMALLWINS) as app:
        app.wait("the first win")
        app.keys("a")
        app.wait("Add a win")
        app.send("ab")
        app.send("\x1b[27;5;115~")
        app.wait_gone("Add a win")
        assert quits(app)
    assert titles(journal) == ["ab", "the first win"]


@pytest.mark.parametrize("layout", ["ф", "\N{GREEK SMALL LETTER ALPHA}"])
def test_letters_of_another_layout_are_the_keys_in_their_place(journal: Path, layout: str) -> None:
    assert journal.exists()
    with Terminal(*SMALLWINS) as app:
        app.wait("the first win")
        app.keys(layout)
        app.wait("Add a win")
        app.keys(layout)
        app.wait(f"│   {layout}")
        app.send("\x1b[1081;5u")  # ctrl and the key of q, as the kitty protocol says it
        assert app.wait_end() == 0


def test_a_letter_that_is_on_no_known_layout_is_said_to_be_no_key(journal: Path) -> None:
    assert journal.exists()
    with Terminal(*SMALLWINS) as app:
        app.wait("the first win")
        app.keys("あ")
        app.wait("is no key here")


@pytest.mark.parametrize("seed", range(4))
def test_after_any_bytes_ctrl_q_quits(journal: Path, seed: int) -> None:
    assert journal.exists()
    chance = random.Random(seed)  # noqa: S311 - no secret
    parts = rb"\e \e[ \e[200~ \e[<0; \e[48;1;1;0;0t \e[99999999999u \eP \xff".replace(rb"\e", b"\x1b").split()
    with Terminal(*SMALLWINS, env={"EDITOR": "true"}) as app:
        app.wait("the first win")
        for _ in range(40):
            some = chance.choice([chance.choice(parts), chance.randbytes(chance.randint(1, 9))])
            os.write(app.fd, some.translate(None, b"\x11\x1aq"))
            app.pump(0.01)
        assert quits(app)

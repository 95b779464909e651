"""What comes from a terminal: in whatever encoding, in pieces, of no sense, and no more at all."""

import os
import pty
import subprocess
from pathlib import Path

import pytest

from tests.support.app_host import store_with, titles, win
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

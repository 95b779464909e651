"""What Textual hears of a terminal, whatever that sends."""

import os
from random import Random
from threading import Thread

from hypothesis import given
from hypothesis import strategies as st
from textual.app import App
from textual.events import Key, MouseDown, Paste
from textual.message import Message

from tests.soak.terminal_bytes import ctrl_q_is_heard
from tui.app.key_queue import Burst
from tui.app.terminal_driver import MessageReader, TerminalDriver


def heard(*sent: str) -> list[Message]:
    """Return what is heard of pieces that come one after another, and of a long silence."""
    reader, now, messages = MessageReader(0.1), 10.0, []
    for piece in sent:
        messages += reader.feed(piece, now)
        now += 1
        messages += reader.tick(now)
    return messages


def keys(*sent: str) -> list[str]:
    return [message.key for message in heard(*sent) if isinstance(message, Key)]


def test_keys_have_textuals_names() -> None:
    assert keys("j\x1b[A\x1bOP\x13\r", "\x1b") == ["j", "up", "f1", "ctrl+s", "enter", "escape"]


def test_a_sequence_that_nobody_knows_types_no_letters() -> None:
    assert keys("\x1b[99;99;99~", "j") == ["j"]
    assert keys("\x1b[99999999999u", "j") == ["j"]


def test_a_click_is_where_the_terminal_says_in_cells_whatever_it_reported_before() -> None:
    (click,) = [message for message in heard("\x1b[48;36;120;720;960t\x1b[<0;11;6M") if isinstance(message, MouseDown)]
    assert (click.x, click.y) == (10, 5)


def test_line_ends_of_a_paste_are_one_kind_and_zeros_are_none() -> None:
    (paste,) = heard("\x1b[200~one\r\ntwo\rthree\x00\x1b[201~")
    assert isinstance(paste, Paste)
    assert paste.text == "one\ntwo\nthree"


def test_a_burst_is_told_from_a_marked_paste() -> None:
    (burst,) = heard("Dear recruiter, call\r")
    assert isinstance(burst, Burst)
    assert burst.text == "Dear recruiter, call\n"


@given(st.binary(max_size=60))
def test_ctrl_q_is_heard_after_any_bytes(sent: bytes) -> None:
    assert ctrl_q_is_heard([sent])


def test_ctrl_q_is_heard_after_many_broken_sequences() -> None:
    chance = Random(7)  # noqa: S311 - trouble, no secret
    parts = rb"\e \e[ \e[200~ \e[201~ \e[20 0~ \e[<0; 5;5M \e[48;1;1;0;0t \e[9999999999u \eP \e] \eO \xff ab".split()
    for _ in range(500):
        sent = [chance.choice(parts).replace(rb"\e", b"\x1b") for _ in range(chance.randint(1, 9))]
        assert ctrl_q_is_heard(sent), sent


async def test_who_listens_to_a_terminal_that_says_nothing_stops_at_once() -> None:
    driver = TerminalDriver(App(), mouse=False)
    driver.fileno, terminal = os.pipe()
    listener = Thread(target=driver.run_input_thread)
    try:
        listener.start()
        listener.join(0.2)  # long enough to be at rest
        driver.exit_event.set()
        listener.join(2)  # at rest it looks by itself every five seconds
        assert not listener.is_alive()
    finally:
        os.close(terminal)

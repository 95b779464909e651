"""Copying through a terminal."""

import base64
import io
from pathlib import Path

import pytest

from tui.system.clipboard import copy_in_tmux, copy_sequence, copy_to_terminal

TEXT = "Kaffee mit Ada ☕\nsecond line"
ENCODED = base64.b64encode(TEXT.encode()).decode()


class Tty(io.StringIO):
    """A terminal that keeps what it is sent."""

    def isatty(self) -> bool:
        """Return that it is one."""
        return True


def test_a_terminal_is_sent_osc_52() -> None:
    assert copy_sequence(TEXT, {"TERM": "xterm-256color"}) == f"\x1b]52;c;{ENCODED}\a"


@pytest.mark.parametrize("term", ["tmux-256color", "screen"])
def test_a_multiplexer_is_asked_to_pass_it_on(term: str) -> None:
    sent = copy_sequence(TEXT, {"TERM": term})
    assert sent.endswith(f"\x1bPtmux;\x1b\x1b]52;c;{ENCODED}\a\x1b\\")


def test_tmux_on_this_machine_gets_the_text_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tmux = tmp_path / "tmux"
    tmux.write_text(f'#!/bin/sh\necho "$*" > "{tmp_path}/words"; cat > "{tmp_path}/copied"\n')
    tmux.chmod(0o700)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    monkeypatch.setenv("TMUX", "/tmp/tmux-0/default,1,0")  # noqa: S108 - nobody opens it
    copy_in_tmux(TEXT)
    assert (tmp_path / "copied").read_text() == TEXT
    assert (tmp_path / "words").read_text() == "load-buffer -w -\n"


def test_only_a_terminal_is_sent_anything(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TMUX", raising=False)
    pipe, terminal = io.StringIO(), Tty()
    assert not copy_to_terminal(TEXT, pipe)
    assert copy_to_terminal(TEXT, terminal)
    assert pipe.getvalue() == ""
    assert ENCODED in terminal.getvalue()

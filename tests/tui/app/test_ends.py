"""How the app ends, is paused, and hears of others: in a real terminal."""

import fcntl
import signal
import struct
import subprocess
import termios
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from data.model.records import Verdict
from data.storage.store import Store
from tests.support.app_host import clock, store_with, titles, win
from tests.support.one_draft import load_draft
from tests.support.terminal import LIMIT, SMALLWINS, Terminal

pytestmark = pytest.mark.terminal

LEAVES_ALTERNATE_SCREEN = b"\x1b[?1049l"
SHOWS_CURSOR = b"\x1b[?25h"
STOPS_MOUSE = b"\x1b[?1003l"


def write_one(app: Terminal, title: str) -> None:
    app.wait("the first win")
    app.keys("a")
    app.wait("Add a win")
    app.type(title)
    app.keys("enter")
    app.wait_gone("Add a win")


@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_the_app_in_order_and_loses_nothing(journal: Path, sign: signal.Signals) -> None:
    with Terminal(*SMALLWINS) as app:
        write_one(app, "written just before")
        app.kill(sign)
        app.wait_end()
        assert LEAVES_ALTERNATE_SCREEN in app.raw
        assert SHOWS_CURSOR in app.raw
        assert STOPS_MOUSE in app.raw
    assert titles(journal) == ["the first win", "written just before"]


def test_a_closed_terminal_ends_the_app_and_loses_nothing(journal: Path) -> None:
    with Terminal(*SMALLWINS) as app:
        write_one(app, "written just before")
        app.hang_up()
    assert titles(journal) == ["the first win", "written just before"]


def test_ctrl_c_says_how_to_leave_and_loses_nothing(journal: Path) -> None:
    with Terminal(*SMALLWINS) as app:
        write_one(app, "written just before")
        app.keys("ctrl+c")
        app.wait("ctrl+q")
        app.keys("q")
        assert app.wait_end() == 0
    assert titles(journal) == ["the first win", "written just before"]


def test_a_killed_app_offers_the_text_of_its_form_at_the_next_start(journal: Path) -> None:
    draft = journal.with_name(f".{journal.name}.draft")
    with Terminal(*SMALLWINS) as app:
        app.wait("the first win")
        app.keys("a")
        app.wait("Add a win")
        app.type("a thought half written")
        app.until(lambda _: draft.exists() and b"half written" in draft.read_bytes(), "no draft")
        app.kill()
    with Terminal(*SMALLWINS) as again:
        again.wait("not saved last time")
        again.wait("a thought half written")
        again.keys("enter")
        again.wait_gone("Add a win")
        again.until(lambda _: not draft.exists(), "the draft stays")
    assert titles(journal) == ["a thought half written", "the first win"]


def test_leaving_from_the_form_keeps_its_text_for_the_next_start(journal: Path) -> None:
    assert journal.exists()
    with Terminal(*SMALLWINS) as app:
        app.wait("the first win")
        app.keys("a")
        app.wait("Add a win")
        app.keys(*"a thought", "ctrl+q")
        assert app.wait_end() == 0
    with Terminal(*SMALLWINS) as again:
        again.wait("a thought")


def test_a_card_that_was_moved_right_before_leaving_is_saved(journal: Path) -> None:
    with Terminal(*SMALLWINS) as app:
        app.wait("the first win")
        app.keys("r", "q")
        assert app.wait_end() == 0
    (only,) = Store(journal, clock).journal.live()
    assert only.verdict is Verdict.REAL


def test_a_paused_app_draws_itself_again(journal: Path) -> None:
    assert journal.exists()
    with Terminal("bash", "--norc", "-i", env={"PS1": "prompt> "}) as shell:
        shell.wait("prompt>")
        shell.type(" ".join(SMALLWINS))
        shell.keys("enter")
        shell.wait(titles(journal)[0])
        shell.keys("ctrl+z")
        shell.wait("Stopped")
        shell.type("fg")
        shell.keys("enter")
        shell.wait("Unsorted")
        shell.wait("the first win")


def test_the_story_is_written_in_the_persons_own_editor(journal: Path, tmp_path: Path) -> None:
    editor = tmp_path / "editor"
    editor.write_text('#!/bin/sh\nprintf "They rang.\\nI said yes.\\n" >> "$1"\n')
    editor.chmod(0o700)
    with Terminal(*SMALLWINS, env={"EDITOR": str(editor)}) as app:
        app.wait("the first win")
        app.keys("a")
        app.wait("Add a win")
        app.type("The call")
        app.keys("ctrl+e")
        app.wait("I said yes.")
        app.keys("ctrl+s")
        app.wait_gone("Add a win")
        app.keys("q")
        app.wait_end()
    stories = {each.title: each.story for each in Store(journal, clock).journal.live()}
    assert stories["The call"] == "They rang.\nI said yes."


def test_an_editor_that_is_not_there_is_said_and_the_text_stays(journal: Path) -> None:
    assert journal.exists()
    with Terminal(*SMALLWINS, env={"EDITOR": "/no/such/editor"}) as app:
        app.wait("the first win")
        app.keys("a")
        app.wait("Add a win")
        app.type("The call")
        app.keys("ctrl+e")
        app.wait("Can't open /no/such/editor")
        app.wait("The call")


def test_a_win_added_from_the_shell_appears_while_the_app_is_open(journal: Path) -> None:
    assert journal.exists()
    with Terminal(*SMALLWINS) as app:
        app.wait("the first win")
        command = [*SMALLWINS, "add", "from another window"]
        subprocess.run(command, check=True, capture_output=True)  # noqa: S603 - ourselves
        app.wait("from another window")


def test_a_mistake_in_the_keys_is_said_with_its_line_and_the_others_work(journal: Path, home: Path) -> None:
    assert journal.exists()
    config = home / ".config/smallwins/config.toml"
    config.parent.mkdir(parents=True)
    config.write_text('[keys]\n"app.add" = "ctrl+n"\n"app.undo" = "no such key"\n')
    with Terminal(*SMALLWINS) as app:
        app.wait("line 3")
        app.keys("ctrl+n")
        app.wait("Add a win")


def test_without_a_locale_marks_and_letters_are_still_there(journal: Path) -> None:
    store_with(journal, [win("Überraschung")])
    bare = {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}
    with Terminal(*SMALLWINS, env=bare) as app:
        app.wait("◆ Real wins")
        app.wait("Überraschung")


def test_a_terminal_of_another_alphabet_shows_frames_and_marks_in_its_own(journal: Path) -> None:
    assert journal.exists()
    with Terminal(*SMALLWINS, env={"PYTHONIOENCODING": "latin-1", "PYTHONUTF8": "0"}) as app:
        app.wait("* Real wins")
        app.wait("o Cotton candy")
        app.wait("--------")
        app.wait(">| the first win")
        assert "???" not in app.text()


def test_hostile_titles_reach_the_terminal_without_what_it_would_obey(home: Path) -> None:
    hostile = ["osc \x1b]52;c;aGk=\x07 end", "c1 \x9b31m red", "bidi \u202e over", "wide 日本語 👩‍👩‍👧 end", "w" * 500]
    store_with(home / ".local/share/smallwins/wins.json", [win(title) for title in hostile])
    with Terminal(*SMALLWINS) as app:
        app.wait("Unsorted")
        app.keys("enter", "escape", "down", "r", "3", "1")
        text = app.raw.decode(errors="surrogateescape")
        assert "\x1b]52" not in text
        assert "\x9b" not in text
        assert "\u202e" not in text


def ended(pid: int) -> bool:
    """Return whether a process has ended, waiting for it as long as a terminal test may."""
    limit = time.monotonic() + LIMIT
    while Path(f"/proc/{pid}").exists() and "\nState:\tZ" not in Path(f"/proc/{pid}/status").read_text():
        if time.monotonic() > limit:
            return False
        time.sleep(0.05)
    return True


def draft_of(journal: Path) -> str:
    draft = load_draft(journal)
    return draft.fields["title"] if draft else ""


def type_half(app: Terminal) -> None:
    app.wait("the first win")
    app.keys("a")
    app.wait("Add a win")
    app.type("half")
    app.wait("│   half")


def test_ctrl_q_quits_in_a_window_too_small_for_the_dialog_that_is_open(journal: Path) -> None:
    with Terminal(*SMALLWINS) as app:
        type_half(app)
        app.resize(40, 10)
        app.wait("needs a window")
        app.keys("ctrl+q")
        assert app.wait_end() == 0
    assert draft_of(journal) == "half"


def test_a_terminal_closed_under_the_editor_keeps_the_text(journal: Path, tmp_path: Path) -> None:
    editor = tmp_path / "editor"
    editor.write_text("#!/bin/sh\ntrap '' HUP\necho editing\nexec sleep 60\n")
    editor.chmod(0o700)
    with Terminal(*SMALLWINS, env={"VISUAL": str(editor)}) as app:
        type_half(app)
        app.keys("ctrl+e")
        app.wait("editing")
        app.hang_up()
    assert draft_of(journal) == "half"


@pytest.fixture
def paused(journal: Path, tmp_path: Path) -> Iterator[tuple[Terminal, int]]:
    """Pause the app in a shell, and yield that with the process."""
    note = tmp_path / "pid"
    with Terminal("bash", "--norc", "-i", env={"PS1": "prompt> "}) as shell:
        shell.wait("prompt>")
        shell.type(f"sh -c 'echo $$ > {note}; exec {' '.join(SMALLWINS)}'")
        shell.keys("enter")
        shell.wait(titles(journal)[0])
        shell.keys("ctrl+z")
        shell.wait("Stopped")
        yield shell, int(note.read_text())


def test_a_terminal_that_goes_while_the_app_is_paused_ends_the_app(journal: Path, paused: tuple[Terminal, int]) -> None:
    shell, pid = paused
    shell.hang_up()
    assert ended(pid)
    assert titles(journal) == ["the first win"]


def test_an_app_in_the_background_leaves_the_terminal_alone_until_it_is_in_front(
    journal: Path, paused: tuple[Terminal, int]
) -> None:
    shell, _ = paused
    shell.type("bg")
    shell.keys("enter")
    shell.type("echo $((6 * 7)) apples")
    shell.keys("enter")
    shell.wait("42 apples")
    assert titles(journal)[0] not in shell.text()
    shell.type("fg")
    shell.keys("enter")
    shell.wait(titles(journal)[0])
    shell.keys("?")
    shell.wait("Close (esc)")


@pytest.mark.parametrize("how", ["kill %1", "bg; sleep 0.5; kill %1", "bg; sleep 0.5; kill {pid}"])
def test_a_paused_app_that_is_told_to_end_is_not_paused_again(
    journal: Path, paused: tuple[Terminal, int], how: str
) -> None:
    shell, pid = paused
    shell.type(how.format(pid=pid))
    shell.keys("enter")
    assert ended(pid)
    assert titles(journal) == ["the first win"]


def test_sigterm_ends_the_app_on_a_terminal_that_reads_nothing_any_more(journal: Path) -> None:
    with Terminal(*SMALLWINS) as app:
        type_half(app)
        for lines in (36, 40) * 150:  # each draws it all
            fcntl.ioctl(app.fd, termios.TIOCSWINSZ, struct.pack("HHHH", lines, 120, 0, 0))
            time.sleep(0.01)
        app.kill(signal.SIGTERM)
        assert ended(app.pid)
    assert draft_of(journal) == "half"

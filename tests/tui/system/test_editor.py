"""The person's own editor: what it saved comes back, also when this program was killed meanwhile."""

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support.terminal import Terminal
from tui.system.editor import edit_text, recover_texts

Editor = Callable[[str], None]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder for temporary files."""
    made = tmp_path / "tmp"
    made.mkdir()
    monkeypatch.setenv("TMPDIR", str(made))
    monkeypatch.setattr(tempfile, "tempdir", str(made))
    return made


@pytest.fixture
def editor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Editor:
    """Return what makes lines of shell the editor; the file is their first argument."""

    def use(lines: str) -> None:
        script = tmp_path / "editor.sh"
        script.write_text(f"#!/bin/sh\n{lines}\n")
        script.chmod(0o700)
        monkeypatch.setenv("VISUAL", "")
        monkeypatch.setenv("EDITOR", str(script))

    return use


def wait_for(path: Path) -> None:
    """Wait until a file is there."""
    until = time.monotonic() + 30
    while not path.exists():
        assert time.monotonic() < until
        time.sleep(0.01)


def test_a_text_that_was_not_saved_is_none_and_nothing_is_left(folder: Path, editor: Editor) -> None:
    editor('grep -q "before" "$1"')
    assert edit_text("before").text is None
    assert list(folder.iterdir()) == []


def test_the_folder_is_private_and_goes_with_all_the_editor_left_in_it(folder: Path, editor: Editor) -> None:
    editor('ls -ld "$(dirname "$1")" > "$1.mode"; cp "$1.mode" "$1"; touch "$1~"')
    assert (edit_text("x").text or "").startswith("drwx------")
    assert list(folder.iterdir()) == []


def test_an_editor_with_options_is_started_with_them(editor: Editor) -> None:
    editor('printf "%s" "$1" > "$2"')
    os.environ["EDITOR"] += " '--two words'"
    assert edit_text("x").text == "--two words"


def test_text_saved_for_a_program_that_was_killed_is_recovered(folder: Path, editor: Editor, tmp_path: Path) -> None:
    editor(f'printf saved > "$1"; echo $$ > "{tmp_path}/pid"; mv "{tmp_path}/pid" "{tmp_path}/ready"; exec sleep 60')
    program = subprocess.Popen([sys.executable, "-c", "from tui.system.editor import edit_text; edit_text('before')"])
    wait_for(tmp_path / "ready")
    program.kill()
    program.wait()
    found: list[str] = []
    recover_texts(found.append)
    assert found == []
    pid = int((tmp_path / "ready").read_text())
    os.kill(pid, signal.SIGKILL)
    wait_for_end(pid)
    recover_texts(found.append)
    assert found == ["saved"]
    assert list(folder.iterdir()) == []


def wait_for_end(pid: int) -> None:
    """Wait until a process that is nobody's child of ours is gone, or waits to be buried."""
    until = time.monotonic() + 30
    while (stat := Path(f"/proc/{pid}/stat")).exists() and stat.read_text().rpartition(")")[2].split()[0] != "Z":
        assert time.monotonic() < until
        time.sleep(0.01)


def test_a_text_that_cannot_be_kept_stays_where_it_is(folder: Path) -> None:
    left = folder / "smallwins-editor-x"
    left.mkdir()
    (left / "win.md").write_text("precious")

    def refuse(_: str) -> None:
        raise OSError

    recover_texts(refuse)
    assert (left / "win.md").read_text() == "precious"
    found: list[str] = []
    recover_texts(found.append)
    assert found == ["precious"]


def test_what_looks_like_ours_and_is_none_is_left_alone(folder: Path) -> None:
    (folder / "smallwins-editor-file").write_text("x")
    (folder / "smallwins-editor-link").symlink_to(folder)
    found: list[str] = []
    recover_texts(found.append)
    assert found == []
    assert len(list(folder.iterdir())) == 2


@pytest.mark.terminal
def test_an_editor_that_is_killed_leaves_the_terminal_as_it_was(folder: Path, editor: Editor, tmp_path: Path) -> None:
    assert folder.exists()
    editor('printf saved > "$1"; stty raw -echo; kill -9 $$')
    words = ("add", "--edit")
    with Terminal("sh", "-c", f"{sys.executable} -m tui --file {tmp_path}/wins.json {' '.join(words)}; stty") as shell:
        shell.wait_end()
    text = bytes(shell.raw).decode()
    assert "killed by signal 9. What it saved is used." in text
    assert "-echo" not in text.partition("killed")[2].split()
    assert "-icanon" not in text

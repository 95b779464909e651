"""Writing in the person's own editor: what it saved comes back whatever the editor did, in any encoding.

The file stands in a private folder of its own, so that an editor's backups and swap files go with it. The folder stays
locked while the editor runs; one that is not was left by a program that was killed, and its text is still good.
"""

import fcntl
import os
import signal
import subprocess
import sys
import termios
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from shutil import rmtree, which
from tempfile import mkdtemp
from typing import Final

from msgspec import Struct

from data.base.errors import NotAllowedError
from data.base.text import clean_line
from tui.system.left_folders import EDITOR_PREFIX, left_folders

_FILE: Final = "win.md"
_UNTOUCHED: Final = 1_000_000_000
"""The time stamp, in seconds, of a file that no editor has saved."""
_EDITORS: Final = ("sensible-editor", "nano", "vim", "vi")
"""What is tried where neither $VISUAL nor $EDITOR is set."""
_HOW: Final = "Set EDITOR to a command such as nano or vim."


class EditorResult(Struct, frozen=True):
    """What became of a text in the editor.

    Attributes:
        text: What was saved, or None where nothing was.
        problem: A sentence on what went wrong, or "".
    """

    text: str | None = None
    problem: str = ""


def edit_text(text: str) -> EditorResult:
    """Let the person edit a text in $VISUAL or $EDITOR. Nothing is raised: a screen has to come back afterwards."""
    try:
        command = _command()
        with _private_folder() as (folder, lock):
            file = folder / _FILE
            file.write_text(text, encoding="utf-8")
            os.utime(file, (_UNTOUCHED, _UNTOUCHED))
            code = _run([*command, str(file)], lock)
            return EditorResult(_saved(file), _problem(code))
    except ValueError as error:
        return EditorResult(problem=f"The editor's command can't be read: {clean_line(str(error)).lower()}. {_HOW}")
    except OSError as error:
        name = clean_line(str(error.filename or "the editor"))
        return EditorResult(problem=f"Can't open {name}: {(error.strerror or 'unknown error').lower()}. {_HOW}")


def _command() -> list[str]:
    """Return the words of the editor's command.

    Raises:
        ValueError: A quotation in it has no end.
        FileNotFoundError: There is no editor.
    """
    import shlex  # noqa: PLC0415 - what a killed editor left is looked for at every start, without it

    named = os.environ.get("VISUAL") or os.environ.get("EDITOR") or next(filter(which, _EDITORS), "")
    words = shlex.split(named)
    if not words:
        raise FileNotFoundError(2, "no editor found", "an editor")
    return words


@contextmanager
def _private_folder() -> Iterator[tuple[Path, int]]:
    """Make a folder that only this user may read, locked; remove it and all in it afterwards."""
    folder = Path(mkdtemp(prefix=EDITOR_PREFIX))
    lock = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield folder, lock
    finally:
        os.close(lock)
        rmtree(folder, ignore_errors=True)


def _run(command: list[str], lock: int) -> int:
    """Run the editor to its end and return its exit code; Ctrl-C is its own affair meanwhile.

    It keeps the lock, so that its file stays where it is should this program be killed.
    """
    with _deaf_to_interrupts(), _terminal_as_it_was(), subprocess.Popen(command, pass_fds=(lock,)) as process:  # noqa: S603 - as the person set it
        return process.wait()


@contextmanager
def _deaf_to_interrupts() -> Iterator[None]:
    """Hear no Ctrl-C; a handler instead of SIG_IGN, which the editor would inherit."""
    before = signal.signal(signal.SIGINT, lambda *_: None)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


@contextmanager
def _terminal_as_it_was() -> Iterator[None]:
    """Give the terminal its modes back: an editor that is killed leaves it deaf."""
    try:
        modes = termios.tcgetattr(sys.stdin)
    except (termios.error, OSError, ValueError):  # no terminal, or none any more
        yield
        return
    try:
        yield
    finally:
        with suppress(termios.error, OSError):
            termios.tcsetattr(sys.stdin, termios.TCSADRAIN, modes)


def _problem(code: int) -> str:
    if not code:
        return ""
    ended = f"was killed by signal {-code}" if code < 0 else f"failed with exit code {code}"
    return f"The editor {ended}."


def _saved(file: Path) -> str | None:
    """Return the text that an editor saved, or None where it saved nothing."""
    with suppress(FileNotFoundError):
        if file.stat().st_mtime != _UNTOUCHED:
            return _decode(file.read_bytes())
    return None


def _decode(data: bytes) -> str:
    """Return bytes as text, in the encoding they are most likely in."""
    with suppress(UnicodeDecodeError):
        text = data.decode("utf-8-sig")
        if "\0" not in text:
            return text
    from data.exchange.importing.source import source_of  # noqa: PLC0415 - only other encodings pay for it

    try:
        return source_of(data).text
    except NotAllowedError:
        return data.decode("latin-1")


def recover_texts(keep: Callable[[str], None]) -> None:
    """Hand over what editors saved for a program that was killed meanwhile, and remove their folders.

    Args:
        keep: Takes a text; its folder stays where this raises.
    """
    for folder in left_folders():
        with suppress(OSError):
            _recover(folder, keep)


def _recover(folder: Path, keep: Callable[[str], None]) -> None:
    fd = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    try:
        if os.fstat(fd).st_uid != os.getuid():
            return
        fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
        text = _saved(folder / _FILE)
        if text is not None and text.strip():
            keep(text)
        rmtree(folder, ignore_errors=True)
    finally:
        os.close(fd)

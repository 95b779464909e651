"""Opening the app by the two command lines that need no parser: `smallwins` and `smallwins --file FILE`."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from tui.cli.shared.context import CommandContext
from tui.cli.shared.exit_codes import run_guarded
from tui.cli.shared.open_app import is_interactive, open_app
from tui.system.clock import local_clock

FILE: Final = "SMALLWINS_FILE"
"""The variable that names the journal where no option does."""
COMPLETING: Final = "_SMALLWINS_COMPLETE"
"""What the script of `completion` sets when somebody presses Tab."""


def open_bare(words: Sequence[str]) -> int | None:
    """Open the app and return its exit code, where these words and nothing else ask for it; otherwise return None.

    Importing click would be a thirtieth of the time to the first frame. Whatever it may have something to say about (a
    name that is empty, a folder's, or an option's) is left to it.
    """
    name = _journal_named(words)
    if name is None or COMPLETING in os.environ or not is_interactive():
        return None
    return run_guarded(lambda: _open(Path(name) if name else None))


def _journal_named(words: Sequence[str]) -> str | None:
    """Return the file that is meant, "" for the person's own journal, or None where more than that is said."""
    match words:
        case []:
            name = os.environ.get(FILE, "")
        case ["--file", name] if name:
            pass
        case _:
            return None
    return None if name.startswith("-") or os.path.isdir(name) else name  # noqa: PTH112 - a Path fails on a long name


def _open(path: Path | None) -> int:
    context = CommandContext(path, local_clock)
    try:
        return open_app(context)
    finally:
        context.close()

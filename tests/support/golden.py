"""Whole screens as text, kept beside the tests and compared letter by letter.

`SMALLWINS_GOLDEN=write uv run pytest …` writes them anew; look at the difference before it is committed.
"""

import difflib
import os
from pathlib import Path
from typing import Final

import pytest

FOLDER: Final = Path(__file__).parents[1] / "screens"


def check(name: str, screen: str) -> None:
    """Compare a screen with the one that is kept under that name.

    Args:
        name: Of the file, without its ending.
        screen: The lines of the screen.
    """
    path = FOLDER / f"{name}.txt"
    shown = "\n".join(line.rstrip() for line in screen.splitlines()).rstrip() + "\n"
    if os.environ.get("SMALLWINS_GOLDEN") == "write":
        path.parent.mkdir(exist_ok=True)
        path.write_text(shown, encoding="utf-8")
    kept = path.read_text(encoding="utf-8")
    if shown != kept:  # no assert: pytest would look for what is alike in each line, for minutes
        changed = "".join(
            difflib.unified_diff(kept.splitlines(keepends=True), shown.splitlines(keepends=True), "kept", "now")
        )
        pytest.fail(f"{name} looks different now:\n{changed}\n{shown}")

"""The folders that editors were given, and that are still there after a run that was killed."""

import os
from contextlib import suppress
from pathlib import Path
from tempfile import gettempdir
from typing import Final

EDITOR_PREFIX: Final = "smallwins-editor-"
"""What their names begin with."""


def left_folders() -> list[Path]:
    """Return them all, those of editors that still run too."""
    there, found = Path(gettempdir()), list[str]()
    with suppress(OSError):
        found = os.listdir(there)  # noqa: PTH208 - thousands of others may be there, and each would be made a path
    return [there / name for name in found if name.startswith(EDITOR_PREFIX)]

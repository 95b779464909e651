"""Whether anything on the screen may move by itself."""

import os
from collections.abc import Mapping
from typing import Final

from textual import constants
from textual.types import AnimationLevel

_REMOTE: Final = ("SSH_CONNECTION", "SSH_TTY")
"""What a shell on another computer knows."""


def animation_level(*, wanted: bool, environ: Mapping[str, str] = os.environ) -> AnimationLevel:
    """Return Textual's level of motion: none where the person wants none, and none over a line that may be slow.

    Args:
        wanted: The person's setting.
        environ: The environment; ssh is in it where the terminal is on another computer.
    """
    is_remote = any(environ.get(name) for name in _REMOTE)
    return constants.TEXTUAL_ANIMATIONS if wanted and not is_remote else "none"

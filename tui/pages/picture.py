"""A page saved as a picture: what is on the screen, and no more."""

import os
import re
from datetime import date
from itertools import count
from pathlib import Path

from data.files.export_file import ExportedFile, write_export


def write_picture(svg: str, name: str, today: date, folder: Path) -> ExportedFile:
    """Write a picture that only the person can read, beside those that are there.

    Args:
        svg: The picture as Textual exports it.
        name: What is on it, for the file's name.
        today: The local date, for the file's name.
        folder: Where it goes.

    Raises:
        SmallWinsError: It can't be written.
    """
    # Whoever looks at the picture would fetch the fonts from a server: theirs will do.
    without_fonts = re.sub(r"@font-face \{.*?\}\s*", "", svg, flags=re.DOTALL)
    names = (f"smallwins-{name}-{today}{f'-{number}' if number > 1 else ''}.svg" for number in count(1))
    path = next(path for each in names if not os.path.lexists(path := folder / each))
    return write_export(path, without_fonts.encode(), journal=Path(os.devnull), force=False)

"""A tree of files to choose from; names of files are strangers' text, too."""

from collections.abc import Iterable
from pathlib import Path

from rich.text import Text, TextType
from textual.widgets import DirectoryTree

from data.base.text import clean_line


class FileTree(DirectoryTree):
    """Files and folders, without those that are hidden.

    Args:
        path: The folder to begin with.
        folders_only: Whether files are left out.
    """

    ICON_NODE = "▸ "
    ICON_NODE_EXPANDED = "▾ "
    ICON_FILE = "  "

    def __init__(self, path: Path, *, folders_only: bool = False) -> None:
        self._folders_only = folders_only
        super().__init__(path)

    def filter_paths(self, paths: Iterable[Path]) -> Iterable[Path]:
        """Keep what is not hidden."""
        return (path for path in paths if not path.name.startswith(".") and (not self._folders_only or path.is_dir()))

    def process_label(self, label: TextType) -> Text:
        """Return a name with nothing in it that a terminal would obey."""
        return Text(clean_line(str(label)) or "?")

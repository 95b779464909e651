"""A journal with an inbox beside it, on a Friday that never ends."""

import os
from datetime import UTC, datetime
from pathlib import Path

from data.inbox.drain import Drained, drain
from data.storage.store import Store

NOW = datetime(2026, 11, 20, 17, 30, tzinfo=UTC)


class Home:
    """A journal with an inbox beside it, on a Friday that never ends."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.inbox = folder / "inbox.txt"

    @property
    def store(self) -> Store:
        """The journal, opened anew."""
        return Store(self.folder / "wins.json", lambda: NOW)

    def write(self, said: str, name: str = "inbox.txt", seconds: float = -60) -> Path:
        """Write a file, so many seconds from now."""
        path = self.folder / name
        path.write_text(said, encoding="utf-8")
        moment = NOW.timestamp() + seconds
        os.utime(path, (moment, moment))
        return path

    def drain(self, inbox: Path | None = None) -> Drained:
        """Drain the inbox."""
        return drain(self.store, inbox or self.inbox, lambda: NOW)

    def titles(self) -> list[str]:
        """Return what the journal holds."""
        return sorted(win.title for win in self.store.journal.live())

    def files(self) -> list[str]:
        """Return what lies beside the journal, but for its own files."""
        return sorted(path.name for path in self.folder.iterdir() if "wins.json" not in path.name)

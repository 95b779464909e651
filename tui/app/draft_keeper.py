"""DraftKeeper kept while a form is typed in."""

from pathlib import Path
from threading import Lock

from data.base.errors import SaveError
from data.files.drafts import Draft, drop_draft, save_draft


class DraftKeeper:
    """The one draft of a journal: `keep` makes the disk hold what `latest` says.

    Attributes:
        latest: What is typed, or None once it is saved or dropped on purpose.
    """

    def __init__(self, journal: Path) -> None:
        self.latest: Draft | None = None
        self._journal = journal
        self._lock = Lock()

    def keep(self) -> None:
        """Write the draft, or remove it; a disk that refuses is no reason to bother who is typing."""
        with self._lock:
            try:
                if self.latest is None:
                    drop_draft(self._journal)
                else:
                    save_draft(self._journal, self.latest)
            except SaveError:
                return

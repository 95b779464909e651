"""The drafts of the forms, kept while they are typed in."""

from pathlib import Path
from threading import Lock
from typing import Final

from textual.app import App

from data.base.errors import SaveError
from data.files.drafts import Draft, DraftKey, load_drafts, save_drafts
from tui.app.debounce import Debounce

DRAFT_AFTER: Final = 0.5
"""Seconds after the last key until a draft is kept."""


class DraftKeeper:
    """The unfinished texts of this window, one of each form and record; all of them are on the disk.

    Args:
        app: Its threads and timers are used.
        journal: The path of the journal.
    """

    def __init__(self, app: App[None], journal: Path) -> None:
        self._app = app
        self._journal = journal
        self._drafts: dict[DraftKey, Draft] = {}
        self._lock = Lock()
        self._soon = Debounce(app, DRAFT_AFTER, self._keep_in_thread)

    def load(self) -> tuple[Draft, ...]:
        """Return what the last run did not save, the latest last."""
        found = load_drafts(self._journal)
        self._drafts = {draft.key: draft for draft in found} | self._drafts
        return found

    def remember(self, key: DraftKey, fields: dict[str, str] | None) -> None:
        """Keep what is typed, a moment after the last key; None where there is nothing new."""
        self._set(key, fields)
        self._soon.request()

    def forget(self, key: DraftKey) -> None:
        """Drop a draft: its text is saved, or was dropped on purpose."""
        self._set(key, None)
        self._soon.cancel()
        self._keep_in_thread()

    def resume(self, key: DraftKey) -> dict[str, str] | None:
        """Return the text of a form that was closed."""
        draft = self._drafts.get(key)
        return draft.fields if draft else None

    def keep(self) -> None:
        """Make the disk hold what is remembered; a disk that refuses is no reason to bother who is typing."""
        with self._lock:
            try:
                save_drafts(self._journal, list(self._drafts.values()))
            except (SaveError, OSError):
                return

    def _set(self, key: DraftKey, fields: dict[str, str] | None) -> None:
        """Replace a draft, as the latest; a new value as a whole, since a thread may be writing the old one."""
        others = {known: draft for known, draft in self._drafts.items() if known != key}
        form, win = key
        self._drafts = others if fields is None else {**others, key: Draft(fields, win, form)}

    def _keep_in_thread(self) -> None:
        self._app.run_worker(self.keep, thread=True, group="draft")

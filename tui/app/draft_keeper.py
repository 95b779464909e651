"""The draft of a form, kept while it is typed in."""

from pathlib import Path
from threading import Lock
from typing import Final

from textual.app import App

from data.base.errors import SaveError
from data.files.drafts import Draft, drop_draft, load_draft, save_draft
from tui.app.debounce import Debounce

DRAFT_AFTER: Final = 0.5
"""Seconds after the last key until a draft is kept."""


class DraftKeeper:
    """The one draft of a journal.

    Args:
        app: Its threads and timers are used.
        journal: The path of the journal.
    """

    def __init__(self, app: App[None], journal: Path) -> None:
        self._app = app
        self._journal = journal
        self._latest: Draft | None = None
        self._aside: dict[str | None, Draft] = {}
        self._lock = Lock()
        self._soon = Debounce(app, DRAFT_AFTER, self._keep_in_thread)

    def load(self) -> Draft | None:
        """Return what the last run did not save."""
        return load_draft(self._journal)

    def remember(self, draft: Draft | None) -> None:
        """Keep what is typed, a moment after the last key; None where there is nothing new."""
        self._latest = draft
        self._soon.request()

    def forget(self) -> None:
        """Drop the draft: its text is saved, or was dropped on purpose. One that was set aside takes its place."""
        self._latest = next(reversed(self._aside.values()), None)
        self._soon.cancel()
        self._keep_in_thread()

    def set_aside(self, draft: Draft) -> None:
        """Keep the text of a form that was closed, until it is resumed."""
        self._aside[draft.win] = draft
        self.remember(draft)

    def resume(self, win: str | None) -> Draft | None:
        """Return the text of a form that was closed: that of a win, or of a new one."""
        return self._aside.pop(win, None)

    def keep(self) -> None:
        """Make the disk hold what is remembered; a disk that refuses is no reason to bother who is typing."""
        with self._lock:
            try:
                if self._latest is None:
                    drop_draft(self._journal)
                else:
                    save_draft(self._journal, self._latest)
            except (SaveError, OSError):
                return

    def _keep_in_thread(self) -> None:
        self._app.run_worker(self.keep, thread=True, group="draft")

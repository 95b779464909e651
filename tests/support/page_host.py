"""The real application on a page, over a journal in a temporary file, at a fixed moment."""

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from data.model.journal import Journal
from data.model.records import Changes, Record
from data.storage.store import Store
from tui.app.app import SmallWins

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
"""A Friday."""


def app_on(page: str, journal: Journal, folder: Path, now: datetime = NOON) -> SmallWins:
    """Return the application, opened on a page of this journal."""
    store = Store(folder / "wins.json", lambda: now)
    tables: tuple[Mapping[str, Record], ...] = (journal.wins, journal.goals, journal.steps, journal.reviews)
    records = tuple(record for table in tables for record in table.values())
    store.change("fill", lambda _: Changes(put=records))
    return SmallWins(store, lambda: now, start=page)

"""The whole app on a journal of its own, with a clock that stands still."""

import asyncio
from collections.abc import Iterable
from datetime import UTC, date, datetime
from pathlib import Path

from msgspec import structs

from data.files.settings import Settings
from data.model import edits
from data.model.records import Changes, Verdict, Win
from data.storage.store import Store
from tui.app.app import SmallWins

NOW = datetime(2026, 11, 20, 17, 30, tzinfo=UTC)
"""A Friday afternoon."""
TODAY = NOW.date()


def clock() -> datetime:
    """Return the one moment there is."""
    return NOW


def win(title: str, day: date = TODAY, verdict: Verdict | None = None, opened_by: str | None = None) -> Win:
    """Return a win."""
    made = edits.new_win(title, happened_on=day, now=NOW, opened_by=opened_by)
    return made if verdict is None else structs.replace(made, verdict=verdict)


def store_with(path: Path, wins: Iterable[Win] = ()) -> Store:
    """Return a store whose file holds these wins."""
    store = Store(path, clock)
    put = tuple(wins)
    if put:
        store.change("begin", lambda _journal: Changes(put=put))
    return store


def titles(path: Path) -> list[str]:
    """Return the titles in a file, sorted; not those in the trash."""
    return sorted(each.title for each in Store(path, clock).journal.live())


def app_on(store: Store, settings: Settings | None = None, *, start: str = "board") -> SmallWins:
    """Return the app on a store."""
    return SmallWins(store, clock, settings, start=start)


async def settled(app: SmallWins) -> None:
    """Wait until all that was asked of the store is answered and shown."""
    while not app.session.saves.idle:  # noqa: ASYNC110 - a thread of the queue ends it, without an event
        await asyncio.sleep(0.005)
    await app.workers.wait_for_complete(
        [worker for worker in app.workers if worker.group in ("save", "draft", "look") and not worker.is_finished]
    )

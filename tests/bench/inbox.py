"""What it costs to bring in an inbox of a thousand lines, beside saving as many wins that are there already."""

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from data.inbox.drain import drain
from data.model.records import Changes, Win
from data.storage.store import Store
from tests.bench.crowd import NOW, TITLES, wins
from tests.bench.figures import Figure, in_turns, timed

LINES: Final = 1_000
LIMIT: Final = 10.0
"""Times the save that reading each line and making a win of it may take."""
TURNS: Final = 7


def run() -> Iterator[Figure]:
    """Drain a file and save wins, in turns, each into a journal of its own."""
    with TemporaryDirectory(prefix="smallwins-bench-") as folder:
        inbox, made = _Inbox(Path(folder)), tuple(wins(LINES))
        took = in_turns({"ours": inbox.drain_all, "save": timed(lambda: inbox.save(made))}, TURNS)
        yield Figure(f"draining an inbox, {LINES:,} lines", "saving as many wins", took["ours"], took["save"], LIMIT)


class _Inbox:
    """An inbox, and a new journal for each time."""

    def __init__(self, home: Path) -> None:
        self._home = home
        self._journals = 0

    def _store(self) -> Store:
        self._journals += 1
        return Store(self._home / f"{self._journals}.json", lambda: NOW)

    def drain_all(self) -> float:
        """Return the seconds that a thousand lines take."""
        place, store = self._home / "inbox.txt", self._store()
        lines = [f"yesterday: {TITLES[number % len(TITLES)]} {number} #people\n" for number in range(LINES)]
        place.write_text("".join(lines), encoding="utf-8")
        took = timed(lambda: drain(store, place, lambda: NOW))()
        assert len(store.journal.wins) == LINES
        return took

    def save(self, made: tuple[Win, ...]) -> None:
        """Save wins that were made before."""
        self._store().change("import", lambda _: Changes(put=made))

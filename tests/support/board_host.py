"""Five wins, and a desk that sorts them: a board over a journal, without the file and the rest of the app."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime, timedelta
from typing import Final

from msgspec import structs
from textual.pilot import Pilot

from data.model import edits
from data.model.journal import Edit, Journal
from data.model.records import Goal, Verdict, Win
from data.search.filters import newest_first
from tests.support.widget_host import Host
from widgets.board.board import Board

TODAY: Final = date(2026, 11, 22)
NOW: Final = datetime(2026, 11, 22, 9, tzinfo=UTC)


def win(title: str, verdict: Verdict | None = None, days: int = 0) -> Win:
    """Return a win of so many days ago."""
    made = edits.new_win(title, happened_on=TODAY - timedelta(days=days), now=NOW - timedelta(minutes=days))
    return structs.replace(made, verdict=verdict)


EMAIL = win("Wrote to the recruiter", None, 1)
CALL = structs.replace(win("First call", None, 2), opened_by=EMAIL.id)
TALK = win("Said yes to the panel", Verdict.REAL, 3)
COFFEE = win("Coffee with a mentor", Verdict.REAL, 4)
LIKES = win("200 likes", Verdict.CANDY, 5)
ALL = (EMAIL, CALL, TALK, COFFEE, LIKES)


class Desk(Host):
    """Does to the journal what the board asks for, as the real app does."""

    def __init__(self, *records: Win | Goal) -> None:
        self.board = Board()
        super().__init__(self.board)
        self.journal = Journal.of(*records)

    def show(self) -> None:
        """Show the whole journal."""
        journal = self.journal
        self.board.show(newest_first(list(journal.live())), opens=journal.opens, goals=journal.goals, today=TODAY)

    def change(self, edit: Edit) -> None:
        """Apply an edit and show what changed."""
        before, changes = self.journal, edit(self.journal)
        self.journal = before.apply(changes)
        pairs = [(before.wins.get(item.id), self.journal.wins[item.id]) for item in changes.put]
        shown = [(old, new if new.deleted_at is None else None) for old, new in pairs]
        self.board.update(shown, opens=self.journal.opens, goals=self.journal.goals, today=TODAY)

    def on_board_cards_moved(self, message: Board.CardsMoved) -> None:
        """Move them."""
        self.change(edits.set_verdict(message.ids, message.verdict, NOW))

    def on_board_cards_trashed(self, message: Board.CardsTrashed) -> None:
        """Throw them away."""
        self.change(edits.trash_wins(message.ids, NOW))

    def column(self, name: str) -> list[str]:
        """Return the titles of a column."""
        column = next(column for column in self.board.columns if column.spec.id == name)
        return [win.title for win in column.cards.rows]

    @property
    def here(self) -> str:
        """The title under the cursor."""
        return self.board.win.title if self.board.win is not None else ""


@asynccontextmanager
async def desk(*records: Win | Goal, size: tuple[int, int] = (120, 30)) -> AsyncIterator[tuple[Desk, Pilot[None]]]:
    """Run a desk with these records and the focus on its board."""
    app = Desk(*records)
    async with app.run_test(size=size) as pilot:
        app.show()
        app.board.focus()
        await pilot.pause()
        yield app, pilot

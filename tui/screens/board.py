"""The board page: the journal's wins as cards, sorted by the person."""

from collections.abc import Iterable
from datetime import date

from textual import on
from textual.app import ComposeResult

from data import edits
from data.filters import newest_first
from data.journal import Journal
from data.models import Changes, Verdict, Win
from data.settings import Settings
from tui.page import Page
from widgets.board import Board

_MOVES = {Verdict.REAL: "move to real wins", Verdict.CANDY: "move to cotton candy", None: "move to unsorted"}


class BoardPage(Page):
    """Where wins are sorted into real ones and cotton candy."""

    def __init__(self) -> None:
        super().__init__()
        self.board = Board()

    def compose_page(self) -> ComposeResult:
        """Yield the board."""
        yield self.board

    def on_mount(self) -> None:
        """Show the journal there is."""
        self._show_all()
        self.board.focus()

    def watch_journal(self, before: Journal, after: Journal) -> None:
        """Show what changed, or everything when a goal did."""
        if before.goals is not after.goals:
            self._show_all()
        else:
            pairs = list(_pairs(before, after, self.changes))
            self.board.update(pairs, opens=after.opens, goals=after.goals, today=self.today)

    def watch_today(self, _today: date) -> None:
        """Say dates as seen from the new day."""
        self._show_all()

    def watch_settings(self, settings: Settings) -> None:
        """Let the focus follow a card, or stay."""
        self.board.follow = settings.follow

    def _show_all(self) -> None:
        journal = self.journal
        self.board.show(newest_first(list(journal.live())), opens=journal.opens, goals=journal.goals, today=self.today)

    def arrive(self, wanted: Page.Wanted) -> None:
        """Put the cursor on the win that was asked for."""
        win = self.journal.wins.get(wanted.win or "")
        if win is not None:
            self.board.select(win)

    @on(Board.EditRequested)
    def _edit(self, message: Board.EditRequested) -> None:
        self.post_message(self.EditRequested(message.id))

    @on(Board.Moved)
    def _moved(self, message: Board.Moved) -> None:
        edit = edits.set_verdict(message.ids, message.verdict, self.now())
        self.post_message(self.Edited(_MOVES[message.verdict], edit))

    @on(Board.TrashRequested)
    def _trashed(self, message: Board.TrashRequested) -> None:
        self.post_message(self.Edited("move to the trash", edits.trash_wins(message.ids, self.now())))


def _pairs(before: Journal, after: Journal, changes: Changes) -> Iterable[tuple[Win | None, Win | None]]:
    """Yield each win that changed as it was and as it is, None where it is not on the board."""
    for record in (*changes.put, *changes.drop):
        if isinstance(record, Win):
            yield _live(before, record.id), _live(after, record.id)


def _live(journal: Journal, identity: str) -> Win | None:
    win = journal.wins.get(identity)
    return win if win is not None and win.deleted_at is None else None

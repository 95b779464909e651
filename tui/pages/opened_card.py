"""A card that was opened to be looked at, and what follows from it."""

from typing import TYPE_CHECKING

from tui.pages.door_links import DoorLinks
from tui.pages.page import Page
from widgets.board.board import Board
from widgets.board.board_column import spec_of

if TYPE_CHECKING:
    from tui.dialogs.win_view import WinViewResult


class OpenedCard:
    """Opens a card above the board, and does what the person wants of it there.

    Args:
        page: The page below.
        board: Its board.
        links: Asks for the other win of a link.
    """

    def __init__(self, page: Page, board: Board, links: DoorLinks) -> None:
        self._page = page
        self._board = board
        self._links = links

    def open(self, win: str) -> None:
        """Open a card, by the id of its win, unless that vanished in the same moment, as by an undo."""
        if win not in self._page.journal.wins:
            return
        from tui.dialogs.win_view import WinView  # noqa: PLC0415 - dialogs are imported when they open

        page = self._page
        page.app.push_screen(WinView(page.journal, win, page.today, page.past), self._looked)

    def _looked(self, wish: "WinViewResult | None") -> None:
        """Go on from a win that was looked at."""
        page = self._page
        win = page.journal.wins.get(wish.win) if wish is not None else None
        if wish is None or win is None:
            return
        page.navigate_to(page.Navigate("board", win=wish.win))
        if wish.what in ("edit", "proof"):
            page.post_message(page.EditRequested(win.id, wish.what))
        elif wish.what == "trash":
            self._board.post_message(Board.CardsTrashed((win.id,)))
        elif wish.what in ("opener", "opened"):
            self._links.ask(win, earlier=wish.what == "opener")
        elif wish.what != "show":
            self._board.move((win,), spec_of(wish.what).verdict, follow=page.settings.follow)

"""Asks back, in one line below the board, about a move that the tests speak against."""

from contextlib import suppress
from typing import TYPE_CHECKING

from textual.widget import Widget

from data.base.errors import NotFoundError
from data.model.journal import Edit, Journal
from data.model.records import Win
from tui.pages.page import Page

if TYPE_CHECKING:
    from widgets.review.challenge_line import ChallengeLine


class Challenges:
    """The question of a page about the win that was moved last; the line is made when it is first needed.

    Args:
        page: Where the line stands, and who asks for what is answered.
        board: What has the focus again after an answer.
    """

    def __init__(self, page: Page, board: Widget) -> None:
        self._page = page
        self._board = board
        self._line: ChallengeLine | None = None
        self._asked: set[str] = set()

    @property
    def is_asking(self) -> bool:
        """Whether a question stands there."""
        return self._line is not None and bool(self._line.win)

    def moved(self, ids: tuple[str, ...], move: Edit) -> None:
        """Ask about a win that is being moved alone, and drop what was asked before.

        Args:
            ids: The wins.
            move: What will be done with them.
        """
        self.drop()
        if len(ids) == 1 and self._page.settings.challenge and ids[0] not in self._asked:
            with suppress(NotFoundError):  # undone in the same moment, which the app says
                for win in move(self._page.journal).put:
                    if isinstance(win, Win):
                        self._consider(win)

    def _consider(self, win: Win) -> None:
        from data.review.challenge import find_challenge  # noqa: PLC0415 - the first frame does without

        question = find_challenge(self._page.journal, win)
        if question:
            self._asked.add(win.id)
            self._page.call_later(self._ask, win, question)

    async def _ask(self, win: Win, question: str) -> None:
        from widgets.review.challenge_line import ChallengeLine  # noqa: PLC0415 - as above

        if self._line is None:
            self._line = ChallengeLine(self._keep, self._close)
            await self._page.mount(self._line, before=self._page.key_bar)
        self._line.ask(win, question)

    def follow(self, journal: Journal) -> None:
        """Drop a question whose win was moved back, or is gone."""
        win = journal.wins.get(self._line.win) if self._line is not None else None
        if self.is_asking and (win is None or win.deleted_at is not None or win.verdict is None):
            self.drop()

    def answer(self) -> None:
        """Let the person answer."""
        if self._line is not None and self._line.win:
            self._line.open(self._page.journal)

    def drop(self) -> bool:
        """Ask no longer, and return whether anything was asked."""
        if self._line is None or not self._line.win:
            return False
        self._line.drop()
        return True

    def _keep(self, win: str, note: str, later: str | None) -> None:
        """Keep what was answered: a few words, or a link to a later win."""
        from data.review.naming_doors import name_door  # noqa: PLC0415 - as above

        if note or later:
            page = self._page
            page.post_message(page.Edited("name a door", name_door(win, note, later, page.now()), done="Kept"))
        self._close()

    def _close(self) -> None:
        self.drop()
        self._board.focus()

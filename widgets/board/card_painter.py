"""Cards as the lines of a column: what is said of each, how it stands out, and what was drawn before."""

from collections.abc import Callable
from collections.abc import Set as AbstractSet
from datetime import date
from functools import partial
from typing import Final

from textual.strip import Strip

from data.model.records import Win
from widgets.board import card
from widgets.board.card import CardFacts, CardLine
from widgets.board.styles import StyledLines

GUTTER_CELLS: Final = 3
"""Cells left of a card's text: the cursor's mark, the edge or the tick of a marked card, a space."""
MARGIN_CELLS: Final = 1
"""Cells right of a card, before the scrollbar."""
_DRAWN_LIMIT: Final = 512
"""The most cards that are kept as they were drawn."""
_NO_FACTS: Final = CardFacts()


class CardPainter:
    """Draws the cards of one column and keeps what it drew.

    Args:
        canvas: The column, whose styles it uses.
        edge: The sign at the left edge of its cards.

    Attributes:
        facts: Says what a card says beside its own win.
        words: Folded words to underline in titles.
        is_faded: Says which cards are paler.
        today: Decides which dates need their year.
        marked: The ids of the ticked cards.
        lifted: Those in the hand.
        landed: Those that light up.
        hovered: The one under the pointer, or "".
    """

    def __init__(self, canvas: StyledLines, edge: str) -> None:
        self.facts: Callable[[Win], CardFacts] = lambda _: _NO_FACTS
        self.words: tuple[str, ...] = ()
        self.is_faded: Callable[[Win], bool] = lambda _: False
        self.today = date.min
        self.marked: frozenset[str] = frozenset()
        self.lifted: frozenset[str] = frozenset()
        self.landed: frozenset[str] = frozenset()
        self.hovered = ""
        self._canvas = canvas
        self._edge = edge
        self._drawn: dict[tuple[str, bool], list[Strip]] = {}

    def forget(self, ids: AbstractSet[str]) -> None:
        """Draw some cards anew when they are next seen."""
        for key in [key for key in self._drawn if key[0] in ids]:
            del self._drawn[key]

    def forget_all(self) -> None:
        """Draw every card anew when it is next seen."""
        self._drawn.clear()

    def paint(self, win: Win, width: int, *, on: bool) -> list[Strip]:
        """Return the lines of a card.

        Args:
            win: The win.
            width: Cells of its text; what was drawn at another width must have been forgotten.
            on: Whether the cursor is on it.
        """
        strips = self._drawn.get((win.id, on))
        if strips is None:
            if len(self._drawn) > _DRAWN_LIMIT:
                self._drawn.clear()
            lines = card.draw_card(win, self.facts(win), self.today, width)
            strips = self._drawn[win.id, on] = [self._line(win, line, n, on=on) for n, line in enumerate(lines)]
        return strips

    def paint_legend(self, width: int) -> Strip:
        """Return the line that says what the marks of the cards below it mean."""
        canvas = self._canvas
        parts = [(text, canvas.role_style(role)) for text, role in card.draw_legend(width)]
        return canvas.strip([(" " * GUTTER_CELLS, canvas.role_style()), *parts])

    def _line(self, win: Win, line: CardLine, number: int, *, on: bool) -> Strip:
        canvas = self._canvas
        if len(line) == 1 and line[0][1] == "gap":
            return canvas.blank()
        style = partial(canvas.role_style, ground=self._ground(win, on=on), lifted=win.id in self.lifted)
        parts = [(text, style(role)) for text, role in self._gutter(win, on=on, is_first=number == 0)]
        title = "cursor-title" if on else "faded" if self.is_faded(win) else "title"
        for text, role in card.with_matches(line, self.words) if self.words else line:
            parts.append((text, style(title if role == "title" else role)))
        parts.append((" " * MARGIN_CELLS, style("")))
        return canvas.strip(parts)

    def _gutter(self, win: Win, *, on: bool, is_first: bool) -> list[tuple[str, str]]:
        """Return what stands left of a line, with its role: one text where it can be, since each is drawn by itself."""
        marked = is_first and win.id in self.marked
        if is_first and (on or marked):
            cursor = "▸" if on else " "
            return [(f"{cursor}✓ ", "tick")] if marked else [(cursor, "tick"), (f"{self._edge} ", "edge")]
        return [(f" {self._edge} ", "edge")]

    def _ground(self, win: Win, *, on: bool) -> str:
        """Return what the card stands out by."""
        if win.id in self.landed:
            return "landed"
        if on:
            return "cursor"
        return "hover" if win.id == self.hovered else ""

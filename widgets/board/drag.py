"""Moving cards by hand: what is being dragged, where it would land, and what ends a drag without a drop."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final

from msgspec import Struct
from textual import events
from textual.geometry import Offset, Region
from textual.timer import Timer
from textual.widget import Widget

from data.model.records import Win
from widgets.board.board_column import BoardColumn

if TYPE_CHECKING:
    from widgets.board.drag_ghost import DragGhost

LEFT_BUTTON: Final = 1
_THRESHOLD: Final = 2
"""Cells the pointer has to go before a press becomes a drag; a hand that trembles only selects."""
_EDGE: Final = 2
"""Lines at a column's top and bottom where a drag scrolls it."""
_SCROLL_EVERY: Final = 0.06


class Drag(Struct):
    """One press of the button on a card, and what it became.

    Attributes:
        win: The win that was pressed.
        wins: Every win that goes with it: the marked ones if it is marked.
        start: Where it was pressed, on the screen.
        at: Where the pointer is now, on the screen.
        live: Whether it has gone far enough to be a drag.
    """

    win: Win
    wins: tuple[Win, ...]
    start: Offset
    at: Offset
    live: bool = False

    def pull(self, at: Offset) -> bool:
        """Follow the pointer; return whether it is a drag by now."""
        self.at = at
        away = at - self.start
        self.live = self.live or max(abs(away.x), abs(away.y)) >= _THRESHOLD
        return self.live


def is_outside(at: Offset, screen: Region) -> bool:
    """Return whether a pointer may have left the terminal.

    Terminals report a pointer beyond their edge as being on the outermost cell, so those cells count as outside; no
    card is ever drawn there.
    """
    return not screen.shrink((1, 1, 1, 1)).contains_point(at)


class DragController:
    """Carries cards from column to column for the board that owns it.

    The board captures the mouse from the press on, so nothing under the pointer responds meanwhile.

    Args:
        host: The widget the cards are dragged in; it captures the mouse and holds the ghost.
        columns: Where cards can be dropped.
        drop: Called with the dragged wins and the column they were dropped on.
    """

    def __init__(
        self,
        host: Widget,
        columns: Sequence[BoardColumn],
        drop: Callable[[tuple[Win, ...], BoardColumn], None],
    ) -> None:
        self._host = host
        self._columns = columns
        self._drop = drop
        self._drag: Drag | None = None
        self._ghost: DragGhost | None = None
        self._timer: Timer | None = None

    @property
    def wins(self) -> tuple[Win, ...]:
        """The wins in the hand, none without a drag."""
        return self._drag.wins if self._drag is not None else ()

    def column_at(self, at: Offset) -> BoardColumn | None:
        """Return the column at a position on the screen, or None beside them all."""
        return next((column for column in self._columns if column.region.contains_point(at)), None)

    def press(self, wins: tuple[Win, ...], at: Offset) -> None:
        """Take wins into the hand, the pressed one first."""
        self._drag = Drag(wins[0], wins, at, at)
        self._host.capture_mouse()

    def move(self, event: events.MouseMove) -> None:
        """Carry the cards along."""
        drag = self._drag
        if drag is None:
            return
        if event.button != LEFT_BUTTON:
            # The button was released where nobody told us: beyond the edge of the terminal.
            self.cancel()
        elif drag.pull(event.screen_offset):
            self._follow_pointer(drag)

    def release(self, event: events.MouseUp) -> None:
        """Drop the cards on the column under the pointer; a press without a pull has selected, no more."""
        drag = self._drag
        if drag is None or event.button != LEFT_BUTTON:
            return
        column = self._target_at(event.screen_offset) if drag.live else None
        self.cancel()
        if column is not None:
            self._drop(drag.wins, column)

    def cancel(self) -> None:
        """Put the cards back where they were."""
        drag, self._drag = self._drag, None
        if drag is not None:
            self._show(None, None)
            self._host.release_mouse()

    def scroll(self, event: events.MouseEvent, lines: int) -> None:
        """Scroll the column under the pointer while dragging."""
        column = self._target_at(event.screen_offset)
        if self._drag is not None and column is not None:
            event.stop()
            column.cards.scroll_by(lines)

    def _target_at(self, at: Offset) -> BoardColumn | None:
        """Return the column that a card in the hand would be dropped on, or None outside."""
        return None if is_outside(at, self._host.screen.region) else self.column_at(at)

    def _follow_pointer(self, drag: Drag) -> None:
        if self._ghost is None:
            from widgets.board.drag_ghost import DragGhost  # noqa: PLC0415 - not needed for the first frame

            self._ghost = DragGhost()
            self._host.mount(self._ghost)
        column = self._target_at(drag.at)
        self._show(drag, column)
        mark = column.spec.mark if column is not None else ""
        self._ghost.carry(drag.win.title, len(drag.wins) - 1, mark, drag.at, self._host.region)
        if self._timer is None:
            self._timer = self._host.set_interval(_SCROLL_EVERY, self._scroll_at_edge)

    def _show(self, drag: Drag | None, over: BoardColumn | None) -> None:
        """Light up the column under the pointer with the line where the card lands, and dim the cards in the hand."""
        lifted = frozenset(win.id for win in drag.wins) if drag is not None else frozenset()
        for column in self._columns:
            column.cards.lift(lifted)
            held = drag.win if drag is not None and column is over else None
            column.cards.target = held is not None
            away = held is not None and held.verdict != column.spec.verdict
            column.cards.landing = column.cards.rows.place(held) if held is not None and away else None
        if drag is None:
            self._put_away()

    def _put_away(self) -> None:
        if self._ghost is not None:
            self._ghost.display = False
        if self._timer is not None:
            self._timer.stop()
            self._timer = None

    def _scroll_at_edge(self) -> None:
        drag = self._drag
        column = self._target_at(drag.at) if drag is not None and drag.live else None
        if drag is None or column is None:
            return
        region = column.cards.region
        if drag.at.y < region.y + _EDGE:
            column.cards.scroll_by(-1)
        elif drag.at.y >= region.bottom - _EDGE:
            column.cards.scroll_by(1)

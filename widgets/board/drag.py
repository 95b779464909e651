"""Moving cards by hand: what is being dragged, and where it would land."""

from typing import TYPE_CHECKING, Final

from msgspec import Struct
from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.geometry import Offset, Region
from textual.timer import Timer

from data.model.records import Win
from widgets.board.board_column import BoardColumn

if TYPE_CHECKING:
    from widgets.board.drag_ghost import DragGhost

_THRESHOLD: Final = 2
"""Cells the pointer has to go before a press becomes a drag; a hand that trembles only selects."""
_EDGE: Final = 2
"""Lines at a column's top and bottom where a drag scrolls it."""
_WHEEL: Final = 3
"""Lines the wheel scrolls while a card is dragged."""
_SCROLL_EVERY: Final = 0.06
_LEFT: Final = 1
_TWICE: Final = 2


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


def outside(at: Offset, screen: Region) -> bool:
    """Say whether a pointer may have left the terminal.

    Terminals report a pointer beyond their edge as being on the outermost cell, so those cells count as outside; no
    card is ever drawn there.
    """
    return not screen.shrink((1, 1, 1, 1)).contains_point(at)


class DragArea(Horizontal):
    """Columns between which cards are dragged.

    The area holds the mouse from the press on, so that nothing under the pointer answers meanwhile. Whatever takes the
    mouse away (a dialog), and whatever makes places mean something else (a resize, the terminal losing the focus), lets
    the cards go back.
    """

    columns: tuple[BoardColumn, ...] = ()

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 (Textual's word)
        super().__init__(id=id)
        self.drag: Drag | None = None
        self._ghost: DragGhost | None = None
        self._timer: Timer | None = None

    def compose(self) -> ComposeResult:
        """Put the columns side by side."""
        yield from (column.cards for column in self.columns)

    def on_mount(self) -> None:
        """Let go when the terminal loses the focus: a release elsewhere would never be told."""
        self.watch(self.app, "app_focus", self._focus_changed, init=False)

    def picked(self, win: Win) -> tuple[Win, ...]:
        """Return the wins that go along when this one is dragged, itself first."""
        return (win,)

    def touch(self, column: BoardColumn) -> None:
        """Take up that a column was touched, before the next key that is meant for it."""

    def tick(self, win: Win) -> None:
        """Take up a press together with ctrl."""

    def open(self, win: Win) -> None:
        """Take up a double click."""

    def drop(self, wins: tuple[Win, ...], column: BoardColumn) -> None:
        """Take up what was dropped on a column."""

    def cancel_drag(self) -> None:
        """Let the cards go back where they were."""
        drag, self.drag = self.drag, None
        if drag is not None:
            self._show_drag(None, None)
            self.release_mouse()

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Take a card into the hand; any other button lets it go."""
        if self.drag is not None or event.button != _LEFT:
            self.cancel_drag()
            return
        at = event.screen_offset
        win = self._take_hold(at)
        if win is not None and event.ctrl:
            self.tick(win)
        elif win is not None:
            self.drag = Drag(win, self.picked(win), at, at)
            self.capture_mouse()

    def on_click(self, event: events.Click) -> None:
        """Open the card that was clicked twice."""
        if event.chain == _TWICE and (win := self._take_hold(event.screen_offset)) is not None:
            self.open(win)

    def _take_hold(self, at: Offset) -> Win | None:
        """Put the cursor where it was pressed on the screen, and return the win there, or None where there is none."""
        column = self._column_under(at)
        if column is None:
            return None
        place = column.cards.place_at(at)
        if place is not None:
            column.cards.go_to(place)
        self.touch(column)
        return column.cards.rows[place] if place is not None else None

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Carry the cards along."""
        drag = self.drag
        if drag is None:
            return
        if event.button != _LEFT:
            # The button was let go where nobody told us: beyond the edge of the terminal.
            self.cancel_drag()
        elif drag.pull(event.screen_offset):
            self._follow_pointer(drag)

    def on_mouse_up(self, event: events.MouseUp) -> None:
        """Drop the cards on the column under the pointer; a press without a pull has selected, no more."""
        drag = self.drag
        if drag is None or event.button != _LEFT:
            return
        column = self._landing_at(event.screen_offset) if drag.live else None
        self.cancel_drag()
        if column is not None:
            self.drop(drag.wins, column)

    def on_mouse_release(self) -> None:
        """Let go when something else takes the mouse."""
        self.cancel_drag()

    def on_resize(self) -> None:
        """Let go when places mean something else."""
        self.cancel_drag()

    def _focus_changed(self, focused: bool) -> None:  # noqa: FBT001 (Textual's signature)
        if not focused:
            self.cancel_drag()

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Scroll the column under the pointer while dragging."""
        self._scroll_under(event, _WHEEL)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Scroll the column under the pointer while dragging."""
        self._scroll_under(event, -_WHEEL)

    def _scroll_under(self, event: events.MouseEvent, lines: int) -> None:
        column = self._landing_at(event.screen_offset)
        if self.drag is not None and column is not None:
            event.stop()
            column.cards.scroll_by(lines)

    def _column_under(self, at: Offset) -> BoardColumn | None:
        return next((column for column in self.columns if column.region.contains_point(at)), None)

    def _landing_at(self, at: Offset) -> BoardColumn | None:
        """Return the column that a card in the hand would land on, or None outside."""
        return None if outside(at, self.screen.region) else self._column_under(at)

    def _follow_pointer(self, drag: Drag) -> None:
        if self._ghost is None:
            from widgets.board.drag_ghost import DragGhost  # noqa: PLC0415 - the first frame does without

            self._ghost = DragGhost()
            self.mount(self._ghost)
        column = self._landing_at(drag.at)
        self._show_drag(drag, column)
        mark = column.spec.mark if column is not None else ""
        self._ghost.carry(drag.win.title, len(drag.wins) - 1, mark, drag.at, self.region)
        if self._timer is None:
            self._timer = self.set_interval(_SCROLL_EVERY, self._scroll_at_edge)

    def _show_drag(self, drag: Drag | None, over: BoardColumn | None) -> None:
        """Light up the column under the pointer with the line where the card lands, and dim the cards in the hand."""
        lifted = frozenset(win.id for win in drag.wins) if drag is not None else frozenset()
        for column in self.columns:
            column.cards.lift(lifted)
            held = drag.win if drag is not None and column is over else None
            column.cards.target = held is not None
            away = held is not None and held.verdict != column.spec.verdict
            column.cards.landing = column.cards.rows.place(held) if held is not None and away else None
        if drag is None:
            if self._ghost is not None:
                self._ghost.display = False
            if self._timer is not None:
                self._timer.stop()
                self._timer = None

    def _scroll_at_edge(self) -> None:
        drag = self.drag
        column = self._landing_at(drag.at) if drag is not None and drag.live else None
        if drag is None or column is None:
            return
        region = column.cards.region
        if drag.at.y < region.y + _EDGE:
            column.cards.scroll_by(-1)
        elif drag.at.y >= region.bottom - _EDGE:
            column.cards.scroll_by(1)

"""A column of cards: one widget drawn by lines, never a widget for each card, so its cost is what is on the screen."""

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from contextlib import contextmanager
from typing import ClassVar, Final

from textual.binding import BindingType
from textual.events import Leave, MouseMove
from textual.geometry import Offset, Region, Size
from textual.reactive import reactive
from textual.strip import Strip

from data.model.records import Win
from widgets.base.cells import wrap
from widgets.board import card
from widgets.board.card_painter import GUTTER_CELLS, MARGIN_CELLS, CardPainter
from widgets.board.sorted_rows import CardOrder, SortedRows, newest
from widgets.board.styles import StyledLines

TOP: Final = 1
"""Lines above the first card, where the landing line is drawn for the first place."""


class CardList(StyledLines, can_focus=False, inherit_bindings=False):
    """The wins of one column, newest first, with a cursor.

    It is told what to show and answers where things are; keys and mouse are the board's.

    Attributes:
        cursor: The place of the cursor, 0 when there are no cards.
        landing: The place before which a dragged card would land, or None.
        target: Whether a dragged card would be dropped here.
        folded: Whether only the name is shown, from top to bottom.
        hovered: The id of the win under the pointer, or "".
        current: Whether keys for cards go here; only then the cursor is shown.
        has_legend: Whether the line above the first card says what the marks of cards mean.
        painter: Draws the cards; it is told what else to say of them.
        flash_seconds: How long a card that landed is lit up.
    """

    ALLOW_SELECT = False
    BINDINGS: ClassVar[list[BindingType]] = []
    DEFAULT_CSS = """
    CardList {
        height: 1fr;
        overflow-x: hidden;
        overflow-y: auto;
        scrollbar-gutter: stable;
        scrollbar-size-vertical: 1;
        scrollbar-color: $scrollbar;
        scrollbar-background: $background;
        scrollbar-background-hover: $background;
        scrollbar-background-active: $background;
        background: $background;
        color: $foreground;
        &.-target { background: $surface; scrollbar-background: $surface; }
        &.-folded { scrollbar-gutter: auto; scrollbar-size-vertical: 0; }
    }
    """

    cursor: reactive[int] = reactive(0, init=False, repaint=False)
    landing: reactive[int | None] = reactive(None, init=False)
    target: reactive[bool] = reactive(False, init=False)
    folded: reactive[bool] = reactive(False, init=False)
    hovered: reactive[str] = reactive("", init=False, repaint=False)
    current: reactive[bool] = reactive(False, init=False, repaint=False)

    def __init__(self, name: str, *, teaching: str = "", edge: str = " ", id: str | None = None) -> None:  # noqa: A002 (Textual's word)
        """Make an empty column.

        Args:
            name: Shown from top to bottom when folded.
            teaching: What an empty column says; paragraphs are parted by a newline.
            edge: The sign at the left edge of its cards.
            id: The widget's id.
        """
        super().__init__(name=name, id=id)
        self.teaching = teaching
        self.rows = SortedRows(self._measure)
        self.has_legend = False
        self.painter = CardPainter(self, edge)
        self.flash_seconds = 0.15
        self._card_width = 0
        self._is_drawn = False

    # What it holds.

    @property
    def win(self) -> Win | None:
        """The win under the cursor, or None in an empty column."""
        return self.rows[self.cursor] if len(self.rows) else None

    def show(self, wins: Sequence[Win], order: CardOrder = newest) -> None:
        """Hold these wins, which are in order already; the cursor stays with its win where that is still here."""
        kept = self.win
        self.painter.forget_all()
        with self._holding_still():
            self.rows.fill(wins, order)
            place = self.rows.index(kept) if kept is not None else None
            self._put_cursor(self.cursor if place is None else place)

    def put(self, win: Win) -> None:
        """Put a win into its place; the cursor stays on its win."""
        with self._holding_still():
            self.painter.forget({win.id})
            place = self.rows.insert(win)
            if place <= self.cursor:
                self._put_cursor(self.cursor + 1)

    def take(self, win: Win) -> None:
        """Take a win out, as it was when it was put in; if it had the cursor, that is on the next one then."""
        with self._holding_still():
            self.painter.forget({win.id})
            place = self.rows.remove(win)
            if place is not None:
                self._put_cursor(self.cursor - (place < self.cursor))

    def redraw(self) -> None:
        """Draw every card again, because what is said about them has changed."""
        self.painter.forget_all()
        self.refresh()

    def mark(self, ids: frozenset[str]) -> None:
        """Tick the cards that are marked."""
        changed, self.painter.marked = ids ^ self.painter.marked, ids
        self._redraw_cards(changed)

    def lift(self, ids: frozenset[str]) -> None:
        """Dim the cards that are in the hand."""
        changed, self.painter.lifted = ids ^ self.painter.lifted, ids
        self._redraw_cards(changed)

    def flash(self, wins: Sequence[Win]) -> None:
        """Light up cards for a moment where they landed, and show the first of them."""
        places = [place for win in wins if (place := self.rows.index(win)) is not None]
        if not places or self.folded:
            return
        self._show_place(min(places))
        if self.app.animation_level != "none":
            self.painter.landed |= {win.id for win in wins}
            self._redraw_cards(self.painter.landed)
            self.set_timer(self.flash_seconds, self._end_flash)

    def _end_flash(self) -> None:
        landed, self.painter.landed = self.painter.landed, frozenset()
        self._redraw_cards(landed)

    def _redraw_cards(self, ids: AbstractSet[str]) -> None:
        """Draw some cards again, wherever they are seen."""
        if ids:
            self.painter.forget(ids)
            for place in self._seen_places():
                if self.rows[place].id in ids:
                    self._refresh_card(place)

    def _seen_places(self) -> range:
        """Return the places of the cards that are in sight, also in part."""
        if not len(self.rows) or not self._card_width or self.folded:
            return range(0)
        top = self.scroll_offset.y - TOP
        first, last = (self.rows.at(max(0, min(line, self.rows.height - 1)))[0] for line in (top, top + self.page))
        return range(first, last + 1)

    def go_to(self, place: int) -> None:
        """Put the cursor on a place, or the nearest there is, and show it."""
        self._put_cursor(place)
        self.show_cursor()

    def _put_cursor(self, place: int) -> None:
        self.cursor = max(0, min(place, len(self.rows) - 1))

    def watch_cursor(self, before: int, after: int) -> None:
        """Draw the cards that the cursor left and came to."""
        for place in (before, after):
            if place < len(self.rows):
                self._refresh_card(place)

    # Where things are.

    @property
    def page(self) -> int:
        """How many lines are seen at once."""
        return max(1, self.scrollable_content_region.height)

    def place_at(self, screen: Offset) -> int | None:
        """Return the place of the card at a position on the screen, or None where there is none."""
        region = self.scrollable_content_region
        if self.folded or not region.contains_point(screen):
            return None
        line = screen.y - region.y + self.scroll_offset.y - TOP
        return self.rows.at(line)[0] if 0 <= line < self.rows.height else None

    def place_from(self, lines: int) -> int:
        """Return the place of the card that many lines below the cursor's, or above it where negative."""
        line = self.rows.top(self.cursor) + lines
        if line < 0:
            return 0
        return self.rows.at(line)[0] if line < self.rows.height else len(self.rows) - 1

    def show_cursor(self) -> None:
        """Scroll as little as is needed to show the whole card of the cursor."""
        self._show_place(self.cursor)

    def _show_place(self, place: int) -> None:
        if not len(self.rows) or not self._card_width:
            return
        self._look(place - self.page, place + self.page)
        top, end = TOP + self.rows.top(place), TOP + self.rows.top(place + 1)
        if top - TOP < self.scroll_y:
            self._scroll_at_once(top - TOP)
        elif end > self.scroll_y + self.page:
            self._scroll_at_once(end - self.page)

    def scroll_by(self, lines: int) -> None:
        """Scroll that many lines down, or up where negative, as far as there are any."""
        self._scroll_at_once(self.scroll_y + lines)

    def _scroll_at_once(self, line: float) -> None:
        self.scroll_to(y=line, animate=False)

    # Heights: measured where somebody looks, and the view holds still while an estimate becomes a figure.

    def _measure(self, win: Win) -> int:
        return card.card_height(win.title, self._card_width)

    @contextmanager
    def _holding_still(self) -> Iterator[None]:
        """Keep the first card that is seen where it is, whatever changes above it; the top of all stays the top."""
        held = self._first_seen()
        yield
        self._look_at_view()
        self._fit_view(held)
        self.refresh()

    def _first_seen(self) -> tuple[Win, float] | None:
        line = self.scroll_offset.y - TOP
        if line <= 0 or line >= self.rows.height:
            return None
        place, _ = self.rows.at(line)
        return self.rows[place], self.scroll_y - self.rows.top(place)

    def _fit_view(self, held: tuple[Win, float] | None) -> None:
        size = Size(self.size.width, TOP + self.rows.height if len(self.rows) and not self.folded else 0)
        if size != self.virtual_size and (self._is_drawn or self.cursor):
            # The scrollbar comes with it, a frame after the cards: three of them are a third of what the first draws.
            self._set_virtual_size(size)
        place = self.rows.index(held[0]) if held is not None else None
        if held is not None and place is not None:
            self._scroll_at_once(self.rows.top(place) + held[1])

    def _set_virtual_size(self, size: Size) -> None:
        """Set it without laying out the whole screen, unless the scrollbar comes or goes."""
        if self.show_vertical_scrollbar and size.height > self.scrollable_content_region.height:
            self.set_reactive(CardList.virtual_size, size)
            self.vertical_scrollbar.window_virtual_size = size.height
        elif not self.show_vertical_scrollbar and size.height <= self.scrollable_content_region.height:
            self.set_reactive(CardList.virtual_size, size)
        else:
            self.virtual_size = size

    def _look(self, first: int, last: int) -> None:
        held = self._first_seen()
        height = self.rows.height
        self.rows.look(first, last)
        if self.rows.height != height:
            self._fit_view(held)

    def _look_at_view(self) -> None:
        """Measure what is seen and a page around it, so that a step in either direction meets measured cards."""
        if len(self.rows) and self._card_width:
            line = self.scroll_offset.y - TOP
            lines = (line - self.page, line + 2 * self.page)
            self._look(*(self.rows.at(max(0, min(at, self.rows.height - 1)))[0] for at in lines))

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Measure ahead of the view as it moves."""
        super().watch_scroll_y(old_value, new_value)
        self._look_at_view()

    def render_lines(self, crop: Region) -> list[Strip]:
        """Wrap the titles again before the first line is drawn at another width, not one frame later."""
        self._use_width()
        if not self._is_drawn:
            self._is_drawn = True
            self.call_later(self._fit_view, None)
        return super().render_lines(crop)

    def on_resize(self) -> None:
        """Wrap the titles again and keep the cursor in sight; at the top of all it is."""
        self._use_width()
        if self.cursor or self.scroll_y:
            self.show_cursor()

    def _use_width(self) -> None:
        width = max(2, self.scrollable_content_region.width - GUTTER_CELLS - MARGIN_CELLS)
        if width != self._card_width and not self.folded:
            self.painter.forget_all()
            with self._holding_still():
                self._card_width = width
                self.rows.forget()

    # How it looks.

    def watch_landing(self) -> None:
        """Show the landing line where it is now."""
        self.refresh()

    def watch_target(self, target: bool) -> None:  # noqa: FBT001 (Textual's signature)
        """Light up while a card would be dropped here."""
        self.set_class(target, "-target")
        self.redraw()

    def watch_hovered(self, before: str, after: str) -> None:
        """Light up the card under the pointer."""
        self.painter.hovered = after
        self._redraw_cards({before, after})

    def on_mouse_move(self, event: MouseMove) -> None:
        """Find the card under the pointer."""
        place = self.place_at(event.screen_offset)
        self.hovered = self.rows[place].id if place is not None else ""

    def on_leave(self, _event: Leave) -> None:
        """Let no card be lit any more."""
        self.hovered = ""

    def watch_folded(self, folded: bool) -> None:  # noqa: FBT001 (Textual's signature)
        """Show the name alone, or the cards again."""
        self.set_class(folded, "-folded")
        self._fit_view(None)
        self.redraw()

    def watch_current(self) -> None:
        """Show the cursor, or hide it."""
        if len(self.rows):
            self._refresh_card(self.cursor)

    def notify_style_update(self) -> None:
        """Forget what was drawn in the old colours."""
        super().notify_style_update()
        self.painter.forget_all()

    def _refresh_card(self, place: int) -> None:
        if not self._card_width:
            return  # nothing was drawn yet, and no title is measured before it is known how wide
        top = TOP + self.rows.top(place) - self.scroll_offset.y
        self.refresh(Region(0, top, self.size.width, self.rows.top(place + 1) - self.rows.top(place)))

    def render_line(self, y: int) -> Strip:
        """Draw one line of what is seen."""
        if self.folded or not self._card_width:
            return self._name_line(y)
        if not len(self.rows):
            return self._teaching_line(y)
        line = y + self.scroll_offset.y - TOP
        if self._lands(line):
            return self._landing_line(y)
        if line < 0 and self.has_legend:
            return self.painter.paint_legend(self._card_width)
        if not 0 <= line < self.rows.height:
            return self.blank()
        place, inside = self.rows.at(line)
        win = self.rows[place]
        return self.painter.paint(win, self._card_width, on=place == self.cursor and self.current)[inside]

    def _lands(self, line: int) -> bool:
        """Say whether this is the line to draw the landing line on; out of sight, it is drawn at the nearest edge."""
        if self.landing is None:
            return False
        wanted = self.rows.top(self.landing) - 1
        seen = self.scroll_offset.y - TOP
        return line == min(max(wanted, seen), seen + self.page - 1)

    def _landing_line(self, y: int) -> Strip:
        wanted = self.rows.top(self.landing or 0) - 1 - self.scroll_offset.y + TOP
        sign = "↑" if wanted < y else "↓" if wanted > y else ""
        line = (sign + "┄" * self._card_width)[: self._card_width]
        return self.strip([(" " * GUTTER_CELLS, self.role_style()), (line, self.role_style("landing"))])

    def _teaching_line(self, y: int) -> Strip:
        parts = self.teaching.split("\n")
        lines = ["", *(line for part in parts for line in wrap(part, max(2, self._card_width)))]
        if not 0 <= y < len(lines):
            return self._landing_line(y) if self.landing is not None and y == len(lines) else self.blank()
        return self.strip([(" " * GUTTER_CELLS, self.role_style()), (lines[y], self.role_style("teaching"))])

    def _name_line(self, y: int) -> Strip:
        letters = f" {self.name or ''}"
        text = f" {letters[y]}" if y < len(letters) else ""
        return self.strip([(text, self.role_style("title" if self.target else "teaching"))])

"""ChainTree of wins as trees, one line a win, drawn by lines: the cost is what is on the screen."""

from collections.abc import Iterator
from datetime import date
from typing import ClassVar, Final

from msgspec import Struct
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from data.base.formatting import day_month
from data.base.text import clean_line, fixed_width
from data.figures import sentences as words
from data.model.doors import Forest
from data.model.journal import Journal
from data.model.records import VERDICT_MARKS, Verdict, Win
from widgets.base.cells import cells, fit_width, truncate

OPEN_ROWS: Final = 24
"""Trees are unfolded from the longest on until they take this many lines; the rest begin folded."""
DEEPEST: Final = 12
"""From this depth on, lines are no longer moved to the right."""
_ASIDE: Final = 22
_DATE: Final = 13
_NARROW: Final = 64
_INKS: Final = {Verdict.REAL: "real", Verdict.CANDY: "candy", None: "aside"}
_NOTHING: Final = Forest((), {}, {}, {}, ())


class ChainRow(Struct, frozen=True):
    """One line: a win, the branches left of it, how many it opened itself, and whether those are folded away."""

    win: Win
    guide: str
    opened: int
    folded: bool


def rows_of(journal: Journal, forest: Forest, folded: frozenset[str]) -> Iterator[ChainRow]:
    """Yield the lines of a forest from the top; what hangs below a folded win is left out."""
    waiting = [(key, "", "") for key in reversed(forest.roots)]
    while waiting:
        key, guide, trunk = waiting.pop()
        below = forest.opens.get(key, ())
        yield ChainRow(journal.wins[key], guide, len(below), folded=key in folded)
        if key not in folded:
            waiting.extend((one, *_branch(trunk, last=one == below[-1])) for one in reversed(below))


def _branch(trunk: str, *, last: bool) -> tuple[str, str]:
    """Return what stands left of a win, and left of those below it, given what stands left of its siblings."""
    if len(trunk) >= 2 * DEEPEST:
        return trunk, trunk
    return trunk + ("└ " if last else "├ "), trunk + ("  " if last else "│ ")


def folded_at_first(forest: Forest) -> frozenset[str]:
    """Return the roots that begin folded: those behind the first screenful."""
    lines = 0
    folded = []
    for root in forest.roots:
        lines += 1 + forest.size[root]
        if lines > OPEN_ROWS and root != forest.roots[0]:
            folded.append(root)
    return frozenset(folded)


class ChainTree(ScrollView, can_focus=True):
    """The trees, with a cursor.

    Attributes:
        cursor: The line of the cursor, from 0.
        hovered: The line under the pointer, -1 for none.
    """

    ALLOW_SELECT = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "go(-1)", "up", show=False, id="chains.up", tooltip="The line above"),
        Binding("down,j", "go(1)", "down", show=False, id="chains.down", tooltip="The line below"),
        Binding("pageup", "page(-1)", "page up", show=False, id="chains.pageup", tooltip="A page up"),
        Binding("pagedown", "page(1)", "page down", show=False, id="chains.pagedown", tooltip="A page down"),
        Binding("home", "go(-9999999)", "first", show=False, id="chains.home", tooltip="The first line"),
        Binding("end", "go(9999999)", "last", show=False, id="chains.end", tooltip="The last line"),
        Binding("left,h", "fold", "fold", show=False, id="chains.fold", tooltip="Fold, or go to what opened it"),
        Binding("right,l", "unfold", "unfold", show=False, id="chains.unfold", tooltip="Unfold, or go on"),
        Binding("space", "toggle_fold", "fold", key_display="space", id="chains.toggle", tooltip="Fold or unfold"),
    ]
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "chains--title",
        "chains--first",
        "chains--aside",
        "chains--real",
        "chains--candy",
        "chains--cursor",
        "chains--hover",
    }
    DEFAULT_CSS = """
    ChainTree {
        height: 1fr;
        overflow-x: hidden;
        scrollbar-gutter: stable;
        scrollbar-size-vertical: 1;
        & > .chains--title { color: $foreground; }
        & > .chains--first { color: $foreground; text-style: bold; }
        & > .chains--aside { color: $text-muted; }
        & > .chains--real { color: $real; }
        & > .chains--candy { color: $candy; }
        & > .chains--cursor { background: $panel; }
        & > .chains--hover { background: $panel 50%; }
    }
    """

    cursor: reactive[int] = reactive(0, init=False)
    hovered: reactive[int] = reactive(-1, init=False)

    class WinOpened(Message):
        """The person pressed enter or double-clicked on a win.

        Attributes:
            win: Its id.
        """

        def __init__(self, win: str) -> None:
            super().__init__()
            self.win = win

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 as Textual has it
        super().__init__(id=id)
        self._journal = Journal()
        self._forest = _NOTHING
        self._by_hand: dict[str, bool] = {}
        self._rows: list[ChainRow] = []
        self._today = date.min

    @property
    def win(self) -> Win | None:
        """The win under the cursor, or None without any."""
        return self._rows[self.cursor].win if self._rows else None

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave its keys out while there is no line."""
        return super().check_action(action, parameters) if self._rows else False

    def show(self, journal: Journal, forest: Forest, today: date) -> None:
        """Show these trees; the cursor stays with its win, and what was folded by hand stays so."""
        self._journal, self._forest, self._today = journal, forest, today
        self._lay()

    def go_to(self, identity: str) -> None:
        """Put the cursor on a win if it is in a tree, unfolding what hides it."""
        above = self._journal.wins.get(identity)
        seen: set[str] = set()
        while above is not None and above.id not in seen:
            seen.add(above.id)
            self._by_hand[above.opened_by or ""] = False
            above = self._journal.wins.get(above.opened_by or "")
        self._lay(identity)

    def _lay(self, keep: str | None = None) -> None:
        wanted = keep or (self.win.id if self.win else None)
        first = folded_at_first(self._forest)
        folded = frozenset(key for key in self._forest.opens if self._by_hand.get(key, key in first))
        self._rows = list(rows_of(self._journal, self._forest, folded))
        self.virtual_size = Size(0, len(self._rows))
        found = next((line for line, row in enumerate(self._rows) if row.win.id == wanted), self.cursor)
        self.cursor = min(found, max(0, len(self._rows) - 1))
        self._reveal()
        self.refresh()

    def watch_cursor(self) -> None:
        """Keep the cursor in sight."""
        self._reveal()

    def _reveal(self) -> None:
        self.scroll_to_region(Region(0, self.cursor, 1, 1), animate=False, force=True)

    def action_go(self, lines: int) -> None:
        """Move the cursor by so many lines."""
        self.cursor = min(max(0, self.cursor + lines), max(0, len(self._rows) - 1))

    def action_page(self, pages: int) -> None:
        """Move the cursor by so many screens."""
        self.action_go(pages * max(1, self.size.height - 1))

    def action_toggle_fold(self) -> None:
        """Fold or unfold the win under the cursor."""
        if self._rows and self._rows[self.cursor].opened:
            row = self._rows[self.cursor]
            self._by_hand[row.win.id] = not row.folded
            self._lay()

    def action_fold(self) -> None:
        """Fold the win under the cursor, or go to the one that opened it."""
        if not self._rows:
            return
        row = self._rows[self.cursor]
        if row.opened and not row.folded:
            self.action_toggle_fold()
        elif row.guide:
            above = (line for line in range(self.cursor, -1, -1) if self._rows[line].win.id == row.win.opened_by)
            self.cursor = next(above, self.cursor)

    def action_unfold(self) -> None:
        """Unfold the win under the cursor, or go to the first that it opened."""
        if self._rows and self._rows[self.cursor].opened:
            if self._rows[self.cursor].folded:
                self.action_toggle_fold()
            else:
                self.action_go(1)

    def on_click(self, event: events.Click) -> None:
        """Select a line; on its triangle fold or unfold, twice open."""
        line = event.y + self.scroll_offset.y
        if line >= len(self._rows):
            return
        self.cursor = line
        start = indent(self._rows[line])
        if start <= event.x < start + 2:
            self.action_toggle_fold()
        elif event.chain > 1:
            self.post_message(self.WinOpened(self._rows[line].win.id))

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Light up the line under the pointer."""
        self.hovered = event.y + self.scroll_offset.y

    def on_leave(self, _event: events.Leave) -> None:
        """Let no line be lit any more."""
        self.hovered = -1

    def render_line(self, y: int) -> Strip:
        """Return one line of the trees."""
        line = y + self.scroll_offset.y
        if line >= len(self._rows):
            return Strip.blank(self.size.width, self.rich_style)
        row = self._rows[line]
        spans = draw_row(row, self._forest, self._journal, self._today, self.size.width)
        is_under_cursor = line == self.cursor and self.has_focus
        under = (
            self._lit("cursor" if is_under_cursor else "hover") if is_under_cursor or line == self.hovered else Style()
        )
        return Strip([Segment(text, self.get_component_rich_style(f"chains--{role}") + under) for text, role in spans])

    def _lit(self, how: str) -> Style:
        return Style(bgcolor=self.get_component_rich_style(f"chains--{how}").bgcolor)


def indent(row: ChainRow) -> int:
    """Return the cell a line's triangle stands at."""
    return 1 + len(row.guide)


def draw_row(row: ChainRow, forest: Forest, journal: Journal, today: date, width: int) -> list[tuple[str, str]]:
    """Return one line as texts and their roles, exactly `width` cells together."""
    mark, colour = VERDICT_MARKS[row.win.verdict], _INKS[row.win.verdict]
    head = f" {row.guide}"
    twist = ("▸ " if row.folded else "▾ ") if row.opened else "  "
    year = "" if row.win.happened_on.year == today.year else f" {row.win.happened_on.year}"
    day = f"{day_month(row.win.happened_on)}{year}"
    aside = _aside(row, forest, journal) if width >= _NARROW else _short_aside(row, forest, journal)
    right = f"  {day.rjust(_DATE - 2)}  {fit_width(aside, _ASIDE if width >= _NARROW else 6)}"
    room = width - len(head) - len(twist) - 2 - cells(right)
    title = fit_width(fixed_width(clean_line(row.win.title)), max(1, room))
    role = "title" if row.guide else "first"
    spans = [
        (head + twist, "aside"),
        (f"{mark} ", colour),
        (title, role),
        (truncate(right, max(0, width - 1)), "aside"),
    ]
    return _filled(spans, width)


def _filled(spans: list[tuple[str, str]], width: int) -> list[tuple[str, str]]:
    used = sum(cells(text) for text, _ in spans)
    return [*spans, (" " * (width - used), "aside")] if used < width else spans


def _gap(row: ChainRow, journal: Journal) -> int | None:
    before = journal.wins.get(row.win.opened_by or "") if row.guide else None
    return (row.win.happened_on - before.happened_on).days if before else None


def _aside(row: ChainRow, forest: Forest, journal: Journal) -> str:
    gap = _gap(row, journal)
    if gap is None:
        return f"led to {forest.size[row.win.id]} · longest {forest.longest[row.win.id]}"
    return words.describe_gap(gap)


def _short_aside(row: ChainRow, forest: Forest, journal: Journal) -> str:
    gap = _gap(row, journal)
    if gap is None:
        return f"⇢{forest.size[row.win.id]}"
    return f"{gap:+} d" if gap else "same d"

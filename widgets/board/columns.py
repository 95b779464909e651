"""Three columns side by side with one cursor: what is shown, where the cursor is, which cards are marked."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import ClassVar, Final

from rich.segment import Segment
from rich.style import Style
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.geometry import Offset, Region, Size
from textual.reactive import reactive
from textual.strip import Strip

from data.base.text import fold
from data.model.records import Goal, Verdict, Win
from widgets.base.cells import fit_width
from widgets.board.board_column import COLUMN_SPECS, BoardColumn
from widgets.board.card import CardFacts
from widgets.board.sorted_rows import CardOrder, newest

MANY_CHANGES: Final = 100
"""From this many changes on, the columns are filled again."""
_NARROW: Final = 90
"""Under this many cells the column farthest from the cursor is folded."""


class Columns(Horizontal, can_focus=True):
    """Shows wins in three columns by their verdicts.

    It is given values, all of them or what has changed; what the person does with them is the board's.

    Attributes:
        columns: Unsorted, real wins, cotton candy.
        index: The place of the column with the cursor.
        marked: The marked wins by id, the first marked first.
        foot: What stands in the last line, below cotton candy, or "".
        waiting: How many unsorted wins wait for a review, or None where that is not said.
    """

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "columns--accent",
        "columns--candy",
        "columns--cursor",
        "columns--doors",
        "columns--goal",
        "columns--hover",
        "columns--landed",
        "columns--quiet",
        "columns--real",
        "columns--unsorted",
    }
    DEFAULT_CSS = """
    Columns {
        layers: base ghost;
        height: 1fr;
        & > CardList { layer: base; width: 1fr; margin-top: 1; }
        & > CardList.-folded { width: 5; }
        & > .columns--accent { color: $accent; }
        & > .columns--candy { color: $candy; }
        & > .columns--cursor { background: $panel; }
        & > .columns--doors { color: $primary; }
        & > .columns--goal { color: $secondary; }
        & > .columns--hover { background: $panel 50%; }
        & > .columns--landed { background: $accent 30%; }
        & > .columns--quiet { color: $text-muted; }
        & > .columns--real { color: $real; }
        & > .columns--unsorted { color: $text-muted; }
    }
    """

    foot: reactive[str] = reactive("", init=False)
    waiting: reactive[int | None] = reactive(None, init=False, repaint=False)

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 (Textual's word)
        super().__init__(id=id)
        self.columns = tuple(BoardColumn(spec) for spec in COLUMN_SPECS)
        self.index = 0
        self.marked: dict[str, Win] = {}
        self._opens: Mapping[str, Sequence[str]] = {}
        self._goals: Mapping[str, Goal] = {}
        self._folded = 0
        self._order: CardOrder = newest

    def compose(self) -> ComposeResult:
        """Put the columns side by side."""
        yield from (column.cards for column in self.columns)

    def on_mount(self) -> None:
        """Let every column ask here what its cards say."""
        for column in self.columns:
            column.cards.painter.facts = self._facts

    def on_resize(self) -> None:
        """Fold or unfold a column, as there is room."""
        self._fold()

    def watch_has_focus(self, _has_focus: bool) -> None:  # noqa: FBT001 - Textual's signature
        """Keep the styles and all that is drawn in them: the focus is shown by the cursor alone."""

    def _fold(self) -> None:
        """Fold the column farthest from the cursor; from the middle one, that which is folded already."""
        if not self.size:
            return  # how much room there is comes with the first size
        if self.index != 1:
            self._folded = 2 - self.index
        for index, column in enumerate(self.columns):
            column.cards.folded = index == self._folded and self.size.width < _NARROW
        self._make_room_for_foot()
        self._draw_heads()
        if self.foot:
            self.call_after_refresh(self._draw_heads)  # its place is that of a column, laid out by then

    # How it looks: the heads of the columns are drawn here, above them.

    def render_line(self, y: int) -> Strip:
        """Draw the heads in the first line; below it are the columns."""
        base = self.visual_style.rich_style  # kept by Textual; `rich_style` is worked out for each line
        if y == self.size.height - 1 and self.foot:
            return self._foot_line(base)
        if y > 0:
            return Strip.blank(self.size.width, base)
        return Strip([Segment(column.head(), base + self._head_style(column)) for column in self.columns])

    def render_lines(self, crop: Region) -> list[Strip]:
        """Draw the heads and one blank line, which stands for all others: columns cover them."""
        drawn = super().render_lines(crop.crop_size(Size(crop.width, 2)))
        drawn = drawn + drawn[-1:] * (crop.height - len(drawn))
        if self.foot and crop.bottom == self.size.height:
            drawn[-1:] = super().render_lines(Region(crop.x, crop.bottom - 1, crop.width, 1))
        return drawn

    def _head_style(self, column: BoardColumn) -> Style:
        full = self.get_component_rich_style(f"columns--{column.spec.id}")
        return Style(color=full.color, bold=column.has_cursor, reverse=full.reverse)

    def _foot_line(self, base: Style) -> Strip:
        """Draw the line below cotton candy; where that is a strip, it takes all of the last line, and ends below it."""
        candy, foot = self.column_of(Verdict.CANDY), self._foot_region
        text = self.foot.rjust(foot.width - 2) if candy.cards.folded else f"   {self.foot}"
        line = " " * (foot.x - self.content_region.x) + fit_width(text, foot.width)
        return Strip([Segment(line, base + self._head_style(candy))]).adjust_cell_length(self.size.width, base)

    @property
    def _foot_region(self) -> Region:
        """Where the last line is on the screen."""
        candy, own = self.column_of(Verdict.CANDY).cards, self.content_region
        x, width = (own.x, own.width) if candy.folded else (candy.region.x, candy.region.width)
        return Region(x, own.bottom - 1, width, 1)

    def is_on_foot(self, at: Offset) -> bool:
        """Return whether a position on the screen is on the line below cotton candy."""
        return bool(self.foot) and self._foot_region.contains_point(at)

    def watch_waiting(self, waiting: int | None) -> None:
        """Say beside the name of the unsorted column how many of its wins wait."""
        self.column_of(None).waiting = waiting
        self._draw_heads()

    def watch_foot(self) -> None:
        """Make room for the line, or take it back."""
        self._make_room_for_foot()
        self.call_after_refresh(self._draw_foot)

    def _make_room_for_foot(self) -> None:
        """Let cotton candy end a line earlier, or all columns where it is a strip.

        With a class for that, Textual would style every card list once more before the first frame.
        """
        candy = self.column_of(Verdict.CANDY)
        for column in self.columns:
            ends_early = bool(self.foot) and (column is candy or candy.cards.folded)
            column.cards.styles.margin = (1, 0) if ends_early else (1, 0, 0, 0)

    def highlight(self, words: tuple[str, ...]) -> None:
        """Underline folded words in the titles of cards from now on."""
        for column in self.columns:
            column.cards.painter.words = words

    def fade(self, is_faded: Callable[[Win], bool]) -> None:
        """Draw some cards paler from now on."""
        for column in self.columns:
            column.cards.painter.is_faded = is_faded

    def _draw_heads(self) -> None:
        self.refresh(Region(0, 0, self.size.width, 1))

    def _draw_foot(self) -> None:
        self.refresh(Region(0, self.size.height - 1, self.size.width, 1))

    # What it shows.

    def show(
        self,
        wins: Sequence[Win],
        *,
        opens: Mapping[str, Sequence[str]],
        goals: Mapping[str, Goal],
        today: date,
        order: CardOrder = newest,
    ) -> None:
        """Show these wins and no others.

        Args:
            wins: In order, newest first or as `order` has it.
            opens: The wins that each win opened.
            goals: By id.
            today: The local date.
            order: The key of the order the wins are in.
        """
        self._set_facts(opens, goals, today, changed=True)
        self._order = order
        for column in self.columns:
            verdict = column.spec.verdict
            column.cards.show([win for win in wins if win.verdict is verdict], order)
        self.show_marks()
        self._draw_heads()

    def update(
        self,
        changes: Sequence[tuple[Win | None, Win | None]],
        *,
        opens: Mapping[str, Sequence[str]],
        goals: Mapping[str, Goal],
        today: date,
    ) -> None:
        """Show some wins as they are now; it costs the same however many others there are.

        Args:
            changes: Each win as it was shown and as it is to be shown; None where it was not, or is not to be.
            opens: The wins that each win opened.
            goals: By id.
            today: The local date.
        """
        relinked = any(_opener(old) != _opener(new) for old, new in changes)
        self._set_facts(opens, goals, today, changed=relinked)
        if len(changes) > MANY_CHANGES:
            self._change_many(changes)
        else:
            for old, new in changes:
                self._change(old, new)
        self.show_marks()
        self._draw_heads()

    def _change_many(self, changes: Sequence[tuple[Win | None, Win | None]]) -> None:
        """Fill the columns again, which is quicker than many changes one by one."""
        gone = {old.id for old, _ in changes if old is not None}
        come = [new for _, new in changes if new is not None]
        for column in self.columns:
            kept = [win for win in column.cards.rows if win.id not in gone]
            new = [win for win in come if win.verdict == column.spec.verdict]
            column.cards.show(sorted([*kept, *new], key=self._order), self._order)
        self.marked.clear()

    def _change(self, old: Win | None, new: Win | None) -> None:
        stays = old is not None and new is not None and new.verdict == old.verdict and self._has_cursor(old)
        if old is not None:
            self.column_of(old.verdict).cards.take(old)
            if self.marked.pop(old.id, None) is not None and new is not None and new.verdict == old.verdict:
                self.marked[new.id] = new
        if new is not None:
            cards = self.column_of(new.verdict).cards
            cards.put(new)
            if stays:
                cards.go_to(cards.rows.place(new) - 1)

    def _has_cursor(self, win: Win) -> bool:
        under = self.column_of(win.verdict).cards.win
        return under is not None and under.id == win.id

    def _set_facts(
        self, opens: Mapping[str, Sequence[str]], goals: Mapping[str, Goal], today: date, *, changed: bool
    ) -> None:
        """Take note of what cards say beside their own win, and draw them again if that may have changed."""
        changed = changed or goals != self._goals
        self._opens, self._goals = opens, goals
        for column in self.columns:
            changed = changed or column.cards.painter.today != today
            column.cards.painter.today = today
            if changed:
                column.cards.redraw()

    def teach(self, instead: str | None) -> None:
        """Let empty columns say one thing, the column in the middle for all, or again what each is for."""
        for column in self.columns:
            said = instead if column.spec.verdict is Verdict.REAL else ""
            column.cards.teaching = column.spec.teaching if instead is None else said or ""

    def _facts(self, win: Win) -> CardFacts:
        goal = self._goals.get(win.goal) if win.goal is not None else None
        return CardFacts(goal.name if goal is not None else "", len(self._opens.get(win.id, ())))

    # Where the cursor is.

    def column_of(self, verdict: Verdict | None) -> BoardColumn:
        """Return the column of the wins with that verdict."""
        return next(column for column in self.columns if column.spec.verdict == verdict)

    @property
    def column(self) -> BoardColumn:
        """The column with the cursor."""
        return self.columns[self.index]

    @property
    def win(self) -> Win | None:
        """The win under the cursor, or None in an empty column."""
        return self.column.cards.win

    def point_at(self, win: Win) -> bool:
        """Put the cursor on a win; return whether the win is shown at all."""
        column = self.column_of(win.verdict)
        place = column.cards.rows.index(win)
        if place is not None:
            column.cards.go_to(place)
            self.enter_column(self.columns.index(column))
        return place is not None

    def show_first(self) -> None:
        """Go to the first card of every column."""
        for column in self.columns:
            column.cards.go_to(0)

    def jump(self, text: str, step: int = 0) -> None:
        """Put the cursor on the nearest card in which a word begins with a text, around all columns.

        Args:
            text: As it was typed.
            step: 0 stays where it fits already, 1 looks for the next one, -1 for the one before.
        """
        wanted = f" {fold(text).strip()}"
        columns = (*self.columns[self.index :], *self.columns[: self.index])
        wins = [win for column in columns for win in column.cards.rows]
        at = self.column.cards.cursor
        ahead = [*range(at + step, len(wins)), *range(at)] if step >= 0 else [*range(at)][::-1]
        behind = [*range(at, len(wins))][::-1] if step < 0 else []
        found = (wins[place] for place in (*ahead, *behind) if wanted in f" {fold(wins[place].title)}")
        win = next(found, None) if wanted.strip() else None
        if win is not None:
            self.point_at(win)

    def focus(self, scroll_visible: bool = True, from_app_focus: bool = False) -> "Columns":  # noqa: FBT001, FBT002, ARG002 - Textual's signature
        """Take the focus at once: the next key may be waiting already. An empty column leaves the cursor to another."""
        filled = [index for index, column in enumerate(self.columns) if len(column.cards.rows)]
        self.enter_column(self.index if self.index in filled or not filled else filled[0])
        self.screen.set_focus(self, scroll_visible=False)
        return self

    def enter_column(self, index: int) -> None:
        """Put the cursor into a column; in a narrow board it unfolds for it."""
        self.index = index
        for other, column in enumerate(self.columns):
            column.set_cursor(other == index)
        self._fold()

    # Which cards are marked.

    def toggle_mark(self, win: Win) -> None:
        """Mark a card, or unmark it."""
        if self.marked.pop(win.id, None) is None:
            self.marked[win.id] = win
        self.show_marks()

    def unmark_all(self) -> None:
        """Unmark every card."""
        if self.marked:
            self.marked.clear()
            self.show_marks()

    def show_marks(self) -> None:
        """Tick the marked cards."""
        shown = frozenset(self.marked)
        for column in self.columns:
            column.cards.mark(shown)


def _opener(win: Win | None) -> str | None:
    return win.opened_by if win is not None else None

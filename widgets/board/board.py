"""The board: unsorted, real wins and cotton candy side by side, sorted by keys or by hand."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import ClassVar, Final

from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Offset
from textual.message import Message
from textual.reactive import reactive

from data.model.records import Goal, Verdict, Win
from widgets.board.board_column import BoardColumn, spec_of
from widgets.board.columns import MANY_CHANGES, Columns
from widgets.board.drag import LEFT_BUTTON, DragController
from widgets.board.sorted_rows import CardOrder, newest

_WHEEL_LINES: Final = 3
"""Lines the wheel scrolls while a card is dragged."""
_DOUBLE: Final = 2
_OF_CARDS: Final = frozenset({"open", "sort", "shift", "mark", "mark_all", "edit"})
"""What keys do to a card."""


class Board(Columns):
    """Three columns, one cursor, and cards that move between them by key or by hand.

    It is given values and answers with messages; nothing moves before the journal says so.

    Attributes:
        follow: Whether the cursor goes with a card that a key moves, or stays to sort the next one.
        is_blank: Whether there is no win at all; keys that need a card are left out then.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "step(-1)", "Up", show=False, id="board.up", tooltip="The card above"),
        Binding("down,j", "step(1)", "Down", show=False, id="board.down", tooltip="The card below"),
        Binding("left,h", "column(-1)", "Left", show=False, id="board.left", tooltip="The column to the left"),
        Binding("right,l", "column(1)", "Right", show=False, id="board.right", tooltip="The column to the right"),
        Binding("tab", "column(1, True)", "Next", show=False, id="board.next", tooltip="The next column"),
        Binding("shift+tab", "column(-1, True)", "Back", show=False, id="board.previous", tooltip="The column before"),
        Binding("pageup", "page(-1)", "Page up", show=False, id="board.page-up", tooltip="A page up"),
        Binding("pagedown", "page(1)", "Page down", show=False, id="board.page-down", tooltip="A page down"),
        Binding("home", "end(-1)", "First", show=False, id="board.home", tooltip="The newest card"),
        Binding("end", "end(1)", "Last", show=False, id="board.end", tooltip="The oldest card"),
        Binding("enter", "open", "open", id="board.open", tooltip="Show the whole win: story, answers, doors"),
        Binding("r", "sort('real')", "real", id="board.real", tooltip="Move to Real wins"),
        Binding("c", "sort('candy')", "candy", id="board.candy", tooltip="Move to Cotton candy"),
        Binding("n", "sort('unsorted')", "Not yet", show=False, id="board.unsorted", tooltip="Move back to Unsorted"),
        Binding("shift+left,H", "shift(-1)", "Move left", show=False, id="board.move-left", tooltip="One column left"),
        Binding(
            "shift+right,L",
            "shift(1)",
            "Move right",
            show=False,
            id="board.move-right",
            tooltip="One column right",
        ),
        Binding("space", "mark", "Mark", show=False, id="board.mark", tooltip="Mark, to move several at once"),
        Binding("asterisk", "mark_all", "Mark all", show=False, id="board.mark-all", tooltip="Mark the whole column"),
        Binding("e", "edit", "Edit", show=False, id="board.edit", tooltip="Edit title, date, goal or tags"),
        Binding("d,delete", "trash", "Trash", show=False, id="board.trash", tooltip="To the trash (u restores it)"),
        Binding("m", "mirror", "Mirror", show=False, id="board.mirror", tooltip="Open or close the rear-view mirror"),
        Binding("escape", "cancel", "Cancel", show=False, id="board.cancel", tooltip="Cancel a drag, or unmark all"),
    ]
    DEFAULT_CSS = """
    Board { padding: 0 1; }
    """

    follow: reactive[bool] = reactive(False, init=False)

    class CardsMoved(Message):
        """Cards were moved to a column; they stay where they are until the board is shown the change.

        Attributes:
            ids: The wins, the one with the cursor first.
            verdict: What the person decided.
        """

        def __init__(self, ids: tuple[str, ...], verdict: Verdict | None) -> None:
            super().__init__()
            self.ids = ids
            self.verdict = verdict

    class CardOpened(Message):
        """A card was opened.

        Attributes:
            id: The win.
        """

        def __init__(self, id: str) -> None:  # noqa: A002 (the word the records use)
            super().__init__()
            self.id = id

    class CardEditRequested(Message):
        """The person wants to change a win.

        Attributes:
            id: The win.
        """

        def __init__(self, id: str) -> None:  # noqa: A002 - the word the records use
            super().__init__()
            self.id = id

    class CardsTrashed(Message):
        """Cards were moved to the trash.

        Attributes:
            ids: The wins.
        """

        def __init__(self, ids: tuple[str, ...]) -> None:
            super().__init__()
            self.ids = ids

    class MirrorToggled(Message):
        """The person wants to see what has left the board, or no longer."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 (Textual's word)
        super().__init__(id=id)
        self._drag = DragController(self, self.columns, self._drop)
        self._asked: tuple[str, ...] = ()
        self._lead: str | None = None
        self._last_moved: tuple[str, ...] = ()
        self.is_blank = False

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
        """Show these wins and no others, as `Columns.show` does; a card in the hand goes back."""
        self._drag.cancel()
        super().show(wins, opens=opens, goals=goals, today=today, order=order)

    def update(
        self,
        changes: Sequence[tuple[Win | None, Win | None]],
        *,
        opens: Mapping[str, Sequence[str]],
        goals: Mapping[str, Goal],
        today: date,
    ) -> None:
        """Show some wins as they are now; a card that moved flashes, and one that undo brings back has the cursor."""
        under = self.win
        dragged = {win.id for win in self._drag.wins}
        if len(changes) > MANY_CHANGES or any(old is not None and old.id in dragged for old, _ in changes):
            self._drag.cancel()
        super().update(changes, opens=opens, goals=goals, today=today)
        moved = {new.id: new for old, new in changes if old and new and old.verdict != new.verdict}
        if moved:
            self._after_move(moved, under)

    def _after_move(self, moved: Mapping[str, Win], under: Win | None) -> None:
        """Flash what the person moved and follow it if they want that; go to what was moved without being asked."""
        if moved.keys() & set(self._asked):
            lead, self._last_moved = self._lead, self._asked
            self._asked, self._lead = (), None
            self._flash(moved)
        else:
            lead = next((key for key in self._last_moved if key in moved), None)
            lead = under.id if lead is None and self.follow and under is not None else lead
        if lead is not None and lead in moved:
            self.point_at(moved[lead])

    def _flash(self, moved: Mapping[str, Win]) -> None:
        for column in self.columns:
            column.cards.flash([win for win in moved.values() if win.verdict == column.spec.verdict])

    def _chosen(self) -> tuple[Win, ...]:
        """Return what a key acts on: the marked cards, else the one under the cursor."""
        win = self.win
        return tuple(self.marked.values()) or ((win,) if win is not None else ())

    def action_step(self, cards: int) -> None:
        """Go up or down by cards."""
        column = self.column.cards
        column.go_to(column.cursor + cards)

    def action_page(self, direction: int) -> None:
        """Go up or down by what is seen at once."""
        column = self.column.cards
        place = column.place_from(direction * column.page)
        column.go_to(place if place != column.cursor else place + direction)

    def action_end(self, direction: int) -> None:
        """Go to the first or the last card."""
        column = self.column.cards
        column.go_to(0 if direction < 0 else len(column.rows) - 1)

    def action_column(self, direction: int, around: bool = False) -> None:  # noqa: FBT001, FBT002 (bindings give values)
        """Go to the column beside this one, around the end with tab."""
        place = self.index + direction
        if around or 0 <= place < len(self.columns):
            self.enter_column(place % len(self.columns))

    # What a key does to cards.

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave keys to somebody else where there is no card for the trash, and nothing to cancel."""
        idle = (action == "trash" and self.win is None) or (action == "cancel" and not (self.marked or self._drag.wins))
        idle = idle or (self.is_blank and action in _OF_CARDS)
        return False if idle else super().check_action(action, parameters)

    def action_sort(self, kind: str) -> None:
        """Move the chosen cards to a column."""
        self._move(spec_of(kind).verdict)

    def action_shift(self, direction: int) -> None:
        """Move the chosen cards to the column beside this one."""
        place = self.index + direction
        if 0 <= place < len(self.columns):
            self._move(self.columns[place].spec.verdict)

    def _move(self, verdict: Verdict | None) -> None:
        self.move(self._chosen(), verdict, follow=self.follow)

    def move(self, wins: Sequence[Win], verdict: Verdict | None, *, follow: bool) -> None:
        """Ask for wins to be moved; with `follow` the cursor goes with the one under it, else with the first."""
        ids = tuple(win.id for win in wins if win.verdict != verdict)
        if not ids:
            return
        current = self.win
        lead = current.id if current is not None and current.id in ids else ids[0]
        self._asked, self._lead = ids, lead if follow else None
        self.unmark_all()
        self.column.cards.show_cursor()
        self.post_message(self.CardsMoved(ids, verdict))

    # The mouse.

    def on_mount(self) -> None:
        """Cancel a drag when the terminal loses the focus: a release elsewhere would never be reported."""
        self.watch(self.app, "app_focus", self._focus_changed, init=False)

    def _focus_changed(self, focused: bool) -> None:  # noqa: FBT001 (Textual's signature)
        if not focused:
            self._drag.cancel()

    def on_resize(self) -> None:
        """Cancel a drag: places mean something else now."""
        self._drag.cancel()

    def on_mouse_release(self) -> None:
        """Cancel a drag when something else takes the mouse, such as a dialog."""
        self._drag.cancel()

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Take a card into the hand; any other button puts it back."""
        if self._drag.wins or event.button != LEFT_BUTTON:
            self._drag.cancel()
            return
        win = self._press(event.screen_offset)
        if win is not None and event.ctrl:
            self.toggle_mark(win)
        elif win is not None:
            self._drag.press(self._with_marked(win), event.screen_offset)

    def _press(self, at: Offset) -> Win | None:
        """Put the cursor where the screen was pressed, and return the win there, or None where there is none."""
        column = self._drag.column_at(at)
        if column is None:
            return None
        place = column.cards.place_at(at)
        if place is not None:
            column.cards.go_to(place)
        self.enter_column(self.columns.index(column))
        return column.cards.rows[place] if place is not None else None

    def _with_marked(self, win: Win) -> tuple[Win, ...]:
        """Return every marked win if this one is marked, itself first."""
        others = (other for other in self.marked.values() if other.id != win.id)
        return (win, *others) if win.id in self.marked else (win,)

    def on_click(self, event: events.Click) -> None:
        """Open the card that was clicked twice; the line below cotton candy opens the mirror."""
        if self.is_on_foot(event.screen_offset):
            self.action_mirror()
        elif event.chain == _DOUBLE and (win := self._press(event.screen_offset)) is not None:
            self.post_message(self.CardOpened(win.id))

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Carry the cards along."""
        self._drag.move(event)

    def on_mouse_up(self, event: events.MouseUp) -> None:
        """Drop the cards."""
        self._drag.release(event)

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Scroll the column under the pointer while dragging."""
        self._drag.scroll(event, _WHEEL_LINES)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Scroll the column under the pointer while dragging."""
        self._drag.scroll(event, -_WHEEL_LINES)

    def _drop(self, wins: tuple[Win, ...], column: BoardColumn) -> None:
        """Ask for the dragged wins to be moved to a column; the cursor goes where the hand went."""
        self.move(wins, column.spec.verdict, follow=True)

    # Other keys.

    def action_open(self) -> None:
        """Open the card under the cursor."""
        if self.win is not None:
            self.post_message(self.CardOpened(self.win.id))

    def action_mirror(self) -> None:
        """Open the rear-view mirror, or close it; what is in it can only be seen in an unfolded column."""
        candy = self.column_of(Verdict.CANDY)
        if candy.cards.folded:
            self.enter_column(self.columns.index(candy))
        self.post_message(self.MirrorToggled())

    def action_edit(self) -> None:
        """Edit the card under the cursor."""
        if self.win is not None:
            self.post_message(self.CardEditRequested(self.win.id))

    def action_trash(self) -> None:
        """Move the chosen cards to the trash."""
        if wins := self._chosen():
            self.post_message(self.CardsTrashed(tuple(win.id for win in wins)))

    def action_mark(self) -> None:
        """Mark the card under the cursor or unmark it, and go on to the next."""
        if (win := self.win) is not None:
            self.toggle_mark(win)
            self.action_step(1)

    def action_mark_all(self) -> None:
        """Mark every card shown in this column, or unmark them if all are."""
        wins = {win.id: win for win in self.column.cards.rows}
        if wins.keys() <= self.marked.keys():
            self.marked = {key: win for key, win in self.marked.items() if key not in wins}
        else:
            self.marked |= wins
        self.show_marks()

    def action_cancel(self) -> None:
        """Cancel a drag, else unmark all."""
        if self._drag.wins:
            self._drag.cancel()
        else:
            self.unmark_all()

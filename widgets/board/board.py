"""The board: unsorted, real wins and cotton candy side by side, sorted by keys or by hand."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import ClassVar

from textual.actions import SkipAction
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.reactive import reactive

from data.model.records import Goal, Verdict, Win
from widgets.board.board_column import BoardColumn, spec_of
from widgets.board.columns import Columns


class Board(Columns):
    """Three columns, one cursor, and cards that move between them by key or by hand.

    It is given values and answers with messages; nothing moves before the journal says so.
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
        Binding("enter", "open", "open", id="board.open", tooltip="The whole win: story, answers, doors"),
        Binding("r", "sort('real')", "real", id="board.real", tooltip="It is a real win"),
        Binding("c", "sort('candy')", "candy", id="board.candy", tooltip="It is cotton candy"),
        Binding("n", "sort('unsorted')", "Not yet", show=False, id="board.unsorted", tooltip="Not sorted yet"),
        Binding("shift+left,H", "shift(-1)", "Move left", show=False, id="board.move-left", tooltip="Move it left"),
        Binding("shift+right,L", "shift(1)", "Move right", show=False, id="board.move-right", tooltip="Move it right"),
        Binding("space", "mark", "Mark", show=False, id="board.mark", tooltip="Mark it, to move several at once"),
        Binding("asterisk", "mark_all", "Mark all", show=False, id="board.mark-all", tooltip="Mark all shown here"),
        Binding("e", "edit", "Edit", show=False, id="board.edit", tooltip="Change its words, date, goal or tags"),
        Binding("d,delete", "trash", "Trash", show=False, id="board.trash", tooltip="Into the trash; u brings it back"),
        Binding("escape", "cancel", "Cancel", show=False, id="board.cancel", tooltip="Let go, or unmark all"),
    ]
    DEFAULT_CSS = """
    Board { padding: 0 1; }
    """

    follow: reactive[bool] = reactive(True, init=False)

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
        """Cards were thrown away.

        Attributes:
            ids: The wins.
        """

        def __init__(self, ids: tuple[str, ...]) -> None:
            super().__init__()
            self.ids = ids

    def update(
        self,
        changes: Sequence[tuple[Win | None, Win | None]],
        *,
        opens: Mapping[str, Sequence[str]],
        goals: Mapping[str, Goal],
        today: date,
    ) -> None:
        """Show some wins as they are now; where undo takes the card under it, the cursor goes along."""
        under = self.win
        super().update(changes, opens=opens, goals=goals, today=today)
        moved = (new for old, new in changes if old and new and under and old.id == under.id == new.id)
        if self.follow and (new := next(moved, None)) is not None and under and new.verdict != under.verdict:
            self.point_at(new)

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
        place = self.here + direction
        if around or 0 <= place < len(self.columns):
            self.stand(place % len(self.columns))

    # What a key does to cards.

    def action_sort(self, kind: str) -> None:
        """Move the chosen cards to a column."""
        self._move(spec_of(kind).verdict)

    def action_shift(self, direction: int) -> None:
        """Move the chosen cards to the column beside this one."""
        place = self.here + direction
        if 0 <= place < len(self.columns):
            self._move(self.columns[place].spec.verdict)

    def _move(self, verdict: Verdict | None) -> None:
        self.move(self._chosen(), verdict, follow=self.follow)

    def move(self, wins: Sequence[Win], verdict: Verdict | None, *, follow: bool) -> None:
        """Ask for wins to be moved; with `follow` the focus goes with the one under the cursor."""
        ids = tuple(win.id for win in wins if win.verdict != verdict)
        if not ids:
            return
        current = self.win
        self.followed = (current.id if current is not None and current.id in ids else ids[0]) if follow else None
        self.unmark()
        self.column.cards.show_cursor()
        self.post_message(self.CardsMoved(ids, verdict))

    def picked(self, win: Win) -> tuple[Win, ...]:
        """Return every marked win if this one is marked, itself first."""
        others = (other for other in self.marked.values() if other.id != win.id)
        return (win, *others) if win.id in self.marked else (win,)

    def touch(self, column: BoardColumn) -> None:
        """Let the cursor be in that column."""
        self.stand(self.columns.index(column))

    def drop(self, wins: tuple[Win, ...], column: BoardColumn) -> None:
        """Ask for the dragged wins to be moved to a column; the focus goes where the hand went."""
        self.move(wins, column.spec.verdict, follow=True)

    def action_open(self) -> None:
        """Open the card under the cursor."""
        if self.win is not None:
            self.open(self.win)

    def open(self, win: Win) -> None:
        """Say that a card was opened."""
        self.post_message(self.CardOpened(win.id))

    def action_edit(self) -> None:
        """Edit the card under the cursor."""
        if self.win is not None:
            self.post_message(self.CardEditRequested(self.win.id))

    def action_trash(self) -> None:
        """Throw the chosen cards away."""
        if wins := self._chosen():
            self.post_message(self.CardsTrashed(tuple(win.id for win in wins)))

    def action_mark(self) -> None:
        """Mark the card under the cursor or unmark it, and go on to the next."""
        if (win := self.win) is not None:
            self.tick(win)
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
        """Let go of what is dragged, else unmark all; with neither, the key is for somebody else."""
        if self.drag is not None:
            self.cancel_drag()
        elif self.marked:
            self.unmark()
        else:
            raise SkipAction

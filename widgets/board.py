"""The board: unsorted, real wins and cotton candy side by side, sorted by keys or by hand."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import ClassVar, Final

from textual.actions import SkipAction
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.reactive import reactive

from data.models import Goal, Verdict, Win
from data.text import fold
from widgets.card import Facts
from widgets.drag import DragArea
from widgets.lane import KINDS, Lane, kind_of
from widgets.rows import Order, newest

MANY: Final = 100
"""From so many changes on, the columns are filled anew."""
NARROW: Final = 90
"""Under so many cells unsorted is folded while the focus is elsewhere."""


class Board(DragArea):
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
    Board { layers: base ghost; padding: 0 1; height: 1fr; }
    """

    follow: reactive[bool] = reactive(True, init=False)

    class Moved(Message):
        """Cards were moved to a column; they stay where they are until the board is shown the change.

        Attributes:
            ids: The wins, the one with the cursor first.
            verdict: What the person decided.
        """

        def __init__(self, ids: tuple[str, ...], verdict: Verdict | None) -> None:
            super().__init__()
            self.ids = ids
            self.verdict = verdict

    class Opened(Message):
        """A card was opened.

        Attributes:
            id: The win.
        """

        def __init__(self, id: str) -> None:  # noqa: A002 (the word the records use)
            super().__init__()
            self.id = id

    class EditRequested(Message):
        """The person wants to change a win.

        Attributes:
            id: The win.
        """

        def __init__(self, id: str) -> None:  # noqa: A002 - the word the records use
            super().__init__()
            self.id = id

    class TrashRequested(Message):
        """Cards were thrown away.

        Attributes:
            ids: The wins.
        """

        def __init__(self, ids: tuple[str, ...]) -> None:
            super().__init__()
            self.ids = ids

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 (Textual's word)
        super().__init__(id=id)
        self.lanes = tuple(Lane(kind) for kind in KINDS)
        self._opens: Mapping[str, Sequence[str]] = {}
        self._goals: Mapping[str, Goal] = {}
        self._marked: dict[str, Win] = {}
        self._followed: str | None = None
        self._here = 0
        self._order: Order = newest

    def on_mount(self) -> None:
        """Let every column ask here what its cards say."""
        super().on_mount()
        for lane in self.lanes:
            lane.column.facts = self._facts

    def on_resize(self) -> None:
        """Fold or unfold unsorted, as there is room."""
        super().on_resize()
        self._fold()

    def on_descendant_focus(self) -> None:
        """Let the cursor go where the focus went."""
        focused = [place for place, lane in enumerate(self.lanes) if lane.column is self.screen.focused]
        if focused:
            self._stand(focused[0])

    def _fold(self) -> None:
        self.lanes[0].fold(self.size.width < NARROW and self._here != 0)

    # What it shows.

    def show(
        self,
        wins: Iterable[Win],
        *,
        opens: Mapping[str, Sequence[str]],
        goals: Mapping[str, Goal],
        today: date,
        order: Order = newest,
    ) -> None:
        """Show these wins and no others.

        Args:
            wins: In order, newest first or as `order` has it.
            opens: The wins that each win opened.
            goals: By id.
            today: The local date.
            order: The key of the order the wins are in.
        """
        self.cancel_drag()
        self._tell(opens, goals, today, anew=True)
        self._order = order
        sorted_out: dict[Verdict | None, list[Win]] = {kind.verdict: [] for kind in KINDS}
        for win in wins:
            sorted_out[win.verdict].append(win)
        for lane in self.lanes:
            lane.column.show(sorted_out[lane.kind.verdict], order)
        self._settle()

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
        self._tell(opens, goals, today, anew=relinked)
        if len(changes) > MANY:
            self._change_many(changes)
        else:
            for old, new in changes:
                self._change(old, new)
        self._settle()

    def _change_many(self, changes: Sequence[tuple[Win | None, Win | None]]) -> None:
        """Fill the columns anew, which is quicker than many changes one by one."""
        self.cancel_drag()
        gone = {old.id for old, _ in changes if old is not None}
        come = [new for _, new in changes if new is not None]
        for lane in self.lanes:
            kept = [win for win in lane.column.rows if win.id not in gone]
            new = [win for win in come if win.verdict == lane.kind.verdict]
            lane.column.show(sorted([*kept, *new], key=self._order), self._order)
        self._marked.clear()
        followed = next((win for win in come if win.id == self._followed), None)
        if followed is not None:
            self._follow(followed)

    def _follow(self, win: Win) -> None:
        """Go with a win that the person moved."""
        self._followed = None
        self.select(win)

    def _change(self, old: Win | None, new: Win | None) -> None:
        if self.drag is not None and old is not None and old.id in {win.id for win in self.drag.wins}:
            self.cancel_drag()
        if old is not None:
            self.lane_of(old.verdict).column.take(old)
            if self._marked.pop(old.id, None) is not None and new is not None and new.verdict == old.verdict:
                self._marked[new.id] = new
        if new is not None:
            self.lane_of(new.verdict).column.put(new)
            if new.id == self._followed:
                self._follow(new)

    def _tell(self, opens: Mapping[str, Sequence[str]], goals: Mapping[str, Goal], today: date, *, anew: bool) -> None:
        """Take note of what cards say beside their own win, and draw them anew if that may have changed."""
        anew = anew or goals != self._goals
        self._opens, self._goals = opens, goals
        for lane in self.lanes:
            anew = anew or lane.column.today != today
            lane.column.today = today
            if anew:
                lane.column.redraw()

    def teach(self, instead: str | None) -> None:
        """Let empty columns say one thing, the column in the middle for all, or again what each is for."""
        for lane in self.lanes:
            said = instead if lane.kind.verdict is Verdict.REAL else ""
            lane.column.teaching = lane.kind.teaching if instead is None else said or ""

    def _settle(self) -> None:
        """Bring counts, ticks and cursors in line with what is held now."""
        self._show_marks()
        for lane in self.lanes:
            lane.count()
            lane.column.show_cursor()

    def _facts(self, win: Win) -> Facts:
        goal = self._goals.get(win.goal) if win.goal is not None else None
        return Facts(goal.name if goal is not None else "", len(self._opens.get(win.id, ())))

    # Where the cursor is.

    def lane_of(self, verdict: Verdict | None) -> Lane:
        """Return the lane of the wins with that verdict."""
        return next(lane for lane in self.lanes if lane.kind.verdict == verdict)

    @property
    def lane(self) -> Lane:
        """The lane with the cursor."""
        return self.lanes[self._here]

    @property
    def win(self) -> Win | None:
        """The win under the cursor, or None in an empty column."""
        return self.lane.column.win

    def select(self, win: Win) -> bool:
        """Put the focus and the cursor on a win; return whether it is shown at all."""
        found = self.point_at(win)
        if found:
            self._focus_here()
        return found

    def point_at(self, win: Win) -> bool:
        """Put the cursor on a win and leave the focus where it is; return whether the win is shown at all."""
        lane = self.lane_of(win.verdict)
        place = lane.column.rows.index(win)
        if place is not None:
            lane.column.go_to(place)
            self._stand(self.lanes.index(lane))
        return place is not None

    def show_first(self) -> None:
        """Go to the first card of every column."""
        for lane in self.lanes:
            lane.column.go_to(0)

    def jump(self, text: str, step: int = 0) -> None:
        """Put the cursor on the nearest card of which a word begins with a text, around all columns.

        Args:
            text: As it was typed.
            step: 0 stays where it fits already, 1 looks for the next one, -1 for the one before.
        """
        wanted = f" {fold(text).strip()}"
        lanes = (*self.lanes[self._here :], *self.lanes[: self._here])
        wins = [win for lane in lanes for win in lane.column.rows]
        at = self.lane.column.cursor
        ahead = [*range(at + step, len(wins)), *range(at)] if step >= 0 else [*range(at)][::-1]
        behind = [*range(at, len(wins))][::-1] if step < 0 else []
        found = (wins[place] for place in (*ahead, *behind) if wanted in f" {fold(wins[place].title)}")
        win = next(found, None) if wanted.strip() else None
        if win is not None:
            self.point_at(win)

    def focus(self, scroll_visible: bool = True, from_app_focus: bool = False) -> "Board":  # noqa: FBT001, FBT002, ARG002 - Textual's signature
        """Put the focus on the cursor, or where it is in an empty column, into the first column that has cards."""
        if not len(self.lane.column.rows):
            self._stand(next((place for place, lane in enumerate(self.lanes) if len(lane.column.rows)), self._here))
        self._focus_here()
        return self

    def _focus_here(self) -> None:
        """Focus the lane at once: the next key may be waiting already, and is meant for it."""
        self.screen.set_focus(self.lane.column, scroll_visible=False)

    def _stand(self, place: int) -> None:
        """Let the cursor be in a lane; in a narrow board unsorted unfolds for it."""
        self._here = place
        for index, lane in enumerate(self.lanes):
            lane.stand(index == place)
        self._fold()

    def _chosen(self) -> tuple[Win, ...]:
        """Return what a key acts on: the marked cards, else the one under the cursor."""
        win = self.win
        return tuple(self._marked.values()) or ((win,) if win is not None else ())

    def action_step(self, cards: int) -> None:
        """Go up or down by cards."""
        column = self.lane.column
        column.go_to(column.cursor + cards)

    def action_page(self, direction: int) -> None:
        """Go up or down by what is seen at once."""
        column = self.lane.column
        place = column.place_from(direction * column.page)
        column.go_to(place if place != column.cursor else place + direction)

    def action_end(self, direction: int) -> None:
        """Go to the first or the last card."""
        column = self.lane.column
        column.go_to(0 if direction < 0 else len(column.rows) - 1)

    def action_column(self, direction: int, around: bool = False) -> None:  # noqa: FBT001, FBT002 (bindings give values)
        """Go to the column beside this one, around the end with tab."""
        place = self._here + direction
        if around or 0 <= place < len(self.lanes):
            self._stand(place % len(self.lanes))
            self._focus_here()

    # What a key does to cards.

    def action_sort(self, kind: str) -> None:
        """Move the chosen cards to a column."""
        self._move(kind_of(kind).verdict)

    def action_shift(self, direction: int) -> None:
        """Move the chosen cards to the column beside this one."""
        place = self._here + direction
        if 0 <= place < len(self.lanes):
            self._move(self.lanes[place].kind.verdict)

    def _move(self, verdict: Verdict | None) -> None:
        self.move(self._chosen(), verdict, follow=self.follow)

    def move(self, wins: Sequence[Win], verdict: Verdict | None, *, follow: bool) -> None:
        """Ask for wins to be moved; with `follow` the focus goes with the one under the cursor."""
        ids = tuple(win.id for win in wins if win.verdict != verdict)
        if not ids:
            return
        current = self.win
        self._followed = (current.id if current is not None and current.id in ids else ids[0]) if follow else None
        self._unmark()
        self.post_message(self.Moved(ids, verdict))

    def picked(self, win: Win) -> tuple[Win, ...]:
        """Return every marked win if this one is marked, itself first."""
        others = (other for other in self._marked.values() if other.id != win.id)
        return (win, *others) if win.id in self._marked else (win,)

    def touch(self, lane: Lane) -> None:
        """Let the cursor be in that lane."""
        self._stand(self.lanes.index(lane))

    def drop(self, wins: tuple[Win, ...], lane: Lane) -> None:
        """Ask for the dragged wins to be moved to a lane; the focus goes where the hand went."""
        self.move(wins, lane.kind.verdict, follow=True)

    def action_open(self) -> None:
        """Open the card under the cursor."""
        if self.win is not None:
            self.open(self.win)

    def open(self, win: Win) -> None:
        """Say that a card was opened."""
        self.post_message(self.Opened(win.id))

    def action_edit(self) -> None:
        """Edit the card under the cursor."""
        if self.win is not None:
            self.post_message(self.EditRequested(self.win.id))

    def action_trash(self) -> None:
        """Throw the chosen cards away."""
        if wins := self._chosen():
            self._unmark()
            self.post_message(self.TrashRequested(tuple(win.id for win in wins)))

    def action_mark(self) -> None:
        """Mark the card under the cursor or unmark it, and go on to the next."""
        if (win := self.win) is not None:
            self.tick(win)
            self.action_step(1)

    def tick(self, win: Win) -> None:
        """Mark a card, or unmark it."""
        if self._marked.pop(win.id, None) is None:
            self._marked[win.id] = win
        self._show_marks()

    def action_mark_all(self) -> None:
        """Mark every card shown in this column, or unmark them if all are."""
        wins = {win.id: win for win in self.lane.column.rows}
        if wins.keys() <= self._marked.keys():
            self._marked = {key: win for key, win in self._marked.items() if key not in wins}
        else:
            self._marked |= wins
        self._show_marks()

    def _unmark(self) -> None:
        if self._marked:
            self._marked.clear()
            self._show_marks()

    def _show_marks(self) -> None:
        shown = frozenset(self._marked)
        for lane in self.lanes:
            lane.column.mark(shown)

    def action_cancel(self) -> None:
        """Let go of what is dragged, else unmark all; with neither, the key is for somebody else."""
        if self.drag is not None:
            self.cancel_drag()
        elif self._marked:
            self._unmark()
        else:
            raise SkipAction


def _opener(win: Win | None) -> str | None:
    return win.opened_by if win is not None else None

"""Three lanes side by side with one cursor: what is shown, where the cursor is, which cards are marked."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import ClassVar, Final

from rich.segment import Segment
from rich.style import Style
from textual.geometry import Region, Size
from textual.strip import Strip

from data.base.text import fold
from data.model.records import Goal, Verdict, Win
from widgets.board.board_column import KINDS, Lane
from widgets.board.card import Facts
from widgets.board.drag import DragArea
from widgets.board.sorted_rows import Order, newest

MANY: Final = 100
"""From so many changes on, the columns are filled anew."""
NARROW: Final = 90
"""Under so many cells unsorted is folded while the cursor is elsewhere."""


class Lanes(DragArea, can_focus=True):
    """Shows wins in three columns by their verdicts.

    It is given values, all of them or what has changed; what the person does with them is the board's.
    """

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {"lanes--unsorted", "lanes--real", "lanes--candy"}
    DEFAULT_CSS = """
    Lanes {
        layers: base ghost;
        height: 1fr;
        & > Column { layer: base; width: 1fr; margin-top: 1; }
        & > Column.-folded { width: 5; }
        & > .lanes--unsorted { color: $text-muted; }
        & > .lanes--real { color: $real; }
        & > .lanes--candy { color: $candy; }
    }
    """

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

    def watch_has_focus(self, _has_focus: bool) -> None:  # noqa: FBT001 - Textual's signature
        """Keep the styles and all that is drawn in them: the focus is shown by the cursor alone."""

    def _fold(self) -> None:
        self.lanes[0].column.folded = self.size.width < NARROW and self._here != 0
        self._draw_heads()

    # How it looks: the heads of the columns are drawn here, above them.

    def render_line(self, y: int) -> Strip:
        """Draw the heads in the first line; below it are the columns."""
        base = self.visual_style.rich_style  # kept by Textual; `rich_style` is worked out for each line
        if y > 0:
            return Strip.blank(self.size.width, base)
        return Strip([Segment(lane.head(), base + self._ink(lane)) for lane in self.lanes])

    def render_lines(self, crop: Region) -> list[Strip]:
        """Draw the heads and one blank line, which stands for all others: columns cover them."""
        drawn = super().render_lines(crop.crop_size(Size(crop.width, 2)))
        return drawn + drawn[-1:] * (crop.height - len(drawn))

    def _ink(self, lane: Lane) -> Style:
        full = self.get_component_rich_style(f"lanes--{lane.kind.id}")
        return Style(color=full.color, bold=lane.here, reverse=full.reverse)

    def _draw_heads(self) -> None:
        self.refresh(Region(0, 0, self.size.width, 1))

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
        self.point_at(win)

    def _change(self, old: Win | None, new: Win | None) -> None:
        if self.drag is not None and old is not None and old.id in {win.id for win in self.drag.wins}:
            self.cancel_drag()
        stays = old is not None and new is not None and new.verdict == old.verdict and self._has_cursor(old)
        if old is not None:
            self.lane_of(old.verdict).column.take(old)
            if self._marked.pop(old.id, None) is not None and new is not None and new.verdict == old.verdict:
                self._marked[new.id] = new
        if new is not None:
            self.lane_of(new.verdict).column.put(new)
            if new.id == self._followed:
                self._follow(new)
            elif stays:
                column = self.lane_of(new.verdict).column
                column.go_to(column.rows.place(new) - 1)

    def _has_cursor(self, win: Win) -> bool:
        under = self.lane_of(win.verdict).column.win
        return under is not None and under.id == win.id

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
        """Bring counts and ticks in line with what is held now."""
        self._show_marks()
        self._draw_heads()

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

    def point_at(self, win: Win) -> bool:
        """Put the cursor on a win; return whether the win is shown at all."""
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

    def focus(self, scroll_visible: bool = True, from_app_focus: bool = False) -> "Lanes":  # noqa: FBT001, FBT002, ARG002 - Textual's signature
        """Take the focus at once: the next key may be waiting already. An empty column leaves the cursor to another."""
        filled = [place for place, lane in enumerate(self.lanes) if len(lane.column.rows)]
        self._stand(self._here if self._here in filled or not filled else filled[0])
        self.screen.set_focus(self, scroll_visible=False)
        return self

    def _stand(self, place: int) -> None:
        """Let the cursor be in a lane; in a narrow board unsorted unfolds for it."""
        self._here = place
        for index, lane in enumerate(self.lanes):
            lane.stand(index == place)
        self._fold()

    def tick(self, win: Win) -> None:
        """Mark a card, or unmark it."""
        if self._marked.pop(win.id, None) is None:
            self._marked[win.id] = win
        self._show_marks()

    def _unmark(self) -> None:
        if self._marked:
            self._marked.clear()
            self._show_marks()

    def _show_marks(self) -> None:
        shown = frozenset(self._marked)
        for lane in self.lanes:
            lane.column.mark(shown)


def _opener(win: Win | None) -> str | None:
    return win.opened_by if win is not None else None

"""A column of the board under its head, and what the three of them are."""

from typing import Final

from msgspec import Struct
from textual.geometry import Region

from data.model.records import Verdict
from widgets.board.card_list import CardList

_LEFT: Final = 3
"""Cells of a head before its name."""
_RIGHT: Final = 2
"""Cells of a head after its count."""


class ColumnSpec(Struct, frozen=True):
    """One column.

    Attributes:
        id: What bindings call it.
        verdict: The one its wins have.
        mark: Its sign.
        name: Its name.
        short: Its name where there is less room.
        edge: The sign at the left edge of its cards: heavy for real, broken for candy.
        teaching: What it says when it is empty.
    """

    id: str
    verdict: Verdict | None
    mark: str
    name: str
    short: str
    edge: str
    teaching: str


COLUMN_SPECS: Final = (
    ColumnSpec("unsorted", None, "·", "Unsorted", "Unsorted", "│", "Nothing to sort.\n \nPress a to add a win."),
    ColumnSpec(
        "real",
        Verdict.REAL,
        "◆",
        "Real wins",
        "Real",
        "┃",
        "A real win opens a door, leads where you want to go, and stretches you a little.\n \n"
        "Press r on a card, or drag it here.",
    ),
    ColumnSpec(
        "candy",
        Verdict.CANDY,
        "◇",
        "Cotton candy",
        "Candy",
        "┊",
        "It tastes good and is gone: it looks nice, fills time, and asks nothing of you.\n \n"
        "Press c on a card, or drag it here.",
    ),
)


def spec_of(name: str) -> ColumnSpec:
    """Return the column of an id."""
    return next(spec for spec in COLUMN_SPECS if spec.id == name)


class BoardColumn:
    """A column of the board and the head above it, which the board draws into its own first line.

    It is no widget: one for each head and one around both would be a quarter of what the first frame draws.

    Attributes:
        spec: What it is for.
        cards: Its cards.
        has_cursor: Whether the cursor is in it.
        waiting: How many of its wins wait for a review, or None where that is not said.
    """

    def __init__(self, spec: ColumnSpec) -> None:
        self.spec = spec
        self.cards = CardList(spec.name, teaching=spec.teaching, edge=spec.edge, id=spec.id)
        self.cards.has_legend = spec.verdict is not None
        self.has_cursor = False
        self.waiting: int | None = None

    @property
    def region(self) -> Region:
        """Where it is on the screen, its head included."""
        x, y, width, height = self.cards.region
        return Region(x, y - 1, width, height + 1)

    def set_cursor(self, here: bool) -> None:  # noqa: FBT001 - a state, not an option
        """Have the cursor, or have it no longer."""
        self.has_cursor = self.cards.current = here

    def head(self) -> str:
        """Return its name and how many cards there are, or how many of them wait, as wide as the column."""
        width, number = self.cards.outer_size.width, len(self.cards.rows)
        waiting = number if self.waiting is None else min(self.waiting, number)
        if self.cards.folded:
            return f" {self.spec.mark}{short_count(waiting)}".ljust(width)
        figure = f"{number:,}" if waiting == number else f"{waiting:,} of {number:,}"
        if len(figure) > width - _LEFT - _RIGHT - len(self.spec.short) - 3:
            figure = f"{waiting:,}"
        room = width - _LEFT - _RIGHT - len(figure)
        name = f"{self.spec.mark} {self.spec.name if len(self.spec.name) + 3 <= room else self.spec.short}"
        return f"{' ' * _LEFT}{name.ljust(room - 1)} {figure}{' ' * _RIGHT}"


def short_count(number: int) -> str:
    """Return a count in at most three characters: 999, 12k, ∞ beyond that."""
    if number < 1000:  # noqa: PLR2004 (the first with four digits)
        return str(number)
    return f"{number // 1000}k" if number < 100_000 else "∞"  # noqa: PLR2004 (the first that takes four)

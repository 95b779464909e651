"""A column of the board under its head, and what the three of them are."""

from typing import Final

from msgspec import Struct
from textual.geometry import Region

from data.model.records import Verdict
from widgets.board.card_list import Column

LEFT: Final = 3
"""Cells of a head before its name."""
RIGHT: Final = 2
"""Cells of a head after its count."""


class Kind(Struct, frozen=True):
    """One column.

    Attributes:
        id: What bindings call it.
        verdict: The one its wins have.
        mark: Its sign.
        name: Its name.
        short: Its name where there is less room.
        teaching: What it says when it is empty.
    """

    id: str
    verdict: Verdict | None
    mark: str
    name: str
    short: str
    teaching: str


KINDS: Final = (
    Kind(
        "unsorted", None, "·", "Unsorted", "Unsorted", "Nothing waits to be sorted.\n \na writes down what went right."
    ),
    Kind(
        "real",
        Verdict.REAL,
        "◆",
        "Real wins",
        "Real",
        "A real win opens a door, leads where you want to go, and stretches you a little.\n \n"
        "r on a card says it is one, or drag it here.",
    ),
    Kind(
        "candy",
        Verdict.CANDY,
        "◇",
        "Cotton candy",
        "Candy",
        "Sweet for a moment, then gone: it looks good, fills time, and asks nothing of you.\n \n"
        "c on a card says it is candy, or drag it here.",
    ),
)


def kind_of(name: str) -> Kind:
    """Return the column of an id."""
    return next(kind for kind in KINDS if kind.id == name)


class Lane:
    """A column of the board and the head above it, which the board draws into its own first line.

    It is no widget: one for each head and one around both would be a quarter of what the first frame draws.

    Attributes:
        kind: What it is for.
        column: Its cards.
        here: Whether the cursor is in it.
    """

    def __init__(self, kind: Kind) -> None:
        self.kind = kind
        self.column = Column(kind.name, teaching=kind.teaching, id=kind.id)
        self.here = False

    @property
    def region(self) -> Region:
        """Where it is on the screen, its head included."""
        x, y, width, height = self.column.region
        return Region(x, y - 1, width, height + 1)

    def stand(self, here: bool) -> None:  # noqa: FBT001 - a state, not an option
        """Have the cursor, or have it no longer."""
        self.here = self.column.current = here

    def head(self) -> str:
        """Return its name and how many cards there are, as wide as the column."""
        width, number = self.column.outer_size.width, len(self.column.rows)
        if self.column.folded:
            return f" {self.kind.mark}{short(number)}".ljust(width)
        figure = f"{number:,}"
        room = width - LEFT - RIGHT - len(figure)
        name = f"{self.kind.mark} {self.kind.name if len(self.kind.name) + 3 <= room else self.kind.short}"
        return f"{' ' * LEFT}{name.ljust(room - 1)} {figure}{' ' * RIGHT}"


def short(number: int) -> str:
    """Return a count in at most three characters: 999, 12k, ∞ beyond that."""
    if number < 1000:  # noqa: PLR2004 (the first with four digits)
        return str(number)
    return f"{number // 1000}k" if number < 100_000 else "∞"  # noqa: PLR2004 (the first that takes four)

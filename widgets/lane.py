"""A column of the board under its head, and what the three of them are."""

from typing import Final

from msgspec import Struct
from rich.text import Text
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Static

from data.models import Verdict
from widgets.column import Column

PADDING: Final = 5
"""Cells of a head that hold neither its name nor its count."""


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


class Head(Static):
    """The name and the count of a column."""

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    Head { height: 1; width: 1fr; padding: 0 2 0 3; color: $text-muted; }
    """


class Lane(Vertical):
    """A column under its head."""

    DEFAULT_CSS = """
    Lane { width: 1fr; height: 1fr; layer: base; }
    Lane.-folded { width: 5; }
    Lane.-folded > Head { padding: 0; }
    Lane#real-lane > Head { color: $real; }
    Lane#candy-lane > Head { color: $candy; }
    Lane > Head.-current { text-style: bold; }
    """

    def __init__(self, kind: Kind) -> None:
        super().__init__(id=f"{kind.id}-lane")
        self.kind = kind
        self.head = Head()
        self.column = Column(kind.name, teaching=kind.teaching, id=kind.id)

    def compose(self) -> ComposeResult:
        """Put the head above the column."""
        yield self.head
        yield self.column

    def stand(self, here: bool) -> None:  # noqa: FBT001 - a state, not an option
        """Have the cursor, or have it no longer."""
        self.head.set_class(here, "-current")
        self.column.current = here

    def fold(self, folded: bool) -> None:  # noqa: FBT001 - a state, not an option
        """Show the name and the count alone, or the whole lane again."""
        self.set_class(folded, "-folded")
        self.column.folded = folded
        self.count()

    def count(self) -> None:
        """Say how many cards there are."""
        number = len(self.column.rows)
        if self.column.folded:
            self.head.update(Text(f" {self.kind.mark}{short(number)}", no_wrap=True), layout=False)
            return
        figure = f"{number:,}"
        room = self.size.width - PADDING - len(figure)
        name = f"{self.kind.mark} {self.kind.name if len(self.kind.name) + 3 <= room else self.kind.short}"
        self.head.update(Text(f"{name}{' ' * max(1, room - len(name))}{figure}", no_wrap=True), layout=False)

    def on_resize(self) -> None:
        """Put the count at the right again."""
        self.count()


def short(number: int) -> str:
    """Return a count in at most three characters: 999, 12k, ∞ beyond that."""
    if number < 1000:  # noqa: PLR2004 (the first with four digits)
        return str(number)
    return f"{number // 1000}k" if number < 100_000 else "∞"  # noqa: PLR2004 (the first that takes four)

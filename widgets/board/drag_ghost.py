"""What is seen of cards in the hand; imported by the first drag."""

from typing import Final

from rich.text import Text
from textual.geometry import Offset, Region, clamp
from textual.widgets import Static

from data.base.text import clean_line, fixed_width
from widgets.base.cells import cells, truncate

_WIDTH: Final = 30
"""Cells of a ghost's text, at most."""
_NOWHERE: Final = "-"
"""Its sign while a release would change nothing."""


class DragGhost(Static):
    """Follows the pointer with the title, and with how many others come along."""

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    DragGhost {
        layer: ghost;
        position: absolute;
        width: auto;
        height: auto;
        display: none;
        padding: 0 1;
        border: round $accent;
        background: $panel;
        color: $foreground;
    }
    """

    def carry(self, title: str, others: int, mark: str, at: Offset, room: Region) -> None:
        """Show what is dragged, beside the pointer and inside the room.

        Args:
            title: The card's that was pressed.
            others: How many come along.
            mark: The sign of the column it would go to, or "".
            at: Where the pointer is, on the screen.
            room: The board's region on the screen.
        """
        count = f" +{others}" if others else ""
        width = max(2, min(_WIDTH, room.width - 8) - len(count) - 2)
        text = f"{mark or _NOWHERE} {truncate(fixed_width(clean_line(title)), width)}{count}"
        self.update(Text(text, no_wrap=True))
        place = at - room.offset + Offset(2, 1)
        self.styles.offset = (
            clamp(place.x, 0, max(0, room.width - cells(text) - 6)),
            clamp(place.y, 0, max(0, room.height - 3)),
        )
        self.display = True

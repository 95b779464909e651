"""The colours and weights in which a column is drawn, one for each role of a text."""

from collections.abc import Sequence
from typing import ClassVar, Final

from rich.segment import Segment
from rich.style import Style
from textual.scroll_view import ScrollView
from textual.scrollbar import ScrollBar
from textual.strip import Strip

from widgets.board.scrollbar import LineBar

INKS: Final = {
    "cursor-title": "cursor-title",
    "date": "quiet",
    "doors": "doors",
    "goal": "goal",
    "landing": "accent",
    "lifted": "lifted",
    "marks": "quiet",
    "teaching": "quiet",
    "tick": "accent",
}
"""The ink of each role of a text; titles and gaps have the column's own colours."""


class StyledLines(ScrollView, inherit_bindings=False):
    """A widget drawn by lines, with a component class for each ink: Textual styles every one of them at the start."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "cards--accent",
        "cards--cursor",
        "cards--cursor-title",
        "cards--doors",
        "cards--goal",
        "cards--lifted",
        "cards--quiet",
    }
    DEFAULT_CSS = """
    StyledLines {
        & > .cards--accent { color: $accent; text-style: bold; }
        & > .cards--cursor { background: $panel; }
        & > .cards--cursor-title { text-style: bold; }
        & > .cards--doors { color: $primary; }
        & > .cards--goal { color: $secondary; }
        & > .cards--lifted { text-style: dim; }
        & > .cards--quiet { color: $text-muted; }
    }
    """

    def __init__(self, *, name: str | None = None, id: str | None = None) -> None:  # noqa: A002 (Textual's word)
        self._inks: dict[str, Style] = {}
        super().__init__(name=name, id=id)

    def notify_style_update(self) -> None:
        """Mix the inks anew."""
        super().notify_style_update()
        self._inks.clear()

    @property
    def vertical_scrollbar(self) -> ScrollBar:
        """The scrollbar, made when it is first asked for, as Textual makes its own."""
        if self._vertical_scrollbar is None:
            bar = LineBar(vertical=True, name="vertical", thickness=self.scrollbar_size_vertical)
            bar.display = False
            self._vertical_scrollbar = bar
            self.app._start_widget(self, bar)  # noqa: SLF001 - there is no other way to hang one in
        return self._vertical_scrollbar

    @property
    def base(self) -> Style:
        """The column's own colours; Textual would work them out from all ancestors for each line that is drawn."""
        if "" not in self._inks:
            self._inks[""] = self.rich_style
        return self._inks[""]

    def ink(self, role: str) -> Style:
        """Return the ink of a role: its colour as it looks on this background, and its weight, but no background."""
        if role not in self._inks:
            self._inks[role] = self._mixed(INKS[role]) if role in INKS else Style.null()
        return self._inks[role]

    def _mixed(self, name: str) -> Style:
        full = self.get_component_rich_style(f"cards--{name}")
        return Style(color=full.color, bold=full.bold, dim=full.dim, reverse=full.reverse)

    def paper(self) -> Style:
        """Return the paper of the card under the cursor."""
        full = self.get_component_rich_style("cards--cursor")
        return Style(bgcolor=full.bgcolor, reverse=full.reverse)

    def strip(self, parts: Sequence[tuple[str, Style]], cells: int | None = None) -> Strip:
        """Return a line of texts with their ink, as wide as the column; it is counted where nobody says how wide."""
        base = self.base
        strip = Strip([Segment(text, base + style) for text, style in parts], cells)
        return strip.adjust_cell_length(self.size.width, base)

    def blank(self) -> Strip:
        """Return an empty line."""
        return Strip.blank(self.size.width, self.base)

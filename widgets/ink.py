"""The colours and weights in which a column is drawn, one for each role of a text."""

from collections.abc import Sequence
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.scroll_view import ScrollView
from textual.scrollbar import ScrollBar
from textual.strip import Strip

from widgets.linebar import LineBar


class Inked(ScrollView, inherit_bindings=False):
    """A widget drawn by lines, with a component class for each role of a card's texts."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "column--title",
        "column--date",
        "column--goal",
        "column--marks",
        "column--doors",
        "column--gap",
        "column--cursor",
        "column--cursor-title",
        "column--tick",
        "column--landing",
        "column--lifted",
        "column--teaching",
    }
    DEFAULT_CSS = """
    Inked {
        & > .column--date { color: $text-muted; }
        & > .column--goal { color: $secondary; }
        & > .column--marks { color: $text-muted; }
        & > .column--doors { color: $primary; }
        & > .column--cursor { background: $panel; }
        & > .column--cursor-title { text-style: bold; }
        & > .column--tick { color: $accent; text-style: bold; }
        & > .column--landing { color: $accent; text-style: bold; }
        & > .column--lifted { text-style: dim; }
        & > .column--teaching { color: $text-muted; }
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
            full = self.get_component_rich_style(f"column--{role}")
            self._inks[role] = Style(color=full.color, bold=full.bold, dim=full.dim, reverse=full.reverse)
        return self._inks[role]

    def paper(self) -> Style:
        """Return the paper of the card under the cursor."""
        full = self.get_component_rich_style("column--cursor")
        return Style(bgcolor=full.bgcolor, reverse=full.reverse)

    def strip(self, parts: Sequence[tuple[str, Style]]) -> Strip:
        """Return a line of texts with their ink, as wide as the column."""
        base = self.base
        strip = Strip([Segment(text, base + style) for text, style in parts])
        return strip.adjust_cell_length(self.size.width, base)

    def blank(self) -> Strip:
        """Return an empty line."""
        return Strip.blank(self.size.width, self.base)

"""The colours and weights in which a column is drawn, one for each role of a text."""

from collections.abc import Sequence
from typing import ClassVar, Final

from rich.segment import Segment
from rich.style import Style
from textual.scroll_view import ScrollView
from textual.strip import Strip

_OWN: Final = ""
"""Stands for the column's own colour."""
_COLOURS: Final = {
    "cursor-title": _OWN,
    "date": "quiet",
    "doors": "doors",
    "edge": "edge",
    "faded": "quiet",
    "goal": "goal",
    "initial": "quiet",
    "landing": "accent",
    "lifted": _OWN,
    "marks": "quiet",
    "match": "accent",
    "teaching": "quiet",
    "tick": "accent",
}
"""The component class with the colour of each role of a text; titles and gaps are in the column's own style."""
_WEIGHTS: Final = {
    "cursor-title": Style(bold=True),
    "initial": Style(bold=True, underline=True),
    "landing": Style(bold=True),
    "lifted": Style(dim=True),
    "match": Style(bold=True, underline=True),
    "tick": Style(bold=True),
}
"""How a role stands out beside its colour; a component class for each would be styled for each column."""


class StyledLines(ScrollView, inherit_bindings=False):
    """A widget drawn by lines, with a component class for each colour of a text."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "cards--accent",
        "cards--cursor",
        "cards--doors",
        "cards--edge",
        "cards--goal",
        "cards--hover",
        "cards--landed",
        "cards--quiet",
    }
    DEFAULT_CSS = """
    StyledLines {
        & > .cards--accent { color: $accent; }
        & > .cards--cursor { background: $panel; }
        & > .cards--doors { color: $primary; }
        & > .cards--edge { color: $text-muted; }
        & > .cards--goal { color: $secondary; }
        & > .cards--hover { background: $panel 50%; }
        & > .cards--landed { background: $accent 30%; }
        & > .cards--quiet { color: $text-muted; }
    }
    """

    def __init__(self, *, name: str | None = None, id: str | None = None) -> None:  # noqa: A002 (Textual's word)
        self._styles: dict[str, Style] = {}
        super().__init__(name=name, id=id)

    def notify_style_update(self) -> None:
        """Mix the styles again."""
        super().notify_style_update()
        self._styles.clear()

    @property
    def base_style(self) -> Style:
        """The column's own colours; Textual would work them out from all ancestors for each line that is drawn."""
        if "" not in self._styles:
            self._styles[""] = self.rich_style
        return self._styles[""]

    def role_style(self, role: str) -> Style:
        """Return the style of a role: its colour as it looks on this background, and its weight, but no background."""
        if role not in self._styles:
            self._styles[role] = self._mixed(role) if role in _COLOURS else Style.null()
        return self._styles[role]

    def _mixed(self, role: str) -> Style:
        name = _COLOURS[role]
        full = self.get_component_rich_style(f"cards--{name}") if name else self.base_style
        return Style(color=full.color, reverse=full.reverse) + _WEIGHTS.get(role, Style.null())

    def background_style(self, name: str) -> Style:
        """Return the background of a card that stands out: "cursor", "hover" or "landed"."""
        full = self.get_component_rich_style(f"cards--{name}")
        return Style(bgcolor=full.bgcolor, reverse=full.reverse)

    def strip(self, parts: Sequence[tuple[str, Style]], cells: int | None = None) -> Strip:
        """Return a line of texts with their styles, as wide as the column.

        Args:
            parts: Texts and their styles.
            cells: How wide they are together; counted when not given.
        """
        base = self.base_style
        strip = Strip([Segment(text, base + style) for text, style in parts], cells)
        return strip.adjust_cell_length(self.size.width, base)

    def blank(self) -> Strip:
        """Return an empty line."""
        return Strip.blank(self.size.width, self.base_style)

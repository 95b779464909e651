"""The colours and weights in which a column is drawn, one for each role of a text."""

from collections.abc import Sequence
from typing import Final

from rich.segment import Segment
from rich.style import Style
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.widget import Widget

_OWN: Final = ""
"""Stands for the column's own colour."""
_COLOURS: Final = {
    "cursor-title": _OWN,
    "date": "quiet",
    "doors": "doors",
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
"""The component class with the colour of each role of a text; titles and gaps are in the column's own style, and the
edge in that of its head."""
_WEIGHTS: Final = {
    "cursor-title": Style(bold=True),
    "initial": Style(bold=True, underline=True),
    "landing": Style(bold=True),
    "lifted": Style(dim=True),
    "match": Style(bold=True, underline=True),
    "tick": Style(bold=True),
}
"""How a role stands out beside its colour; a component class for each would be styled for each column."""
_NULL: Final = Style.null()


class StyledLines(ScrollView, inherit_bindings=False):
    """A widget drawn by lines, in the colours of its parent, which has the component classes for all columns.

    Textual styles every component class of every widget before the first frame.
    """

    def __init__(self, *, name: str | None = None, id: str | None = None) -> None:  # noqa: A002 (Textual's word)
        self._styles: dict[tuple[str, str, bool], Style] = {}
        super().__init__(name=name, id=id)

    def notify_style_update(self) -> None:
        """Mix the styles again."""
        super().notify_style_update()
        self._styles.clear()

    def role_style(self, role: str = "", ground: str = "", *, lifted: bool = False) -> Style:
        """Return the style of a text: colour and weight of its role, on the column's background or another.

        Args:
            role: What the text is; "" and any that has no colour of its own are drawn as the column is.
            ground: What stands out below it: "cursor", "hover" or "landed", or "" for the column itself.
            lifted: Whether it is on a card in the hand.
        """
        mixed = self._styles.get((role, ground, lifted))
        if mixed is None:
            # The column's own colours once: Textual would work them out from all ancestors for each line.
            own = self._styles.get(("", "", False)) or self.rich_style
            mixed = own + self._ink(role, own) + self._ground(ground) + (self._ink("lifted", own) if lifted else _NULL)
            self._styles[role, ground, lifted] = mixed
        return mixed

    def _ink(self, role: str, own: Style) -> Style:
        """Return the colour of a role as it looks on this background, and its weight, but no background."""
        if role not in _COLOURS and role != "edge":
            return _NULL
        name = _COLOURS.get(role, self.id)
        full = self._palette.get_component_rich_style(f"columns--{name}") if name else own
        return Style(color=full.color, reverse=full.reverse) + _WEIGHTS.get(role, _NULL)

    def _ground(self, name: str) -> Style:
        if not name:
            return _NULL
        full = self._palette.get_component_rich_style(f"columns--{name}")
        return Style(bgcolor=full.bgcolor, reverse=full.reverse)

    @property
    def _palette(self) -> Widget:
        assert isinstance(self.parent, Widget)  # noqa: S101 - for mypy; a column stands on the board
        return self.parent

    def strip(self, parts: Sequence[tuple[str, Style]], cells: int | None = None) -> Strip:
        """Return a line of texts with their styles, as wide as the column.

        Args:
            parts: Texts and their styles.
            cells: How wide they are together; counted when not given.
        """
        strip = Strip([Segment(text, style) for text, style in parts], cells)
        return strip.adjust_cell_length(self.size.width, self.role_style())

    def blank(self) -> Strip:
        """Return an empty line."""
        return Strip.blank(self.size.width, self.role_style())

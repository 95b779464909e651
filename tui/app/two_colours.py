"""Drawing in the terminal's own two colours, for people who want none (see no-color.org)."""

from functools import lru_cache
from typing import Final

from rich.color import Color as RichColor
from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.filter import LineFilter

_STANDS_OUT: Final = 0.15
"""How much brighter or darker than the page a ground must be to be shown in reverse, of 1."""
_FAINT: Final = 0.4
"""The difference between letters and their ground below which they are dim."""


class TwoColours(LineFilter):
    """Leaves of all colours only what they say: a ground that stands out is in reverse, faint letters are dim.

    Args:
        page: The ground of a page.
    """

    def __init__(self, page: Color) -> None:
        super().__init__()
        self._page = page.brightness

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:  # noqa: ARG002 - Textual's signature
        """Return the segments without a colour."""
        return [Segment(text, style and _bare(style, self._page), control) for text, style, control in segments]


@lru_cache(4096)
def _bare(style: Style, page: float) -> Style:
    letters, ground = _brightness(style.color), _brightness(style.bgcolor)
    if style.reverse:
        letters, ground = ground, letters
    on = page if ground is None else ground
    faint = letters is not None and abs(letters - on) < _FAINT
    return Style(
        bold=style.bold,
        dim=style.dim or faint or None,
        italic=style.italic,
        underline=style.underline,
        strike=style.strike,
        reverse=abs(on - page) > _STANDS_OUT or None,
        link=style.link,
        meta=style.meta,
    )


def _brightness(colour: RichColor | None) -> float | None:
    return None if colour is None or colour.is_default else Color.from_rich_color(colour).brightness

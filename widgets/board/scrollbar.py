"""A scrollbar that is drawn at once."""

from rich.color import Color
from rich.segment import Segment
from rich.style import Style
from textual.geometry import Region
from textual.scrollbar import ScrollBar, ScrollBarRender
from textual.strip import Strip

_NONE = Color.default()


class LineBar(ScrollBar):
    """Textual's upright one, which has a handful of different lines, with each of these prepared once.

    Textual prepares every line of it as if it were a line of text: a quarter of the work of drawing the board.
    """

    def render_lines(self, crop: Region) -> list[Strip]:
        """Draw it, as tall as it is, and return the lines that are asked for."""
        look = self.render()
        if not isinstance(look, ScrollBarRender) or not isinstance(look.style, Style):
            return super().render_lines(crop)
        width, height = self.size
        bar = look.render_bar(
            size=height,
            virtual_size=look.virtual_size,
            window_size=look.window_size,
            position=look.position,
            thickness=width,
            back_color=look.style.bgcolor or _NONE,
            bar_color=look.style.color or _NONE,
        )
        made = {segment: self._line(segment) for segment in set(bar.segments)}
        return [made[segment] for segment in bar.segments[crop.y : crop.bottom]]

    def _line(self, segment: Segment) -> Strip:
        base = self.visual_style.rich_style
        strip = Strip([Segment(segment.text, base + (segment.style or base))])
        for line_filter in self.get_line_filters():
            strip = strip.apply_filter(line_filter, self.background_colors[1])
        return strip

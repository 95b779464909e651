"""What the wins tell, one thing below the other; what tells nothing is left out."""

from collections.abc import Iterator, Sequence
from typing import Final

from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget

from data.base.text import fixed_width
from data.figures.chart_data import ChartData
from data.figures.insights import Insight
from widgets.base.cells import wrap
from widgets.base.inks import MUTED

_INDENT_CELLS: Final = 2
_LEAST_CELLS: Final = 10


class InsightList(Widget):
    """Each insight in a sentence, with its evidence below it."""

    DEFAULT_CSS = """
    InsightList { height: auto; padding: 0 1; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._insights: Sequence[Insight] = ()

    def show(self, data: ChartData) -> None:
        """Show what is certain enough to be told."""
        self._insights = [one for one in data.insights if one.conclusive]
        self.refresh(layout=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Return how many lines there are at a width."""
        del container, viewport
        return sum(1 for _ in self._lines(width))

    def render(self) -> Content:
        """Draw the lines."""
        return Content("\n").join(self._lines(self.content_size.width))

    def _lines(self, width: int) -> Iterator[Content]:
        """Yield the lines; tags and goals in them are a person's text and never read as markup."""
        room = max(_LEAST_CELLS, width - _INDENT_CELLS)
        for insight in self._insights:
            first, *rest = wrap(fixed_width(insight.text), room)
            yield Content.assemble(("◆ ", "$real"), first)
            yield from (Content(" " * _INDENT_CELLS + line) for line in rest)
            evidence = wrap(fixed_width(insight.evidence), room)
            yield from (Content.assemble(" " * _INDENT_CELLS, (line, MUTED)) for line in evidence)

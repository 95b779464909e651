"""A chart: the one place that knows plotext.

plotext 5.3 is imported when the first chart is drawn, draws on the UI thread, and gives each drawing a figure of its
own: its module-level functions share one. It is handed palette numbers rather than colours, and the cells it made are
coloured as they are shown, so a change of theme needs no new drawing.
"""

from itertools import groupby
from operator import itemgetter
from typing import Any, ClassVar, Final

from rich.segment import Segment
from rich.style import Style
from textual.geometry import Size
from textual.strip import Strip
from textual.widget import Widget

from widgets.charts.drawing import LABEL_CELLS, Drawing, Layer

PALETTE: Final = ("axis", "real", "candy", "first", "second", "third")
PLOT_LEFT: Final = LABEL_CELLS + 1
"""Cells left of the canvas: labels and the axis."""

_NOTHING: Final = Layer((0,), (0,), " ", "axis")
"""Without a point plotext would leave the axes out."""

NO_STYLE: Final = Style.null()

Cells = list[tuple[str, str]]
"""One row: each cell's character and the name of its colour."""


class Chart(Widget):
    """Draws the plan that `drawing` makes for its size.

    Subclasses override `drawing`, and `pointed` if a cursor can stand on some columns.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {*(f"chart--{name}" for name in PALETTE), "chart--cursor"}
    DEFAULT_CSS = """
    Chart {
        height: 1fr;
        min-height: 5;
        & > .chart--axis { color: $text-muted; }
        & > .chart--real { color: $real; }
        & > .chart--candy { color: $candy; }
        & > .chart--first { color: $primary; }
        & > .chart--second { color: $accent; }
        & > .chart--third { color: $foreground; }
        & > .chart--cursor { background: $panel; }
    }
    """

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002 as Textual has it
        super().__init__(id=id, classes=classes)
        self._drawn: list[Cells] = []
        self._drawn_for: Size | None = None
        self._axis = 0

    def drawing(self, width: int, height: int) -> Drawing:
        """Return what to draw on a canvas of so many cells and rows; an empty one, until a chart says more."""
        del width, height
        return Drawing(top=1.0)

    def pointed(self) -> range:
        """Return the cells of the canvas that the cursor stands on, none by default."""
        return range(0)

    def redraw(self) -> None:
        """Draw anew when next shown, because the values changed."""
        self._drawn_for = None
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """Return one row of the drawing, with the cursor over it."""
        if self._drawn_for != self.size:
            self._drawn, self._drawn_for = draw_chart(self), self.size
            self._axis = axis_row(self._drawn)
        if y >= len(self._drawn):
            return Strip.blank(self.size.width, self.rich_style)
        spot = self.pointed()
        if not spot or y > self._axis:
            return self._strip(self._drawn[y])
        row = _pointer(self._drawn[y], spot) if y == self._axis else self._drawn[y]
        left, right = PLOT_LEFT + spot.start, PLOT_LEFT + spot.stop
        under = Style(bgcolor=self.get_component_rich_style("chart--cursor").bgcolor)
        parts = (self._strip(row[:left]), self._strip(row[left:right], under), self._strip(row[right:]))
        return Strip.join(parts)

    def _strip(self, row: Cells, under: Style = NO_STYLE) -> Strip:
        style = self.get_component_rich_style
        runs = ((name, "".join(mark for mark, _ in run)) for name, run in groupby(row, key=itemgetter(1)))
        return Strip([Segment(text, style(f"chart--{name}") + under) for name, text in runs], len(row))


def _pointer(row: Cells, spot: range) -> Cells:
    middle = PLOT_LEFT + spot[(len(spot) - 1) // 2]
    return [*row[:middle], ("▲", "axis"), *row[middle + 1 :]]


def axis_row(rows: list[Cells]) -> int:
    """Return the row of the x axis, counted from the top."""
    return next((y for y in range(len(rows) - 1, -1, -1) if rows[y][LABEL_CELLS][0] == "└"), len(rows))


def draw_chart(chart: Chart) -> list[Cells]:
    """Return the rows of a chart from the top, drawn by plotext; [] when there is no room for any."""
    width, height = chart.size.width - PLOT_LEFT, chart.size.height - 2
    if width < 2 or height < 3:  # noqa: PLR2004 an axis of one point has no length
        return []
    drawing = chart.drawing(width, height)
    if drawing.note:
        height -= 1
        drawing = chart.drawing(width, height)
    figure = _figure(chart.size.width, chart.size.height)
    for layer in drawing.layers or (_NOTHING,):
        _add(figure, layer)
    figure.xlim(0, width - 1)
    figure.ylim(0, drawing.top)
    _label(figure, drawing)
    figure.build()
    return _cells(figure.monitor.matrix)


def _figure(width: int, height: int) -> Any:  # noqa: ANN401 plotext has no types
    from plotext._figure import _figure_class  # noqa: PLC0415 the first drawing pays for the import

    figure = _figure_class()
    figure._limit_size(False, False)  # noqa: SLF001 the size is the widget's, whatever the terminal's
    figure._set_size(width, height)  # noqa: SLF001
    figure.xaxes(True, False)
    figure.yaxes(True, False)
    return figure


def _add(figure: Any, layer: Layer) -> None:  # noqa: ANN401
    put = figure.plot if layer.line else figure.scatter
    put(list(layer.xs), list(layer.ys), marker=layer.mark, color=PALETTE.index(layer.colour))


def _label(figure: Any, drawing: Drawing) -> None:  # noqa: ANN401
    figure.xticks([x for x, _ in drawing.x_ticks], [label for _, label in drawing.x_ticks])
    figure.yticks([y for y, _ in drawing.y_ticks], [label.rjust(LABEL_CELLS) for _, label in drawing.y_ticks])
    if drawing.note:
        figure.xlabel(drawing.note)


def _cells(matrix: Any) -> list[Cells]:  # noqa: ANN401
    rows = zip(reversed(matrix.marker), reversed(matrix.fullground), strict=True)
    return [[(mark, _name(colour)) for mark, colour in zip(*row, strict=True)] for row in rows]


def _name(colour: object) -> str:
    return PALETTE[colour] if isinstance(colour, int) else "axis"

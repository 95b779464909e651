"""A chart: the one place that knows plotext.

plotext 5.3 is imported when the first chart is drawn, draws on the UI thread, and gives each drawing a figure of its
own: its module-level functions share one. It is handed palette numbers rather than colours, and the cells it made are
coloured as they are shown, so a change of theme needs no new drawing.
"""

from itertools import groupby
from operator import itemgetter
from typing import Any, ClassVar, Final

from rich.color import Color, blend_rgb
from rich.segment import Segment
from rich.style import Style
from textual.geometry import Size
from textual.strip import Strip
from textual.widget import Widget

from data.figures.chart_data import ChartData
from widgets.charts.area import SHADED_COLOURS
from widgets.charts.drawing import LABEL_CELLS, Drawing, Layer

_COLOURS: Final = ("axis", "text", "real", "candy", "first", "second", "third")
PALETTE: Final = (*_COLOURS, *SHADED_COLOURS)
PLOT_LEFT: Final = LABEL_CELLS + 1
"""Cells left of the canvas: labels and a space."""
_LEAST_WIDTH: Final = 2
_LEAST_HEIGHT: Final = 4
POINTER: Final = "▲"
NO_STYLE: Final = Style.null()

ChartRow = list[tuple[str, str]]
"""One row: each cell's character and the name of its colour."""


class Chart(Widget):
    """Draws what `drawing` makes for its size.

    Subclasses override `show`, `drawing`, and `pointed` if a cursor can stand on some columns.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {*(f"chart--{name}" for name in _COLOURS), "chart--cursor"}
    DEFAULT_CSS = """
    Chart {
        height: 1fr;
        min-height: 5;
        & > .chart--axis { color: $text-muted; }
        & > .chart--text { color: $foreground; }
        & > .chart--real { color: $real; }
        & > .chart--candy { color: $candy; }
        & > .chart--first { color: $primary; }
        & > .chart--second { color: $accent; }
        & > .chart--third { color: $secondary; }
        & > .chart--cursor { background: $panel; }
    }
    """

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002 as Textual has it
        super().__init__(id=id, classes=classes)
        self._rows: list[ChartRow] = []
        self._drawn_for: Size | None = None
        self._axis = 0

    def show(self, data: ChartData) -> None:
        """Draw other figures; nothing, until a chart says more."""

    def drawing(self, width: int, height: int) -> Drawing:
        """Return what to draw on a canvas of so many cells and rows; an empty one, until a chart says more."""
        del width, height
        return Drawing()

    def pointed(self) -> range:
        """Return the cells of the canvas that the cursor stands on, none by default."""
        return range(0)

    def redraw(self) -> None:
        """Draw again when next shown, because the values changed."""
        self._drawn_for = None
        self.refresh()

    @property
    def axis_row(self) -> int:
        """The row of the zero line, counted from the top, as it was drawn last."""
        return self._axis

    def render_line(self, y: int) -> Strip:
        """Return one row of the drawing, with the cursor over it."""
        if self._drawn_for != self.size:
            self._rows, self._axis = draw_rows(self)
            self._drawn_for = self.size
        if y >= len(self._rows):
            return Strip.blank(self.size.width, self.rich_style)
        row, spot = self._rows[y], self.pointed()
        if not spot or y == len(self._rows) - 1:
            return self._strip(row)
        left, right = PLOT_LEFT + spot.start, PLOT_LEFT + spot.stop
        if y == self.axis_row:
            row = _with_pointer(row, left + (len(spot) - 1) // 2)
        under = Style(bgcolor=self.get_component_rich_style("chart--cursor").bgcolor)
        return Strip.join((self._strip(row[:left]), self._strip(row[left:right], under), self._strip(row[right:])))

    def _strip(self, row: ChartRow, under: Style = NO_STYLE) -> Strip:
        runs = ((name, "".join(mark for mark, _ in run)) for name, run in groupby(row, key=itemgetter(1)))
        return Strip([Segment(text, self._ink(name) + under) for name, text in runs], len(row))

    def _ink(self, name: str) -> Style:
        """Return the style of a colour; a theme of the terminal's own colours has no shades of them."""
        shade = SHADED_COLOURS.get(name)
        style = self.get_component_rich_style(f"chart--{shade.base if shade else name}")
        if shade is None:
            return style
        full, ground = (colour and colour.triplet for colour in (style.color, style.bgcolor))
        mixed = Color.from_triplet(blend_rgb(ground, full, shade.strength)) if full and ground else style.color
        return style + Style(color=mixed, reverse=shade.hanging)


def _with_pointer(row: ChartRow, at: int) -> ChartRow:
    return [*row[:at], (POINTER, "text"), *row[at + 1 :]]


def draw_rows(chart: Chart) -> tuple[list[ChartRow], int]:
    """Return the rows of a chart from the top, drawn by plotext, and which is its axis; [] when there is no room."""
    width, height = chart.size.width - PLOT_LEFT, chart.size.height - 1
    if width < _LEAST_WIDTH or height < _LEAST_HEIGHT:
        return [], 0
    drawing = chart.drawing(width, height)
    if drawing.note:
        height -= 1
        drawing = chart.drawing(width, height)
    figure = _figure(chart.size.width, chart.size.height)
    for layer in drawing.layers:
        _add(figure, layer)
    for x, y, text in drawing.texts:
        figure.text(text, x, y, color=PALETTE.index("text"), alignment="left")
    figure.xlim(0, width - 1)
    figure.ylim(0, height - 1)
    _label(figure, drawing)
    figure.build()
    return _cells(figure.monitor.matrix), height - 1 - drawing.axis


def _figure(width: int, height: int) -> Any:  # noqa: ANN401 plotext has no types
    from plotext._figure import _figure_class  # noqa: PLC0415 the first drawing pays for the import

    figure = _figure_class()
    figure._limit_size(False, False)  # noqa: SLF001 the size is the widget's, whatever the terminal's
    figure._set_size(width, height)  # noqa: SLF001
    figure.xaxes(False, False)
    figure.yaxes(False, False)
    return figure


def _add(figure: Any, layer: Layer) -> None:  # noqa: ANN401
    figure.scatter(list(layer.xs), list(layer.ys), marker=layer.mark, color=PALETTE.index(layer.colour))


def _label(figure: Any, drawing: Drawing) -> None:  # noqa: ANN401
    ticks = dict(drawing.y_ticks)
    labels = {drawing.axis: "", **ticks}
    figure.xticks([x for x, _ in drawing.x_ticks] or [0], [label for _, label in drawing.x_ticks] or [" "])
    figure.yticks([*labels], [f"{label.rjust(LABEL_CELLS)} " for label in labels.values()])
    if drawing.note:
        figure.xlabel(drawing.note)


def _cells(matrix: Any) -> list[ChartRow]:  # noqa: ANN401
    rows = zip(reversed(matrix.marker), reversed(matrix.fullground), strict=True)
    return [[(mark, _name(colour)) for mark, colour in zip(*row, strict=True)] for row in rows]


def _name(colour: object) -> str:
    return PALETTE[colour] if isinstance(colour, int) else "axis"

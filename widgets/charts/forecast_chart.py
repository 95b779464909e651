"""Forecast against outcome: how many of the wins given each forecast proved real, beside the forecast itself."""

from typing import Final

from textual.reactive import reactive

from data.base.formatting import percent
from data.figures.calibration import ForecastRow
from widgets.charts.chart import Chart
from widgets.charts.drawing import Drawing, Layer, ticks

SAID: Final = "─"
CAME_TRUE: Final = "█"
_WIDEST: Final = 14


class ForecastChart(Chart):
    """A group for each forecast: a bar for the share that proved real, and a line at what was said.

    Attributes:
        rows: The forecasts, lowest first; one that was never given is drawn as its line alone.
    """

    rows: reactive[tuple[ForecastRow, ...]] = reactive((), init=False)

    def watch_rows(self) -> None:
        """Draw other forecasts."""
        self.redraw()

    def drawing(self, width: int, height: int) -> Drawing:
        """Return bars and lines."""
        pitch = max(3, min(_WIDEST, width // max(1, len(self.rows))))
        layers = [
            layer for index, row in enumerate(self.rows) for layer in _group(row, index * pitch, pitch - 2, height)
        ]
        labels = tuple((index * pitch + (pitch - 3) // 2, _label(row)) for index, row in enumerate(self.rows))
        return Drawing(1.0, tuple(layers), labels, ticks(1.0, height, "%"))


def _label(row: ForecastRow) -> str:
    return f"{percent(row.p)}: {row.n}"


def _group(row: ForecastRow, left: int, bar: int, height: int) -> list[Layer]:
    said = Layer(range(left, left + bar), [row.p] * bar, SAID, "second")
    if not row.n:
        return [said]
    top = round(row.real / row.n * (height - 1))
    cells = [(x, y / (height - 1)) for x in range(left + 1, left + bar - 1) for y in range(top + 1)]
    if not row.real:  # none came true: a foot on the axis would look like one
        return [said]
    return [Layer([x for x, _ in cells], [y for _, y in cells], CAME_TRUE, "real"), said]

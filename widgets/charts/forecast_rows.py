"""Forecast against outcome in rows: what was said, how many of those wins came true, and out of how many."""

from typing import Final

from textual.content import Content
from textual.widgets import Static

from data.base.formatting import percent
from data.figures.calibration import ForecastRow
from data.figures.chart_data import ChartData
from widgets.base.inks import MUTED

BAR_CELLS: Final = 20
BAR_MARK: Final = "▆"
"""Not as high as its row, so that the bars of two rows never fuse."""
_TRACK: Final = "─"
_SAID: Final = "│"


class ForecastRows(Static):
    """A row for each forecast: a bar for the share that came true, and a stroke where the forecast was."""

    DEFAULT_CSS = """
    ForecastRows { height: auto; padding: 0 1; }
    """

    def show(self, data: ChartData) -> None:
        """Show the forecasts once there are enough look-backs to tell anything."""
        rows = data.calibration.forecasts if data.calibration.enough else ()
        self.update(Content("\n").join(forecast_row(row) for row in reversed(rows)))
        self.display = bool(rows)


def forecast_row(row: ForecastRow) -> Content:
    """Return one row, such as "said 75 %  ████████│───  14 of 18 came true"."""
    said = f"said {percent(row.p):>5}  "
    if not row.n:
        return Content.assemble(said, *_bar(row.p, 0), ("  never said so far", MUTED))
    return Content.assemble(said, *_bar(row.p, row.real / row.n), f"  {row.real:,} of {row.n:,} came true")


def _bar(said: float, share: float) -> list[tuple[str, str]]:
    full = round(share * BAR_CELLS)
    stroke = round(said * (BAR_CELLS - 1))
    cells = [(BAR_MARK, "$real") if cell < full else (_TRACK, MUTED) for cell in range(BAR_CELLS)]
    cells[stroke] = (_SAID, "$accent")
    return cells

"""Forecast against outcome, read back from the screen."""

from data.figures.calibration import ForecastRow
from tests.support.widget_host import Host
from widgets.charts.chart import PLOT_LEFT, axis_row
from widgets.charts.forecast_chart import CAME_TRUE, SAID, ForecastChart

ROWS = (ForecastRow(0.05, 4, 0), ForecastRow(0.25, 8, 4), ForecastRow(0.75, 0, 0), ForecastRow(0.95, 10, 3))


async def test_bars_are_as_high_as_the_share_that_proved_real() -> None:
    chart = ForecastChart()
    async with Host(chart).run_test(size=(70, 14)) as pilot:
        chart.rows = ROWS
        await pilot.pause()
        drawn = [chart.render_line(y).text[PLOT_LEFT:] for y in range(14)][: axis_row(chart._drawn)]
        rows = len(drawn)
        bars = [[rows - 1 - y for y in range(rows) if drawn[y][x] == CAME_TRUE] for x in (5, 19, 33, 47)]
        assert [max(bar, default=-1) for bar in bars] == [-1, round(0.5 * (rows - 1)), -1, round(0.3 * (rows - 1))]


async def test_each_forecast_has_its_line_and_how_many_wins_it_is_over() -> None:
    chart = ForecastChart()
    async with Host(chart).run_test(size=(70, 14)) as pilot:
        chart.rows = ROWS
        await pilot.pause()
        text = [chart.render_line(y).text for y in range(14)]
        assert text[-1].split() == ["5", "%:", "4", "25", "%:", "8", "75", "%:", "0", "95", "%:", "10"]
        lines = [y for y, row in enumerate(text[:-2]) if SAID * 5 in row]
        assert len(lines) == 4


async def test_without_forecasts_only_the_axes_are_drawn() -> None:
    chart = ForecastChart()
    async with Host(chart).run_test(size=(70, 14)):
        assert CAME_TRUE not in "".join(chart.render_line(y).text for y in range(14))

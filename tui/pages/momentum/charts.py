"""The panels of the Momentum page, in the order they are read: to add a chart, add a `PanelSpec`."""

from typing import Final

from textual.app import ComposeResult
from textual.containers import ItemGrid
from textual.content import Content

from data.base.formatting import format_rate
from data.figures import calibration
from data.figures import sentences as words
from data.figures.chart_data import ChartData
from data.figures.momentum import Trend
from tui.pages.momentum.sugar_sentence import describe_sugar_change
from widgets.base.inks import MUTED
from widgets.charts.calendar import Calendar
from widgets.charts.first_weeks import FirstWeeks, describe_start, is_early
from widgets.charts.forecast_rows import BAR_MARK, ForecastRows
from widgets.charts.insight_list import InsightList
from widgets.charts.panel import Panel, PanelSpec
from widgets.charts.week_chart import Horizon, SugarRatio, ThreeTests, WeekBars

_REAL: Final = ("█", "$real")
_CANDY: Final = ("░", "$candy")
_SO_FAR: Final = Content.assemble(("◆", "$real"), ("◇", "$candy"), " so far")
_NO_LEGEND: Final = Content("")
_CHANGES: Final = {Trend.RISING: ("▲", "$real"), Trend.FALLING: ("▼", MUTED)}


def _has_lines(data: ChartData) -> bool:
    return not is_early(data)


def _has_insights(data: ChartData) -> bool:
    return any(one.conclusive for one in data.insights)


def _momentum_figure(data: ChartData) -> Content:
    """Return today's figure and its change in four weeks, such as "2.5 real wins a week  ▲ 0.7 in four weeks"."""
    now, before = data.series.headline, data.series.before
    if now is None:
        return Content("")
    figure = f"{format_rate(now.momentum)} real wins a week"
    mark, style = _CHANGES.get(data.series.trend, ("", ""))
    if before is None or not mark:
        return Content(figure)
    change = f"{mark} {format_rate(abs(now.momentum - before.momentum))} in four weeks"
    return Content.assemble(f"{figure}  ", (change, style))


PANELS: Final = (
    PanelSpec(
        "first-weeks",
        "Your first weeks",
        Content.assemble(("◆", "$real"), " real  ", ("◇", "$candy"), " candy  · not sorted"),
        FirstWeeks,
        describe_start,
        visible=is_early,
    ),
    PanelSpec(
        "horizon",
        "Momentum",
        _NO_LEGEND,
        Horizon,
        lambda data: describe_sugar_change(data.shown),
        figure=_momentum_figure,
        visible=_has_lines,
    ),
    PanelSpec("insights", "What your wins tell", _NO_LEGEND, InsightList, lambda _: "", visible=_has_insights),
    PanelSpec(
        "bars",
        "Real and candy a week",
        Content.assemble(_REAL, " real  ", _CANDY, " candy  ", _SO_FAR),
        WeekBars,
        lambda data: words.describe_tally(data.shown),
        visible=_has_lines,
    ),
    PanelSpec(
        "ratio",
        "Sugar ratio",
        Content("candy's share, over four weeks"),
        SugarRatio,
        lambda data: words.describe_sugar(data.shown.tally, len(data.shown.weeks)),
        visible=_has_lines,
    ),
    PanelSpec(
        "tests",
        "The three tests",
        Content("mean of the answers, over four weeks"),
        ThreeTests,
        lambda data: words.describe_tests(data.means, len(data.shown.weeks)),
        visible=_has_lines,
    ),
    PanelSpec(
        "forecasts",
        "Forecast and outcome",
        Content.assemble(("│", "$accent"), " said  ", (BAR_MARK, "$real"), " came true"),
        ForecastRows,
        lambda data: " ".join(calibration.describe_calibration(data.calibration)),
        visible=_has_lines,
    ),
    PanelSpec(
        "calendar",
        "A year of days",
        Content.assemble(
            ("◆", "$real"), " real  ", ("◇", "$candy"), " candy  ", ("◈", "$accent"), " both  · not sorted"
        ),
        Calendar,
        lambda data: words.describe_busy_days(data.days),
        visible=_has_lines,
    ),
)


class MomentumCharts(ItemGrid):
    """The panels."""

    def __init__(self) -> None:
        super().__init__(stretch_height=False)

    def compose(self) -> ComposeResult:
        """Yield the panels in order."""
        yield from map(Panel, PANELS)

    def show(self, data: ChartData) -> None:
        """Show these figures."""
        for panel in self.query(Panel):
            panel.show(data)

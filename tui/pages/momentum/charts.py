"""The charts of the Momentum screen: what each draws, and what stands below it."""

from typing import Final

from textual.app import ComposeResult
from textual.containers import ItemGrid
from textual.content import Content
from textual.widgets import Static

from data.figures import calibration
from data.figures import sentences as words
from data.figures.chart_data import ChartData
from data.figures.insights import Insight
from data.figures.momentum import Week
from data.figures.trends import score_parts
from data.model.assessment import TESTS
from widgets.charts.calendar import Calendar
from widgets.charts.forecast_chart import ForecastChart
from widgets.charts.panel import Panel
from widgets.charts.week_chart import WeekBars, WeekChart, WeekLines
from widgets.charts.week_drawings import DOTTED, SOLID, WeekLine

_SO_FAR: Final = Content.assemble(("◆", "$real"), ("◇", "$candy"), " so far")
_BARS: Final = Content.assemble(("█", "$real"), " real  ", ("░", "$candy"), " candy  ", _SO_FAR)
_LINES: Final = Content.assemble(("──", "$real"), " real  ", ("···", "$candy"), " sugar  ", _SO_FAR)
_RATIO: Final = Content.assemble(("──", "$candy"), " candy of the sorted, over four weeks")
_TEST_MARKS: Final = ((SOLID, "first"), (DOTTED, "second"), ("+", "third"))
_TESTS: Final = Content.assemble(
    ("──", "$primary"), " momentum  ", ("···", "$accent"), " alignment  ", ("+++", "$foreground"), " stretch"
)
_FORECASTS: Final = Content.assemble(("─", "$accent"), " said  ", ("█", "$real"), " proved real")
_DAYS: Final = Content.assemble(
    ("◆", "$real"), " real  ", ("◇", "$candy"), " candy  ", ("◈", "$accent"), " both  ", "· not sorted"
)


class MomentumCharts(ItemGrid):
    """Six panels, and what they say."""

    def __init__(self) -> None:
        super().__init__(stretch_height=False)

    def compose(self) -> ComposeResult:
        """Yield the panels in the order they are read."""
        yield Panel("Real and candy a week", _BARS, WeekBars(), id="bars")
        yield Panel("Momentum", _LINES, WeekLines(), id="lines")
        yield Panel("Sugar ratio", _RATIO, WeekLines(unit="%"), id="ratio")
        yield Panel("The three tests", _TESTS, WeekLines(unit="%"), id="tests")
        yield Panel("Forecast and outcome", _FORECASTS, ForecastChart(), id="forecasts")
        yield Panel("A year of days", _DAYS, Calendar(), id="calendar")
        yield Static(id="insights")

    def show(self, seen: ChartData) -> None:
        """Draw these figures."""
        weeks = seen.shown.weeks
        for chart in self.query(WeekChart):
            chart.weeks = weeks
        self._lines("lines", _momentum(weeks))
        self._lines("ratio", (_ratio(seen),))
        self._lines("tests", tuple(_test(seen, index) for index in range(len(TESTS))))
        self.query_one(ForecastChart).rows = seen.calibration.forecasts if seen.calibration.enough else ()
        self.query_one(Calendar).days = seen.days
        self._say(seen)

    def _lines(self, panel: str, lines: tuple[WeekLine, ...]) -> None:
        self.query_one(f"#{panel} WeekLines", WeekLines).lines = lines

    def _say(self, seen: ChartData) -> None:
        weeks = len(seen.shown.weeks)
        sentences = {
            "bars": words.describe_tally(seen.shown),
            "lines": words.describe_momentum(seen.series),
            "ratio": words.describe_sugar(seen.shown.tally, weeks),
            "tests": words.describe_tests(seen.means, weeks),
            "forecasts": " ".join(calibration.describe_calibration(seen.calibration)),
            "calendar": words.describe_busy_days(seen.days),
        }
        self.query_one("#insights", Static).update(_insights(seen.insights))
        for panel, sentence in sentences.items():
            self.query_one(f"#{panel}", Panel).sentence = sentence


def _momentum(weeks: tuple[Week, ...]) -> tuple[WeekLine, ...]:
    """Return momentum and sugar as lines, momentum over sugar."""
    return (
        WeekLine("candy", DOTTED, "◇", tuple(week.sugar for week in weeks)),
        WeekLine("real", SOLID, "◆", tuple(week.momentum for week in weeks)),
    )


def _ratio(seen: ChartData) -> WeekLine:
    tallies = (week.tally for week in seen.shown.weeks)
    return WeekLine("candy", SOLID, "◇", seen.ratios, tuple((float(t.candy), float(t.real + t.candy)) for t in tallies))


def _test(seen: ChartData, index: int) -> WeekLine:
    mark, colour = _TEST_MARKS[index]
    test = TESTS[index]
    parts = score_parts(seen.shown.weeks, seen.answered, test)
    return WeekLine(colour, mark, test[0], seen.scores[test], parts)


def _insights(found: tuple[Insight, ...]) -> Content:
    """Return what the wins tell, the told ones first, each with its evidence below."""
    lines = [Content.assemble(("What your wins tell", "bold"))]
    for one in sorted(found, key=lambda insight: not insight.conclusive):
        mark, style = ("◆ ", "") if one.conclusive else ("· ", "$foreground 60%")
        lines.append(Content.assemble((mark, "$real" if one.conclusive else "$foreground 60%"), (one.text, style)))
        lines.append(Content.assemble((f"  {one.evidence}", "$foreground 60%")))
    return Content("\n").join(lines)

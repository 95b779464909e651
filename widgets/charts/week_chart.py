"""Charts over weeks: the horizon, stacked bars and shares, with a cursor they have in common."""

from datetime import date
from typing import Final

from textual import events
from textual.message import Message
from textual.reactive import reactive

from data.base.weeks import WEEK
from data.figures.chart_data import ChartData
from data.figures.momentum import Week
from data.figures.trends import score_parts
from data.model.assessment import TESTS
from widgets.charts.chart import PLOT_LEFT, Chart
from widgets.charts.drawing import Drawing
from widgets.charts.week_columns import WeekColumns, spread
from widgets.charts.week_drawings import (
    BAR_GAP,
    WeekValues,
    bars_drawing,
    horizon_drawing,
    share_name,
    shares_drawing,
)

_TEST_COLOURS: Final = ("first", "second", "third")


class WeekChart(Chart):
    """A chart with a column for each week, or for several when there are too many.

    Attributes:
        weeks: What to draw, oldest first.
        cursor: The first day of the week under the cursor, or None.
        gap: Cells between two columns.
    """

    weeks: reactive[tuple[Week, ...]] = reactive((), init=False)
    cursor: reactive[date | None] = reactive(None, init=False)
    gap = 0

    class WeekPointed(Message):
        """The person pointed at a week with the mouse.

        Attributes:
            week: Its first day.
        """

        def __init__(self, week: date) -> None:
            super().__init__()
            self.week = week

    def show(self, data: ChartData) -> None:
        """Draw the weeks that are shown."""
        self.weeks = data.shown.weeks

    def watch_weeks(self) -> None:
        """Draw other weeks."""
        self.redraw()

    def watch_cursor(self) -> None:
        """Show the cursor elsewhere; the drawing stays."""
        self.refresh()

    @property
    def columns(self) -> WeekColumns:
        """Where the weeks are at the present width."""
        return spread(len(self.weeks), max(1, self.size.width - PLOT_LEFT), self.gap)

    def pointed(self) -> range:
        """Return the cells of the column with the week under the cursor."""
        weeks, cursor = self.weeks, self.cursor
        if not weeks or cursor is None or not weeks[0].start <= cursor <= weeks[-1].start:
            return range(0)
        columns = self.columns
        column = columns.of((cursor - weeks[0].start) // WEEK)
        return columns.bar_cells(column) if self.gap else columns.slot(column)

    def on_click(self, event: events.Click) -> None:
        """Point at the week that was clicked."""
        found = self.columns.at(event.x - PLOT_LEFT)
        if found is not None:
            self.post_message(self.WeekPointed(self.weeks[found].start))


class Horizon(WeekChart):
    """Momentum above the line, sugar below it."""

    def drawing(self, width: int, height: int) -> Drawing:
        """Return both areas."""
        return horizon_drawing(self.weeks, width, height, hollow=self.app.no_color)


class WeekBars(WeekChart):
    """Real and candy a week, stacked."""

    gap = BAR_GAP

    def drawing(self, width: int, height: int) -> Drawing:
        """Return the bars."""
        return bars_drawing(self.weeks, width, height)


class ShareChart(WeekChart):
    """Shares over weeks, one band below the other.

    Attributes:
        bands: From the top; each has a value for each of `weeks`.
    """

    bands: reactive[tuple[WeekValues, ...]] = reactive((), init=False)

    def watch_bands(self) -> None:
        """Draw other shares."""
        self.redraw()

    def drawing(self, width: int, height: int) -> Drawing:
        """Return the areas; hollow ones, if they are of candy and there are no colours."""
        hollow = self.app.no_color and any(band.colour == "candy" for band in self.bands)
        return shares_drawing(self.weeks, self.bands, width, height, hollow=hollow)


class SugarRatio(ShareChart):
    """Candy's share of what was sorted, over four weeks at a time."""

    def show(self, data: ChartData) -> None:
        """Draw the ratio of the weeks that are shown."""
        super().show(data)
        tallies = [week.tally for week in data.shown.weeks]
        parts = tuple((float(tally.candy), float(tally.real + tally.candy)) for tally in tallies)
        self.bands = (WeekValues("candy", data.ratios, parts),)


class ThreeTests(ShareChart):
    """The three tests, each over four weeks at a time."""

    def show(self, data: ChartData) -> None:
        """Draw the scores of the weeks that are shown."""
        super().show(data)
        weeks = data.shown.weeks
        self.bands = tuple(
            WeekValues(
                colour,
                data.scores[test],
                score_parts(weeks, data.answered, test),
                share_name(test, data.means[test].score if test in data.means else None),
            )
            for test, colour in zip(TESTS, _TEST_COLOURS, strict=True)
        )

"""Charts over weeks: stacked bars and lines, with a cursor they share."""

from datetime import date

from textual import events
from textual.message import Message
from textual.reactive import reactive

from data.base.weeks import WEEK
from data.figures.momentum import Week
from widgets.charts.chart import PLOT_LEFT, Chart
from widgets.charts.drawing import Drawing
from widgets.charts.week_columns import WeekColumns, spread
from widgets.charts.week_drawings import WeekLine, bars_drawing, lines_drawing


class WeekChart(Chart):
    """A chart with a column for each week, or for several when there are too many.

    Attributes:
        weeks: What to draw, oldest first.
        cursor: The first day of the week under the cursor, or None.
    """

    weeks: reactive[tuple[Week, ...]] = reactive((), init=False)
    cursor: reactive[date | None] = reactive(None, init=False)

    class WeekPointed(Message):
        """The person pointed at a week with the mouse.

        Attributes:
            week: Its first day.
        """

        def __init__(self, week: date) -> None:
            super().__init__()
            self.week = week

    def watch_weeks(self) -> None:
        """Draw other weeks."""
        self.redraw()

    def watch_cursor(self) -> None:
        """Show the cursor elsewhere; the drawing stays."""
        self.refresh()

    @property
    def columns(self) -> WeekColumns:
        """Where the weeks are at the present width."""
        return spread(len(self.weeks), max(1, self.size.width - PLOT_LEFT))

    def pointed(self) -> range:
        """Return the cells of the column with the week under the cursor."""
        weeks, cursor = self.weeks, self.cursor
        if not weeks or cursor is None or not weeks[0].start <= cursor <= weeks[-1].start:
            return range(0)
        columns = self.columns
        left = columns.of((cursor - weeks[0].start) // WEEK) * columns.pitch
        return range(left, left + columns.bar)

    def on_click(self, event: events.Click) -> None:
        """Point at the week that was clicked."""
        found = self.columns.at(event.x - PLOT_LEFT) if event.x >= PLOT_LEFT else None
        if found is not None:
            self.post_message(self.WeekPointed(self.weeks[found].start))


class WeekBars(WeekChart):
    """Real and candy a week, stacked."""

    def drawing(self, width: int, height: int) -> Drawing:
        """Return the bars."""
        return bars_drawing(self.weeks, width, height)


class WeekLines(WeekChart):
    """Lines over weeks.

    Attributes:
        lines: Drawn in this order; each has a value for each of `weeks`.
        unit: "%" for shares of 1, which then fill the height; "" for anything from 0 up.
    """

    lines: reactive[tuple[WeekLine, ...]] = reactive((), init=False)

    def __init__(self, *, unit: str = "", id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, classes=classes)
        self.unit = unit

    def watch_lines(self) -> None:
        """Draw other lines."""
        self.redraw()

    def drawing(self, width: int, height: int) -> Drawing:
        """Return the lines."""
        return lines_drawing(self.weeks, self.lines, self.unit, width, height)

"""The first weeks as rows of their wins' own marks, until there are enough of them for a line."""

from typing import Final

from textual.content import Content
from textual.widgets import Static

from data.base.formatting import day_month, plural
from data.figures.chart_data import ChartData
from data.figures.momentum import Week
from data.model.records import VERDICT_MARKS, Verdict

ENOUGH_WEEKS: Final = 4
"""Complete weeks from which lines are drawn."""
_MOST_MARKS: Final = 20
_DATE_CELLS: Final = 17
_COLOURS: Final = {Verdict.REAL: "$real", Verdict.CANDY: "$candy", None: "$foreground 60%"}


class FirstWeeks(Static):
    """A row for each week: its date, a mark for each win, and how many there were."""

    DEFAULT_CSS = """
    FirstWeeks { height: auto; padding: 0 1; }
    """

    def show(self, data: ChartData) -> None:
        """Show every week there is."""
        self.update(Content("\n").join(week_row(week) for week in data.series.weeks))


def is_early(data: ChartData) -> bool:
    """Return whether there are too few complete weeks for lines."""
    return len(data.series.complete) < ENOUGH_WEEKS


def week_row(week: Week) -> Content:
    """Return one week, such as "Week of 9 Nov    ◆◆◆◆·    5 wins, 1 not sorted"."""
    tally = week.tally
    counts = {Verdict.REAL: tally.real, Verdict.CANDY: tally.candy, None: tally.unsorted}
    marks: list[tuple[str, str]] = []
    room = _MOST_MARKS
    for verdict, count in counts.items():
        marks.append((VERDICT_MARKS[verdict] * min(count, room), _COLOURS[verdict]))
        room -= min(count, room)
    unsorted = f", {tally.unsorted:,} not sorted" if tally.unsorted else ""
    told = f"{plural(tally.total, 'win')}{'' if week.complete else ' so far'}{unsorted}"
    head = f"Week of {day_month(week.start)}".ljust(_DATE_CELLS)
    return Content.assemble(head, *marks, " " * room, "   ", (told, "$foreground 60%"))

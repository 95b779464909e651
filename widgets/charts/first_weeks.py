"""The first weeks as rows of their wins' own marks, until there are enough of them for a line."""

from collections.abc import Sequence
from typing import Final

from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget

from data.base.formatting import day_month, plural
from data.figures.chart_data import ChartData
from data.figures.momentum import Week
from data.model.records import VERDICT_MARKS, Verdict
from widgets.base.inks import MUTED

ENOUGH_WEEKS: Final = 4
"""Complete weeks from which lines are drawn."""
_MOST_MARKS: Final = 20
_LEAST_MARKS: Final = 3
_DATE_CELLS: Final = 17
_GAP: Final = "   "
_MORE: Final = "…"
_COLOURS: Final = {Verdict.REAL: "$real", Verdict.CANDY: "$candy", None: MUTED}


class FirstWeeks(Widget):
    """A row for each week: its date, a mark for each win, and how many there were."""

    DEFAULT_CSS = """
    FirstWeeks { height: auto; padding: 0 1; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._weeks: Sequence[Week] = ()

    def show(self, data: ChartData) -> None:
        """Show every week there is."""
        self._weeks = data.series.weeks
        self.refresh(layout=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Return a row for each week."""
        del container, viewport, width
        return len(self._weeks)

    def render(self) -> Content:
        """Draw the rows."""
        return Content("\n").join(week_rows(self._weeks, self.content_size.width))


def is_early(data: ChartData) -> bool:
    """Return whether there are too few complete weeks for lines."""
    return len(data.series.complete) < ENOUGH_WEEKS


def describe_start(data: ChartData) -> str:
    """Return when lines begin, and how far that is."""
    return f"The line starts after {ENOUGH_WEEKS} weeks. This is week {len(data.series.weeks)}."


def week_rows(weeks: Sequence[Week], width: int) -> list[Content]:
    """Return a row for each week, such as "Week of 9 Nov    ◆◆◆◆·   5 wins, 1 not sorted".

    Args:
        weeks: Oldest first.
        width: Cells of a row; where the marks of a week have no room, an ellipsis stands for the rest.
    """
    told = [_told(week) for week in weeks]
    left = width - _DATE_CELLS - len(_GAP) - max(map(len, told), default=0)
    room = min(max(_LEAST_MARKS, left), _MOST_MARKS, max((week.tally.total for week in weeks), default=0))
    return [
        Content.assemble(
            f"Week of {day_month(week.start)}".ljust(_DATE_CELLS),
            *_marks(week, room),
            (f"{_GAP}{said}", MUTED),
        )
        for week, said in zip(weeks, told, strict=True)
    ]


def _told(week: Week) -> str:
    unsorted = f", {week.tally.unsorted:,} not sorted" if week.tally.unsorted else ""
    return f"{plural(week.tally.total, 'win')}{'' if week.complete else ' so far'}{unsorted}"


def _marks(week: Week, room: int) -> list[tuple[str, str]]:
    """Return the marks of a week's wins in exactly so many cells."""
    tally = week.tally
    counts = {Verdict.REAL: tally.real, Verdict.CANDY: tally.candy, None: tally.unsorted}
    signs = [(VERDICT_MARKS[verdict], _COLOURS[verdict]) for verdict, count in counts.items() for _ in range(count)]
    if len(signs) > room:
        signs[room - 1 :] = [(_MORE, _COLOURS[None])]
    return [*signs, (" " * (room - len(signs)), "")]

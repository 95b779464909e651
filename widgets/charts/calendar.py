"""A year of wins: a column for each week, a row for each weekday, a mark for each day that had any."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import ClassVar, Final

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from data.base.formatting import MONTHS, WEEKDAYS
from data.base.weeks import MONDAY, WEEK, week_of
from data.figures.chart_data import ChartData
from data.model.journal import Tally

_YEAR: Final = 53
"""Weeks on show: a year, and the week it began in."""
_LABEL_CELLS: Final = 6
"""Cells left of the first week, the same as in the charts."""
_NARROW_LABEL_CELLS: Final = 4
"""The same where a year has no room otherwise."""
_ROWS: Final = 8
"""One of months and seven of days."""
_REAL: Final = "◆"
_CANDY: Final = "◇"
_BOTH: Final = "◈"
_UNSORTED: Final = "·"
_DAY: Final = timedelta(days=1)


class Calendar(Widget, can_focus=True):
    """The year up to today, or an earlier one that the cursor is in.

    Attributes:
        days: The tally of each day that has any.
        today: The last day; later ones are left empty.
        first: The weekday that weeks start on.
        cursor: The day under the cursor.
    """

    ALLOW_SELECT = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left,h", "go(-7)", "Week before", show=False, id="calendar.left", tooltip="The week before"),
        Binding("right,l", "go(7)", "Week after", show=False, id="calendar.right", tooltip="The week after"),
        Binding("up,k", "go(-1)", "Day before", show=False, id="calendar.up", tooltip="The day before"),
        Binding("down,j", "go(1)", "Day after", show=False, id="calendar.down", tooltip="The day after"),
        Binding("pageup", "go(-364)", "Year before", show=False, id="calendar.pageup", tooltip="A year before"),
        Binding("pagedown", "go(364)", "Year after", show=False, id="calendar.pagedown", tooltip="A year after"),
        Binding("escape", "leave", "charts", id="calendar.leave", tooltip="Back to the charts"),
        Binding("enter", "open", "the day", id="calendar.open", tooltip="Show that day on the board"),
    ]
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "calendar--label",
        "calendar--real",
        "calendar--candy",
        "calendar--both",
        "calendar--unsorted",
        "calendar--none",
        "calendar--week",
        "calendar--cursor",
    }
    DEFAULT_CSS = """
    Calendar {
        height: 8;
        & > .calendar--label { color: $text-muted; }
        & > .calendar--real { color: $real; }
        & > .calendar--candy { color: $candy; }
        & > .calendar--both { color: $accent; }
        & > .calendar--unsorted { color: $foreground; }
        & > .calendar--none { color: $foreground 25%; }
        & > .calendar--week { background: $panel; }
        & > .calendar--cursor { background: $accent; color: $background; text-style: bold; }
    }
    """

    days: reactive[Mapping[date, Tally]] = reactive(dict, init=False)
    today: reactive[date] = reactive(date.min, init=False)
    first: reactive[int] = reactive(MONDAY, init=False)
    cursor: reactive[date | None] = reactive(None, init=False)

    class DayPointed(Message):
        """The cursor went to a day.

        Attributes:
            day: The day.
        """

        def __init__(self, day: date) -> None:
            super().__init__()
            self.day = day

    class DayOpened(Message):
        """The person wants to see a day.

        Attributes:
            day: The day.
        """

        def __init__(self, day: date) -> None:
            super().__init__()
            self.day = day

    def show(self, data: ChartData) -> None:
        """Mark other days."""
        self.days = data.days

    @property
    def begin(self) -> date:
        """The first day on show: of the year up to today, or of as many years earlier as the cursor asks for."""
        start = earlier(week_of(self.today, self.first), self.weeks - 1)
        if self.cursor is None or self.cursor >= start:
            return start
        return week_of(self.cursor, self.first)

    @property
    def pitch(self) -> int:
        """Cells from one week to the next."""
        return 2 if self.size.width >= _LABEL_CELLS + 2 * _YEAR else 1

    @property
    def label_cells(self) -> int:
        """Cells left of the first week."""
        return _LABEL_CELLS if self.size.width >= _LABEL_CELLS + _YEAR else _NARROW_LABEL_CELLS

    @property
    def weeks(self) -> int:
        """How many weeks there is room for, a year at most; the last one is always among them."""
        return max(1, min(_YEAR, (self.size.width - self.label_cells) // self.pitch))

    def action_go(self, days: int) -> None:
        """Move the cursor by so many days, never past today."""
        at = self.cursor or self.today
        ordinal = min(max(1, at.toordinal() + days), self.today.toordinal())
        self.post_message(self.DayPointed(date.fromordinal(ordinal)))

    def action_open(self) -> None:
        """Ask for the day under the cursor."""
        self.post_message(self.DayOpened(self.cursor or self.today))

    def action_leave(self) -> None:
        """Give the arrows back to the charts."""
        self.blur()

    def on_click(self, event: events.Click) -> None:
        """Go to a day; a second click on it opens it."""
        column, row = (event.x - self.label_cells) // self.pitch, event.y - 1
        if not (0 <= column < self.weeks and row >= 0):
            return
        day = self.begin + column * WEEK + row * _DAY
        if day <= self.today:
            self.post_message(self.DayOpened(day) if day == self.cursor else self.DayPointed(day))

    def render_line(self, y: int) -> Strip:
        """Return the months, or the days of one weekday."""
        if y >= _ROWS or self.today == date.min:
            return Strip.blank(self.size.width, self.rich_style)
        cells = self._months() if y == 0 else self._weekday(y - 1)
        return Strip([Segment(text, style) for text, style in cells]).adjust_cell_length(
            self.size.width, self.rich_style
        )

    def _months(self) -> list[tuple[str, Style]]:
        line = [" "] * (self.weeks * self.pitch + 3)
        free = 0
        for column in range(self.weeks):
            week = self.begin + column * WEEK
            at = column * self.pitch
            if (week.day <= WEEK.days or column == 0) and at >= free:
                line[at : at + 3] = MONTHS[week.month - 1]
                free = at + 4
        return [(" " * self.label_cells + "".join(line).rstrip(), self._style("label"))]

    def _weekday(self, row: int) -> list[tuple[str, Style]]:
        name = WEEKDAYS[(self.first + row) % 7]
        label = f"{name} ".rjust(self.label_cells - 1) if row % 2 == 0 else ""
        days = (self._day(column, row) for column in range(self.weeks))
        return [(label.ljust(self.label_cells), self._style("label")), *days]

    def _day(self, column: int, row: int) -> tuple[str, Style]:
        day = date.fromordinal(self.begin.toordinal() + 7 * column + row)
        mark, name = day_mark(self.days.get(day)) if day <= self.today else (" ", "none")
        style = self._style(name)
        if day == self.cursor and self.has_focus:
            return mark + " " * (self.pitch - 1), self._style("cursor")
        if self.cursor is not None and week_of(day, self.first) == week_of(self.cursor, self.first):
            style += Style(bgcolor=self._style("week").bgcolor)
        return mark + " " * (self.pitch - 1), style

    def _style(self, name: str) -> Style:
        return self.get_component_rich_style(f"calendar--{name}")


def earlier(week: date, weeks: int) -> date:
    """Return the week so many before, or the first day there is."""
    return date.fromordinal(max(1, week.toordinal() - weeks * WEEK.days))


def day_mark(tally: Tally | None) -> tuple[str, str]:
    """Return the mark of a day and the name of its colour."""
    if tally is None:
        return "∙", "none"
    if tally.real and tally.candy:
        return _BOTH, "both"
    if tally.real or tally.candy:
        return (_REAL, "real") if tally.real else (_CANDY, "candy")
    return _UNSORTED, "unsorted"

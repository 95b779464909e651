"""Momentum: charts over the weeks, with a cursor that spells a week out and leads to its wins."""

from datetime import date, timedelta
from typing import ClassVar, Final

from msgspec import structs
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.events import Resize
from textual.reactive import var
from textual.widgets import Static

from data.base.formatting import plural
from data.base.text import clean_line
from data.base.weeks import week_of
from data.figures import sentences as words
from data.figures.chart_data import ChartData, build_chart_data
from data.figures.goal_figures import goals_in_order
from data.model.journal import Journal
from data.search.filters import NO_FILTER, WITHOUT_GOAL, Filter
from tui.dialogs.choose import Choose
from tui.pages.momentum.charts import MomentumCharts
from tui.pages.page import Page
from widgets.bars.chip import Chip
from widgets.charts.calendar import Calendar
from widgets.charts.week_chart import WeekChart

_RANGES: Final = (8, 26, 52)
"""Weeks to show, beside all there are."""
_DEFAULT_RANGE: Final = 26
_TWO_FROM: Final = 120
"""Cells from which two charts stand side by side."""
_ROOMY_FROM: Final = 34
"""Rows from which charts are taller."""
_BESIDE_WEEK: Final = 4
"""Cells left and right of the week in words."""
_LONGEST_WORD: Final = 12
"""Cells that the end of its first line may lose to wrapping."""
_ALL: Final = "*"
_SIX_DAYS: Final = timedelta(days=6)


class MomentumPage(Page):
    """The charts.

    Attributes:
        week_range: How many weeks are shown at most; None shows all.
        chosen: Which wins are counted.
        cursor: The first day of the week that is spelled out, or None without a week.
    """

    CSS_PATH = "momentum.tcss"
    AUTO_FOCUS = ""  # the arrows belong to the charts until the person goes to the calendar
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left,h", "move(-1)", "week", key_display="←→", id="momentum.back", tooltip="The week before"),
        Binding("right,l", "move(1)", "next week", show=False, id="momentum.on", tooltip="The week after"),
        Binding("home", "move(-9999999)", "first week", show=False, id="momentum.first", tooltip="The oldest week"),
        Binding("end", "move(9999999)", "this week", show=False, id="momentum.last", tooltip="The current week"),
        Binding("enter", "open_week", "its wins", id="momentum.open", tooltip="Show that week on the board"),
        Binding(
            "left_square_bracket",
            "range(-1)",
            "range",
            key_display="[ ]",
            id="momentum.fewer",
            tooltip="Fewer weeks: 8, 26, 52, all",
        ),
        Binding(
            "right_square_bracket",
            "range(1)",
            "more weeks",
            show=False,
            id="momentum.more",
            tooltip="More weeks: 8, 26, 52, all",
        ),
        Binding("g", "choose_goal", "goal", id="momentum.goal", tooltip="Count the wins of one goal"),
        Binding("t", "choose_tag", "tag", id="momentum.tag", tooltip="Count the wins of one tag"),
        Binding("up,k", "scroll(-3)", "up", show=False, id="momentum.up", tooltip="Scroll up"),
        Binding("down,j", "scroll(3)", "down", show=False, id="momentum.down", tooltip="Scroll down"),
        Binding("pageup", "scroll(-12)", "page up", show=False, id="momentum.pageup", tooltip="A page up"),
        Binding("pagedown", "scroll(12)", "page down", show=False, id="momentum.pagedown", tooltip="A page down"),
    ]

    week_range: var[int | None] = var[int | None](_DEFAULT_RANGE, init=False)
    chosen: var[Filter] = var(NO_FILTER, init=False)
    cursor: var[date | None] = var(None, init=False)

    def __init__(self, name: str | None = None) -> None:
        super().__init__(name=name)
        self._counted: ChartData = build_chart_data(Journal(), NO_FILTER, date.min, self.settings)
        self._seen: ChartData = self._counted
        self._day: date | None = None
        self._due = False

    def compose_page(self) -> ComposeResult:
        """Yield the filters, the charts and the week in words."""
        with Horizontal(id="filters"):
            yield Chip("[", id="fewer")
            yield Chip("", id="range")
            yield Chip("]", id="more")
            yield Chip("", id="goal")
            yield Chip("", id="tag")
        yield Static(id="nothing")
        with VerticalScroll(id="charts", can_focus=False):
            yield MomentumCharts()
        yield Static(id="week")

    def on_mount(self) -> None:
        """Draw what was handed in before the page was there."""
        self.refresh_content()

    def on_resize(self, event: Resize) -> None:
        """Put the charts side by side, or make them taller, where there is room."""
        self.set_class(event.size.width >= _TWO_FROM, "-two")
        self.set_class(event.size.height >= _ROOMY_FROM, "-roomy")
        self.call_after_refresh(self.watch_cursor)

    def watch_journal(self) -> None:
        """Count again."""
        self.refresh_content_soon()

    def watch_today(self) -> None:
        """Count again: a week may have ended."""
        self.refresh_content_soon()

    def watch_settings(self) -> None:
        """Count again: weeks may start on another day."""
        self.refresh_content_soon()

    def watch_chosen(self) -> None:
        """Count other wins."""
        if self.is_mounted:
            self.refresh_content()

    def watch_week_range(self) -> None:
        """Show more or fewer weeks of what is counted already."""
        if self.is_mounted:
            self._draw()

    def watch_cursor(self) -> None:
        """Spell another week out."""
        for chart in self.query(WeekChart):
            chart.cursor = self.cursor
        self.query_one(Calendar).cursor = self._day or self.cursor
        self.query_one("#week", Static).update(Content(self._in_words()))

    def refresh_content_soon(self) -> None:
        """Bring the page up to date once, however many attributes change together."""
        if self.is_mounted and not self._due:
            self._due = True
            self.call_next(self.refresh_content)

    def refresh_content(self) -> None:
        """Bring the page up to date."""
        self._due = False
        if self.chosen.goal is not None and self.chosen.goal not in (WITHOUT_GOAL, *self.journal.goals):
            self.set_reactive(MomentumPage.chosen, structs.replace(self.chosen, goal=None))
        self._counted = build_chart_data(self.journal, self.chosen, self.today, self.settings)
        nothing = words.describe_no_wins(filtered=bool(self.chosen), wins=len(self.journal.days))
        self.query_one("#nothing", Static).update(nothing)
        calendar = self.query_one(Calendar)
        calendar.today, calendar.first = self.today, self.settings.week_start
        self._draw()

    def _draw(self) -> None:
        self._seen = self._counted.last(self.week_range)
        self.set_class(not self._seen.shown.weeks, "-empty")
        self.query_one(MomentumCharts).show(self._seen)
        self._say_filters()
        self._keep_cursor()

    def _keep_cursor(self) -> None:
        """Leave the cursor on its week while that is counted, else put it on the current one."""
        starts = [week.start for week in self._seen.shown.weeks]
        if self.cursor not in starts and self._day is None:
            self.cursor = starts[-1] if starts else None
        self.watch_cursor()

    def _say_filters(self) -> None:
        tag = clean_line(self.chosen.tag)
        self.query_one("#filters").display = self._can_choose
        self.query_one("#range", Chip).say(self._range_name(), on=False)
        self.query_one("#range").display = bool(self._seen.shown.weeks)
        for name in ("#fewer", "#more"):
            self.query_one(name).display = len(self._ranges()) > 1
        self.refresh_bindings()
        self.query_one("#goal", Chip).say(self._goal_name(), on=self.chosen.goal is not None)
        self.query_one("#tag", Chip).say(f"#{tag} ×" if tag else "all tags", on=bool(tag))

    def _range_name(self) -> str:
        """Return the range, such as "26 weeks", or "all 9 weeks" where there are no more."""
        weeks = len(self._seen.shown.weeks)
        return f"all {plural(weeks, 'week')}" if 1 < weeks == len(self._seen.series.weeks) else plural(weeks, "week")

    def _ranges(self) -> list[int | None]:
        """Return the ranges that differ: those shorter than all weeks there are, and all."""
        return [*(weeks for weeks in _RANGES if weeks < len(self._counted.series.weeks)), None]

    def _range_index(self) -> int:
        wanted, ranges = self.week_range, self._ranges()
        longer = (place for place, weeks in enumerate(ranges) if weeks is None or (wanted and weeks >= wanted))
        return next(longer, len(ranges) - 1)

    def _goal_name(self) -> str:
        if self.chosen.goal is None:
            return "all goals"
        goal = self.journal.goals.get(self.chosen.goal)
        return f"{clean_line(goal.name) if goal else 'no goal'} ×"

    def _in_words(self) -> str:
        """Return the day or the week under the cursor, spelled out in two lines at most."""
        wins = self._seen.wins.get(self.cursor or date.min, ())
        room = 2 * (self.size.width - _BESIDE_WEEK) - _LONGEST_WORD
        if self._day is not None:
            return words.describe_day(self._day, [win for win in wins if win.happened_on == self._day], room)
        week = next((week for week in self._seen.series.weeks if week.start == self.cursor), None)
        return words.describe_week(week, wins, room) if week else words.describe_momentum(self._seen.series)

    def action_move(self, weeks: int) -> None:
        """Move the cursor by so many weeks, as far as they are shown."""
        starts = [week.start for week in self._seen.shown.weeks]
        if not starts:
            return
        at = starts.index(self.cursor) if self.cursor in starts else 0
        self._point(starts[min(max(0, at + weeks), len(starts) - 1)])

    def _point(self, week: date, day: date | None = None) -> None:
        """Put the cursor on a week, and on a day of it or none."""
        self._day = day
        self.cursor = week
        self.watch_cursor()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Name the keys of the range where there is more than one, and others where they do something."""
        if action == "range":
            return len(self._ranges()) > 1
        weeks = len(self._seen.shown.weeks)
        idle = (
            (action == "move" and weeks < 2)  # noqa: PLR2004 - one to move from, one to move to
            or (action in {"open_week", "scroll"} and not weeks)
            or (action in {"choose_goal", "choose_tag"} and not self._can_choose)
        )
        return False if idle else super().check_action(action, parameters)

    @property
    def _can_choose(self) -> bool:
        """Whether there are wins to choose among, or a choice to undo."""
        return bool(self.journal.days or self.chosen)

    def action_range(self, by: int) -> None:
        """Show more or fewer weeks."""
        ranges = self._ranges()
        self.week_range = ranges[min(max(0, self._range_index() + by), len(ranges) - 1)]

    def action_open_week(self) -> None:
        """Show the week under the cursor on the board."""
        if self.cursor is not None:
            self._want(self.cursor, self.cursor + _SIX_DAYS)

    def action_scroll(self, rows: int) -> None:
        """Scroll the charts."""
        self.query_one("#charts").scroll_relative(y=rows, animate=False)

    def action_choose_goal(self) -> None:
        """Ask which goal's wins to count."""
        goals = [(goal.id, goal.name) for goal in goals_in_order(self.journal)]
        choices = [(_ALL, "All goals"), *goals, (WITHOUT_GOAL, "Wins without a goal")]
        current = _ALL if self.chosen.goal is None else self.chosen.goal
        self.app.push_screen(Choose("Goal", choices, current), self._take_goal)

    def _take_goal(self, key: str | None) -> None:
        if key is not None:
            self.chosen = structs.replace(self.chosen, goal=None if key == _ALL else key)

    def action_choose_tag(self) -> None:
        """Ask which tag's wins to count."""
        tags = [(tag, f"{tag} ({count:,})") for tag, count in sorted(self.journal.tags.items())]
        current = self.chosen.tag or _ALL
        self.app.push_screen(Choose("Tag", [(_ALL, "All tags"), *tags], current), self._take_tag)

    def _take_tag(self, key: str | None) -> None:
        if key is not None:
            self.chosen = structs.replace(self.chosen, tag="" if key == _ALL else key)

    @on(WeekChart.WeekPointed)
    def point(self, event: WeekChart.WeekPointed) -> None:
        """Move the cursor to the week that was clicked; a second click on it opens it."""
        if self.cursor == event.week and self._day is None:
            self.action_open_week()
        self._point(event.week)

    @on(Calendar.DayPointed)
    def point_day(self, event: Calendar.DayPointed) -> None:
        """Move the cursor to a day of the calendar, and to its week in the charts."""
        self._point(week_of(event.day, self.settings.week_start), event.day)

    @on(Calendar.DayOpened)
    def open_day(self, event: Calendar.DayOpened) -> None:
        """Show a day on the board."""
        self._want(event.day, event.day)

    def _want(self, first: date, last: date) -> None:
        """Ask for the wins of some days on the board, those that are counted here."""
        self.post_message(self.Navigate("board", period=(first, last), chosen=self.chosen))

    def navigate_to(self, wanted: Page.Navigate) -> None:
        """Count the wins that are wanted."""
        if wanted.chosen is not None:
            self.chosen = wanted.chosen

    @on(Chip.ChipPressed)
    def press(self, event: Chip.ChipPressed) -> None:
        """Do by mouse what the keys do; a filter in force is cleared."""
        match event.chip.id:
            case "fewer":
                self.action_range(-1)
            case "more" | "range":
                ranges = self._ranges()
                self.week_range = ranges[(self._range_index() + 1) % len(ranges)]
            case "goal" if self.chosen.goal is not None:
                self.chosen = structs.replace(self.chosen, goal=None)
            case "tag" if self.chosen.tag:
                self.chosen = structs.replace(self.chosen, tag="")
            case "goal":
                self.action_choose_goal()
            case _:
                self.action_choose_tag()

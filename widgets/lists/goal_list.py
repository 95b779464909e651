"""Goals, one below the other, with what their wins add up to."""

from collections.abc import Mapping
from datetime import date
from typing import Final

from textual.content import Content
from textual.events import Click, Resize
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from data.base.formatting import MIN_FOR_PERCENT, day_month, format_rate, month_year, percent, plural, sparkline
from data.base.text import clean_line, fixed_width
from data.figures import sentences as words
from data.figures.goal_figures import GoalFigures
from data.figures.momentum import sugar_ratio
from widgets.base.cells import fit_width, truncate
from widgets.base.inks import MUTED

NO_GOAL_ID: Final = "none"
"""The option of the wins without a goal."""
_SPARK_WEEKS: Final = 12
"""Weeks of the small line, at most."""
_WEEKS: Final = "its weeks"
_COLUMNS: Final = {
    "◆ real": 8,
    "◇ candy": 9,
    "· not yet": 11,
    "sugar": 9,
    "a week": 9,
    _WEEKS: _SPARK_WEEKS + 3,
    "doors": 7,
    "last win": 11,
}
_STYLES: Final = {"◆ real": "$real", "◇ candy": "$candy", _WEEKS: "$real", "last win": MUTED}
_SHORTEST_NAME: Final = 24
_PADDING: Final = 5
"""Cells beside an entry: two on each side, and the scrollbar's."""


class GoalList(OptionList):
    """Each goal with its figures; an option's id is the goal's, or `NO_GOAL_ID`."""

    DEFAULT_CSS = """
    GoalList {
        height: 1fr;
        border: none;
        padding: 0;
        background: $background;
        scrollbar-size-vertical: 1;
        background-tint: transparent;
        & > .option-list--option, &.-textual-compact > .option-list--option { padding: 0 2; }
        & > .option-list--option-highlighted { background: $panel; text-style: none; color: $foreground; }
        &:focus > .option-list--option-highlighted { background: $panel; text-style: none; color: $foreground; }
        & > .option-list--option-hover { background: $boost; }
        &:focus { border: none; background-tint: transparent; }
    }
    """

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 as Textual has it
        super().__init__(id=id, compact=True)
        self._figures: list[GoalFigures] = []
        self._today = date.min

    @property
    def figures(self) -> GoalFigures | None:
        """What is under the cursor, or None in an empty list."""
        return self._figures[self.highlighted] if self.highlighted is not None else None

    def show(self, figures: list[GoalFigures], today: date) -> None:
        """Show these; the cursor stays with its goal."""
        kept = option_id(self.figures) if self.figures else None
        self._figures, self._today = figures, today
        self._lay(kept)

    def point_at(self, goal: str) -> bool:
        """Put the cursor on a goal, by its id; return whether it is shown."""
        keys = [option_id(one) for one in self._figures]
        if goal in keys:
            self.highlighted = keys.index(goal)
        return goal in keys

    def on_click(self, event: Click) -> None:
        """Put the cursor on what was clicked; only a second click opens it, so that the mouse can choose one too."""
        event.prevent_default()
        clicked = event.style.meta.get("option")
        if clicked is not None:
            self.highlighted = clicked
            if event.chain > 1:
                self.action_select()

    def on_resize(self, event: Resize) -> None:
        """Lay the columns out again."""
        if self._figures:
            self._lay(option_id(self.figures) if self.figures else None, event.size.width)

    def _lay(self, kept: str | None, width: int | None = None) -> None:
        room = (self.size.width if width is None else width) - _PADDING
        keys = [option_id(one) for one in self._figures]
        self.set_options([Option(goal_entry(one, room, self._today), id=option_id(one)) for one in self._figures])
        self.highlighted = keys.index(kept) if kept in keys else (0 if keys else None)

    def heading(self) -> Content:
        """Return the line above the columns, or nothing where there are none, or no room for them."""
        room = self.size.width - _PADDING
        columns = columns_for(room)
        names = "".join(name.rjust(width) for name, width in columns.items())
        return Content(names.rjust(room) if columns and self._figures else "")


def option_id(figures: GoalFigures) -> str:
    """Return the id of an option."""
    return figures.goal.id if figures.goal else NO_GOAL_ID


def columns_for(room: int) -> Mapping[str, int]:
    """Return the columns and their widths, or none where they have no room beside a name."""
    return _COLUMNS if room >= _SHORTEST_NAME + sum(_COLUMNS.values()) else {}


def goal_entry(figures: GoalFigures, room: int, today: date) -> Content:
    """Return a goal and its figures in at most `room` cells a line."""
    columns = columns_for(room)
    lines = [_columns(figures, columns, room, today)] if columns else _stacked(figures, room, today)
    if figures.goal is not None and figures.goal.why:
        why = truncate(fixed_width(clean_line(figures.goal.why)), max(1, room - 2))
        lines.append(Content.assemble("  ", (why, f"italic {MUTED}")))
    if figures.only_candy:
        lines.append(Content.assemble("  ", (f"! {words.describe_only_candy(figures.only_candy)}", "$warning")))
    return Content("\n").join([*lines, Content("")])


def _shown_name(figures: GoalFigures) -> str:
    """Return the name of a goal as it is shown."""
    if figures.goal is None:
        return "Without a goal"
    return fixed_width(clean_line(figures.goal.name)) + (" (archived)" if figures.goal.archived_at else "")


def _name(figures: GoalFigures, room: int) -> Content:
    style = MUTED if figures.goal is None or figures.goal.archived_at else "bold"
    return Content.assemble((fit_width(_shown_name(figures), room), style))


def _columns(figures: GoalFigures, columns: Mapping[str, int], room: int, today: date) -> Content:
    texts = {
        "◆ real": f"{figures.tally.real:,}",
        "◇ candy": f"{figures.tally.candy:,}",
        "· not yet": f"{figures.tally.unsorted:,}",
        "sugar": sugar_text(figures),
        "a week": pace_text(figures),
        _WEEKS: weeks_text(figures),
        "doors": f"{figures.doors:,}",
        "last win": last_win_text(figures, today),
    }
    cells = [(texts[name].rjust(width), _STYLES.get(name, "")) for name, width in columns.items()]
    return Content.assemble(_name(figures, room - sum(columns.values())), *cells)


def _stacked(figures: GoalFigures, room: int, today: date) -> list[Content]:
    unsorted = f"  · {figures.tally.unsorted:,} not yet" if figures.tally.unsorted else ""
    counts = Content.assemble(
        "  ",
        (f"◆ {figures.tally.real:,} real", "$real"),
        (f"  ◇ {figures.tally.candy:,} candy", "$candy"),
        f"{unsorted}  sugar {sugar_text(figures)}  ",
    )
    weeks = Content.assemble((weeks_text(figures), "$real"))
    pace = f"  {pace_text(figures)} a week  "
    rest = f"{plural(figures.doors, 'door')}  last win {last_win_text(figures, today)}"
    if counts.cell_length + weeks.cell_length <= room:
        counts, weeks = counts + weeks, Content()
    elif len(pace) + weeks.cell_length + 2 + len(rest) <= room:
        weeks += Content("  ")
    else:
        weeks += Content("\n  ")
    return [_name(figures, room), counts, Content.assemble((pace, MUTED), weeks, (rest, MUTED))]


def weeks_text(figures: GoalFigures) -> str:
    """Return momentum over the last complete weeks as a small line; a week without any is a dot."""
    weeks = figures.series.complete[-_SPARK_WEEKS:]
    return sparkline([week.momentum for week in weeks]).replace(" ", "·")


def sugar_text(figures: GoalFigures) -> str:
    """Return candy's share: in per cent when there are enough wins for that, else as counts."""
    ratio = sugar_ratio(figures.tally)
    known = figures.tally.real + figures.tally.candy
    if ratio is None:
        return "–"
    return percent(ratio) if known >= MIN_FOR_PERCENT else f"{figures.tally.candy} of {known}"


def pace_text(figures: GoalFigures) -> str:
    """Return momentum and its trend, such as "1.2 ↗"."""
    week = figures.series.headline
    return f"{format_rate(week.momentum)} {words.TREND_ARROWS[figures.series.trend]}".rstrip() if week else "–"


def last_win_text(figures: GoalFigures, today: date) -> str:
    """Return the day of the last win."""
    if figures.last is None:
        return "–"
    return day_month(figures.last) if figures.last.year == today.year else month_year(figures.last)

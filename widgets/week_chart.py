"""Charts over weeks: stacked bars and lines, with a cursor they share."""

from collections.abc import Sequence
from datetime import date
from math import ceil
from typing import Final

from msgspec import Struct
from textual import events
from textual.message import Message
from textual.reactive import reactive

from data import words
from data.columns import Columns, spread
from data.momentum import Week
from data.weeks import WEEK
from widgets.chart import MARGIN, Chart
from widgets.plan import BRAILLE, Layer, Plan, nice_top, step_of, ticks

REAL_MARK: Final = "█"
CANDY_MARK: Final = "░"
REAL_SO_FAR: Final = "◆"
CANDY_SO_FAR: Final = "◇"
_LABEL_CELLS: Final = 10
_YEAR: Final = 60
"""Weeks from which labels name the year instead of the day."""


class WeekChart(Chart):
    """A chart with a column for each week, or for several when there are too many.

    Attributes:
        weeks: What to draw, oldest first.
        cursor: The first day of the week under the cursor, or None.
    """

    weeks: reactive[tuple[Week, ...]] = reactive((), init=False)
    cursor: reactive[date | None] = reactive(None, init=False)

    class Pointed(Message):
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
    def columns(self) -> Columns:
        """Where the weeks are at the present width."""
        return spread(len(self.weeks), max(1, self.size.width - MARGIN))

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
        found = self.columns.at(event.x - MARGIN) if event.x >= MARGIN else None
        if found is not None:
            self.post_message(self.Pointed(self.weeks[found].start))

    def dates(self, columns: Columns) -> tuple[tuple[int, str], ...]:
        """Return a date below every so many columns."""
        weeks = self.weeks
        name = words.month_year if len(weeks) > _YEAR else words.day_month
        shown = range(0, columns.count, max(1, -(-_LABEL_CELLS // columns.pitch)))
        return tuple((columns.middle(c), name(weeks[columns.members(c)[0]].start)) for c in shown)

    @property
    def so_far(self) -> bool:
        """Whether the newest column holds a week that is not over."""
        return bool(self.weeks) and not self.weeks[-1].complete


class WeekBars(WeekChart):
    """Real and candy a week, stacked: a win is a whole number of rows, or the note says how many a row is."""

    def plan(self, width: int, height: int) -> Plan:  # noqa: ARG002 `columns` knows the width
        """Return the bars."""
        columns = self.columns
        stacks = stacks_of(self.weeks, columns)
        wins = wins_a_row(stacks, height)
        highest = max((sum(stack) for stack in stacks), default=0)
        rows = height // highest if wins == 1 and highest else 1
        scale = f"a row is {wins} wins" if wins > 1 else ""
        note = ", ".join(part for part in (bucket_note(columns), scale) if part)
        layers = _bars(stacks, columns, (rows, wins), so_far=self.so_far)
        return Plan(height - 1, layers, self.dates(columns), _win_ticks(height, rows, wins), note)


def bucket_note(columns: Columns) -> str:
    """Return what to say when weeks share columns, or ""."""
    return f"a column is {columns.size} weeks" if columns.size > 1 else ""


def stacks_of(weeks: Sequence[Week], columns: Columns) -> list[tuple[int, int]]:
    """Return how many real wins and how much candy each column holds."""
    tallies = [[weeks[index].tally for index in columns.members(column)] for column in range(columns.count)]
    return [(sum(tally.real for tally in part), sum(tally.candy for tally in part)) for part in tallies]


def _bars(
    stacks: list[tuple[int, int]], columns: Columns, scale: tuple[int, int], *, so_far: bool
) -> tuple[Layer, ...]:
    """Return a layer for each mark, real below candy.

    Args:
        stacks: Real wins and candy of each column.
        columns: Where they stand.
        scale: Rows to a unit, and wins to a unit; one of the two is 1.
        so_far: Whether the last column is not over.
    """
    rows, wins = scale
    cells: dict[tuple[str, str], tuple[list[int], list[int]]] = {}
    for column, (real, candy) in enumerate(stacks):
        base = rows * -(-real // wins)
        running = so_far and column == columns.count - 1
        spans = (
            (REAL_SO_FAR if running else REAL_MARK, "real", range(base)),
            (CANDY_SO_FAR if running else CANDY_MARK, "candy", range(base, base + rows * -(-candy // wins))),
        )
        left = column * columns.pitch
        for mark, colour, heights in spans:
            xs, ys = cells.setdefault((mark, colour), ([], []))
            for x in range(left, left + columns.bar):
                xs.extend([x] * len(heights))
                ys.extend(heights)
    return tuple(Layer(xs, ys, mark, colour) for (mark, colour), (xs, ys) in cells.items() if xs)


def wins_a_row(stacks: list[tuple[int, int]], height: int) -> int:
    """Return the fewest wins a row must stand for so that every stack fits; 1 is a win a row or better.

    A row that is not full counts as one, for real and for candy, so no win is ever lost from sight.
    """
    wins = max(1, -(-max((sum(stack) for stack in stacks), default=0) // height))
    while any(-(-real // wins) + -(-candy // wins) > height for real, candy in stacks):
        wins += 1
    return wins


def _win_ticks(height: int, rows: int, wins: int) -> tuple[tuple[float, str], ...]:
    """Return ticks at the top row of the last of so many wins, at every other row at most and at one at least."""
    most = height // rows * wins
    step = -(-max(1, ceil(step_of(most, max(1, height // 2)))) // wins) * wins
    counts = range(step, most + 1, step) if step <= most else (most,)
    return tuple((count // wins * rows - 1, f"{count:,}") for count in counts)


class Line(Struct, frozen=True):
    """One line of a `WeekLines`.

    Attributes:
        colour: As `Layer.colour`.
        mark: Of the line: `BRAILLE` for a solid one, a dot for a dotted one.
        so_far: Of the point of the week that is not over.
        values: One a week, None where there is nothing to say.
        weights: What each counts where weeks share a column; () takes the last value of the column.
    """

    colour: str
    mark: str
    so_far: str
    values: tuple[float | None, ...]
    weights: tuple[float, ...] = ()

    def over(self, weeks: range) -> float | None:
        """Return the value of weeks that share a column."""
        known = [(i, value) for i in weeks if (value := self.values[i]) is not None]
        if not self.weights:
            return known[-1][1] if known else None
        total = sum(self.weights[i] for i, _ in known)
        return sum(self.weights[i] * value for i, value in known) / total if total else None


class WeekLines(WeekChart):
    """Lines over weeks, broken where there is nothing to say; the running week is a point apart.

    Attributes:
        lines: Drawn in this order; each has a value for each of `weeks`.
        unit: "%" for shares of 1, which then fill the height; "" for anything from 0 up.
    """

    lines: reactive[tuple[Line, ...]] = reactive((), init=False)

    def __init__(self, *, unit: str = "", id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, classes=classes)
        self.unit = unit

    def watch_lines(self) -> None:
        """Draw other lines."""
        self.redraw()

    def plan(self, width: int, height: int) -> Plan:  # noqa: ARG002 `columns` knows the width
        """Return the lines."""
        columns = self.columns
        members = [columns.members(column) for column in range(columns.count)]
        lines = [line for line in self.lines if len(line.values) == columns.weeks]
        drawn = [(line, [line.over(weeks) for weeks in members]) for line in lines]
        top = 1.0 if self.unit == "%" else nice_top(y for _, points in drawn for y in points if y is not None)
        layers = [layer for line, points in drawn for layer in _layers(line, points, columns, so_far=self.so_far)]
        return Plan(top, tuple(layers), self.dates(columns), ticks(top, height, self.unit), bucket_note(columns))


def _layers(line: Line, points: list[float | None], columns: Columns, *, so_far: bool) -> list[Layer]:
    """Return a layer for each unbroken run, and one for the running week."""
    over = len(points) - so_far
    runs: list[list[tuple[int, float]]] = [[]]
    for column, value in enumerate(points[:over]):
        if value is None:
            runs.append([])
        else:
            runs[-1].append((columns.middle(column), value))
    layers = [_joined(line, run) for run in runs if run]
    if so_far and (now := points[-1]) is not None:
        layers.append(Layer([columns.middle(over)], [now], line.so_far, line.colour))
    return layers


def _joined(line: Line, run: list[tuple[int, float]]) -> Layer:
    return Layer([x for x, _ in run], [y for _, y in run], line.mark, line.colour, line=len(run) > 1)


SOLID: Final = BRAILLE
DOTTED: Final = "·"

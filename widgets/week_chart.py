"""Charts over weeks: stacked bars and lines, with a cursor they share."""

from datetime import date
from typing import Final

from msgspec import Struct
from textual import events
from textual.message import Message
from textual.reactive import reactive

from data import words
from data.columns import Columns, spread
from data.momentum import Week
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
        found = next((index for index, week in enumerate(self.weeks) if week.start == self.cursor), None)
        if found is None:
            return range(0)
        left = self.columns.of(found) * self.columns.pitch
        return range(left, left + self.columns.bar)

    def on_click(self, event: events.Click) -> None:
        """Point at the week that was clicked."""
        found = self.columns.at(event.x - MARGIN) if event.x >= MARGIN else None
        if found is not None:
            self.post_message(self.Pointed(self.weeks[found].start))

    def running(self, column: int) -> bool:
        """Return whether a column holds the week that is not over."""
        return not self.weeks[self.columns.members(column)[-1]].complete

    def dates(self) -> tuple[tuple[int, str], ...]:
        """Return a date below every so many columns."""
        columns = self.columns
        every = max(1, -(-_LABEL_CELLS // columns.pitch))
        name = words.month_year if len(self.weeks) > _YEAR else words.day_month
        shown = range(0, columns.count, every)
        return tuple((columns.middle(c), name(self.weeks[columns.members(c)[0]].start)) for c in shown)

    def bucket_note(self) -> str:
        """Return what to say when weeks share columns, or ""."""
        return f"a column is {self.columns.size} weeks" if self.columns.size > 1 else ""


class WeekBars(WeekChart):
    """Real and candy a week, stacked: a win is a whole number of rows, or the note says how many a row is."""

    def plan(self, width: int, height: int) -> Plan:  # noqa: ARG002 `columns` knows the width
        """Return the bars."""
        stacks = [self._stack(column) for column in range(self.columns.count)]
        wins = wins_a_row(stacks, height)
        rows = height // max((sum(stack) for stack in stacks), default=1) if wins == 1 and any(map(sum, stacks)) else 1
        scale = f"a row is {wins} wins" if wins > 1 else ""
        note = ", ".join(part for part in (self.bucket_note(), scale) if part)
        return Plan(height - 1, self._bars(stacks, rows, wins), self.dates(), _win_ticks(height, rows, wins), note)

    def _stack(self, column: int) -> tuple[int, int]:
        tallies = [self.weeks[index].tally for index in self.columns.members(column)]
        return sum(tally.real for tally in tallies), sum(tally.candy for tally in tallies)

    def _bars(self, stacks: list[tuple[int, int]], rows: int, wins: int) -> tuple[Layer, ...]:
        """Return a layer for each mark, real below candy."""
        cells: dict[tuple[str, str], tuple[list[int], list[int]]] = {}
        for column, (real, candy) in enumerate(stacks):
            base = rows * -(-real // wins)
            so_far = self.running(column)
            spans = (
                (REAL_SO_FAR if so_far else REAL_MARK, "real", range(base)),
                (CANDY_SO_FAR if so_far else CANDY_MARK, "candy", range(base, base + rows * -(-candy // wins))),
            )
            for mark, colour, heights in spans:
                self._fill(cells.setdefault((mark, colour), ([], [])), column, heights)
        return tuple(Layer(xs, ys, mark, colour) for (mark, colour), (xs, ys) in cells.items() if xs)

    def _fill(self, layer: tuple[list[int], list[int]], column: int, heights: range) -> None:
        left = column * self.columns.pitch
        for x in range(left, left + self.columns.bar):
            layer[0].extend([x] * len(heights))
            layer[1].extend(heights)


def wins_a_row(stacks: list[tuple[int, int]], height: int) -> int:
    """Return the fewest wins a row must stand for so that every stack fits; 1 is a win a row or better.

    A row that is not full counts as one, for real and for candy, so no win is ever lost from sight.
    """
    wins = max(1, -(-max((sum(stack) for stack in stacks), default=0) // height))
    while any(-(-real // wins) + -(-candy // wins) > height for real, candy in stacks):
        wins += 1
    return wins


def _win_ticks(height: int, rows: int, wins: int) -> tuple[tuple[float, str], ...]:
    """Return ticks at the top row of the last of so many wins."""
    most = height // rows * wins
    step = max(wins, int(step_of(most, max(1, height // 2)) + 0.5))
    step = -(-step // wins) * wins
    return tuple((count // wins * rows - 1, f"{count:,}") for count in range(step, most + 1, step))


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
        drawn = [(line, self._points(line)) for line in self.lines if len(line.values) == len(self.weeks)]
        top = 1.0 if self.unit == "%" else nice_top(y for _, points in drawn for y in points if y is not None)
        layers = tuple(layer for line, points in drawn for layer in self._layers(line, points))
        return Plan(top, layers, self.dates(), ticks(top, height, self.unit), self.bucket_note())

    def _points(self, line: Line) -> list[float | None]:
        return [line.over(self.columns.members(column)) for column in range(self.columns.count)]

    def _layers(self, line: Line, points: list[float | None]) -> list[Layer]:
        """Return a layer for each unbroken run, and one for the running week."""
        runs: list[list[tuple[int, float]]] = [[]]
        for column, value in enumerate(points):
            if value is None:
                runs.append([])
            elif not self.running(column):
                runs[-1].append((self.columns.middle(column), value))
        layers = [_joined(line, run) for run in runs if run]
        if points and self.running(len(points) - 1) and (now := points[-1]) is not None:
            layers.append(Layer([self.columns.middle(len(points) - 1)], [now], line.so_far, line.colour))
        return layers


def _joined(line: Line, run: list[tuple[int, float]]) -> Layer:
    return Layer([x for x, _ in run], [y for _, y in run], line.mark, line.colour, line=len(run) > 1)


SOLID: Final = BRAILLE
DOTTED: Final = "·"

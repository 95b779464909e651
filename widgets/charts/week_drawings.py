"""What the charts over weeks draw, worked out from the figures and the room alone."""

from collections.abc import Sequence
from math import ceil
from typing import Final

from msgspec import Struct

from data.base.formatting import day_month, month_year
from data.figures.momentum import Week
from widgets.charts.drawing import BRAILLE, LABEL_CELLS, Drawing, Layer, nice_top, step_of, ticks
from widgets.charts.week_columns import WeekColumns, spread

REAL_MARK: Final = "█"
CANDY_MARK: Final = "░"
REAL_SO_FAR: Final = "◆"
CANDY_SO_FAR: Final = "◇"
SOLID: Final = BRAILLE
DOTTED: Final = "·"
_LABEL_CELLS: Final = 10
_YEAR: Final = 60
"""Weeks from which labels name the year instead of the day."""


class WeekLine(Struct, frozen=True):
    """One line of a chart.

    Attributes:
        colour: As `Layer.colour`.
        mark: `SOLID`, `DOTTED` or another character.
        so_far: The mark of the week that is not over.
        values: One a week, None where there is nothing to say.
        parts: For a mean or a share, each week's sum and count; where weeks share a column it says theirs together, so
            that none is dropped. () takes the column's last value, which for momentum holds all weeks before it.
    """

    colour: str
    mark: str
    so_far: str
    values: tuple[float | None, ...]
    parts: tuple[tuple[float, float], ...] = ()

    def over(self, weeks: range) -> float | None:
        """Return the value of weeks that share a column."""
        if not self.parts:
            return next((value for i in reversed(weeks) if (value := self.values[i]) is not None), None)
        count = sum(self.parts[i][1] for i in weeks)
        return sum(self.parts[i][0] for i in weeks) / count if count else None


def bars_drawing(weeks: Sequence[Week], width: int, height: int) -> Drawing:
    """Return stacked bars: a win is a whole number of rows, or the note says how many wins a row is.

    Args:
        weeks: Oldest first.
        width: Cells of the canvas.
        height: Its rows.
    """
    columns = spread(len(weeks), width)
    stacks = stacks_of(weeks, columns)
    wins = wins_a_row(stacks, height)
    highest = max((sum(stack) for stack in stacks), default=0)
    rows = height // highest if wins == 1 and highest else 1
    scale = f"a row is {wins:,} wins" if wins > 1 else ""
    note = ", ".join(part for part in (_bucket_note(columns), scale) if part)
    layers = _bars(stacks, columns, (rows, wins), so_far=_runs_on(weeks))
    return Drawing(height - 1, layers, _dates(weeks, columns), _win_ticks(height, rows, wins), note)


def lines_drawing(weeks: Sequence[Week], lines: Sequence[WeekLine], unit: str, width: int, height: int) -> Drawing:
    """Return lines over weeks, broken where there is nothing to say; the running week is a point apart.

    Args:
        weeks: Oldest first.
        lines: Drawn in this order; each has a value for each week.
        unit: "%" for shares of 1, which then fill the height; "" for anything from 0 up.
        width: Cells of the canvas.
        height: Its rows.
    """
    columns = spread(len(weeks), width)
    drawn = [(line, _points(line, columns)) for line in lines if len(line.values) == columns.weeks]
    top = 1.0 if unit == "%" else nice_top(y for _, points in drawn for y in points if y is not None)
    layers = [layer for line, points in drawn for layer in _layers(line, points, columns, so_far=_runs_on(weeks))]
    return Drawing(top, tuple(layers), _dates(weeks, columns), ticks(top, height, unit), _bucket_note(columns))


def _runs_on(weeks: Sequence[Week]) -> bool:
    return bool(weeks) and not weeks[-1].complete


def _dates(weeks: Sequence[Week], columns: WeekColumns) -> tuple[tuple[int, str], ...]:
    """Return a date below every so many columns."""
    name = month_year if len(weeks) > _YEAR else day_month
    shown = range(0, columns.count, max(1, -(-_LABEL_CELLS // columns.pitch)))
    return tuple((columns.middle(c), name(weeks[columns.members(c)[0]].start)) for c in shown)


def _bucket_note(columns: WeekColumns) -> str:
    return f"a column is {columns.size:,} weeks" if columns.size > 1 else ""


def stacks_of(weeks: Sequence[Week], columns: WeekColumns) -> list[tuple[int, int]]:
    """Return how many real wins and how much candy each column holds."""
    tallies = [[weeks[index].tally for index in columns.members(column)] for column in range(columns.count)]
    return [(sum(tally.real for tally in part), sum(tally.candy for tally in part)) for part in tallies]


def _bars(
    stacks: list[tuple[int, int]], columns: WeekColumns, scale: tuple[int, int], *, so_far: bool
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
    return tuple((count // wins * rows - 1, brief(count)) for count in counts)


def brief(count: int) -> str:
    """Return a number in at most `LABEL_CELLS` characters: "9999", then "10k"."""
    said = str(count)
    return said if len(said) <= LABEL_CELLS else f"{count // 1000}k"


def _points(line: WeekLine, columns: WeekColumns) -> list[float | None]:
    if columns.size == 1:
        return list(line.values)
    return [line.over(columns.members(column)) for column in range(columns.count)]


def _layers(line: WeekLine, points: list[float | None], columns: WeekColumns, *, so_far: bool) -> list[Layer]:
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


def _joined(line: WeekLine, run: list[tuple[int, float]]) -> Layer:
    return Layer([x for x, _ in run], [y for _, y in run], line.mark, line.colour, line=len(run) > 1)

"""What the charts over weeks draw, worked out from the figures and the room alone."""

from collections.abc import Iterator, Sequence
from math import ceil
from typing import Final

from msgspec import Struct

from data.base.formatting import day_month, month_year, percent
from data.figures.momentum import Week
from widgets.charts.area import HOLLOW, PALE, hanging, shaded, standing, to_eighths
from widgets.charts.drawing import (
    Cell,
    Drawing,
    axis_layer,
    brief,
    layers_of,
    rows_above,
    step_of,
    steps_to,
)
from widgets.charts.week_columns import WeekColumns, spread

REAL_MARK: Final = "█"
CANDY_MARK: Final = HOLLOW
REAL_SO_FAR: Final = "◆"
CANDY_SO_FAR: Final = "◇"
BAR_GAP: Final = 1
"""Cells between two bars."""
_LABEL_GAP: Final = 4
"""Cells between two dates, at least."""
_MANY_WEEKS: Final = 60
"""Weeks from which labels name the year instead of the day."""


class WeekValues(Struct, frozen=True):
    """One value a week.

    Attributes:
        colour: As `Layer.colour`.
        values: One a week, None where there is nothing to say.
        parts: For a mean or a share, each week's sum and count; where weeks share a column it says theirs together, so
            that none is dropped. () takes the column's last value, which for momentum holds all weeks before it.
        name: What is written above them, or "".
    """

    colour: str
    values: tuple[float | None, ...]
    parts: tuple[tuple[float, float], ...] = ()
    name: str = ""

    def over(self, weeks: range) -> float | None:
        """Return the value of weeks that share a column."""
        if not self.parts:
            return next((value for i in reversed(weeks) if (value := self.values[i]) is not None), None)
        count = sum(self.parts[i][1] for i in weeks)
        return sum(self.parts[i][0] for i in weeks) / count if count else None

    def by_column(self, columns: WeekColumns) -> list[float | None]:
        """Return the value of each column."""
        if columns.size == 1:
            return list(self.values)
        return [self.over(columns.members(column)) for column in range(columns.count)]


# Real and candy a week: bars.


def bars_drawing(weeks: Sequence[Week], width: int, height: int) -> Drawing:
    """Return stacked bars: a win is a whole number of rows, or the note says how many wins a row is.

    Args:
        weeks: Oldest first.
        width: Cells of the canvas.
        height: Its rows, the lowest for the axis.
    """
    columns = spread(len(weeks), width, BAR_GAP)
    stacks = stacks_of(weeks, columns)
    wins = wins_a_row(stacks, height - 1)
    highest = max((sum(stack) for stack in stacks), default=0)
    rows = (height - 1) // highest if wins == 1 and highest else 1
    scale = f"a row is {wins:,} wins" if wins > 1 else ""
    note = ", ".join(part for part in (_column_note(columns), scale) if part)
    cells = _bar_cells(stacks, columns, (rows, wins), so_far=_is_running(weeks))
    layers = (axis_layer(width, 0), *layers_of(cells))
    return Drawing(
        layers, _dates(weeks, columns, width), _win_ticks(height - 1, rows, wins), unit=wins / rows, note=note
    )


def stacks_of(weeks: Sequence[Week], columns: WeekColumns) -> list[tuple[int, int]]:
    """Return how many real wins and how much candy each column holds."""
    tallies = [[weeks[index].tally for index in columns.members(column)] for column in range(columns.count)]
    return [(sum(tally.real for tally in part), sum(tally.candy for tally in part)) for part in tallies]


def _bar_cells(
    stacks: list[tuple[int, int]], columns: WeekColumns, scale: tuple[int, int], *, so_far: bool
) -> Iterator[Cell]:
    """Yield the cells of the bars, real below candy, from the row above the axis up.

    Args:
        stacks: Real wins and candy of each column.
        columns: Where they stand.
        scale: Rows to a unit, and wins to a unit; one of the two is 1.
        so_far: Whether the last column is not over.
    """
    rows, wins = scale
    for column, (real, candy) in enumerate(stacks):
        running = so_far and column == columns.count - 1
        foot = 1 + rows * -(-real // wins)
        top = foot + rows * -(-candy // wins)
        for x in columns.bar_cells(column):
            yield from ((x, y, REAL_SO_FAR if running else REAL_MARK, "real") for y in range(1, foot))
            yield from ((x, y, CANDY_SO_FAR if running else CANDY_MARK, "candy") for y in range(foot, top))


def wins_a_row(stacks: list[tuple[int, int]], height: int) -> int:
    """Return the fewest wins a row must stand for so that every stack fits; 1 is a win a row or better.

    A row that is not full counts as one, for real and for candy, so no win is ever lost from sight.
    """
    wins = max(1, -(-max((sum(stack) for stack in stacks), default=0) // height))
    while any(-(-real // wins) + -(-candy // wins) > height for real, candy in stacks):
        wins += 1
    return wins


def _win_ticks(height: int, rows: int, wins: int) -> tuple[tuple[int, str], ...]:
    """Return ticks at the top row of the last of so many wins, at every other row at most and at one at least."""
    most = height // rows * wins
    step = -(-max(1, ceil(step_of(most, max(1, height // 2)))) // wins) * wins
    counts = range(step, most + 1, step) if step <= most else (most,)
    return tuple((count // wins * rows, brief(count)) for count in counts)


# Momentum and sugar: the horizon.


def horizon_drawing(weeks: Sequence[Week], width: int, height: int, *, hollow: bool = False) -> Drawing:
    """Return momentum as an area above the zero line and sugar as one below it, in one scale that fills the height.

    Each week's last cell is exact to an eighth of a row; the cells before it lead there from the week before. Both
    areas are strongest on top, as light falls on a hill; without colours there are no shades.

    Args:
        weeks: Oldest first.
        width: Cells of the canvas.
        height: Its rows.
        hollow: Whether sugar is drawn in whole hollow cells, for want of colours.
    """
    if not weeks:
        return Drawing((axis_layer(width, 0),))
    columns = spread(len(weeks), width)
    last = [weeks[columns.members(column)[-1]] for column in range(columns.count)]
    up, down = ([week.momentum for week in last], [week.sugar for week in last])
    unit = unit_of(max(up), max(down), height - 1)
    axis = ceil(max(down) / unit - 1e-9)
    so_far = _is_running(weeks)
    above = standing(_course(up, columns, unit), axis + 1, _shades("real", columns, so_far=so_far))
    below = hanging(_course(down, columns, unit), axis - 1, _shades("candy", columns, so_far=so_far), hollow=hollow)
    heights = steps_to(max(up), max(1, (height - axis) // 2))
    ticks = ((axis, "0"), *((axis + rows_above(value, unit), f"{value:g}") for value in heights))
    top, foot = height - 1, axis - 1
    cells = [*shaded(above, top, top if hollow else axis + 1), *shaded(below, foot, foot if hollow else 0)]
    layers = (axis_layer(width, axis), *layers_of(cells))
    return Drawing(layers, _dates(weeks, columns, width), ticks, axis, unit, note=_column_note(columns))


def unit_of(up: float, down: float, rows: int) -> float:
    """Return the smallest unit a row can stand for so that both heights fit into the rows, each in whole ones.

    Args:
        up: The highest value above the line, 0 or more.
        down: The deepest below it, 0 or more.
        rows: At least 2.
    """
    if not (up and down):
        return max(up, down) / rows or 1.0
    return min(max(up / above, down / (rows - above)) for above in range(1, rows))


def _course(values: list[float], columns: WeekColumns, unit: float) -> list[int]:
    """Return the height of each cell in eighths: from the value of one column to that of the next."""
    found: list[int] = []
    before = values[0]
    for column, value in enumerate(values):
        cells = len(columns.slot(column))
        # Weighed, not added up: the last cell is the value itself, to the last bit.
        steps = ((value * done + before * (cells - done)) / cells for done in range(1, cells + 1))
        found += [to_eighths(step, unit) for step in steps]
        before = value
    return found


def _shades(colour: str, columns: WeekColumns, *, so_far: bool) -> list[str]:
    """Return the colour of each cell; the week that is not over is paler."""
    pale = columns.slot(columns.count - 1).start if so_far else columns.cells
    return [colour if x < pale else f"{colour}{PALE}" for x in range(columns.cells)]


# Shares, 0 to 1: areas.


def shares_drawing(
    weeks: Sequence[Week], rows: Sequence[WeekValues], width: int, height: int, *, hollow: bool = False
) -> Drawing:
    """Return areas of shares over weeks, one band below the other, each from 0 to 100 %.

    Args:
        weeks: Oldest first.
        rows: The bands from the top; each has a value for each week.
        width: Cells of the canvas.
        height: Its rows; each band takes as many, the lowest row is the axis.
        hollow: Whether to draw in whole hollow cells, for want of colours.
    """
    columns = spread(len(weeks), width)
    tall = max(1, (height - 1) // max(1, len(rows)))
    cells: list[Cell] = []
    ticks: list[tuple[int, str]] = []
    texts: list[tuple[int, int, str]] = []
    for band, row in enumerate(reversed(rows)):
        foot = 1 + band * tall
        room = tall - bool(row.name)
        cells += _band(row, columns, foot, max(1, room), hollow=hollow)
        if row.name:
            texts.append((0, foot + tall - 1, row.name))
        elif room > 1:
            ticks += [(foot + room - 1, "100%"), (foot + (room - 1) // 2, "50%")]
    layers = (axis_layer(width, 0), *layers_of(cells))
    dates = _dates(weeks, columns, width)
    return Drawing(layers, dates, tuple(ticks), unit=1 / tall, texts=tuple(texts), note=_column_note(columns))


def _band(row: WeekValues, columns: WeekColumns, foot: int, tall: int, *, hollow: bool) -> Iterator[Cell]:
    """Yield the cells of one band; a column without a value is empty."""
    values = row.by_column(columns) if len(row.values) == columns.weeks else []
    heights = [
        None if value is None else to_eighths(value, 1 / tall)
        for column, value in enumerate(values)
        for _ in columns.slot(column)
    ]
    yield from standing(heights, foot, [row.colour] * len(heights), hollow=hollow)


def share_name(test: str, score: float | None) -> str:
    """Return a band's name and its mean, such as "Stretch  62 %"."""
    return test if score is None else f"{test}  {percent(score)}"


# What they share.


def _is_running(weeks: Sequence[Week]) -> bool:
    return bool(weeks) and not weeks[-1].complete


def _dates(weeks: Sequence[Week], columns: WeekColumns, width: int) -> tuple[tuple[int, str], ...]:
    """Return dates below the columns they begin at, the newest first, as many as there is room for.

    Each stands at its middle, as plotext wants it.
    """
    name = month_year if len(weeks) > _MANY_WEEKS else day_month
    found: list[tuple[int, str]] = []
    end = width
    for column in reversed(range(columns.count)):
        label = name(weeks[columns.members(column)[0]].start)
        begin = columns.bar_cells(column).start if columns.gap else columns.slot(column).start
        begin = begin if found else min(begin, width - len(label))
        if begin >= 0 and begin + len(label) <= end:
            found.append((begin + len(label) // 2, label))
            end = begin - _LABEL_GAP
    return tuple(reversed(found))


def _column_note(columns: WeekColumns) -> str:
    return f"a column is {columns.size:,} weeks" if columns.size > 1 else ""

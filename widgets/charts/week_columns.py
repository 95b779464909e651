"""Where weeks go when there are so many cells to draw them in: several cells a week, or several weeks a column."""

from typing import Final

from msgspec import Struct

_WIDEST: Final = 10
"""The most cells a bar takes."""


class WeekColumns(Struct, frozen=True):
    """A row of columns over some weeks that fills the room; the newest week is always in the last column.

    Attributes:
        weeks: How many weeks there are.
        size: How many weeks share a column, 1 or more; the first column may hold fewer.
        cells: The room.
        gap: Cells that part a bar from the one before it.
    """

    weeks: int
    size: int
    cells: int
    gap: int = 0

    @property
    def count(self) -> int:
        """How many columns there are."""
        return -(-self.weeks // self.size)

    @property
    def bar(self) -> int:
        """Cells of a bar, the same for every column."""
        return max(1, min(_WIDEST, self.cells // max(1, self.count) - self.gap))

    def of(self, week: int) -> int:
        """Return the column that a week is in; weeks count from 0, the oldest."""
        return self.count - 1 - (self.weeks - 1 - week) // self.size

    def members(self, column: int) -> range:
        """Return the weeks in a column."""
        end = self.weeks - (self.count - 1 - column) * self.size
        return range(max(0, end - self.size), end)

    def slot(self, column: int) -> range:
        """Return the cells that a column has; the last one ends at the right edge."""
        return range(column * self.cells // self.count, (column + 1) * self.cells // self.count)

    def bar_cells(self, column: int) -> range:
        """Return the cells of a column's bar, at the right end of its slot."""
        end = self.slot(column).stop
        return range(end - self.bar, end)

    def at(self, cell: int) -> int | None:
        """Return the newest week drawn at a cell, or None beside them all."""
        if not (0 <= cell < self.cells and self.count):
            return None
        return self.members(((cell + 1) * self.count - 1) // self.cells)[-1]


def spread(weeks: int, cells: int, gap: int = 0) -> WeekColumns:
    """Return columns for so many weeks in so many cells: as wide as fit, and no week is left out when they don't.

    Args:
        weeks: 0 or more.
        cells: 1 or more.
        gap: Cells between two bars; none is ever given up for lack of room.
    """
    most = max(1, cells // (1 + gap))
    return WeekColumns(weeks, max(1, -(-weeks // most)), cells, gap)

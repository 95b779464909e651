"""Where weeks go when there are so many columns to draw them in: several cells a week, or several weeks a cell."""

from msgspec import Struct


class WeekColumns(Struct, frozen=True):
    """A row of equal columns over some weeks; the newest week is always in the last column.

    Attributes:
        weeks: How many weeks there are.
        size: How many weeks share a column, 1 or more; the first column may hold fewer.
        pitch: Cells from the left edge of a column to that of the next.
    """

    weeks: int
    size: int
    pitch: int

    @property
    def count(self) -> int:
        """How many columns there are."""
        return -(-self.weeks // self.size)

    @property
    def bar(self) -> int:
        """Cells of a column that are drawn in; the rest parts it from the next."""
        return self.pitch - 1 if self.pitch > 1 else 1

    def of(self, week: int) -> int:
        """Return the column that a week is in; weeks count from 0, the oldest."""
        return self.count - 1 - (self.weeks - 1 - week) // self.size

    def members(self, column: int) -> range:
        """Return the weeks in a column."""
        end = self.weeks - (self.count - 1 - column) * self.size
        return range(max(0, end - self.size), end)

    def middle(self, column: int) -> int:
        """Return the cell in the middle of a column, from 0."""
        return column * self.pitch + (self.bar - 1) // 2

    def at(self, cell: int) -> int | None:
        """Return the newest week drawn at a cell, or None beside them all."""
        column = cell // self.pitch
        return self.members(column)[-1] if 0 <= column < self.count else None


def spread(weeks: int, cells: int, widest: int = 8) -> WeekColumns:
    """Return columns for so many weeks in so many cells: as wide as fit, and none is left out when they don't.

    Args:
        weeks: 0 or more.
        cells: 1 or more.
        widest: The most cells a column may take.
    """
    size = max(1, -(-weeks // cells))
    columns = max(1, -(-weeks // size))
    return WeekColumns(weeks, size, min(widest, cells // columns))

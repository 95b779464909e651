"""Where in a note something stands: the dates of the headings above it, and whether plans are below them."""

from datetime import date
from math import inf
from typing import Final

from data.base.written_dates.parts import AmbiguousDate, HeadingPeriod

PLAIN_LEVEL: Final = 7
"""The level of a line, or a bullet, that is a date and nothing more: below every heading with a #."""
BOLD_LEVEL: Final = 8
"""The level of a line that is a heading by its looks alone: below one that is a date."""
DayOrNone = date | AmbiguousDate | None


class NoteSection:
    """Where in a text a block is: the dates of the headings above, and whether plans are below them."""

    def __init__(self, day: DayOrNone = None) -> None:
        self._days: dict[int, tuple[DayOrNone, HeadingPeriod | None]] = {0: (day, None)}
        self._plans: int | None = None

    @property
    def day(self) -> DayOrNone:
        """The date of what is here."""
        return next((day for _, (day, _) in sorted(self._days.items(), reverse=True) if day is not None), None)

    @property
    def is_below_heading(self) -> bool:
        """Whether the date of what is here is that of a heading or of the file, not of a line or a bullet."""
        return not any(level >= PLAIN_LEVEL for level in self._days)

    @property
    def period(self) -> HeadingPeriod | None:
        """The year, or the month, of what is here."""
        return self.period_above(inf)

    def period_above(self, level: float) -> HeadingPeriod | None:
        """Return the year, or the month, of the headings above one of this level."""
        above = sorted(((known, kept) for known, (_, kept) in self._days.items() if known < level), reverse=True)
        return next((period for _, period in above if period is not None), None)

    @property
    def holds_plans(self) -> bool:
        """Whether what is here is still to come."""
        return self._plans is not None

    def enter(self, level: int, day: DayOrNone, period: HeadingPeriod | None, *, plans: bool = False) -> None:
        """Go below a heading."""
        self._days = {known: kept for known, kept in self._days.items() if known < level}
        if day is not None or period is not None:
            self._days[level] = (day, period)
        if self._plans is not None and level <= self._plans:
            self._plans = None
        if plans and self._plans is None:
            self._plans = level

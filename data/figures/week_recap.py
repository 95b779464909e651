"""A week in one line of figures: its wins, momentum as of its end, and new doors; never set against another week."""

from datetime import date

from msgspec import Struct

from data.base.formatting import format_rate, plural
from data.base.weeks import WEEK
from data.figures import momentum
from data.files.settings import Settings
from data.model.journal import Journal, Tally


class WeekRecap(Struct, frozen=True):
    """The figures of a week.

    Attributes:
        tally: Wins of each kind.
        momentum: Real wins a week as of its end, or None before a win is dated.
        doors: Wins of the week that an earlier win led to.
    """

    tally: Tally
    momentum: float | None
    doors: int


def recap_week(journal: Journal, week: date, today: date, settings: Settings) -> WeekRecap:
    """Return a week's figures.

    Args:
        journal: The journal.
        week: The first day of the week.
        today: The local date; the current week counts so far.
        settings: For the half-life and the first day of a week.
    """
    series = momentum.week_series(journal.days, today, settings.half_life, settings.week_start)
    one = next((one for one in series.weeks if one.start == week), None)
    doors = sum(win.opened_by is not None and week <= win.happened_on < week + WEEK for win in journal.live())
    return WeekRecap(one.tally if one else Tally(), one.momentum if one else None, doors)


def describe_recap(found: WeekRecap) -> str:
    """Return the figures in one line, such as "4 real, 1 candy · 2.5 a week · 1 new door"; what is none is left out."""
    kinds = ((found.tally.real, "real"), (found.tally.candy, "candy"), (found.tally.unsorted, "not sorted"))
    parts = (
        ", ".join(f"{count:,} {name}" for count, name in kinds if count),
        f"{format_rate(found.momentum)} a week" if found.momentum else "",
        plural(found.doors, "new door") if found.doors else "",
    )
    return " · ".join(filter(None, parts))

"""A week as the review honours it: its win and why, and one line of figures; never set against another week."""

from datetime import date, timedelta
from typing import Final

from msgspec import Struct

from data.base.formatting import format_rate, plural
from data.base.text import clean_line
from data.base.weeks import WEEK, shift_day
from data.figures import momentum
from data.files.settings import Settings
from data.model.journal import Journal, Tally
from data.model.records import Win
from data.review import week_story

_FORWARD: Final = "Four weeks of real wins, and no door yet. Is this moving you forward, or a temporary high?"


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


class HonouredWeek(Struct, frozen=True):
    """A week in words: its win first and why. Titles are cleaned, and to be drawn as plain text; what is none is "".

    Attributes:
        win: The win of the week, or None.
        why: Why it stands for the week.
        chain: The titles of the wins that led to it and that it opened, oldest first.
        brave: That the week was brave.
        forward: Whether this moves the person forward, after four weeks of real wins without a door.
        figures: One line of figures.
    """

    win: Win | None
    why: str
    chain: tuple[str, ...]
    brave: str
    forward: str
    figures: str

    def lines(self) -> list[str]:
        """Return it a sentence a line, without a sign that a screen reader would spell."""
        win = f"The win of your week: {clean_line(self.win.title)}. {self.why}" if self.win is not None else ""
        chain = f"It belongs to a chain: {', then '.join(self.chain)}." if self.chain else ""
        figures = f"{self.figures.replace(' · ', ', ')}." if self.figures else ""
        return [line for line in (win, chain, self.brave, self.forward, figures) if line]


def honour_week(journal: Journal, week: date, today: date, settings: Settings) -> HonouredWeek:
    """Return a week as the review honours it.

    Args:
        journal: The journal.
        week: The first day of the week.
        today: The local date; the current week counts so far.
        settings: For the half-life and the first day of a week.
    """
    win = week_story.win_of_the_week(journal, week)
    end = min(today, shift_day(week, timedelta(days=6)))
    return HonouredWeek(
        win=win,
        why=week_story.describe_why(journal, win) if win is not None else "",
        chain=tuple(clean_line(one.title) for one in week_story.chain_of(journal, win)) if win is not None else (),
        brave="A brave week: you did something uncomfortable." if week_story.is_brave(journal, week) else "",
        forward=_FORWARD if week_story.is_without_doors(journal, week) else "",
        figures=describe_recap(recap_week(journal, week, end, settings)),
    )

"""Some of the wins: those of a goal, of a tag."""

from collections.abc import Mapping
from datetime import date
from typing import Final

from msgspec import Struct

from data.journal import Journal, Tally
from data.models import Win
from data.momentum import Course, course, days_of
from data.settings import Settings
from data.weeks import week_of

NO_GOAL: Final = "none"
"""Stands for the wins without a goal, where a goal's id would stand."""


class Filter(Struct, frozen=True):
    """What to look at.

    Attributes:
        goal: The id of a goal, `NO_GOAL`, or "" for all.
        tag: A tag, or "" for all.
    """

    goal: str = ""
    tag: str = ""

    @property
    def everything(self) -> bool:
        """Whether nothing is held back."""
        return not self.goal and not self.tag

    def admits(self, win: Win) -> bool:
        """Return whether a win is one of these."""
        if self.goal and win.goal != (None if self.goal == NO_GOAL else self.goal):
            return False
        return not self.tag or self.tag in win.tags

    def wins(self, journal: Journal) -> list[Win]:
        """Return the live wins that are meant, in the order of the file."""
        return [win for win in journal.live() if self.admits(win)]

    def days(self, journal: Journal) -> Mapping[date, Tally]:
        """Return the tally of each day of the wins that are meant."""
        return journal.days if self.everything else days_of(self.wins(journal))


def course_of(journal: Journal, chosen: Filter, today: date, settings: Settings) -> Course:
    """Return the course of the wins that are meant, by the person's settings."""
    return course(chosen.days(journal), today, settings.half_life, settings.week_start)


def by_week(wins: list[Win], first: int) -> dict[date, list[Win]]:
    """Return the wins of each week, oldest first, those of a day in the order they were added."""
    found: dict[date, list[Win]] = {}
    for win in sorted(wins, key=lambda win: (win.happened_on, win.created_at)):
        found.setdefault(week_of(win.happened_on, first), []).append(win)
    return found

"""The only reader of the clock; everything else is told what day it is."""

from collections.abc import Callable
from datetime import UTC, date, datetime

Clock = Callable[[], datetime]
"""Gives the moment as an aware local time."""


def local_clock() -> datetime:
    """Return the moment as an aware local time."""
    return datetime.now().astimezone()


def utc(moment: datetime) -> datetime:
    """Return the moment as it is stored, in UTC."""
    return moment.astimezone(UTC)


def local_day(moment: datetime) -> date:
    """Return the local date of a moment, by the zone of this machine at that time; one without a zone is local.

    At the ends of the calendar, where the local date would be beyond them, it is that of the moment's own zone.
    """
    try:
        return moment.astimezone().date() if moment.tzinfo is not None else moment.date()
    except (OverflowError, ValueError):
        return moment.date()

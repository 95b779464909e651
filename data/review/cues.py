"""When a step is to happen: "tue 9:00", "tomorrow", "24 nov at 14", understood as days to come."""

import re
from datetime import date, datetime, time, timedelta
from typing import Final

from data.base.formatting import MONTHS, WEEKDAY_NAMES, WEEKDAYS, day_month, weekday_date
from data.base.text import clean_line

CUE_FORMS: Final = "tue 9:00, tomorrow, 24 nov, 2026-11-24 14:30"
"""The ways to say a day and an hour, as help and errors name them."""
_HOUR: Final = re.compile(r"(?:^|\s)(?:at\s+)?(\d{1,2})(?::(\d{2}))?\s*(am|pm)?$", re.ASCII | re.IGNORECASE)
_ISO: Final = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})", re.ASCII)
_DAY_MONTH: Final = re.compile(r"(\d{1,2})\.? ([a-z]{3,9})|([a-z]{3,9}) (\d{1,2})", re.ASCII)
_ENDS: Final = " ,.;:"


def parse_cue(words: str, today: date) -> str | None:
    """Return the day, or the day and hour, that these words mean, as `Step.cue` has it; None where they mean none.

    A weekday is the next one, never today; an hour alone is tomorrow's.
    """
    text = clean_line(words).lower().strip(_ENDS)
    day = _day(text, today)
    if day is not None:
        return day.isoformat()
    match = _HOUR.search(text)
    hour = _hour(match) if match is not None else None
    if match is None or hour is None:
        return None
    before = text[: match.start()].strip(_ENDS)
    day = _day(before, today) if before else today + timedelta(days=1)
    return f"{datetime.combine(day, hour):%Y-%m-%dT%H:%M}" if day is not None else None


def _hour(match: re.Match[str]) -> time | None:
    hour, minute, half = int(match[1]), int(match[2] or 0), match[3]
    if half is not None:
        hour = hour % 12 + (12 if half.lower() == "pm" else 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None  # noqa: PLR2004 - a clock's


def _day(text: str, today: date) -> date | None:
    name = text.removeprefix("on ").removeprefix("next ")
    if name in ("today", "tomorrow"):
        return today + timedelta(days=name == "tomorrow")
    found = [index for index, day in enumerate(WEEKDAY_NAMES) if len(name) >= 3 and day.lower().startswith(name)]  # noqa: PLR2004 - "t" would be two days
    if found:
        return today + timedelta(days=(found[0] - today.weekday() - 1) % 7 + 1)
    return _of_the_calendar(name, today)


def _of_the_calendar(text: str, today: date) -> date | None:
    try:
        if (iso := _ISO.fullmatch(text)) is not None:
            return date(int(iso[1]), int(iso[2]), int(iso[3]))
        if (match := _DAY_MONTH.fullmatch(text)) is None:
            return None
        name, number = (match[2] or match[3])[:3].title(), int(match[1] or match[4])
        if name not in MONTHS:
            return None
        day = date(today.year, MONTHS.index(name) + 1, number)
    except ValueError:
        return None
    return day if day >= today else day.replace(year=day.year + 1)


def cue_day(cue: str) -> date | None:
    """Return the day of a cue, or None of one that another program wrote and that is no date."""
    try:
        return date.fromisoformat(cue[:10])
    except ValueError:
        return None


def cue_hour(cue: str) -> time | None:
    """Return the hour of a cue, or None of a day without one."""
    try:
        return time.fromisoformat(cue[11:]) if len(cue) > len("2026-11-24") else None
    except ValueError:
        return None


def describe_cue(cue: str, today: date) -> str:
    """Return a cue as one says it, such as "Tue 9:00", "today", or "Tue 8 Dec 14:30" of a day farther off."""
    day, hour = cue_day(cue), cue_hour(cue)
    if day is None:
        return ""
    near = {0: "today", 1: "tomorrow"}.get((day - today).days)
    if near is None:
        within = 0 < (day - today).days < 7  # noqa: PLR2004 - a week
        near = WEEKDAYS[day.weekday()] if within else weekday_date(day) if day > today else day_month(day)
    return f"{near} {hour.hour}:{hour.minute:02}" if hour is not None else near


def spell_cue(cue: str) -> str:
    """Return a cue with its date, such as "Tue 24 Nov, 9:00", to show what was understood."""
    day, hour = cue_day(cue), cue_hour(cue)
    if day is None:
        return ""
    return f"{weekday_date(day)}, {hour.hour}:{hour.minute:02}" if hour is not None else weekday_date(day)

"""Day One (https://dayoneapp.com): its JSON export. The first line of an entry is the win, the rest its story."""

import re
from datetime import date, datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from data.exchange.formats.jrnl import STARRED
from data.exchange.formats.markdown import unescape
from data.exchange.importing.entry import (
    ImportEntry,
    ImportItem,
    LocalDay,
    ReadFormat,
    Reading,
    ReadOptions,
    Refused,
    dated,
)
from data.exchange.importing.foreign_dates import moment_day
from data.exchange.importing.foreign_json import entry_list, first_object, tag_list, text_or_empty
from data.exchange.importing.source import Source

_HEADING: Final = re.compile(r"\A#{1,6}\s+")


def _detects(_: Source, found: object) -> bool:
    """Say whether it is `{"entries": [{"creationDate"}]}`."""
    return isinstance(found, dict) and "creationDate" in first_object(found.get("entries"))


def _read(source: Source, wishes: ReadOptions) -> Reading:
    """Read a JSON export."""
    found = entry_list(source)
    return Reading((_entry(index, one, wishes) for index, one in enumerate(found, 1)), len(found))


def _entry(line: int, one: Any, wishes: ReadOptions) -> ImportItem:  # noqa: ANN401 - a stranger's value
    if not isinstance(one, dict):
        return Refused(line, "It is no entry.")
    text = _HEADING.sub("", text_or_empty(one.get("text")).strip())
    title, _, story = unescape(text).partition("\n")
    entry = ImportEntry(
        line=line,
        title=title,
        day=moment_day(one.get("creationDate"), _local_of(text_or_empty(one.get("timeZone")), wishes.local)),
        story=story,
        tags=(*tag_list(one.get("tags")), *((STARRED,) if one.get("starred") is True else ())),
        source=text_or_empty(one.get("uuid")),
    )
    return dated(entry, one.get("creationDate"))


def _local_of(zone: str, local: LocalDay) -> LocalDay:
    """Return how a place counts days; one that is not known counts as here."""
    try:
        place = ZoneInfo(zone)
    except (OSError, ValueError):  # what ZoneInfoNotFoundError (a KeyError) does not cover: "../", NUL, ""
        return local
    except KeyError:
        return local

    def there(moment: datetime) -> date:
        return moment.astimezone(place).date() if moment.tzinfo is not None else moment.date()

    return there


DAY_ONE: Final = ReadFormat("dayone", "Day One JSON", _detects, _read)

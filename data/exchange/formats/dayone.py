"""Day One (https://dayoneapp.com): its JSON export. The first line of an entry is the win, the rest its story."""

import html
import json
import re
from collections.abc import Iterator
from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from msgspec import structs

from data.base.written_dates.reader import ToLocalDay
from data.exchange.formats.jrnl import STARRED
from data.exchange.formats.markdown_escapes import unescape
from data.exchange.importing.entry import ImportEntry, ImportItem, ReadFormat, Reading, ReadOptions, Skipped
from data.exchange.importing.foreign_dates import DayReader
from data.exchange.importing.foreign_json import JsonObject, as_text, entry_list, first_object, read_each, tag_list
from data.exchange.importing.source import Source

_MEDIA: Final = re.compile(r"!\[[^\]\n]{0,300}\]\([^)\n]{0,2000}\)")
_SIGN: Final = re.compile(r"\A(?:#{1,6}\s+|[-*+]\s+(?:\[[ xX]\]\s+)?|>\s+)")
_MARKUP: Final = re.compile(
    r"</?(?:p|div|br|h[1-6]|ul|ol|li|span|b|i|u|em|strong|blockquote|a|img|hr)\b[^<>]{0,2000}>", re.IGNORECASE
)
_LINE_ENDS: Final = re.compile(r"<br[ /]{0,3}>|</(?:p|div|h[1-6]|li|blockquote)>", re.IGNORECASE)


def _detects(_: Source, found: object) -> bool:
    return isinstance(found, dict) and "creationDate" in first_object(found.get("entries"))


def _read(source: Source, options: ReadOptions) -> Reading:
    return read_each(entry_list(source), lambda line, one: _entry(line, one, options))


def _entry(line: int, one: JsonObject, options: ReadOptions) -> ImportItem:
    text = _MEDIA.sub("", as_text(one.get("text")) or _rich_text(as_text(one.get("richText")))).strip()
    if _MARKUP.search(text):
        text = html.unescape(_MARKUP.sub("", _LINE_ENDS.sub("\n", text))).strip()
    title, _, story = text.partition("\n")
    title = unescape(_SIGN.sub("", _SIGN.sub("", title)))
    if not title.strip() and not story.strip():
        return Skipped(line, "only photos or other media")
    local = _local_of(as_text(one.get("timeZone")), options.local)
    return ImportEntry(
        line=line,
        title=title,
        day=DayReader(structs.replace(options, local=local)).read(one.get("creationDate")),
        moment=str(one.get("creationDate")),
        story=unescape(story),
        tags=(*tag_list(one.get("tags")), *((STARRED,) if one.get("starred") is True else ())),
        source=as_text(one.get("uuid")),
    )


def _rich_text(text: str) -> str:
    """Return the words of Day One's own rich text: JSON of pieces, some of them media."""
    try:
        found = json.loads(text) if text else {}
    except (ValueError, RecursionError):
        return ""
    return "".join(_pieces(found.get("contents") if isinstance(found, dict) else None))


def _pieces(contents: object) -> Iterator[str]:
    return (
        as_text(one.get("text")) for one in (contents if isinstance(contents, list) else []) if isinstance(one, dict)
    )


def _local_of(zone: str, local: ToLocalDay) -> ToLocalDay:
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

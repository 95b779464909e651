"""JSON that is a list of objects with known names: bragfile, kanban-tui, GitHub issues, exports of small programs.

The names of fields are known as those of columns in a CSV are.
"""

from collections.abc import Iterator
from typing import Any, Final

from data.base.errors import NotAllowedError
from data.exchange.importing.entry import ColumnsError, ImportItem, ReadFormat, Reading, ReadOptions, Refused
from data.exchange.importing.foreign_json import JsonObject, decode_json, list_of
from data.exchange.importing.source import Source
from data.exchange.importing.table import Row, RowReader, count_known, find_columns

_INNER: Final = ("fields", "properties")
"""Where some programs put the fields of an object (Airtable, Notion)."""
_SAMPLE_ROWS: Final = 500
_MAX_NAMES: Final = 500


def _list_in(found: object) -> list[Any] | None:
    """Return the list that a value is, or the only one that an object holds; an object of one entry as a list of it."""
    if isinstance(found, list):
        return found
    lists = [value for value in found.values() if isinstance(value, list)] if isinstance(found, dict) else []
    if len(lists) == 1 and not (isinstance(found, dict) and "title" in found):
        return lists[0]
    return [found] if isinstance(found, dict) and count_known(_flat(found)) > 1 else None


def _detects(_: Source, found: object) -> bool:
    rows = _list_in(found)
    if rows is None:
        return False
    return not rows or (isinstance(rows[0], dict) and count_known(_flat(rows[0])) > 1)


def _flat(one: JsonObject) -> JsonObject:
    """Return an object with the fields that stand in one inside of it."""
    inner: JsonObject = next((one[name] for name in _INNER if isinstance(one.get(name), dict)), {})
    return {str(name): value for name, value in (one | inner).items() if name not in _INNER}


def _read(source: Source, options: ReadOptions) -> Reading:
    found = _list_in(decode_json(source))
    if found is None:
        raise NotAllowedError("There is no list of entries in it.", "Is it the right --format?")
    flat = [_flat(one) if isinstance(one, dict) else None for one in list_of(found, "entries")]
    names = list(dict.fromkeys(name for one in flat[:_SAMPLE_ROWS] for name in one or ()))[:_MAX_NAMES]
    rows = [Row(line, [_cell(one.get(name)) for name in names]) for line, one in enumerate(flat, 1) if one is not None]
    if not rows:
        return Reading([Refused(line, "It is not an entry.") for line in range(1, len(flat) + 1)], len(flat))
    reader = _reader(names, rows, options)
    return Reading(_items(flat, rows, reader), len(flat), tuple(reader.describe(rows)), tuple(names))


def _reader(names: list[str], rows: list[Row], options: ReadOptions) -> RowReader:
    try:
        columns = find_columns(names, rows[:_SAMPLE_ROWS], options.columns)
    except ColumnsError as error:
        raise NotAllowedError("Unknown kind of JSON.", error.hint) from error
    return RowReader(columns, rows, options, merged_cells=False)


def _items(flat: list[JsonObject | None], rows: list[Row], reader: RowReader) -> Iterator[ImportItem]:
    left = iter(rows)
    for line, one in enumerate(flat, 1):
        yield reader.item(next(left)) if one is not None else Refused(line, "It is not an entry.")


def _cell(value: object) -> str:
    """Return a value as the cell of a table would have it."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str | int | float):
        return str(value)
    if isinstance(value, list):
        return "; ".join('"' + text.replace('"', '""') + '"' for one in value if (text := _cell(one)))
    if isinstance(value, dict):
        return next((_cell(value[name]) for name in ("name", "title", "value", "text") if name in value), "")
    return ""


JSON_TABLE: Final = ReadFormat("json-table", "JSON with one object per entry", _detects, _read)

"""The days and moments that a journal may hold, so that no date in it is beyond the reach of arithmetic."""

from collections.abc import Iterator
from datetime import date
from typing import Final

from msgspec import Struct, structs

from data.base.weeks import FIRST_DATE, LAST_DATE

_UNDATED: Final = frozenset({str, int, float})
"""The types of most values of a record."""
_FIRST_YEAR: Final = FIRST_DATE.year
_LAST_YEAR: Final = LAST_DATE.year


def find_out_of_range(record: Struct) -> str | None:
    """Return the path of the first date or moment of a record that is out of bounds, such as "decided[0].when"."""
    if _is_within(_parts_of(record)):
        return None
    return next((path for path, year in _years(record, "") if not _FIRST_YEAR <= year <= _LAST_YEAR), None)


def _is_within(parts: tuple[object, ...]) -> bool:
    """Return whether every date among values is within bounds; quicker than saying where one is not."""
    for part in parts:
        if not part or type(part) in _UNDATED:
            continue
        if isinstance(part, date):
            if not _FIRST_YEAR <= part.year <= _LAST_YEAR:
                return False
        elif isinstance(part, (Struct, tuple)) and not _is_within(_parts_of(part)):
            return False
    return True


def _parts_of(value: Struct | tuple[object, ...]) -> tuple[object, ...]:
    return structs.astuple(value) if isinstance(value, Struct) else value


def _years(value: object, path: str) -> Iterator[tuple[str, int]]:
    """Yield the path and the year of every date and moment in a value."""
    if isinstance(value, date):  # a datetime is one
        yield path, value.year
    elif isinstance(value, Struct):
        for name in value.__struct_fields__:
            yield from _years(getattr(value, name), f"{path}.{name}" if path else name)
    elif isinstance(value, tuple):
        for index, part in enumerate(value):
            yield from _years(part, f"{path}[{index}]")

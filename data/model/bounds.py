"""The days and moments that a journal may hold, so that no date in it is beyond the reach of arithmetic."""

from collections.abc import Iterator
from datetime import date

from msgspec import Struct

from data.base.weeks import FIRST_DATE, LAST_DATE


def find_out_of_range(record: Struct) -> str | None:
    """Return the path of the first date or moment of a record that is out of bounds, such as "decided[0].when"."""
    return next((path for path, year in _years(record, "") if not FIRST_DATE.year <= year <= LAST_DATE.year), None)


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

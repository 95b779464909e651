"""JSON of other programs: decoded without surprises, and taken apart without trusting its types."""

from collections.abc import Callable
from typing import Any, Final

import msgspec

from data.base.errors import NotAllowedError
from data.exchange.importing.entry import ImportItem, Reading, Refused
from data.exchange.importing.foreign_dates import UnclearDateError
from data.exchange.importing.source import MAX_IMPORT_ENTRIES, Source

_NOT: Final = "That is not valid JSON."
JsonObject = dict[str, Any]


class TooDeepError(NotAllowedError):
    """JSON that is nested deeper than any journal."""


def decode_json(source: Source) -> Any:  # noqa: ANN401 - whatever it holds
    """Return the value of a JSON text, or the list of its values where each line is one.

    Raises:
        NotAllowedError: It is no JSON, or nested too deep.
    """
    try:
        return msgspec.json.decode(source.text)
    except RecursionError as error:
        raise TooDeepError("That JSON is nested too deep for a list of wins.") from error
    except (msgspec.DecodeError, ValueError) as error:
        lines = _lines(source.text)
        if lines is None:
            raise NotAllowedError(_NOT, f"It says: {error}.") from error
        return lines


def _lines(text: str) -> list[Any] | None:
    lines = (line.strip().rstrip(",") for line in text.split("\n"))
    try:
        return [msgspec.json.decode(line) for line in lines if line]
    except (msgspec.DecodeError, ValueError, RecursionError):
        return None


def peek_json(source: Source) -> Any:  # noqa: ANN401 - as above
    """Return the value of a JSON text, None when it is none.

    Raises:
        NotAllowedError: It means to be JSON, and is broken or nested too deep.
    """
    start = source.text.lstrip()[:1]
    if start not in ("{", "["):
        return None
    try:
        return decode_json(source)
    except TooDeepError:
        raise
    except NotAllowedError:
        if start == "{" or source.suffix == ".json":
            raise
        return None  # text of jrnl begins with a bracket, too


def first_object(value: object) -> dict[str, Any]:
    """Return the first object of a list, {} when there is none."""
    return value[0] if isinstance(value, list) and value and isinstance(value[0], dict) else {}


def list_of(value: object, what: str) -> list[Any]:
    """Return a list that is no longer than a file may be.

    Raises:
        NotAllowedError: It is not a list, or longer.
    """
    if not isinstance(value, list):
        raise NotAllowedError(f"There is no list of {what} in it.", "Is it the right --format?")
    if len(value) > MAX_IMPORT_ENTRIES:
        raise NotAllowedError(f"That is more than {MAX_IMPORT_ENTRIES:,} {what}.", "Split it, and import the parts.")
    return value


def entry_list(source: Source) -> list[Any]:
    """Return the entries of `{"entries": [..]}`.

    Raises:
        NotAllowedError: There is no such list, or it is not JSON.
    """
    found = decode_json(source)
    return list_of(found.get("entries") if isinstance(found, dict) else None, "entries")


def read_each(values: list[Any], read_one: Callable[[int, JsonObject], ImportItem]) -> Reading:
    """Return a reading of a list of objects, each numbered from 1; what is not an object is refused."""
    return Reading((_read_one(line, value, read_one) for line, value in enumerate(values, 1)), len(values))


def _read_one(line: int, value: object, read_one: Callable[[int, JsonObject], ImportItem]) -> ImportItem:
    if not isinstance(value, dict):
        return Refused(line, "It is not an entry.")
    try:
        return read_one(line, value)
    except UnclearDateError as error:
        return Refused(line, error.message)


def as_text(value: object) -> str:
    """Return a text, "" for anything else."""
    return value if isinstance(value, str) else ""


def tag_list(value: object) -> tuple[str, ...]:
    """Return the texts of a list, or the names of its objects, without the signs that programs put before a tag."""
    found = value if isinstance(value, list) else []
    names = (one.get("name") if isinstance(one, dict) else one for one in found)
    return tuple(name.lstrip("@#") for name in names if isinstance(name, str))

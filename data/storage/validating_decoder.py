"""Reading files of other programs or versions and damaged ones, with exact error messages.

Messages name the line, or the table, record and field; never the text of a win.
"""

import json
import math
import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import cache
from typing import Any, Final, NoReturn
from uuid import UUID

import msgspec
from msgspec import Struct, ValidationError, structs

from data.base import text
from data.base.errors import JournalFileError
from data.history.entry import HistoryEntry
from data.model.journal import Journal
from data.model.records import SCHEMA_VERSION, TABLES, Record, TableName, Win, record_from
from data.storage.contents import Contents, Extras, UnknownFields
from data.storage.encoder import encode_record

_BASE: Final = r"[0-9a-f]{16}"
_DEEPEST: Final = 50
"""The most levels of nesting; records have five."""
_FEW_LEVELS: Final = 8
"""What records and their history have, and some more."""
_MAX_NAME: Final = 200
"""The most characters of a name from the file that are cleaned."""
_LARGEST: Final = (39, str((1 << 128) - 1))
"""The digits of the largest key, and it; of as many, text compares as numbers do, in a tenth of the time."""
_FILLED: Final = {"id", "created_at", "updated_at", "happened_on"}
"""What another program may have left out."""
_MARKS: Final = (
    (b"\xef\xbb\xbf", "begins with a byte order mark"),
    (b"\xff\xfe", "is UTF-16, not UTF-8"),
    (b"\xfe\xff", "is UTF-16, not UTF-8"),
)


def _nested(levels: int) -> Any:  # noqa: ANN401  # a type of types
    """Return the type of JSON with so many levels of objects and lists."""
    kind: Any = str | int | float | bool | None
    for _ in range(levels):
        kind = str | int | float | bool | None | list[kind] | dict[str, kind]
    return kind


@cache
def _plain_decoder() -> msgspec.json.Decoder[Any]:
    """Return the decoder, which takes 3 ms to make: no file of our own needs it."""
    return msgspec.json.Decoder(_nested(_FEW_LEVELS))


class _Twice(dict[str, Any]):
    """An object with a duplicate key."""

    key: str = ""


def decode_validating(data: bytes, now: datetime) -> Contents:
    """Return the content of a file, no matter who wrote it.

    Args:
        data: The whole file.
        now: The moment, for records without timestamps.

    Raises:
        JournalFileError: It is damaged or not a journal.
    """
    source, twice = _text(data), list[str]()
    tree = _parse(source, twice)
    if not isinstance(tree, dict):
        _refuse("has no tables at its top level")
    if twice or not _is_plain(source):
        for path, value in _walk(tree):
            _check(path, value)
    if tree and "wins" not in tree and "meta" not in tree:
        _refuse("is JSON, but not a smallwins journal")
    return contents_of_tables(tree, now)


def _refuse(what: str) -> NoReturn:
    raise JournalFileError(f"The file {what}.")


def _text(data: bytes) -> str:
    if not data:
        _refuse("is empty")
    for mark, what in _MARKS:
        if data.startswith(mark):
            _refuse(what)
    if b"\0" in data:
        place = data.index(b"\0")
        _refuse(f"has a zero byte in line {data.count(10, 0, place) + 1} (byte {place + 1:,})")
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        _refuse(f"is not UTF-8 in line {data.count(10, 0, error.start) + 1} (byte {error.start + 1:,})")


def _parse(source: str, twice: list[str]) -> object:
    """Return the tree of a JSON text, and add the keys that an object of it has twice."""

    def made(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        return found if len(found) == len(pairs) else _twice(found, pairs, twice)

    try:
        return json.loads(source, object_pairs_hook=made)
    except json.JSONDecodeError as error:
        if not source[error.pos :].strip():
            _refuse(f"ends too early, in line {error.lineno} (character {error.pos + 1:,})")
        _refuse(f"is not JSON in line {error.lineno}, column {error.colno} (character {error.pos + 1:,})")
    except RecursionError:
        _refuse(f"is nested more than {_DEEPEST} levels deep")
    except ValueError:
        _refuse("contains a number with thousands of digits")


def _twice(found: dict[str, Any], pairs: list[tuple[str, Any]], keys: list[str]) -> _Twice:
    seen: set[str] = set()
    twice = _Twice(found)
    twice.key = next(key for key, _ in pairs if key in seen or seen.add(key))  # type: ignore[func-returns-value]
    keys.append(twice.key)
    return twice


def _is_plain(source: str) -> bool:
    """Return whether numbers are finite, characters whole and levels few: a quick look, which doesn't say where not."""
    try:
        _plain_decoder().decode(source)
    except (msgspec.MsgspecError, UnicodeError, RecursionError):
        return False
    return True


def _walk(tree: object) -> Iterator[tuple[tuple[str, ...], object]]:
    """Yield every value with its path, without recursion."""
    stack: list[tuple[tuple[str, ...], object]] = [((), tree)]
    while stack:
        path, value = stack.pop()
        yield path, value
        if isinstance(value, dict):
            stack.extend(((*path, key), item) for key, item in value.items())
        elif isinstance(value, list):
            stack.extend(((*path, str(place)), item) for place, item in enumerate(value))


def _check(path: tuple[str, ...], value: object) -> None:
    if len(path) > _DEEPEST:
        _refuse(f"is nested more than {_DEEPEST} levels deep{_where(path[:3])}")
    if isinstance(value, _Twice):
        _refuse(f'has "{_name(value.key)}" twice{_where(path)}')
    if isinstance(value, float) and not math.isfinite(value):
        _refuse(f"contains NaN or infinity{_where(path)}")
    for string in (value, *path[-1:]):
        if isinstance(string, str) and not string.isascii() and re.search("[\ud800-\udfff]", string):
            _refuse(f"contains half a character (a lone surrogate){_where(path)}")


def _name(key: str) -> str:
    """Return a name from the file, safe to show."""
    return text.clean_line(key[:_MAX_NAME])[:60]


def _where(path: tuple[str, ...]) -> str:
    """Return " in wins, record 123, field answers.door"."""
    if not path:
        return ""
    names = [_name(part) for part in path]
    record = f", record {_identity(names[1])}" if len(names) > 1 else ""
    field = f", field {'.'.join(names[2:])}" if len(names) > 2 else ""  # noqa: PLR2004  # table, record, then the field
    return f" in {names[0]}{record}{field}"


def _identity(key: str) -> str:
    """Return a record's id from its key, or the key if it isn't a number."""
    try:
        return str(UUID(int=int(key)))
    except ValueError:
        return key


def contents_of_tables(tree: dict[str, Any], now: datetime) -> Contents:
    """Return the content of a file from its tables.

    Args:
        tree: The tables, as JSON types.
        now: The moment, for records without timestamps.

    Raises:
        JournalFileError: A document isn't a valid record.
    """
    meta = _table(tree, "meta")
    schema = _schema(meta)
    overlays: dict[tuple[TableName, str], UnknownFields] = {}
    tables: dict[str, dict[str, Any]] = {}
    for name in TABLES:
        tables[name] = dict(_records(name, _table(tree, name), now, overlays))
    base = _base(tree.get("sync"))
    known = {"meta", "history", "seal", *TABLES, *(["sync"] if base else [])}
    return Contents(
        journal=Journal(**tables),
        history=tuple(_entry(key, raw) for key, raw in _table(tree, "history").items()),
        extras=Extras(
            records=overlays,
            tables={name: table for name, table in tree.items() if name not in known},
            meta={} if meta == {"1": {"schema": SCHEMA_VERSION}} else meta,
        ),
        schema=schema,
        own=False,
        base=base,
    )


def _base(table: object) -> str:
    """Return the base that a file names, or "" where its table is another program's."""
    match table:
        case {"1": {"base": str(base), **others}, **more} if (
            not others and not more and re.fullmatch(r"[0-9a-f]{16}", base)
        ):
            return base
    return ""


def _table(tree: dict[str, Any], name: str) -> dict[str, Any]:
    table = tree.get(name, {})
    if not isinstance(table, dict):
        _refuse(f"contains something other than records{_where((name,))}")
    for key in table:
        if not (key.isascii() and key.isdigit() and (len(key), key) <= _LARGEST):
            _refuse(f"has a record whose key isn't a number below 2^128{_where((name, key))}")
        if not isinstance(table[key], dict):
            _refuse(f"contains something other than a record{_where((name, key))}")
    return table


def _schema(meta: dict[str, Any]) -> int:
    schema = meta.get("1", {}).get("schema", SCHEMA_VERSION)
    if type(schema) is not int or schema < 1:
        _refuse("doesn't say which version it is (meta, record 1, field schema)")
    return schema


def _records(
    name: TableName, table: dict[str, Any], now: datetime, overlays: dict[tuple[TableName, str], UnknownFields]
) -> Iterator[tuple[str, Record]]:
    seen: set[str] = set()
    for key, raw in table.items():
        record, overlay = _read_record(name, key, raw, now)
        if record.id in seen:
            _refuse(f"has two records with the id {record.id} in {name}")
        seen.add(record.id)
        if overlay:
            overlays[name, record.id] = overlay
        yield record.id, record


def _read_record(name: TableName, key: str, raw: Mapping[str, Any], now: datetime) -> tuple[Record, UnknownFields]:
    """Return the record in a document, and its unknown fields."""
    try:
        record = record_from(name, _filled(TABLES[name], key, raw, now))
    except ValidationError as error:
        _refuse_value(error, (name, key))
    # Most hold what this program writes, and nothing else: comparing is quicker than looking for what is unknown.
    return record, {} if _is_as_written(record, raw) else _unknown(record, raw)


def _filled(kind: type[Record], key: str, raw: Mapping[str, Any], now: datetime) -> Mapping[str, Any]:
    """Return a document with the fields that another program may have left out: id, timestamps, a win's date.

    A review has no `created_at`; it is ignored, like any unknown field.
    """
    if raw.keys() >= _FILLED:
        return raw
    moment = raw.get("created_at", now)
    blanks = {"id": str(UUID(int=int(key))), "created_at": moment, "updated_at": moment}
    if kind is Win:
        blanks["happened_on"] = now.date()
    return {**blanks, **raw}


def _refuse_value(error: Exception, path: tuple[str, ...]) -> NoReturn:
    reason, field = reason_of(error)
    _refuse(f"has a wrong value{_where((*path, *field))}: {reason}")


def reason_of(error: Exception) -> tuple[str, tuple[str, ...]]:
    """Return msgspec's reason, without the value, and the path to it."""
    reason, _, place = str(error).partition(" - at `$")
    reason = re.sub(r"^Invalid enum value .*", "Invalid value", reason)
    return f"{reason[:1].lower()}{reason[1:]}", tuple(part for part in place.rstrip("`").split(".") if part)


def _entry(key: str, raw: dict[str, Any]) -> HistoryEntry:
    touched = msgspec.Raw(json.dumps(raw.get("touched", {}), ensure_ascii=False, separators=(",", ":")).encode())
    rest = {name: value for name, value in raw.items() if name != "touched"}
    # The key decides the id: two entries with one id would be written under one key.
    try:
        entry = msgspec.convert({**rest, "id": str(UUID(int=int(key)))}, HistoryEntry)
    except ValidationError as error:
        _refuse_value(error, ("history", key))
    return structs.replace(entry, touched=touched)


def _is_as_written(record: Record, raw: Mapping[str, Any]) -> bool:
    """Return whether a document is, to the letter, what this program writes of its record."""
    try:
        return encode_record(raw) == encode_record(record)
    except (TypeError, ValueError):
        return False  # an unknown field holds what JSON has not, as a script may hand it to TinyDB


def _unknown(known: Struct, raw: Mapping[str, Any]) -> UnknownFields:
    """Return the unknown fields of a record, with those inside its answers and decisions."""
    fields = known.__struct_fields__
    found = {name: value for name, value in raw.items() if name not in fields}
    for name in fields:
        inner = _unknown_inside(getattr(known, name), raw.get(name))
        if inner:
            found[name] = inner
    return found


def _unknown_inside(known: object, raw: Any) -> dict[Any, Any]:  # noqa: ANN401  # JSON is of any type
    if isinstance(known, Struct) and isinstance(raw, dict):
        return _unknown(known, raw)
    if isinstance(known, tuple) and isinstance(raw, list):
        pairs = enumerate(zip(known, raw, strict=True))
        return {place: inner for place, (item, part) in pairs if (inner := _unknown_inside(item, part))}
    return {}

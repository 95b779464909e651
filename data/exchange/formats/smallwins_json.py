"""Our own JSON: everything, so that export, import into an empty journal and export again give the same bytes.

    {"smallwins": 1, "schema": 1, "goals": [...], "wins": [...], "steps": [...], "reviews": [...]}

`smallwins` is the version of this layout; records are as in the journal, oldest first. The journal itself and its
backups can be read too.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any, Final

import msgspec

from data.base.errors import NotAllowedError
from data.base.progress import OnProgress, ProgressCounter
from data.exchange.importing.entry import ImportItem, OwnRecord, ReadFormat, Reading, ReadOptions, Refused
from data.exchange.importing.foreign_json import decode_json, list_of
from data.exchange.importing.source import Source
from data.model.journal import Journal
from data.model.records import SCHEMA_VERSION, TABLES, Record, Review, TableName, Win, record_from
from data.storage import validating_decoder

_VERSION: Final = 1
_ORDER: Final[tuple[TableName, ...]] = ("goals", "wins", "steps", "reviews")
"""What is pointed at comes before what points."""
_AT_ONCE: Final = 500
"""Records in a call of msgspec."""


def _detects(_: Source, found: object) -> bool:
    """Say whether it is an export of ours, or a journal."""
    return isinstance(found, dict) and ("smallwins" in found or {"wins", "meta"} <= set(found))


def _read(source: Source, options: ReadOptions) -> Reading:  # noqa: ARG001 - every format is read so
    """Read an export or a journal.

    Raises:
        NotAllowedError: It is of a later version, or none of both.
        JournalFileError: It is a journal that can't be understood.
    """
    found = decode_json(source)
    if not isinstance(found, dict):
        raise NotAllowedError("That is not an export of smallwins.", "Leave --format out to detect it.")
    if "smallwins" not in found:
        return _journal(source)
    if not (
        isinstance(found["smallwins"], int) and found["smallwins"] <= _VERSION and found.get("schema") == SCHEMA_VERSION
    ):
        raise NotAllowedError("That was exported by a later version of smallwins.", "Update smallwins first.")
    total = sum(len(list_of(found.get(name, []), name)) for name in _ORDER)
    return Reading(_records(found), total)


def _journal(source: Source) -> Reading:
    journal = validating_decoder.decode_validating(source.text.encode(), datetime.fromtimestamp(0, UTC)).journal
    kept = [OwnRecord(index, record) for index, record in enumerate(_all(journal), 1)]
    return Reading(kept, len(kept))


def _records(found: Mapping[str, Any]) -> Iterator[ImportItem]:
    line = 0
    for name in _ORDER:
        for value in found.get(name, []):
            line += 1
            try:
                yield OwnRecord(line, record_from(name, value))
            except (msgspec.ValidationError, ValueError, OverflowError) as error:
                yield Refused(line, f"It is not a valid record of {name}: {error}.")


def write_json(journal: Journal, wins: Iterable[Win] | None = None, seen: OnProgress | None = None) -> str:
    """Return a journal as JSON.

    Args:
        journal: The journal.
        wins: Only these wins, with the goals they point at and without steps and reviews; None for all there is.
        seen: Called with the share done, 0 to 1.
    """
    records = list(_all(journal) if wins is None else _some(journal, list(wins)))
    watch = ProgressCounter(len(records), seen)
    tables = [_table(name, [one for one in records if type(one) is TABLES[name]], watch) for name in _ORDER]
    return ",\n".join(('{\n "smallwins": ' + str(_VERSION), f' "schema": {SCHEMA_VERSION}', *tables)) + "\n}\n"


def _table(name: TableName, records: list[Record], watch: ProgressCounter) -> str:
    """Return one table, some records at once: msgspec keeps all other threads waiting."""
    starts = range(0, len(records), _AT_ONCE)
    rows = ",\n".join(_rows(list(watch.over(records[start : start + _AT_ONCE]))) for start in starts)
    return f' "{name}": [\n{rows}\n ]' if rows else f' "{name}": []'


def _rows(records: list[Record]) -> str:
    """Return records as they stand in an array that is one level deep."""
    text = msgspec.json.format(msgspec.json.encode([records]), indent=1).decode()
    return text.removeprefix("[\n [\n").removesuffix("\n ]\n]")


def _all(journal: Journal) -> Iterator[Record]:
    for name in _ORDER:
        yield from sorted(getattr(journal, name).values(), key=_age)


def _some(journal: Journal, wins: list[Win]) -> Iterator[Record]:
    wanted = {win.goal for win in wins}
    yield from sorted((goal for goal in journal.goals.values() if goal.id in wanted), key=_age)
    yield from sorted(wins, key=_age)


def _age(record: Record) -> tuple[datetime, str]:
    return (record.started_at if isinstance(record, Review) else record.created_at), record.id


SMALLWINS_JSON: Final = ReadFormat("json", "JSON of smallwins", _detects, _read)

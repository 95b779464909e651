"""Reading a file quickly if its seal shows that this program wrote it.

Such a file has nothing unknown or invalid in it. Any other goes to `data.storage.validating_decoder`.
"""

import gc
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from itertools import chain
from typing import Final, TypeVar

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from data.base.errors import SaveError
from data.history.entry import HistoryEntry
from data.model.journal import Journal
from data.model.record_map import RecordMap
from data.model.records import TABLES, Goal, Record, Review, Step, Win, are_ids
from data.storage.contents import Contents
from data.storage.encoder import MIXED, OWN_FORMS, encode_record, form_of

_AT_ONCE: Final = 64
"""Records per call of msgspec, which blocks all other threads."""
_Record = TypeVar("_Record", bound=Record)


class _Meta(Struct, frozen=True):
    schema: int


class _Sync(Struct, frozen=True):
    base: str


class _File(Struct, frozen=True):
    """The file as this program writes it.

    Keys are read as numbers: as text each is as long as an id, and lets go of again it leaves a hole between two ids,
    half a megabyte of 10,000 wins.
    """

    meta: dict[str, _Meta]
    wins: dict[int, Win]
    goals: dict[int, Goal]
    steps: dict[int, Step]
    reviews: dict[int, Review]
    history: dict[str, HistoryEntry]
    sync: dict[str, _Sync] = {}


_decoder: Final = msgspec.json.Decoder(_File)


def decode_journal(data: bytes, now: datetime, known: Journal = Journal()) -> Contents:  # noqa: B008  # it is immutable
    """Return the content of a file.

    Args:
        data: The whole file.
        now: The moment, for records without timestamps.
        known: The previous content: equal records stay the same objects, which makes comparing two journals cheap.

    Raises:
        JournalFileError: It is damaged; the message says where.
    """
    with no_collections():
        form = form_of(data)
        if form in OWN_FORMS and (contents := _decode_own(data, known)) is not None:
            return contents
        from data.storage.validating_decoder import decode_validating  # noqa: PLC0415 - our own files do without

        return replace(decode_validating(data, now), own=form == MIXED)


def _decode_own(data: bytes, known: Journal) -> Contents | None:
    try:
        file = _decoder.decode(data)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return None
    journal = Journal(
        wins=_kept(file.wins, known.wins),
        goals=_kept(file.goals, known.goals),
        steps=_kept(file.steps, known.steps),
        reviews=_kept(file.reviews, known.reviews),
    )
    tables = (journal.wins, journal.goals, journal.steps, journal.reviews)
    if not are_ids(chain(*tables, (entry.id for entry in file.history.values()))):
        return None
    # Copied, for a `Raw` is a view that keeps the whole file in memory.
    history = tuple(replace(e, touched=e.touched.copy()) for e in file.history.values())
    return Contents(journal, history, base=file.sync["1"].base if file.sync else "")


def _kept(table: Mapping[int, _Record], known: Mapping[str, _Record]) -> Mapping[str, _Record]:
    """Return the records by id, each as the known object if they are equal."""
    if not known:
        return {record.id: record for record in table.values()}
    before = RecordMap.of(known).as_dict()
    pairs = ((before.get(record.id), record) for record in table.values())
    return {new.id: old if old == new else new for old, new in pairs}


@contextmanager
def no_collections() -> Iterator[None]:
    """Switch the garbage collector off for a while: it would go through the many new objects again and again."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def check_encodable(records: Sequence[Record]) -> None:
    """Check that records can be read back, so that the file never holds anything unreadable.

    Raises:
        SaveError: One can't be read back.
    """
    for kind in TABLES.values():
        ours = [record for record in records if type(record) is kind]
        try:
            parts = (ours[start : start + _AT_ONCE] for start in range(0, len(ours), _AT_ONCE))
            same = are_ids(record.id for record in ours) and all(_survives(part, kind) for part in parts)
        except UnicodeEncodeError as error:
            raise SaveError(
                "The change was not saved: its text contains half a character (a lone surrogate)."
            ) from error
        except msgspec.MsgspecError as error:
            from data.storage.validating_decoder import reason_of  # noqa: PLC0415 - as above

            reason = reason_of(error)[0]
            raise SaveError(f"The change was not saved: a value is not allowed ({reason}).") from error
        if not same:
            raise SaveError("The change was not saved: a value can't be written.")


def _survives(records: list[Record], kind: type[Record]) -> bool:
    return bool(msgspec.json.decode(encode_record(records), type=list[kind]) == records)  # type: ignore[valid-type]

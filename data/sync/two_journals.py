"""Two copies of a journal become one, without any setup: what `smallwins merge` does, and a conflict copy asks for.

The journal that is open keeps its place; what the other copy has and it has not comes in, and records that both have
are joined as at a first meeting (`data.sync.first_meeting`). Nothing of either is dropped: what gives way to something
newer stays in the history of its record.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import timedelta
from typing import Final

from msgspec import Struct, structs

from data.base import text
from data.model.journal import Journal
from data.model.records import (
    TABLES,
    Changes,
    Goal,
    Record,
    Review,
    Superseded,
    TableName,
    Win,
    record_from,
    table_of,
)
from data.sync.first_meeting import meet
from data.sync.record_state import join
from data.sync.registers import document_of, field_of
from data.sync.writes import FieldTimes

_SAME_WEEK: Final = timedelta(days=3)
"""Reviews this near are of one week, which the two copies begin on other days."""
_SILENT: Final = frozenset({"updated_at", "created_at", "started_at", "week", "order", "position"})
"""Fields whose older value nobody misses."""
_TEXTS: Final[dict[str, type[Record]]] = {"why": Goal, "note": Review}
"""What a person wrote at length into a record whose past no card tells."""


class Copy(Struct, frozen=True):
    """A copy of a journal, and when its fields got their values where its history tells."""

    journal: Journal
    times: FieldTimes = {}


class Merge(Struct, frozen=True):
    """What taking in another copy does to a journal.

    Attributes:
        changes: The records to put, and what gave way.
        added: How many records of each table the journal did not have.
        joined: How many records of each table both had, and which become another than the journal's own.
    """

    changes: Changes
    added: Mapping[TableName, int]
    joined: Mapping[TableName, int]

    @property
    def is_empty(self) -> bool:
        """Whether the journal holds all of the other copy already."""
        return not (self.changes.put or self.changes.superseded)


def merge_copies(mine: Copy, other: Copy) -> Merge:
    """Return what another copy brings to a journal.

    Args:
        mine: The journal that is kept.
        other: The copy that is taken in.
    """
    pairs = [(_own(mine.journal, record), record) for record in _renamed(mine.journal, other.journal)]
    new = [record for own, record in pairs if own is None]
    met = [_joined(own, record, mine.times, other.times) for own, record in pairs if own is not None and own != record]
    whole = [*new, *(record for record, _ in met)]
    uncircled = list(_without_loops(mine.journal, whole))
    put = [record for record in uncircled if record != _own(mine.journal, record)]
    superseded = tuple(lost for _, lost in met if lost is not None)
    cut = sum(a != b and b != _own(mine.journal, b) for a, b in zip(whole, uncircled, strict=True))
    return Merge(
        Changes(put=tuple(put), superseded=superseded, notes=tuple(_notes(superseded, cut))),
        _counts(new),
        _counts(record for record in put if _own(mine.journal, record) is not None),
    )


def _own(journal: Journal, record: Record) -> Record | None:
    found: Record | None = getattr(journal, table_of(record)).get(record.id)
    return found


def _counts(records: Iterable[Record]) -> dict[TableName, int]:
    names = [table_of(record) for record in records]
    return {name: names.count(name) for name in TABLES if name in names}


def _renamed(mine: Journal, other: Journal) -> Iterator[Record]:
    """Yield the other copy's records; a goal or review that this journal has under another id, under that id."""
    same = {**dict(_same_goals(mine, other)), **dict(_same_reviews(mine, other))}
    for name in TABLES:
        for record in getattr(other, name).values():
            yield _as_known(record, same, mine)


def _as_known(record: Record, same: Mapping[str, str], mine: Journal) -> Record:
    if isinstance(record, Win):
        return structs.replace(record, goal=same.get(record.goal or "", record.goal))
    if record.id not in same:
        return record
    if isinstance(record, Goal) and mine.goals[same[record.id]].archived_at is None:
        record = structs.replace(record, archived_at=None)  # archived only if both are
    return structs.replace(record, id=same[record.id])


def _same_goals(mine: Journal, other: Journal) -> Iterator[tuple[str, str]]:
    """Yield the ids of goals that both copies name alike: theirs, and the one it becomes part of."""
    names = {text.fold(goal.name): goal.id for goal in mine.goals.values()}
    for goal in other.goals.values():
        if goal.id not in mine.goals and (known := names.get(text.fold(goal.name))) is not None:
            yield goal.id, known


def _same_reviews(mine: Journal, other: Journal) -> Iterator[tuple[str, str]]:
    """Yield the ids of reviews of one week: theirs, and the one it becomes part of."""
    for review in other.reviews.values():
        near = [known for known in mine.reviews.values() if abs(known.week - review.week) <= _SAME_WEEK]
        if review.id not in mine.reviews and near:
            yield review.id, min(near, key=lambda known: abs(known.week - review.week)).id


def _joined(own: Record, other: Record, times: FieldTimes, other_times: FieldTimes) -> tuple[Record, Superseded | None]:
    """Return the record that two copies of it become, and what gave way where somebody would miss it."""
    table, state = table_of(own), join(*meet(own, other, times, other_times))
    after = _with_both_texts(record_from(table, document_of(table, state)), own, other)
    fields = tuple(sorted({field_of(name) for name in state.asides()} - _SILENT - _TEXTS.keys()))
    lost = {name: getattr(own if getattr(own, name) != getattr(after, name) else other, name) for name in fields}
    return after, (Superseded(record=structs.replace(own, **lost), fields=fields) if fields else None)


def _with_both_texts(after: Record, own: Record, other: Record) -> Record:
    """Return a goal or a review with the words of both copies: no card tells of its past, so nothing gives way."""
    name = next((name for name, kind in _TEXTS.items() if isinstance(after, kind)), None)
    if name is None:
        return after
    older, newer = sorted((own, other), key=lambda record: (record.updated_at, getattr(record, name)))
    first, second = getattr(older, name), getattr(newer, name)
    both = first if second in first else second if first in second else f"{first}\n\n{second}"
    return structs.replace(after, **{name: both}) if len(both.encode()) <= text.STORY_LIMIT else after


def _without_loops(journal: Journal, records: Iterable[Record]) -> Iterator[Record]:
    """Yield the records; a win that would open itself by its new link, by way of others too, keeps the old one."""
    records = list(records)
    links = {win.id: win.opened_by for win in journal.wins.values()}
    wanted = {win.id: win.opened_by for win in records if isinstance(win, Win) and win.opened_by != links.get(win.id)}
    while taken := [key for key, opener in wanted.items() if key not in _led_by(links, opener)]:
        for key in taken:  # one at a time: two may close a circle together
            if key not in _led_by(links, wanted[key]):
                links[key] = wanted.pop(key)
    for record in records:
        yield structs.replace(record, opened_by=links.get(record.id)) if isinstance(record, Win) else record


def _led_by(links: Mapping[str, str | None], key: str | None) -> set[str]:
    """Return the ids of a win and of those that led to it."""
    seen: set[str] = set()
    while key is not None and key not in seen:
        seen.add(key)
        key = links.get(key)
    return seen


def _notes(asides: Iterable[Superseded], cut: int) -> Iterator[str]:
    wins = sum(isinstance(aside.record, Win) for aside in asides)
    if wins:
        what = "1 win differs" if wins == 1 else f"{wins} wins differ"
        yield f"{what} between the copies; the newer value is kept, the other is in the win's history."
    if cut:
        yield (
            "Two links made a circle; one was left out."
            if cut == 1
            else f"{cut} links that made circles were left out."
        )

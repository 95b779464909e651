"""The whole of a journal as one immutable value, replaced when it changes.

Derived views (which win opened which, the wins of each day) are made once, when first asked for, and carried from one
journal to the next by the records that changed, so that a change costs the same at 100 wins and at 100,000.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from operator import sub
from types import MappingProxyType
from typing import Any, Final, Generic, TypeVar

from msgspec import Struct, structs

from data.base.errors import NotFoundError
from data.model.record_map import RecordMap
from data.model.records import TABLES, Changes, Goal, Record, Review, Step, TableName, Verdict, Win, table_of
from data.model.tags import merge_spellings

_NOTHING: Final[Mapping[str, object]] = MappingProxyType({})
MIN_PREFIX: Final = 4
"""The fewest characters of an id that name a record on the command line."""


class Tally(Struct, frozen=True, gc=False):
    """How many wins of each kind."""

    real: int = 0
    candy: int = 0
    unsorted: int = 0

    @property
    def total(self) -> int:
        """All three together."""
        return self.real + self.candy + self.unsorted

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(self.real + other.real, self.candy + other.candy, self.unsorted + other.unsorted)

    def __sub__(self, other: "Tally") -> "Tally":
        return Tally(self.real - other.real, self.candy - other.candy, self.unsorted - other.unsorted)


_ONE: Final = {Verdict.REAL: Tally(real=1), Verdict.CANDY: Tally(candy=1), None: Tally(unsorted=1)}


def tally_of(wins: Iterable[Win]) -> Tally:
    """Count wins by verdict."""
    return sum((_ONE[win.verdict] for win in wins), Tally())


class Journal(Struct, frozen=True, dict=True, kw_only=True):
    """Every record by id. Wins in the trash are in `wins` too, with `deleted_at` set."""

    wins: Mapping[str, Win] = _NOTHING  # type: ignore[assignment]
    goals: Mapping[str, Goal] = _NOTHING  # type: ignore[assignment]
    steps: Mapping[str, Step] = _NOTHING  # type: ignore[assignment]
    reviews: Mapping[str, Review] = _NOTHING  # type: ignore[assignment]

    @classmethod
    def of(cls, *records: Record) -> "Journal":
        """Return a journal of just these records."""
        return cls().apply(Changes(put=records))

    def live(self) -> Iterator[Win]:
        """Yield the wins that are not in the trash, in the order of the file."""
        return (win for win in self.wins.values() if win.deleted_at is None)

    def trash(self) -> list[Win]:
        """Return the wins in the trash, the latest deleted first."""
        gone = [(win.deleted_at, win) for win in self.wins.values() if win.deleted_at is not None]
        return [win for _, win in sorted(gone, key=lambda pair: pair[0], reverse=True)]

    def goal_name(self, win: Win) -> str:
        """Return the name of the goal that a win points at, as it was given, or ""."""
        goal = self.goals.get(win.goal or "")
        return goal.name if goal is not None else ""

    @cached_property
    def opens(self) -> Mapping[str, tuple[str, ...]]:
        """The ids of the live wins that each win opened; wins that opened none are absent."""
        return _OPENS.count(self.live())

    @cached_property
    def days(self) -> Mapping[date, Tally]:
        """The tally of live wins of each day that has any."""
        return _DAYS.count(self.live())

    @cached_property
    def spellings(self) -> Mapping[str, int]:
        """How many live wins carry each tag, as it is spelled."""
        return _SPELLINGS.count(self.live())

    @cached_property
    def tags(self) -> Mapping[str, int]:
        """How many live wins carry each tag, in its most used spelling; tags that differ by case are one."""
        return merge_spellings(self.spellings)

    def apply(self, changes: Changes) -> "Journal":
        """Return the journal after these changes."""
        names = {table_of(record) for record in (*changes.put, *changes.drop)}
        tables = {name: self._changed(name, changes) for name in names}
        after = structs.replace(self, **tables)
        if "wins" in names:
            self._carry(after, list(self._moves(changes)))
        else:
            vars(after).update(vars(self))
        return after

    def _changed(self, name: TableName, changes: Changes) -> RecordMap[Record]:
        table: Mapping[str, Record] = getattr(self, name)
        put, drop = ([one for one in part if table_of(one) == name] for part in (changes.put, changes.drop))
        return RecordMap.of(table).changed(put, drop)

    def _moves(self, changes: Changes) -> Iterator[tuple[Win | None, Win | None]]:
        """Yield each win that is put or dropped as it was before and as it is after, None where it is not live."""
        seen: dict[str, Win | None] = {}
        for part, kept in ((changes.put, True), (changes.drop, False)):
            for win in part:
                if isinstance(win, Win):
                    old = seen[win.id] if win.id in seen else self.wins.get(win.id)
                    new = seen[win.id] = win if kept else None
                    yield _live(old), _live(new)

    def _carry(self, after: "Journal", moved: "_Moves") -> None:
        """Hand the views already made to the next journal, brought up to date by what changed."""
        for name, view in _VIEWS.items():
            if name in vars(self):
                vars(after)[name] = view.moved(getattr(self, name), moved)

    def find_win(self, prefix: str) -> Win:
        """Return the one win whose id begins with these characters.

        Raises:
            NotFoundError: The prefix is too short, or no win or more than one has it.
        """
        wanted = prefix.strip().lower()
        if len(wanted) < MIN_PREFIX:
            raise NotFoundError(
                f"{MIN_PREFIX} characters of an id are the fewest that name a win.", "`smallwins list` shows the ids."
            )
        if (exact := self.wins.get(wanted)) is not None:
            return exact
        found = [win for key, win in self.wins.items() if key.startswith(wanted)]
        if len(found) != 1:
            what = "No win has" if not found else f"{len(found)} wins have"
            raise NotFoundError(f"{what} an id that begins with those characters.", "`smallwins list` shows the ids.")
        return found[0]


def combine_changes(parts: Sequence[Changes]) -> Changes:
    """Return several changes, made one after the other, as one; the last state of each record counts."""
    put: dict[str, Record] = {}
    drop: dict[str, Record] = {}
    for part in parts:
        for record in part.put:
            put[record.id] = record
            drop.pop(record.id, None)
        for record in part.drop:
            drop[record.id] = record
            put.pop(record.id, None)
    return Changes(tuple(put.values()), tuple(drop.values()), tuple(note for part in parts for note in part.notes))


def diff_journals(before: Journal, after: Journal) -> Changes:
    """Return the changes that lead from one journal to another; records the two share cost next to nothing."""
    put: list[Record] = []
    drop: list[Record] = []
    for name in TABLES:
        old: RecordMap[Record] = RecordMap.of(getattr(before, name))
        others, gone = old.difference(RecordMap.of(getattr(after, name)))
        put += others
        drop += gone
    return Changes(tuple(put), tuple(drop))


_Moves = Sequence[tuple[Win | None, Win | None]]
_K = TypeVar("_K")
_V = TypeVar("_V", Tally, int, tuple[str, ...])


def _live(record: Record | None) -> Win | None:
    return record if isinstance(record, Win) and record.deleted_at is None else None


class _View(Struct, Generic[_K, _V], frozen=True):
    """What the live wins add up to under each key, kept up to date by what changes.

    Attributes:
        parts: What one win adds, under which keys.
        take: Takes from a sum what a win had added; what is left counts as nothing when it is `empty`.
        empty: The sum of no win.
    """

    parts: Callable[[Win], Iterable[tuple[_K, _V]]]
    take: Callable[[_V, _V], _V]
    empty: _V

    def count(self, wins: Iterable[Win]) -> dict[_K, _V]:
        """Add up some wins."""
        return self.moved({}, [(None, win) for win in wins])

    def moved(self, known: Mapping[_K, _V], moves: _Moves) -> dict[_K, _V]:
        """Return the sums after wins changed, each from what it was to what it is; None is not live."""
        found = dict(known)
        for old, new in moves:
            for key, part in self.parts(old) if old is not None else ():
                rest = self.take(found[key], part)
                if rest == self.empty:
                    del found[key]
                else:
                    found[key] = rest
            for key, part in self.parts(new) if new is not None else ():
                found[key] = found[key] + part if key in found else part
        return found


_OPENS: Final = _View[str, tuple[str, ...]](
    lambda win: [(win.opened_by, (win.id,))] if win.opened_by is not None else [],
    lambda keys, gone: tuple(key for key in keys if key not in gone),
    (),
)
_DAYS: Final = _View[date, Tally](lambda win: [(win.happened_on, _ONE[win.verdict])], sub, Tally())
_SPELLINGS: Final = _View[str, int](lambda win: [(tag, 1) for tag in win.tags], sub, 0)
_VIEWS: Final[Mapping[str, _View[Any, Any]]] = {"opens": _OPENS, "days": _DAYS, "spellings": _SPELLINGS}

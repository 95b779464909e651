"""The whole of a journal as one immutable value, replaced when it changes.

Derived views (which win opened which, the wins of each day) are made once, when first asked for, and carried from one
journal to the next by the records that changed, so that a change costs the same at 100 wins and at 100,000.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from types import MappingProxyType
from typing import Final

from msgspec import Struct, structs

from data.base.errors import NotFoundError
from data.model.record_map import RecordMap
from data.model.records import TABLES, Changes, Goal, Record, Review, Step, TableName, Verdict, Win, table_of

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
        found: dict[str, tuple[str, ...]] = {}
        for win in [win for win in self.wins.values() if win.opened_by is not None and win.deleted_at is None]:
            opener = win.opened_by or ""
            found[opener] = (*found.get(opener, ()), win.id)
        return found

    @cached_property
    def days(self) -> Mapping[date, Tally]:
        """The tally of live wins of each day that has any."""
        found: dict[date, Tally] = {}
        # Counted first, in C: at 100,000 wins a tenth of a second less until the board is there.
        for (day, verdict), number in Counter((win.happened_on, win.verdict) for win in self.live()).items():
            one = _ONE[verdict]
            more = Tally(one.real * number, one.candy * number, one.unsorted * number)
            found[day] = found.get(day, Tally()) + more
        return found

    @cached_property
    def tags(self) -> Mapping[str, int]:
        """How many live wins carry each tag."""
        found: dict[str, int] = {}
        for win in self.live():
            for tag in win.tags:
                found[tag] = found.get(tag, 0) + 1
        return found

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
        for name, bring in (("opens", _carry_opens), ("days", _carry_days), ("tags", _carry_tags)):
            if name in vars(self):
                vars(after)[name] = bring(getattr(self, name), moved)

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


_Moves = list[tuple[Win | None, Win | None]]


def _live(record: Record | None) -> Win | None:
    return record if isinstance(record, Win) and record.deleted_at is None else None


def _carry_opens(known: Mapping[str, tuple[str, ...]], moved: _Moves) -> Mapping[str, tuple[str, ...]]:
    found = dict(known)
    for old, new in moved:
        if old is not None and old.opened_by is not None:
            rest = tuple(key for key in found.get(old.opened_by, ()) if key != old.id)
            found[old.opened_by] = rest
            if not rest:
                del found[old.opened_by]
        if new is not None and new.opened_by is not None:
            found[new.opened_by] = (*found.get(new.opened_by, ()), new.id)
    return found


def _carry_days(known: Mapping[date, Tally], moved: _Moves) -> Mapping[date, Tally]:
    found = dict(known)
    for old, new in moved:
        if old is not None:
            found[old.happened_on] = found[old.happened_on] - _ONE[old.verdict]
            if not found[old.happened_on].total:
                del found[old.happened_on]
        if new is not None:
            found[new.happened_on] = found.get(new.happened_on, Tally()) + _ONE[new.verdict]
    return found


def _carry_tags(known: Mapping[str, int], moved: _Moves) -> Mapping[str, int]:
    found = dict(known)
    for win, sign in [(old, -1) for old, _ in moved] + [(new, 1) for _, new in moved]:
        for tag in win.tags if win is not None else ():
            found[tag] = found.get(tag, 0) + sign
            if not found[tag]:
                del found[tag]
    return found

"""What an import does to a journal: what is new, what is there already, what can't be taken.

It is worked out twice, once for the preview and once under the lock, so ids are given out before, in `normalize`.
"""

from collections import deque
from collections.abc import Iterator
from datetime import date
from itertools import chain

from msgspec import Struct, structs

from data.base import text
from data.base.formatting import plural
from data.base.loops import find_loops
from data.exchange.importing.entry import Place, Refused, Skipped
from data.exchange.importing.normalize import Candidate, ImportContents
from data.model.journal import Edit, Journal
from data.model.records import Changes, Goal, Record, Review, Step, Win, table_of
from data.sync.two_journals import Copy, merge_copies

_Key = tuple[date, str]


class ImportPlan(Struct, frozen=True):
    """What an import would do to a journal.

    Every win of the file is in one of the first five: `new_wins`, `changed`, `duplicates`, `refused`, `skipped`.

    Attributes:
        new_wins: The wins to add, with their places.
        changed: Wins that are there and become another: our own JSON is joined as another copy of the journal is.
        duplicates: Wins that are there already, with their places.
        refused: What can't be imported, and why.
        skipped: What is not a win and does not claim to be.
        new: Records to add: the new wins, and the goals, steps and reviews that come with them.
        joined: What becomes of the records that are there and that our own JSON has otherwise.
        notes: Sentences on how the file was read.
    """

    new_wins: tuple[tuple[Place, Win], ...]
    changed: tuple[tuple[Place, Win], ...]
    duplicates: tuple[tuple[Place, Win], ...]
    refused: tuple[Refused, ...]
    skipped: tuple[Skipped, ...]
    new: tuple[Record, ...]
    joined: Changes = Changes()
    notes: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to do."""
        return not (self.new or self.joined.put or self.joined.superseded)


def plan_import(found: ImportContents, journal: Journal) -> ImportPlan:
    """Return what an import does to a journal as it is."""
    return _Planning(found, journal).plan()


def add_new(found: ImportContents) -> Edit:
    """Add what is new in a file; what is there already by then is not added again, and joined where it is our own."""

    def edit(journal: Journal) -> Changes:
        plan = plan_import(found, journal)
        return structs.replace(plan.joined, put=(*plan.new, *plan.joined.put))

    return edit


class _Matches:
    """Wins that a win of the file may be, by day and title; each is matched once, so that two remain two."""

    def __init__(self) -> None:
        self._open: dict[_Key, dict[str, None]] = {}
        self._exact: dict[tuple[_Key, str], deque[str]] = {}

    def add(self, win: Win) -> None:
        """Add a win that may be matched."""
        self._open.setdefault(_key(win), {})[win.id] = None
        self._exact.setdefault((_key(win), win.story), deque()).append(win.id)

    def take(self, win: Win) -> str | None:
        """Return the id of a win of the same day and title, of the same story rather than another; None for none."""
        still_open = self._open.get(_key(win))
        if not still_open:
            return None
        exact = self._exact.get((_key(win), win.story), deque())
        while exact:
            if (found := exact.popleft()) in still_open:
                del still_open[found]
                return found
        found = next(iter(still_open))
        del still_open[found]
        return found


class _Planning:
    """Holds what a file has against a journal."""

    def __init__(self, found: ImportContents, journal: Journal) -> None:
        self._found = found
        self._journal = journal
        self._known_goals = {text.fold(goal.name): goal.id for goal in journal.goals.values()}
        self._known_tags = {text.fold(tag): tag for win in journal.wins.values() for tag in win.tags}
        self._matches = _Matches()
        self._seen: dict[tuple[str, ...], str] = {}
        self._twins: dict[str, str] = {}
        self._new: dict[str, Win] = {}
        self._places: dict[str, Place] = {}
        self._own: dict[str, Win] = {}
        self._goals: dict[str, Goal] = {}
        self._others: list[Record] = []
        self._duplicates: list[tuple[Place, Win]] = []
        self._refused = list(found.refused)
        self._met: list[Record] = []

    def plan(self) -> ImportPlan:
        """Return the plan."""
        by_id = {candidate.win.id for candidate in self._found.candidates}
        for win in self._journal.wins.values():
            if win.id not in by_id:
                self._matches.add(win)
        for place, record in self._found.own:
            self._keep(place, record)
        for candidate in self._found.candidates:
            self._add(candidate)
        self._tie()
        wins = tuple((self._places[win.id], win) for win in self._new.values())
        new = (*self._goals.values(), *self._new.values(), *self._others)
        refused = tuple(sorted(self._refused, key=lambda one: one.place))
        joined = merge_copies(Copy(self._journal), Copy(Journal.of(*self._met))).changes
        changed, same = self._parted(joined)
        return ImportPlan(wins, changed, same, refused, self._found.skipped, new, joined, self._found.notes)

    def _parted(self, joined: Changes) -> tuple[tuple[tuple[Place, Win], ...], tuple[tuple[Place, Win], ...]]:
        """Return the wins that are there already: those that become another, and the others."""
        joining = {record.id for record in joined.put} & {record.id for record in self._met}
        changed = tuple(pair for pair in self._duplicates if pair[1].id in joining)
        return changed, tuple(pair for pair in self._duplicates if pair[1].id not in joining)

    def _keep(self, place: Place, record: Record) -> None:
        own = getattr(self._journal, table_of(record)).get(record.id)
        if own is not None and own != record:
            self._met.append(record)
        if isinstance(record, Goal):
            self._keep_goal(record)
        elif isinstance(record, Win):
            self._keep_win(place, record)
        elif record.id not in self._journal.steps and record.id not in self._journal.reviews:
            self._others.append(record)

    def _keep_goal(self, goal: Goal) -> None:
        known = goal.id if goal.id in self._journal.goals else self._known_goals.get(text.fold(goal.name))
        if known is None:
            self._goals[goal.id] = goal
        else:
            self._twins[goal.id] = known

    def _keep_win(self, place: Place, win: Win) -> None:
        if win.id in self._journal.wins or win.id in self._own:
            if self._own.setdefault(win.id, win) == win:
                self._duplicates.append((place, win))
            else:
                self._refused.append(Refused(place.line, "Another win of the file has its id.", place.file))
            return
        self._own[win.id] = win
        goal = self._twins.get(win.goal or "", win.goal)
        known = goal in self._goals or goal in self._journal.goals
        self._put(place, structs.replace(win, goal=goal if known else None))
        self._matches.add(win)

    def _put(self, place: Place, win: Win) -> None:
        self._new[win.id] = win
        self._places[win.id] = place

    def _add(self, candidate: Candidate) -> None:
        win = candidate.win
        signature = _signature(candidate)
        twin = win.id if win.id in self._journal.wins else self._seen.get(signature) or self._matches.take(win)
        self._seen[signature] = twin or win.id
        if twin is not None:
            self._twins[win.id] = twin
            self._duplicates.append((candidate.place, win))
            return
        opener = self._found.ids.get(candidate.opened_by, candidate.opened_by)
        tags = tuple(sorted({self._known_tags.setdefault(text.fold(tag), tag) for tag in win.tags}))
        goal = self._goal(candidate.goal)
        self._put(candidate.place, structs.replace(win, tags=tags, goal=goal, opened_by=opener))

    def _goal(self, key: str) -> str | None:
        if not key or key in self._known_goals:
            return self._known_goals.get(key)
        made = self._found.goals[key]
        self._goals[made.id] = structs.replace(made, order=len(self._journal.goals) + len(self._goals))
        self._known_goals[key] = made.id
        return made.id

    def _tie(self) -> None:
        """Point links to a duplicate at its twin, refuse those that close a loop, and drop those to nowhere."""
        for win in list(self._new.values()):
            self._link(win, self._twins.get(win.opened_by or "", win.opened_by))
        loops = find_loops({key: win.opened_by for key, win in self._new.items()})
        for key in chain.from_iterable(loops):
            place = self._places[key]
            self._refused.append(Refused(place.line, "It would open itself through other wins.", place.file))
            del self._new[key]
        for win in list(self._new.values()):
            known = win.opened_by in self._new or win.opened_by in self._journal.wins
            self._link(win, win.opened_by if known else None)

    def _link(self, win: Win, opener: str | None) -> None:
        if opener != win.opened_by:
            self._new[win.id] = structs.replace(win, opened_by=opener)


def _key(win: Win) -> _Key:
    return win.happened_on, text.fold(win.title)


def _signature(candidate: Candidate) -> tuple[str, ...]:
    """Return what two entries share only where nothing tells them apart: id (else day), title, story and time."""
    win = candidate.win
    return (candidate.source or str(win.happened_on), text.fold(win.title), win.story, candidate.moment)


def _others(plan: ImportPlan) -> Iterator[tuple[str, int]]:
    """Yield how many goals, steps and reviews come with the wins."""
    for word, kind in (("goal", Goal), ("step", Step), ("review", Review)):
        yield word, sum(isinstance(record, kind) for record in plan.new)


def describe_plan(plan: ImportPlan) -> str:
    """Return what an import does, in a few words."""
    counts = [
        f"{len(plan.new_wins):,} new",
        f"{len(plan.changed):,} changed" if plan.changed else "",
        plural(len(plan.duplicates), "duplicate"),
        f"{len(plan.refused):,} refused" if plan.refused else "",
        f"{len(plan.skipped):,} skipped" if plan.skipped else "",
        *(plural(count, f"new {word}") for word, count in _others(plan) if count),
    ]
    return ", ".join(filter(None, counts)) + "."

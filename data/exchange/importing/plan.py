"""What an import does to a journal: what is new, what is there already, what can't be taken.

It is worked out twice, once for the preview and once under the lock, so ids are given out before, in `gathering`.
"""

from datetime import date
from itertools import chain

from msgspec import Struct, structs

from data.base import text
from data.base.formatting import plural
from data.base.loops import find_loops
from data.exchange.importing.entry import OwnRecord, Refused
from data.exchange.importing.normalize import Candidate, ImportContents
from data.model.edits import Edit
from data.model.journal import Journal
from data.model.records import Changes, Goal, Record, Win


class ImportPlan(Struct, frozen=True):
    """What an import would do to a journal.

    Attributes:
        new: Records to add.
        new_wins: The wins among them with their lines, for the preview.
        duplicates: Wins that are there already, with their lines.
        refused: What can't be taken, and why.
        left_out: How much is not done, and says so.
    """

    new: tuple[Record, ...]
    new_wins: tuple[tuple[int, Win], ...]
    duplicates: tuple[tuple[int, Win], ...]
    refused: tuple[Refused, ...]
    left_out: int


def plan_import(found: ImportContents, journal: Journal) -> ImportPlan:
    """Return what an import does to a journal as it is."""
    return _Fitting(found, journal).plan()


def add_new(found: ImportContents) -> Edit:
    """Add what is new in a file; what is there already by then is not added again."""
    return lambda journal: Changes(put=plan_import(found, journal).new)


class _Fitting:
    """Holds what a file has against a journal."""

    def __init__(self, found: ImportContents, journal: Journal) -> None:
        self._found = found
        self._journal = journal
        self._known_goals = {text.fold(goal.name): goal.id for goal in journal.goals.values()}
        self._seen = {_day_and_title(win): win.id for win in journal.wins.values()}
        self._twins: dict[str, str] = {}
        self._new: dict[str, Win] = {}
        self._lines: dict[str, int] = {}
        self._goals: dict[str, Goal] = {}
        self._others: list[Record] = []
        self._duplicates: list[tuple[int, Win]] = []
        self._refused = list(found.refused)

    def plan(self) -> ImportPlan:
        """Return the plan."""
        for kept in self._found.kept:
            self._keep(kept)
        for candidate in self._found.candidates:
            self._add(candidate)
        self._tie()
        wins = tuple((self._lines[win.id], win) for win in self._new.values())
        new = (*self._goals.values(), *self._new.values(), *self._others)
        refused = tuple(sorted(self._refused, key=lambda one: one.line))
        return ImportPlan(new, wins, tuple(self._duplicates), refused, self._found.left_out)

    def _keep(self, kept: OwnRecord) -> None:
        record = kept.record
        if isinstance(record, Goal):
            self._keep_goal(record)
        elif isinstance(record, Win):
            self._keep_win(kept.line, record)
        elif record.id not in self._journal.steps and record.id not in self._journal.reviews:
            self._others.append(record)

    def _keep_goal(self, goal: Goal) -> None:
        known = goal.id if goal.id in self._journal.goals else self._known_goals.get(text.fold(goal.name))
        if known is None:
            self._goals[goal.id] = goal
        else:
            self._twins[goal.id] = known

    def _keep_win(self, line: int, win: Win) -> None:
        if win.id in self._journal.wins or win.id in self._new:
            self._duplicates.append((line, win))
            return
        goal = self._twins.get(win.goal or "", win.goal)
        known = goal in self._goals or goal in self._journal.goals
        self._put(line, structs.replace(win, goal=goal if known else None))

    def _put(self, line: int, win: Win) -> None:
        self._new[win.id] = win
        self._lines[win.id] = line
        self._seen[_day_and_title(win)] = win.id

    def _add(self, candidate: Candidate) -> None:
        win = candidate.win
        twin = win.id if win.id in self._journal.wins or win.id in self._new else self._seen.get(_day_and_title(win))
        if twin is not None:
            self._twins[win.id] = twin
            self._duplicates.append((candidate.line, win))
            return
        opener = self._found.ids.get(candidate.opened_by, candidate.opened_by)
        self._put(candidate.line, structs.replace(win, goal=self._goal(candidate.goal), opened_by=opener))

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
            self._refused.append(Refused(self._lines[key], "It would open itself, by way of others."))
            del self._new[key]
        for win in list(self._new.values()):
            known = win.opened_by in self._new or win.opened_by in self._journal.wins
            self._link(win, win.opened_by if known else None)

    def _link(self, win: Win, opener: str | None) -> None:
        if opener != win.opened_by:
            self._new[win.id] = structs.replace(win, opened_by=opener)


def _day_and_title(win: Win) -> tuple[date, str]:
    return win.happened_on, text.fold(win.title)


def describe_plan(plan: ImportPlan) -> str:
    """Return what an import does, in a few words."""
    counts = [
        f"{len(plan.new_wins):,} new",
        plural(len(plan.duplicates), "duplicate"),
        f"{len(plan.refused):,} refused" if plan.refused else "",
        f"{plan.left_out:,} not done, left out" if plan.left_out else "",
    ]
    return ", ".join(filter(None, counts)) + "."

"""What only all records together can say, mended by rules that every device computes alike.

Each repair is an ordinary write that keeps the value it replaces as an aside, for no person chose it: goals of one name
become one, reviews of one week become one, a circle of links loses its newest link, and links to what is gone or has
become part of another are set right. Nothing else is guessed.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Any, Final

from data.base import text
from data.base.loops import find_loops
from data.model.records import TableName
from data.sync.record_state import RecordState, write
from data.sync.stamps import stamp_after

Key = tuple[TableName, str]
"""A record: its table and id."""
States = dict[Key, RecordState]

INTO: Final = "~into"
"""The register that names the record which this one became part of; a record that has it is not shown."""
_ROUNDS: Final = 20
_SAME_WEEK: Final = timedelta(days=3)
_LINKS: Final[dict[TableName, tuple[tuple[str, TableName], ...]]] = {
    "wins": (("goal", "goals"), ("opened_by", "wins")),
    "steps": (("from_win", "wins"),),
}
_Write = tuple[Key, dict[str, Any]]


def is_shown(state: RecordState) -> bool:
    """Return whether a state is of a record: not removed, and not part of another."""
    return bool(state.fields) and not state.values().get(INTO)


def repair(states: States, now: datetime, actor: str) -> tuple[States, tuple[str, ...]]:
    """Return the states of records that had to be mended, and what to tell the person of it.

    Args:
        states: All records there are.
        now: The moment, UTC.
        actor: Who writes.
    """
    whole, mended, notes = dict(states), States(), []
    for _ in range(_ROUNDS):
        found = [(note, *each) for note, rule in _RULES for each in rule(whole)]
        if not found:
            break
        for note, key, values in found:
            old = whole[key]
            whole[key] = mended[key] = write(old, values, stamp_after(now, actor, old.newest), keep=True)
            notes.append(note)
    return mended, tuple(dict.fromkeys(filter(None, notes)))


def _shown(states: States, table: TableName) -> Iterator[tuple[str, dict[str, Any]]]:
    for (name, key), state in states.items():
        if name == table and is_shown(state):
            yield key, state.values()


def _goals_of_one_name(states: States) -> Iterator[_Write]:
    by_name: dict[str, list[tuple[str, dict[str, Any]]]] = {}
    for key, goal in _shown(states, "goals"):
        by_name.setdefault(text.fold(str(goal.get("name", ""))), []).append((key, goal))
    for alike in by_name.values():
        (first, one), *others = sorted(alike, key=lambda pair: (str(pair[1].get("created_at")), pair[0]))
        for key, other in others:
            if _was_renamed(states["goals", first]) or _was_renamed(states["goals", key]):
                yield ("goals", key), {"name": _other_name(str(other["name"]), by_name)}
                continue
            archived = one.get("archived_at") if other.get("archived_at") else None
            yield ("goals", first), _only_new(one, why=_both(one.get("why"), other.get("why")), archived_at=archived)
            yield ("goals", key), {INTO: first}


def _was_renamed(goal: RecordState) -> bool:
    """Return whether a goal was ever given another name than its first."""
    return goal.stamp("name") > max(goal.stamp("created_at"), goal.stamp("id"))


def _other_name(name: str, taken: Mapping[str, object]) -> str:
    number = 2
    while text.fold(f"{name} ({number})") in taken:
        number += 1
    return f"{name} ({number})"


def _only_new(old: Mapping[str, Any], **values: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON is of any type
    return {name: value for name, value in values.items() if old.get(name) != value}


def _both(one: Any, other: Any) -> str:  # noqa: ANN401 - JSON is of any type
    """Return two texts as one; the one that holds the other is both."""
    first, second = str(one or ""), str(other or "")
    if second in first or first in second:
        return max(first, second, key=len)
    return f"{first}\n\n{second}"


def _reviews_of_one_week(states: States) -> Iterator[_Write]:
    reviews = sorted(_shown(states, "reviews"), key=lambda pair: (str(pair[1].get("started_at")), pair[0]))
    for place, (key, later) in enumerate(reviews):
        for first, earlier in reviews[:place]:
            if _is_near(earlier.get("week"), later.get("week")):
                yield ("reviews", first), _only_new(earlier, **_one_review(earlier, later))
                yield ("reviews", key), {INTO: first}
                return  # one at a time: a third may be near both


def _one_review(earlier: Mapping[str, Any], later: Mapping[str, Any]) -> dict[str, Any]:
    last = max(earlier, later, key=lambda review: str(review.get("updated_at")))
    ends = [review["finished_at"] for review in (earlier, later) if review.get("finished_at")]
    return {
        "note": _both(earlier.get("note"), later.get("note")),
        "finished_at": max(ends, default=None),
        "position": last.get("position"),
    }


def _is_near(one: Any, other: Any) -> bool:  # noqa: ANN401 - JSON is of any type
    try:
        return abs(date.fromisoformat(str(one)) - date.fromisoformat(str(other))) <= _SAME_WEEK
    except ValueError:
        return False


def _circles(states: States) -> Iterator[_Write]:
    links = {key: _target(win, "opened_by") for key, win in _shown(states, "wins")}
    for loop in find_loops(links):
        newest = max(loop, key=lambda key: (states["wins", key].stamp("opened_by"), key))
        yield ("wins", newest), {"opened_by": None}


def _links_astray(states: States) -> Iterator[_Write]:
    """Yield links to what was removed or is part of another now; what has only not arrived yet is left."""
    for table, links in _LINKS.items():
        for key, record in _shown(states, table):
            wrong = {
                name: _end_of(states, kind, target)
                for name, kind in links
                if (target := _target(record, name)) is not None and _is_astray(states, kind, target)
            }
            if wrong:
                yield (table, key), wrong


def _is_astray(states: States, table: TableName, key: str) -> bool:
    return (state := states.get((table, key))) is not None and not is_shown(state)


def _end_of(states: States, table: TableName, key: str) -> str | None:
    """Return what a record became part of, or None where it was removed."""
    seen: set[str] = set()
    while key not in seen and (state := states.get((table, key))) is not None and not is_shown(state):
        seen.add(key)
        key = _target(state.values(), INTO) or ""
    return key or None


def _target(record: Mapping[str, Any], name: str) -> str | None:
    """Return what a field points at; whoever has the key may have put anything there."""
    target = record.get(name)
    return target if isinstance(target, str) and target else None


_RULES: Final[tuple[tuple[str, Callable[[States], Iterable[_Write]]], ...]] = (
    ("Two goals had the same name; they are one now.", _goals_of_one_name),
    ("", _reviews_of_one_week),
    ("Two links made a circle; the newer one was left out.", _circles),
    ("", _links_astray),
)

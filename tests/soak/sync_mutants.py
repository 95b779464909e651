"""`python -m tests.soak.sync_mutants`: whether the simulator of sync notices each rule of it that is taken out.

Each mutant lives up to 400 random lives, until one of them has a fault.
"""

import argparse
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final
from unittest.mock import patch

from data.model.records import TableName
from data.sync import exchange, record_state, repairs, stamps, sync_folder, sync_pass, writes
from data.sync.record_state import RecordState
from data.sync.registers import Document
from data.sync.repairs import Key
from data.sync.sync_folder import SyncFolder
from data.sync.writes import FieldTimes
from tests.support.sync_simulator import lives

LIVES: Final = 400


def _only_the_highest(mine: Mapping[str, Any], theirs: Mapping[str, Any], *rest: Any) -> dict[str, Any]:  # noqa: ANN401
    values = {**mine, **theirs}
    kept = {stamp: value for stamp, value in values.items() if not stamps.covers(rest[-1], stamp)}
    return {max(kept): kept[max(kept)]} if kept else {}


def _wall_clock(moment: Any, actor: str, _newest: str = "") -> str:  # noqa: ANN401
    return stamps.stamp_after(moment, actor)


def _removal_wins(_key: Key, state: RecordState, *_: object) -> RecordState:
    return RecordState({}, state.seen, {**state.gone, **state.seen}) if state.gone else state


def _no_rescue(_key: Key, state: RecordState, *_: object) -> RecordState:
    return state


def _any_base(self: SyncFolder, _name: str) -> Any:  # noqa: ANN401
    found = sorted(self.path.glob("base-*"), key=lambda path: path.stat().st_mtime_ns)
    return _base(self, found[-1].name.removeprefix("base-")) if found else None


def _as_a_change(
    table: TableName, document: Document, theirs: RecordState, times: FieldTimes, actor: str
) -> RecordState:
    return writes.write_differences(table, document, theirs, times, actor)


_base = SyncFolder.base


def _without(note: str) -> tuple[Any, ...]:
    return tuple(rule for rule in repairs._RULES if note not in rule[1].__name__)


MUTANTS: Final[dict[str, tuple[object, str, object]]] = {
    "losers are dropped": (record_state, "_joined", _only_the_highest),
    "the wall clock alone counts": (writes, "stamp_after", _wall_clock),
    "a removal always wins": (exchange, "_rescued", _removal_wins),
    "no record is rescued": (exchange, "_rescued", _no_rescue),
    "a first meeting is an ordinary change": (exchange, "_first_writes", _as_a_change),
    "circles of links stay": (repairs, "_RULES", _without("circles")),
    "goals of one name stay two": (repairs, "_RULES", _without("goals")),
    "links to what is gone stay": (repairs, "_RULES", _without("astray")),
    "what a remote lost is not sent again": (sync_pass.SyncPass, "_absent", lambda *_: {}),
    "the newest base counts, not the journal's": (sync_folder.SyncFolder, "base", _any_base),
    "a device keeps its name": (sync_pass, "new_actor", lambda: "00000001"),
}


@contextmanager
def mutated(name: str) -> Iterator[None]:
    """Take a rule out."""
    target, attribute, instead = MUTANTS[name]
    with patch.object(target, attribute, instead):
        yield


def lives_until_noticed(name: str) -> int | None:
    """Return how many lives it took to notice a mutant, or None."""
    with tempfile.TemporaryDirectory() as folder, mutated(name):
        for seed, faults in _lives(Path(folder)):
            if faults:
                return seed + 1
    return None


def _lives(home: Path) -> Iterator[tuple[int, bool]]:
    seed = 0
    while seed < LIVES:
        try:
            for seed, faults in lives(range(seed, LIVES), home):  # noqa: B020 - goes on after a crash
                yield seed, bool(faults)
        except Exception:  # noqa: BLE001 - a mutant may break anything, which is noticed too
            yield seed, True
        return


def main(say: Callable[[str], object] = print) -> int:
    """Try every mutant; return how many were not noticed."""
    found = {name: lives_until_noticed(name) for name in MUTANTS}
    for name, number in found.items():
        say(f"{'not noticed' if number is None else f'after {number:3} lives'}: {name}")
    return sum(number is None for number in found.values())


if __name__ == "__main__":
    argparse.ArgumentParser(prog="python -m tests.soak.sync_mutants", description=__doc__).parse_args()
    sys.exit(main())

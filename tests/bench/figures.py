"""What a benchmark says: ratios of medians, measured in one run, each with the most it may be."""

import gc
import math
import time
from collections.abc import Callable, Mapping, Sequence
from statistics import median
from typing import Final, NamedTuple, TypeVar

_Name = TypeVar("_Name")
FREE: Final = math.inf
"""The limit of a figure that only tells."""


class Figure(NamedTuple):
    """One figure.

    Attributes:
        what: What was measured.
        of: What it is compared with.
        ours: Seconds, or bytes.
        base: Seconds, or bytes, of what it is compared with.
        limit: The most that `ours / base` may be.
    """

    what: str
    of: str
    ours: float
    base: float
    limit: float = FREE

    @property
    def ratio(self) -> float:
        """How many times the base."""
        return self.ours / self.base


def seconds(work: Callable[[], object]) -> float:
    """Return how long a piece of work takes, without the garbage of the one before."""
    gc.collect()
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def in_turns(works: Mapping[_Name, Callable[[], float]], turns: int) -> dict[_Name, float]:
    """Return the median of what each piece of work measures, done in turns so that a busy machine disturbs all alike.

    Each is done once before, so that nothing is measured that only the first time has.
    """
    for work in works.values():
        work()
    rounds: Sequence[dict[_Name, float]] = [{name: work() for name, work in works.items()} for _ in range(turns)]
    return {name: median(one[name] for one in rounds) for name in works}


def timed(work: Callable[[], object]) -> Callable[[], float]:
    """Return a piece of work that says how long it took."""
    return lambda: seconds(work)

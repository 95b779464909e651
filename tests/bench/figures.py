"""What a benchmark says: ratios of medians, measured in one run, each with the most it may be."""

import gc
import time
from collections.abc import Callable
from statistics import median
from typing import NamedTuple


class Figure(NamedTuple):
    """One figure.

    Attributes:
        what: What was compared with what.
        ours: Seconds, or bytes.
        base: Seconds, or bytes, of what it is compared with.
        limit: The most that `ours / base` may be.
    """

    what: str
    ours: float
    base: float
    limit: float

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


def compare(what: str, ours: Callable[[], object], base: Callable[[], object], limit: float, turns: int = 9) -> Figure:
    """Return the medians of two pieces of work, done in turns so that a busy machine disturbs both alike."""
    pairs = [(seconds(ours), seconds(base)) for _ in range(turns)]
    return Figure(what, median(pair[0] for pair in pairs), median(pair[1] for pair in pairs), limit)

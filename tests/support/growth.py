"""How the time of a reader grows with what it reads."""

import time
from collections.abc import Callable
from math import sqrt
from timeit import timeit

_ENOUGH = 0.01
"""Seconds that a measurement takes at least: the processor's clock is coarse."""
_TRIES = 6


def per_doubling(small: Callable[[], object], large: Callable[[], object]) -> float:
    """Return how many times as long twice the input takes, from the processor time of one and of four times as much.

    The least of several runs counts, and a quotient that is too high is measured again: another program on the machine
    can only make a run longer, and what takes the square of its input is never as quick as what does not.
    """
    found = []
    for _ in range(_TRIES):
        found.append(sqrt(_seconds(large) / _seconds(small)))
        if found[-1] <= 2.3:
            break
    return min(found)


def _seconds(work: Callable[[], object]) -> float:
    rounds = 1
    while (took := _timed(work, rounds)) < _ENOUGH:
        rounds *= 2
    return min(took, _timed(work, rounds)) / rounds


def _timed(work: Callable[[], object], rounds: int) -> float:
    return timeit(work, timer=time.thread_time, number=rounds)  # which collects no garbage meanwhile

"""How likely such counts are by chance alone: exact tests for small samples, free of assumptions about their shape."""

from collections.abc import Iterator, Sequence
from typing import Final

_NEGLIGIBLE: Final = 1e-17
_SAME: Final = 1 + 1e-7
"""Two tables are as likely as each other when they differ by no more than rounding does."""


def fisher_exact(a: int, b: int, c: int, d: int) -> float:
    """Return the two-sided p of Fisher's exact test on the table ((a, b), (c, d)) of counts.

    It is the chance, with the sums of rows and columns as they are, of a table no likelier than this one (Fisher 1935,
    The Design of Experiments; the two-sided rule is that of Freeman & Halton 1951, Biometrika 38, 141-149).
    """
    row, column, total = a + b, a + c, a + b + c + d
    weights = dict(_tables(row, column, total))
    observed = weights.get(a, 0.0)
    return sum(sorted(w for w in weights.values() if w <= observed * _SAME)) / sum(sorted(weights.values()))


def _tables(row: int, column: int, total: int) -> Iterator[tuple[int, float]]:
    """Yield each first cell a table of these sums can have with its relative likelihood, out from the likeliest."""
    low, high = max(0, row + column - total), min(row, column)
    mode = (row + 1) * (column + 1) // (total + 2)  # never outside of these two
    yield mode, 1.0
    weight = 1.0
    for k in range(mode, high):
        weight *= (row - k) * (column - k) / ((k + 1) * (total - row - column + k + 1))
        if weight < _NEGLIGIBLE:
            break
        yield k + 1, weight
    weight = 1.0
    for k in range(mode, low, -1):
        weight *= k * (total - row - column + k) / ((row - k + 1) * (column - k + 1))
        if weight < _NEGLIGIBLE:
            break
        yield k - 1, weight


def binomial_tail(successes: int, trials: int, one_in: int) -> float:
    """Return the probability of at least `successes`, where each trial succeeds once in `one_in` times."""
    weights = dict(_successes(trials, one_in))
    return sum(sorted(w for k, w in weights.items() if k >= successes)) / sum(sorted(weights.values()))


def _successes(trials: int, one_in: int) -> Iterator[tuple[int, float]]:
    """Yield each number of successes with its relative likelihood, out from the likeliest."""
    mode = min((trials + 1) // one_in, trials)
    weight = 1.0
    for k in range(mode, trials + 1):
        yield k, weight
        weight *= (trials - k) / ((k + 1) * (one_in - 1))
        if weight < _NEGLIGIBLE:
            break
    weight = 1.0
    for k in range(mode, 0, -1):
        weight *= k * (one_in - 1) / (trials - k + 1)
        if weight < _NEGLIGIBLE:
            break
        yield k - 1, weight


def holm_adjusted(values: Sequence[float]) -> list[float]:
    """Return p values adjusted for multiple comparisons (Holm 1979, Scand. J. Statistics 6, 65-70)."""
    order = sorted(range(len(values)), key=values.__getitem__)
    raised = [0.0] * len(values)
    highest = 0.0
    for place, index in enumerate(order):
        highest = max(highest, min(1.0, values[index] * (len(values) - place)))
        raised[index] = highest
    return raised

"""Exact tests against their definitions, counted out in whole numbers."""

from fractions import Fraction
from itertools import pairwise, product
from math import comb, isclose

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.base.exact_tests import binomial_tail, fisher_exact, holm_adjusted

cell = st.integers(0, 25)


def counted(a: int, b: int, c: int, d: int) -> Fraction:
    """Fisher's p as the share of all tables with these sums that are no likelier."""
    row, column, total = a + b, a + c, a + b + c + d
    ways = {k: comb(column, k) * comb(total - column, row - k) for k in range(min(row, column) + 1) if row - k >= 0}
    return Fraction(sum(way for way in ways.values() if way <= ways[a]), sum(ways.values()))


@given(cell, cell, cell, cell)
def test_fisher_equals_the_counted_share_of_tables(a: int, b: int, c: int, d: int) -> None:
    assert isclose(fisher_exact(a, b, c, d), counted(a, b, c, d), rel_tol=1e-9, abs_tol=1e-12)


def test_fisher_is_right_on_every_small_table() -> None:
    for cells in product(range(5), repeat=4):
        assert isclose(fisher_exact(*cells), counted(*cells), rel_tol=1e-9)


def test_fisher_on_the_lady_tasting_tea() -> None:
    assert isclose(fisher_exact(3, 1, 1, 3), 34 / 70)
    assert isclose(fisher_exact(4, 0, 0, 4), 2 / 70)


def test_fisher_holds_at_a_hundred_thousand_wins() -> None:
    assert fisher_exact(20_000, 30_000, 20_000, 30_000) == 1
    assert fisher_exact(21_000, 29_000, 19_000, 31_000) < 1e-15


def test_nothing_to_compare_is_no_difference() -> None:
    assert fisher_exact(0, 0, 3, 4) == 1
    assert fisher_exact(3, 0, 4, 0) == 1
    assert fisher_exact(0, 0, 0, 0) == 1


@pytest.mark.parametrize(("found", "trials"), [(0, 5), (0, 40), (1, 1), (3, 40), (12, 40), (40, 40)])
def test_the_tail_is_the_counted_one(found: int, trials: int) -> None:
    counted_tail = sum(Fraction(comb(trials, k) * 6 ** (trials - k), 7**trials) for k in range(found, trials + 1))
    assert isclose(binomial_tail(found, trials, 7), counted_tail, rel_tol=1e-9, abs_tol=1e-15)


def test_tails_of_a_hundred_thousand_wins_are_found_at_once() -> None:
    assert binomial_tail(15_000, 100_000, 7) < 1e-10
    assert isclose(binomial_tail(14_286, 100_000, 7), 0.5, abs_tol=0.01)


def test_holm_raises_by_how_many_were_looked_at() -> None:
    assert holm_adjusted([0.01, 0.04, 0.03]) == pytest.approx([0.03, 0.06, 0.06])
    assert holm_adjusted([]) == []
    assert holm_adjusted([0.6, 0.7]) == [1, 1]


@given(st.lists(st.floats(0, 1), min_size=1, max_size=10))
def test_holm_never_lowers_and_keeps_the_order(values: list[float]) -> None:
    raised = holm_adjusted(values)
    assert all(after >= before for before, after in zip(values, raised, strict=True))
    pairs = sorted(zip(values, raised, strict=True))
    assert all(first[1] <= second[1] for first, second in pairwise(pairs))

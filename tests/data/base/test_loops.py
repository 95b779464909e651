"""Loops among things that point at one another."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from data.base.loops import find_loops


@given(st.dictionaries(st.sampled_from("abcdefg"), st.sampled_from("abcdefgx") | st.none()))
def test_each_loop_is_found_once_in_its_own_order(parents: dict[str, str | None]) -> None:
    def comes_back(start: str) -> bool:
        key, steps = parents.get(start), 0
        while key is not None and key != start and steps < 10:
            key, steps = parents.get(key), steps + 1
        return key == start

    loops = find_loops(parents)
    assert sorted(key for loop in loops for key in loop) == sorted(key for key in parents if comes_back(key))
    assert all(parents[one] == next_one for loop in loops for one, next_one in pairwise((*loop, loop[0])))


def test_a_long_chain_is_no_loop() -> None:
    assert find_loops({str(index): str(index + 1) for index in range(100_000)}) == []

"""Laws of weeks."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from data.base.weeks import group_by_week, week_of


@given(st.lists(st.dates() | st.dates(date(1, 1, 1), date(1, 1, 20)), unique=True), st.integers(0, 6))
def test_days_are_gathered_in_the_week_that_each_is_in(days: list[date], first: int) -> None:
    found = group_by_week({day: str(day) for day in days}, first)
    assert sorted(day for each in found.values() for day in each) == sorted(map(str, days))
    for week, inside in found.items():
        assert {week_of(date.fromisoformat(day), first) for day in inside} == {week}

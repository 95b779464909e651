"""Weeks in columns: none is left out, whatever the room."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from widgets.charts.week_columns import spread

weeks = st.integers(1, 700)
cells = st.integers(2, 250)
gaps = st.integers(0, 1)


@given(weeks, cells, gaps)
def test_every_week_is_in_exactly_one_column(count: int, room: int, gap: int) -> None:
    columns = spread(count, room, gap)
    members = [week for column in range(columns.count) for week in columns.members(column)]
    assert members == list(range(count))
    assert all(columns.of(week) == column for column in range(columns.count) for week in columns.members(column))


@given(weeks, cells, gaps)
def test_columns_fill_the_room_and_the_newest_ends_at_the_right_edge(count: int, room: int, gap: int) -> None:
    columns = spread(count, room, gap)
    slots = [cell for column in range(columns.count) for cell in columns.slot(column)]
    assert slots == list(range(room))
    assert columns.bar_cells(columns.count - 1).stop == room


@pytest.mark.parametrize("room", [55, 75, 115, 195])
@pytest.mark.parametrize("count", [8, 26, 52, 104, 260, 520])
def test_bars_never_fuse_from_eight_weeks_to_ten_years_at_every_width(count: int, room: int) -> None:
    columns = spread(count, room, 1)
    bars = [columns.bar_cells(column) for column in range(columns.count)]
    assert all(later.start > earlier.stop for earlier, later in pairwise(bars))
    assert {len(bar) for bar in bars} == {columns.bar}
    assert bars[0].start >= 0


@given(weeks, cells, gaps)
def test_pointing_at_a_column_finds_its_newest_week(count: int, room: int, gap: int) -> None:
    columns = spread(count, room, gap)
    for column in range(columns.count):
        assert {columns.at(cell) for cell in columns.slot(column)} == {columns.members(column)[-1]}
    assert columns.at(room) is None
    assert columns.at(-1) is None


def test_weeks_share_columns_only_when_there_are_too_many() -> None:
    assert spread(52, 52).size == 1
    assert spread(53, 52).size == 2
    assert spread(26, 52, 1).size == 1
    assert spread(27, 52, 1).size == 2


def test_only_the_oldest_column_may_be_short() -> None:
    columns = spread(53, 52)
    assert [len(columns.members(column)) for column in range(columns.count)] == [1, *[2] * 26]


def test_without_weeks_there_are_no_columns() -> None:
    assert spread(0, 40).count == 0
    assert spread(0, 40).at(0) is None

"""Weeks in columns: none is left out, whatever the room."""

from hypothesis import given
from hypothesis import strategies as st

from widgets.charts.week_columns import WeekColumns, spread

weeks = st.integers(1, 700)
cells = st.integers(1, 250)


@given(weeks, cells)
def test_every_week_is_in_exactly_one_column_and_all_columns_fit(count: int, room: int) -> None:
    columns = spread(count, room)
    members = [week for column in range(columns.count) for week in columns.members(column)]
    assert members == list(range(count))
    assert columns.count * columns.pitch <= room
    assert all(columns.of(week) == column for column in range(columns.count) for week in columns.members(column))


@given(weeks, cells)
def test_pointing_at_the_middle_of_a_column_finds_its_newest_week(count: int, room: int) -> None:
    columns = spread(count, room)
    for column in range(columns.count):
        assert columns.at(columns.middle(column)) == columns.members(column)[-1]
    assert columns.at(columns.count * columns.pitch) is None
    assert columns.at(-1) is None


def test_weeks_share_columns_only_when_there_are_too_many() -> None:
    assert spread(52, 52).size == 1
    assert spread(53, 52).size == 2
    assert spread(8, 200).pitch == 8


def test_only_the_oldest_column_may_be_short() -> None:
    columns = spread(53, 52)
    assert [len(columns.members(column)) for column in range(columns.count)] == [1, *[2] * 26]


def test_without_weeks_there_are_no_columns() -> None:
    assert spread(0, 40).count == 0
    assert spread(0, 40).at(0) is None


def test_a_bar_leaves_a_cell_to_the_next_and_its_middle_is_in_its_middle() -> None:
    drawn = [(WeekColumns(4, 1, pitch).bar, WeekColumns(4, 1, pitch).middle(2)) for pitch in range(1, 9)]
    assert drawn == [(1, 2), (1, 4), (2, 6), (3, 9), (4, 11), (5, 14), (6, 16), (7, 19)]

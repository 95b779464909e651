"""The rows of the first weeks: a mark for each win, in the width there is."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from data.figures.momentum import Week
from data.model.journal import Tally
from widgets.base.cells import cells
from widgets.charts.first_weeks import week_rows

MONDAY = date(2026, 11, 2)
TALLIES = st.lists(st.builds(Tally, *(st.integers(0, 12),) * 3), min_size=1, max_size=4)


def weeks_of(tallies: list[Tally]) -> list[Week]:
    """Weeks with these wins, the last one not over."""
    return [Week(MONDAY + timedelta(weeks=n), tally, 0.0, 0.0, n < len(tallies) - 1) for n, tally in enumerate(tallies)]


def test_each_win_has_its_mark_and_the_count_stands_right_beside_the_longest_row() -> None:
    first, second = week_rows(weeks_of([Tally(real=4, unsorted=1), Tally(real=2, candy=1)]), 56)
    assert first.plain == "Week of 2 Nov    ◆◆◆◆·   5 wins, 1 not sorted"
    assert second.plain == "Week of 9 Nov    ◆◆◇     3 wins so far"


@given(TALLIES, st.integers(56, 200))
def test_no_row_is_wider_than_there_is_room_nor_tells_more_wins_than_there_were(
    tallies: list[Tally], width: int
) -> None:
    for tally, row in zip(tallies, week_rows(weeks_of(tallies), width), strict=True):
        assert cells(row.plain) <= width
        marks = {sign: row.plain.count(sign) for sign in "◆◇·"}
        counts = {"◆": tally.real, "◇": tally.candy, "·": tally.unsorted}
        assert all(marks[sign] <= counts[sign] for sign in marks)
        assert marks == counts or "…" in row.plain

"""What is drawn, cell by cell, against the figures, at any size."""

from collections import Counter
from datetime import date, timedelta
from math import isclose
from statistics import fmean

from hypothesis import given, settings
from hypothesis import strategies as st

from data.figures.momentum import Week
from data.model.journal import Tally
from widgets.charts.drawing import LABEL_CELLS
from widgets.charts.week_columns import spread
from widgets.charts.week_drawings import (
    CANDY_MARK,
    CANDY_SO_FAR,
    DOTTED,
    REAL_MARK,
    REAL_SO_FAR,
    SOLID,
    WeekLine,
    bars_drawing,
    brief,
    lines_drawing,
    wins_a_row,
)

FIRST = date(2016, 1, 4)
counts = st.one_of(st.integers(0, 6), st.integers(0, 90))
tallies = st.lists(st.tuples(counts, counts), min_size=1, max_size=120)
widths = st.integers(2, 150)
heights = st.integers(3, 40)


def weeks_of(made: list[tuple[int, int]]) -> tuple[Week, ...]:
    """Weeks with these real wins and candy, the last one not over."""
    starts = [FIRST + timedelta(weeks=n) for n in range(len(made))]
    return tuple(
        Week(start, Tally(real=real, candy=candy), 1.0, 1.0, n < len(made) - 1)
        for n, (start, (real, candy)) in enumerate(zip(starts, made, strict=True))
    )


@settings(max_examples=150)
@given(tallies, widths, heights)
def test_bars_are_as_high_as_their_wins_at_any_size(made: list[tuple[int, int]], width: int, height: int) -> None:
    drawing = bars_drawing(weeks_of(made), width, height)
    columns = spread(len(made), width)
    drawn = Counter((x, layer.mark) for layer in drawing.layers for x in layer.xs)
    stacks = [
        (sum(made[i][0] for i in columns.members(c)), sum(made[i][1] for i in columns.members(c)))
        for c in range(columns.count)
    ]
    wins = wins_a_row(stacks, height)
    highest = max(map(sum, stacks))
    rows = height // highest if wins == 1 and highest else 1
    for column, (real, candy) in enumerate(stacks):
        running = column == columns.count - 1
        for x in range(column * columns.pitch, column * columns.pitch + columns.bar):
            assert drawn.pop((x, REAL_SO_FAR if running else REAL_MARK), 0) == rows * -(-real // wins)
            assert drawn.pop((x, CANDY_SO_FAR if running else CANDY_MARK), 0) == rows * -(-candy // wins)
    assert not drawn
    cells = [(x, y) for layer in drawing.layers for x, y in zip(layer.xs, layer.ys, strict=True)]
    assert len(cells) == len(set(cells))
    assert all(0 <= x < width and 0 <= y < height for x, y in cells)
    assert ("a row is" in drawing.note) == (wins > 1)
    assert ("a column is" in drawing.note) == (columns.size > 1)
    assert drawing.y_ticks
    assert all(len(label) <= LABEL_CELLS for _, label in drawing.y_ticks)


@given(st.lists(st.tuples(st.integers(0, 80), st.integers(0, 80)), max_size=20), st.integers(3, 40))
def test_the_scale_is_the_finest_that_fits(stacks: list[tuple[int, int]], height: int) -> None:
    def fits(wins: int) -> bool:
        return all(-(-real // wins) + -(-candy // wins) <= height for real, candy in stacks)

    wins = wins_a_row(stacks, height)
    assert fits(wins)
    assert wins == 1 or not fits(wins - 1)


@settings(max_examples=100)
@given(st.lists(st.lists(st.floats(0, 1), max_size=4), min_size=1, max_size=90), widths, heights)
def test_no_week_is_dropped_from_a_mean_when_weeks_share_a_column(
    made: list[list[float]], width: int, height: int
) -> None:
    weeks = weeks_of([(0, 0)] * len(made))
    values = tuple(fmean(week) if week else None for week in made)
    line = WeekLine("real", SOLID, "◆", values, tuple((sum(week), float(len(week))) for week in made))
    drawing = lines_drawing(weeks, (line,), "%", width, height)
    columns = spread(len(made), width)
    drawn = {x: y for layer in drawing.layers for x, y in zip(layer.xs, layer.ys, strict=True)}
    for column in range(columns.count):
        known = [score for i in columns.members(column) for score in made[i]]
        found = drawn.get(columns.middle(column))
        assert (found is None) == (not known)
        assert found is None or isclose(found, fmean(known), abs_tol=1e-12)


def test_momentum_of_a_column_is_that_of_its_newest_week() -> None:
    assert WeekLine("real", SOLID, "◆", (0.2, 0.4, None)).over(range(3)) == 0.4
    assert WeekLine("real", SOLID, "◆", (None, None)).over(range(2)) is None


def test_a_line_is_broken_where_there_is_nothing_to_say() -> None:
    line = WeekLine("candy", DOTTED, "◇", (0.5, 0.5, None, 0.2, 0.2, 0.2, None))
    drawing = lines_drawing(weeks_of([(0, 0)] * 7), (line,), "%", 60, 10)
    assert [len(layer.xs) for layer in drawing.layers] == [2, 3]


def test_labels_stay_within_the_gutter_whatever_the_number() -> None:
    assert [brief(n) for n in (7, 999, 9_999, 10_000, 123_456)] == ["7", "999", "9999", "10k", "123k"]

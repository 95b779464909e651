"""What is drawn, cell by cell, against the figures, at any size."""

from collections import Counter
from datetime import date, timedelta
from itertools import pairwise
from statistics import fmean

from hypothesis import given, settings
from hypothesis import strategies as st

from data.figures.momentum import Week
from data.model.journal import Tally
from tests.support.drawn_areas import depth_at, height_at
from widgets.charts.area import HANGING
from widgets.charts.drawing import AXIS_MARK, LABEL_CELLS, Drawing, brief
from widgets.charts.week_columns import spread
from widgets.charts.week_drawings import (
    BAR_GAP,
    CANDY_MARK,
    CANDY_SO_FAR,
    REAL_MARK,
    REAL_SO_FAR,
    WeekValues,
    bars_drawing,
    horizon_drawing,
    shares_drawing,
    wins_a_row,
)

FIRST = date(2016, 1, 4)
counts = st.one_of(st.integers(0, 6), st.integers(0, 90))
tallies = st.lists(st.tuples(counts, counts), min_size=1, max_size=120)
widths = st.integers(2, 150)
heights = st.integers(4, 40)


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
    columns = spread(len(made), width, BAR_GAP)
    drawn = Counter((x, layer.mark) for layer in drawing.layers if layer.mark != AXIS_MARK for x in layer.xs)
    stacks = [
        (sum(made[i][0] for i in columns.members(c)), sum(made[i][1] for i in columns.members(c)))
        for c in range(columns.count)
    ]
    wins = wins_a_row(stacks, height - 1)
    highest = max(map(sum, stacks))
    rows = (height - 1) // highest if wins == 1 and highest else 1
    for column, (real, candy) in enumerate(stacks):
        running = column == columns.count - 1
        for x in columns.bar_cells(column):
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


def weeks_with(values: list[tuple[float, float]]) -> tuple[Week, ...]:
    """Weeks with these momenta and sugars, the last one not over."""
    starts = [FIRST + timedelta(weeks=n) for n in range(len(values))]
    return tuple(
        Week(start, Tally(), momentum, sugar, n < len(values) - 1)
        for n, (start, (momentum, sugar)) in enumerate(zip(starts, values, strict=True))
    )


rates = st.one_of(st.just(0.0), st.floats(0.01, 40))
courses = st.lists(st.tuples(rates, rates), min_size=1, max_size=120)


@settings(max_examples=200)
@given(courses, widths, heights)
def test_the_horizon_is_exact_to_an_eighth_of_a_row(values: list[tuple[float, float]], width: int, height: int) -> None:
    drawing = horizon_drawing(weeks_with(values), width, height)
    columns = spread(len(values), width)
    for column in range(columns.count):
        momentum, sugar = values[columns.members(column)[-1]]
        x = columns.slot(column).stop - 1
        for drawn, value in ((height_at(drawing, x), momentum), (depth_at(drawing, x), sugar)):
            # Half an eighth of rounding; more than nothing is an eighth at least.
            assert abs(drawn - value / drawing.unit * 8) <= 0.5 + 1e-6 or (drawn == 1 and value > 0)


@settings(max_examples=100)
@given(courses, widths, heights)
def test_the_horizon_fills_its_height_and_stays_within_it(
    values: list[tuple[float, float]], width: int, height: int
) -> None:
    drawing = horizon_drawing(weeks_with(values), width, height)
    columns = spread(len(values), width)
    rows = {y for layer in drawing.layers for y in layer.ys}
    assert rows <= set(range(height))
    seen = [values[columns.members(column)[-1]] for column in range(columns.count)]
    if any(momentum for momentum, _ in seen) or any(sugar for _, sugar in seen):
        assert max(rows) == height - 1 or min(rows) == 0


@settings(max_examples=50)
@given(courses, widths, heights)
def test_zero_is_on_the_axis_and_every_label_at_the_row_its_value_reaches(
    values: list[tuple[float, float]], width: int, height: int
) -> None:
    drawing = horizon_drawing(weeks_with(values), width, height)
    zero, *others = drawing.y_ticks
    assert zero == (drawing.axis, "0")
    for row, label in others:
        assert (row - drawing.axis - 1) * drawing.unit < float(label) * (1 + 1e-6)
        assert float(label) <= (row - drawing.axis) * drawing.unit * (1 + 1e-6)


def test_without_colour_sugar_is_whole_hollow_cells() -> None:
    weeks = weeks_with([(1.0, 0.3), (2.0, 1.4), (1.5, 0.0), (1.5, 0.1)])
    drawing = horizon_drawing(weeks, 40, 12, hollow=True)
    below = [layer for layer in drawing.layers if any(y < drawing.axis for y in layer.ys)]
    assert {layer.mark for layer in below} == {CANDY_MARK}
    assert not [layer for layer in drawing.layers if HANGING in layer.colour]


def test_the_week_that_is_not_over_is_paler() -> None:
    drawing = horizon_drawing(weeks_with([(1.0, 1.0)] * 4), 40, 12)
    pale = {x for layer in drawing.layers if "pale" in layer.colour for x in layer.xs}
    assert pale == set(range(30, 40))


def test_without_weeks_the_horizon_is_its_line() -> None:
    assert [layer.mark for layer in horizon_drawing((), 40, 12).layers] == [AXIS_MARK]


@settings(max_examples=100)
@given(st.lists(st.lists(st.floats(0, 1), max_size=4), min_size=1, max_size=90), widths, heights)
def test_no_week_is_dropped_from_a_mean_when_weeks_share_a_column(
    made: list[list[float]], width: int, height: int
) -> None:
    weeks = weeks_of([(0, 0)] * len(made))
    values = tuple(fmean(week) if week else None for week in made)
    row = WeekValues("real", values, tuple((sum(week), float(len(week))) for week in made))
    drawing = shares_drawing(weeks, (row,), width, height)
    columns = spread(len(made), width)
    for column in range(columns.count):
        known = [score for i in columns.members(column) for score in made[i]]
        drawn = height_at(drawing, columns.slot(column).start)
        wanted = fmean(known) * (height - 1) * 8 if known else 0
        assert abs(drawn - wanted) <= 0.5 + 1e-6 or (drawn == 1 and wanted > 0)


def test_momentum_of_a_column_is_that_of_its_newest_week() -> None:
    assert WeekValues("real", (0.2, 0.4, None)).over(range(3)) == 0.4
    assert WeekValues("real", (None, None)).over(range(2)) is None


def test_an_area_is_broken_where_there_is_nothing_to_say() -> None:
    row = WeekValues("candy", (0.5, 0.5, None, 0.2, 0.2, 0.2, None))
    drawing = shares_drawing(weeks_of([(0, 0)] * 7), (row,), 70, 10)
    assert [height_at(drawing, x) > 0 for x in range(5, 70, 10)] == [True, True, False, True, True, True, False]


def test_three_bands_never_touch_and_each_has_its_name() -> None:
    rows = tuple(WeekValues("first", (1.0,) * 5, name=name) for name in ("Momentum", "Alignment", "Stretch"))
    drawing = shares_drawing(weeks_of([(0, 0)] * 5), rows, 50, 10)
    filled = {y for layer in drawing.layers for y in layer.ys if layer.mark != AXIS_MARK}
    names = {y: name for _, y, name in drawing.texts}
    assert [names[y] for y in sorted(names, reverse=True)] == ["Momentum", "Alignment", "Stretch"]
    assert not filled & names.keys()


def labels_fit(drawing: Drawing, width: int) -> bool:
    """Return whether the dates stand apart and within the width."""
    spans = [(x - len(label) // 2, x - len(label) // 2 + len(label)) for x, label in drawing.x_ticks]
    apart = all(later[0] > earlier[1] for earlier, later in pairwise(spans))
    return apart and all(start >= 0 and end <= width for start, end in spans)


@given(st.integers(1, 520), st.integers(12, 200))
def test_dates_stand_apart_and_the_newest_week_has_one(count: int, width: int) -> None:
    drawing = horizon_drawing(weeks_of([(1, 1)] * count), width, 12)
    assert labels_fit(drawing, width)
    assert drawing.x_ticks


def test_labels_stay_within_the_gutter_whatever_the_number() -> None:
    assert [brief(n) for n in (7, 999, 9_999, 10_000, 123_456)] == ["7", "999", "9999", "10k", "123k"]

"""Bars and lines read back from the screen and held against the figures they came from."""

from collections import Counter
from datetime import date, timedelta
from random import Random

import pytest
from rich.color import Color

from data.figures.momentum import WeekSeries, week_series
from data.model.journal import Tally
from tests.support.widget_host import Host, text_of
from widgets.charts.chart import PLOT_LEFT, Chart
from widgets.charts.drawing import LABEL_CELLS
from widgets.charts.week_chart import Horizon, ShareChart, WeekBars, WeekChart
from widgets.charts.week_drawings import WeekValues

FRIDAY = date(2026, 11, 20)
WEEK = timedelta(weeks=1)
EIGHTHS = " ▁▂▃▄▅▆▇█"


def made_up(weeks: int, seed: int = 1, most: int = 3) -> WeekSeries:
    """A course with gaps."""
    random = Random(seed)  # noqa: S311 not a secret
    tallies = {
        FRIDAY - n * WEEK: Tally(real=random.randint(0, most), candy=random.randint(0, most)) for n in range(weeks)
    }
    return week_series({**tallies, FRIDAY - (weeks - 1) * WEEK: Tally(real=1)}, FRIDAY)


def rows_of(chart: Chart) -> list[str]:
    """The drawn rows, from the top."""
    return [chart.render_line(y).text for y in range(chart.size.height)]


def canvas(chart: Chart) -> list[str]:
    """The drawn rows above the axis, without what is left of them."""
    return [row[PLOT_LEFT:] for row in rows_of(chart)[: chart.axis_row]]


def heights(chart: WeekChart, marks: str) -> list[int]:
    """How many rows of these marks stand in each column; every cell of a bar must be as high."""
    found = []
    for column in range(chart.columns.count):
        bars = {sum(row[x] in marks for row in canvas(chart)) for x in chart.columns.bar_cells(column)}
        assert len(bars) == 1
        found.append(bars.pop())
    return found


@pytest.mark.parametrize("size", [(60, 12), (80, 9), (250, 40)])
@pytest.mark.parametrize("weeks", [1, 26])
async def test_every_win_is_the_same_whole_number_of_rows(weeks: int, size: tuple[int, int]) -> None:
    got = made_up(weeks)
    chart = WeekBars()
    async with Host(chart).run_test(size=size) as pilot:
        chart.weeks = got.weeks
        await pilot.pause()
        real, candy = heights(chart, "█◆"), heights(chart, "░◇")
        tallies = [week.tally for week in got.weeks]
        rows = max(h // t.real for h, t in zip(real, tallies, strict=True) if t.real)
        assert "a row is" not in rows_of(chart)[-1]
        assert rows >= 1
        assert real == [t.real * rows for t in tallies]
        assert candy == [t.candy * rows for t in tallies]


async def test_candy_stands_on_the_real_wins_of_its_week() -> None:
    chart = WeekBars()
    async with Host(chart).run_test(size=(60, 12)) as pilot:
        chart.weeks = week_series({FRIDAY - WEEK: Tally(real=2, candy=1)}, FRIDAY).weeks
        await pilot.pause()
        column = [row[chart.columns.bar_cells(0).start] for row in canvas(chart)]
        assert "".join(column).strip() in {"░██", "░░████", "░░░██████"}


async def test_the_axis_names_the_number_at_the_top_of_its_win() -> None:
    chart = WeekBars()
    async with Host(chart).run_test(size=(80, 14)) as pilot:
        chart.weeks = week_series({FRIDAY - WEEK: Tally(real=3)}, FRIDAY).weeks
        await pilot.pause()
        top = next(y for y, row in enumerate(canvas(chart)) if "█" in row)
        assert rows_of(chart)[top][:LABEL_CELLS].strip() == "3"


@pytest.mark.parametrize("height", [6, 9, 14, 29])
@pytest.mark.parametrize("most", [1, 5, 9, 40])
async def test_every_height_has_a_number_and_each_stands_at_its_row(height: int, most: int) -> None:
    chart = WeekBars()
    async with Host(chart).run_test(size=(60, height)) as pilot:
        chart.weeks = week_series({FRIDAY - n * WEEK: Tally(real=n) for n in range(1, most + 1)}, FRIDAY).weeks
        await pilot.pause()
        above = rows_of(chart)[: chart.axis_row]
        labels = {y: int(row[:LABEL_CELLS]) for y, row in enumerate(above) if row[:LABEL_CELLS].strip()}
        assert labels
        for y, wins in labels.items():
            column = next((c for c in range(chart.columns.count) if chart.weeks[c].tally.real == wins), None)
            if column is not None and chart.columns.size == 1:
                bar = [row[PLOT_LEFT + chart.columns.bar_cells(column).start] in "█◆" for row in above]
                assert bar.index(True) == y


async def test_more_wins_than_rows_are_scaled_and_the_scale_is_printed() -> None:
    chart = WeekBars()
    got = week_series({FRIDAY - WEEK: Tally(real=31, candy=2), FRIDAY - 2 * WEEK: Tally(real=1)}, FRIDAY)
    async with Host(chart).run_test(size=(60, 10)) as pilot:
        chart.weeks = got.weeks
        await pilot.pause()
        assert "a row is 6 wins" in rows_of(chart)[-1]
        assert heights(chart, "█") == [1, 6, 0]
        assert heights(chart, "░") == [0, 1, 0]


async def test_weeks_that_share_a_column_are_added_up_and_the_axis_says_so() -> None:
    got = made_up(520, most=1)
    chart = WeekBars()
    async with Host(chart).run_test(size=(80, 60)) as pilot:
        chart.weeks = got.weeks
        await pilot.pause()
        assert "a column is 15 weeks" in rows_of(chart)[-1]
        assert "a row is" not in rows_of(chart)[-1]
        sums = [sum(got.weeks[i].tally.real for i in chart.columns.members(c)) for c in range(chart.columns.count)]
        assert heights(chart, "█◆") == [2 * wins for wins in sums]


async def test_the_running_week_is_drawn_with_other_marks() -> None:
    chart = WeekBars()
    async with Host(chart).run_test(size=(60, 12)) as pilot:
        chart.weeks = week_series({FRIDAY: Tally(real=1, candy=1), FRIDAY - WEEK: Tally(real=1, candy=1)}, FRIDAY).weeks
        await pilot.pause()
        drawn = Counter("".join(canvas(chart)))
        assert drawn["█"] == drawn["◆"] == drawn["░"] == drawn["◇"] > 0


@pytest.mark.parametrize("weeks", [10, 14, 26, 40])
async def test_the_cursor_stands_below_its_week_and_a_click_moves_it(weeks: int) -> None:
    got = made_up(weeks)
    chart = WeekBars()
    app = Host(chart)
    async with app.run_test(size=(100, 12)) as pilot:
        chart.weeks = got.weeks
        chart.cursor = got.weeks[5].start
        await pilot.pause()
        spot = next(row for row in rows_of(chart) if "▲" in row).index("▲")
        assert chart.columns.at(spot - PLOT_LEFT) == 5
        assert spot - PLOT_LEFT in chart.pointed()
        await pilot.click(chart, offset=(PLOT_LEFT + chart.columns.slot(9).start, 4))
        assert [message.week for message in app.of(WeekChart.WeekPointed)] == [got.weeks[9].start]  # type: ignore[attr-defined]


async def test_the_column_under_the_cursor_has_another_background() -> None:
    got = made_up(26)
    chart = WeekBars()
    async with Host(chart).run_test(size=(100, 12)) as pilot:
        chart.weeks = got.weeks
        await pilot.pause()
        left = PLOT_LEFT + chart.columns.bar_cells(5).start

        def background() -> object:
            segment = next(iter(chart.render_line(4).crop(left, left + 1)))
            return segment.style.bgcolor if segment.style else None

        before = background()
        chart.cursor = got.weeks[5].start
        await pilot.pause()
        assert background() != before


async def test_a_click_beside_the_weeks_points_at_nothing() -> None:
    chart = WeekBars()
    app = Host(chart)
    async with app.run_test(size=(100, 12)) as pilot:
        chart.weeks = made_up(3).weeks
        await pilot.pause()
        await pilot.click(chart, offset=(4, 4))
        await pilot.click(chart, offset=(2, 4))
        assert not app.of(WeekChart.WeekPointed)


def shares(*values: float | None) -> tuple[WeekValues, ...]:
    """One band of shares."""
    return (WeekValues("candy", values),)


async def test_momentum_stands_on_the_line_and_sugar_hangs_below_it() -> None:
    got = made_up(20)
    chart = Horizon()
    async with Host(chart).run_test(size=(105, 24)) as pilot:
        chart.weeks = got.weeks
        await pilot.pause()
        rows = rows_of(chart)
        axis = chart.axis_row
        assert rows[axis].startswith("   0 ────")
        assert "█" in rows[axis - 1]
        assert "█" in rows[axis + 1]
        assert len(rows[0]) == 105
        assert rows[axis - 1].rstrip()[-1] != " "


async def test_both_areas_on_the_screen_are_as_high_as_their_figures_to_an_eighth_of_a_row() -> None:
    chart = Horizon()
    async with Host(chart).run_test(size=(PLOT_LEFT + 80, 24)) as pilot:
        chart.weeks = made_up(20).weeks
        await pilot.pause()
        unit = chart.drawing(80, 23).unit
        for place, week in enumerate(chart.weeks):
            last = PLOT_LEFT + 4 * place + 3  # the newest week ends at the right edge
            above = [chart.render_line(y).text[last] for y in range(chart.axis_row)]
            below = [chart.render_line(y).text[last] for y in range(chart.axis_row + 1, 23)]
            up = sum(EIGHTHS.index(mark) for mark in above)
            # What hangs ends in the ground's colour: the lower part of its last row is not filled.
            down = sum(8 - EIGHTHS.index(mark) if mark in EIGHTHS[1:8] else 8 * (mark == "█") for mark in below)
            assert abs(up - 8 * week.momentum / unit) <= 0.5
            assert abs(down - 8 * week.sugar / unit) <= 0.5


async def test_an_area_grows_stronger_towards_its_top() -> None:
    chart = Horizon()
    async with Host(chart).run_test(size=(60, 20)) as pilot:
        chart.weeks = made_up(9).weeks
        await pilot.pause()
        right = [list(chart.render_line(y))[-1] for y in range(chart.axis_row)]
        seen = [part.style.color for part in right if part.style and part.text[-1] == "█"]
        assert len(set(seen)) > 1
        assert seen == sorted(seen, key=lambda colour: -sum(colour.triplet or ()) if colour else 0)


async def test_without_colour_the_horizon_is_solid_above_and_hollow_below(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    chart = Horizon()
    async with Host(chart).run_test(size=(105, 24)) as pilot:
        chart.weeks = made_up(20).weeks
        await pilot.pause()
        rows = rows_of(chart)
        above, below = "".join(rows[: chart.axis_row]), "".join(rows[chart.axis_row + 1 :])
        assert "░" not in above
        assert "░" in below
        assert not set(below) & set("▁▂▃▄▅▆▇█")


async def test_nothing_moves_but_the_pointer_when_the_cursor_goes_on() -> None:
    got = made_up(26)
    chart = Horizon()
    async with Host(chart).run_test(size=(100, 14)) as pilot:
        chart.weeks = got.weeks
        await pilot.pause()
        seen = []
        for week in got.weeks[3:9]:
            chart.cursor = week.start
            await pilot.pause()
            assert text_of(chart.app).count("▲") == 1
            seen.append([row.replace("▲", "─") for row in rows_of(chart)])
        assert all(rows == seen[0] for rows in seen)


async def test_sugar_ends_in_reverse_video_over_the_ground() -> None:
    chart = Horizon()
    async with Host(chart).run_test(size=(60, 14)) as pilot:
        chart.weeks = week_series({FRIDAY - n * WEEK: Tally(real=2, candy=n % 3) for n in range(9)}, FRIDAY).weeks
        await pilot.pause()
        parts = [part for y in range(chart.axis_row + 1, 13) for part in chart.render_line(y) if part.style]
        blocks = [part for part in parts if set(part.text) & set("▁▂▃▄▅▆▇")]
        assert blocks
        assert all(part.style and part.style.reverse for part in blocks)
        assert not any(part.style and part.style.reverse for part in parts if part.text.strip("█") == "" and part.text)


async def test_an_area_is_broken_where_there_is_nothing_to_say() -> None:
    chart = ShareChart()
    async with Host(chart).run_test(size=(75, 12)) as pilot:
        chart.weeks = week_series({FRIDAY - n * WEEK: Tally(real=1) for n in range(7)}, FRIDAY).weeks
        chart.bands = shares(0.5, 0.5, None, None, 0.5, 0.5, None)
        await pilot.pause()
        row = canvas(chart)[-1]
        assert [row[x] != " " for x in range(5, 70, 10)] == [True, True, False, False, True, True, False]
        assert "100%" in text_of(chart.app)


@pytest.mark.parametrize("kind", [WeekBars, Horizon])
async def test_another_theme_recolours_what_is_drawn(kind: type[WeekChart]) -> None:
    chart = kind()
    app = Host(chart)
    async with app.run_test(size=(60, 12)) as pilot:
        chart.weeks = made_up(8).weeks
        await pilot.pause()
        colours: list[set[Color | None]] = []
        for theme in ("smallwins-dark", "smallwins-light"):
            app.theme = theme
            await pilot.pause()
            segments = [segment for y in range(10) for segment in chart.render_line(y) if "█" in segment.text]
            colours.append({segment.style.color for segment in segments if segment.style})
        assert colours[0]
        assert len(colours[0]) == len(colours[1])
        assert not colours[0] & colours[1]


@pytest.mark.parametrize("size", [(4, 3), (8, 4), (30, 5)])
async def test_no_room_is_no_crash(size: tuple[int, int]) -> None:
    chart = WeekBars()
    async with Host(chart).run_test(size=size) as pilot:
        chart.weeks = made_up(30).weeks
        await pilot.pause()
        assert len(rows_of(chart)) == chart.size.height


async def test_a_chart_without_weeks_is_an_empty_axis() -> None:
    chart = WeekBars()
    async with Host(chart).run_test(size=(60, 12)) as pilot:
        await pilot.pause()
        assert not "".join(canvas(chart)).strip()

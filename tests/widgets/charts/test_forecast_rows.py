"""Forecast against outcome, row by row."""

import pytest

from data.figures.calibration import ForecastRow
from widgets.charts.forecast_rows import BAR_CELLS, BAR_MARK, forecast_row


def test_a_row_says_what_was_said_how_many_came_true_and_of_how_many() -> None:
    text = forecast_row(ForecastRow(0.75, 18, 14)).plain
    assert text.startswith("said  75 %  ")
    assert text.endswith("  14 of 18 came true")


@pytest.mark.parametrize(("n", "real"), [(18, 14), (4, 0), (10, 10), (3, 1)])
def test_the_bar_is_as_long_as_the_share_that_came_true(n: int, real: int) -> None:
    text = forecast_row(ForecastRow(0.05, n, real)).plain
    bar = text[12 : 12 + BAR_CELLS]
    stroke = bar.index("│")
    full = round(real / n * BAR_CELLS)
    assert bar.count(BAR_MARK) == full - (stroke < full)
    assert bar.rstrip("─").count("─") in {0, stroke - full}


def test_a_forecast_that_was_never_given_says_so() -> None:
    text = forecast_row(ForecastRow(0.95, 0, 0)).plain
    assert BAR_MARK not in text
    assert text.endswith("never said so far")

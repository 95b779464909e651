"""Everything the Momentum screen shows, as one value: figures of selected wins over selected weeks."""

from collections.abc import Mapping, Sequence
from datetime import date

from msgspec import Struct, structs

from data.figures import trends
from data.figures.calibration import Calibration, calibration_of, judged_win
from data.figures.insights import Insight, insights
from data.figures.momentum import WeekSeries, by_week, filtered_series
from data.figures.trends import Mean
from data.files.settings import Settings
from data.model.journal import Journal, Tally, days_of
from data.model.records import Win
from data.search.filters import Filter


class ChartData(Struct, frozen=True):
    """Figures of the selected wins.

    Attributes:
        series: Every week.
        shown: The weeks that are drawn, the last of `series`.
        days: The tally of each day.
        wins: The wins of each week.
        ratios: The sugar ratio of each shown week, over four weeks.
        scores: The mean score of each test in each shown week, over four weeks.
        means: The mean score of each test over the shown weeks.
        calibration: Forecast against outcome.
        insights: What the wins tell.
        answered: The test scores of each week's wins, by test.
    """

    series: WeekSeries
    shown: WeekSeries
    days: Mapping[date, Tally]
    wins: Mapping[date, Sequence[Win]]
    ratios: tuple[float | None, ...]
    scores: Mapping[str, tuple[float | None, ...]]
    means: Mapping[str, Mean]
    calibration: Calibration
    insights: tuple[Insight, ...]
    answered: trends.WeeklyScores

    def last(self, weeks: int | None) -> "ChartData":
        """Return the same figures showing the last `weeks` weeks, including the current one; None shows all."""
        shown = self.series.last(weeks)
        first = len(self.series.weeks) - len(shown.weeks)
        return structs.replace(
            self,
            shown=shown,
            ratios=trends.sugar_ratios(self.series.weeks, first),
            scores=trends.rolling_scores(self.series.weeks, self.answered, first),
            means=trends.score_means(shown.weeks, self.answered),
        )


def build_chart_data(journal: Journal, chosen: Filter, today: date, settings: Settings) -> ChartData:
    """Return the figures of some wins, with every week shown.

    Args:
        journal: All wins.
        chosen: Selects wins.
        today: The local date.
        settings: The person's half-life and first day of the week.
    """
    wins = chosen.select(journal)
    series = filtered_series(journal, chosen, today, settings)
    return ChartData(
        series=series,
        shown=series,
        days=days_of(wins) if chosen else journal.days,
        wins=by_week(wins, settings.week_start),
        ratios=(),
        scores={},
        means={},
        calibration=calibration_of([found for win in wins if (found := judged_win(win)) is not None]),
        insights=insights(journal, wins, today),
        answered=trends.weekly_scores(journal, wins, settings.week_start),
    ).last(None)

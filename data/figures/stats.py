"""Every figure at once, as plain values for other programs: unrounded, and None where there is none."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import msgspec
from msgspec import Struct

from data.base.weeks import week_name
from data.figures import calibration, momentum, trends
from data.figures.insights import Insight, insights
from data.figures.momentum import Week, WeekSeries
from data.figures.trends import Mean
from data.files.settings import Settings
from data.model import doors
from data.model.journal import Journal
from data.review import steps
from data.search.filters import Filter


class Stats(Struct, frozen=True):
    """What a journal, or the part of it that a filter asks for, adds up to.

    Attributes:
        series: All weeks.
        shown: Those that were asked for.
        doors: Of all weeks.
        calibration: Of all weeks.
        steps: Of the last twelve weeks.
        means: The mean score of each test, of the shown weeks.
        insights: What the wins tell, of all weeks.
    """

    series: WeekSeries
    shown: WeekSeries
    doors: doors.DoorStats
    calibration: calibration.Calibration
    steps: steps.StepRate
    means: Mapping[str, Mean]
    insights: tuple[Insight, ...]


def compute_stats(
    journal: Journal, today: date, settings: Settings, weeks: int | None = None, wanted: Filter | None = None
) -> Stats:
    """Return the figures as of a day.

    Args:
        journal: The journal.
        today: The local date.
        settings: For the half-life and the first day of a week.
        weeks: How many weeks to show, the current one among them; None for all.
        wanted: Which wins count; with a goal the steps that came from them.
    """
    part = _part(journal, wanted) if wanted else journal
    wins = list(part.live())
    series = momentum.week_series(part.days, today, settings.half_life, settings.week_start)
    shown = series.last(weeks)
    return Stats(
        series=series,
        shown=shown,
        doors=doors.door_stats(journal, today, wins),
        calibration=calibration.calibrate(part),
        steps=steps.step_rate(part, today),
        means=trends.score_means(shown.weeks, trends.weekly_scores(journal, wins, settings.week_start)),
        insights=insights(journal, wins, today),
    )


def _part(journal: Journal, wanted: Filter) -> Journal:
    wins = wanted.select(journal)
    ids = {win.id for win in wins}
    return Journal.of(*wins, *(step for step in journal.steps.values() if step.from_win in ids))


def stats_as_json(found: Stats) -> dict[str, Any]:
    """Return figures as builtins, as `stats --json` promises them."""
    headline = found.series.headline
    return {
        "half_life_weeks": found.series.half_life,
        "weeks": [_view_week(week) for week in found.shown.weeks],
        "momentum": {
            "value": headline.momentum if headline is not None else None,
            "trend": found.series.trend.value,
        },
        "sugar_ratio": momentum.sugar_ratio(found.shown.tally),
        "doors": {
            "opened": found.doors.opened,
            "rate": found.doors.rate,
            "median_days": found.doors.median_days,
            "longest_chain": found.doors.longest_chain,
        },
        "calibration": msgspec.to_builtins(found.calibration),
        "steps": msgspec.to_builtins(found.steps),
    }


def _view_week(week: Week) -> dict[str, Any]:
    return {
        "week": week_name(week.start),
        "starts_on": week.start.isoformat(),
        "complete": week.complete,
        "real": week.tally.real,
        "candy": week.tally.candy,
        "unsorted": week.tally.unsorted,
        "momentum": week.momentum,
        "sugar": week.sugar,
    }

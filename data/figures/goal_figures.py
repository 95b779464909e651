"""Goals in the person's order, and what the wins of each add up to."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final

from msgspec import Struct

from data.base.text import fold
from data.figures.momentum import WeekSeries, week_series
from data.files.settings import Settings
from data.model.journal import Journal, Tally, days_of, tally_of
from data.model.records import Goal, Verdict, Win

ONLY_CANDY_SPAN: Final = timedelta(weeks=4)
"""A goal with only candy for this long gets a warning."""


class GoalFigures(Struct, frozen=True):
    """What the wins of a goal add up to.

    Attributes:
        goal: The goal, or None for the wins without one.
        tally: All its wins.
        series: Their weeks; `series.headline` has the momentum.
        doors: How many of its real wins opened another win.
        last: The day of the latest win, or None without any.
        only_candy: How much candy the last four weeks brought, when they brought nothing else at all; else 0.
    """

    goal: Goal | None
    tally: Tally
    series: WeekSeries
    doors: int
    last: date | None
    only_candy: int


def goals_in_order(journal: Journal, *, archived: bool = False) -> list[Goal]:
    """Return the goals that are open, or those that are archived, in the person's order."""
    goals = (goal for goal in journal.goals.values() if (goal.archived_at is not None) == archived)
    return sorted(goals, key=lambda goal: (goal.order, fold(goal.name)))


def all_goal_figures(journal: Journal, today: date, settings: Settings) -> list[GoalFigures]:
    """Return the figures of open goals, then of wins without a goal, then of archived goals.

    Wins whose goal no longer exists count as wins without one.
    """
    wins: dict[str | None, list[Win]] = {}
    for win in journal.live():
        wins.setdefault(win.goal if win.goal in journal.goals else None, []).append(win)
    goals: tuple[Goal | None, ...] = (*goals_in_order(journal), None, *goals_in_order(journal, archived=True))
    return [_figures(goal, wins.get(goal.id if goal else None, []), journal, today, settings) for goal in goals]


def _figures(goal: Goal | None, wins: list[Win], journal: Journal, today: date, settings: Settings) -> GoalFigures:
    open_goal = goal is not None and goal.archived_at is None
    return GoalFigures(
        goal=goal,
        tally=tally_of(wins),
        series=week_series(days_of(wins), today, settings.half_life, settings.week_start),
        doors=sum(win.verdict is Verdict.REAL and win.id in journal.opens for win in wins),
        last=max((win.happened_on for win in wins), default=None),
        only_candy=only_candy(wins, today) if open_goal else 0,
    )


def only_candy(wins: Iterable[Win], today: date) -> int:
    """Return how much candy there was in the four weeks up to today, if nothing else was; else 0.

    An unsorted win might prove real, so any such win makes it 0.
    """
    recent = tally_of(win for win in wins if today - ONLY_CANDY_SPAN < win.happened_on <= today)
    return recent.candy if recent.candy == recent.total else 0

"""How much candy there was and is, in words a friend would use."""

from collections.abc import Sequence
from typing import Final

from data.base.formatting import MONTH_NAMES
from data.figures.momentum import TREND_WEEKS, Week, WeekSeries, sugar_ratio
from data.model.journal import add_up

_LEAST: Final = 6
"""Sorted wins in four weeks before their share is put into words."""
_HALF: Final = 0.5


def describe_sugar_change(series: WeekSeries) -> str:
    """Return how candy's share changed from the first four weeks on show to the last, or "" with too few wins.

    In the first weeks it only says what hangs there.

    Args:
        series: The weeks on show.
    """
    weeks = series.weeks
    if len(weeks) < 2 * TREND_WEEKS:
        return "◇ sugar hangs below the line." if any(week.tally.candy for week in weeks) else ""
    first, last = weeks[:TREND_WEEKS], weeks[-TREND_WEEKS:]
    then, now = _share(first), _share(last)
    if then is None or now is None:
        return ""
    before, after = one_in(then), one_in(now)
    if before == after:
        return f"◇ sugar below the line: {after} was candy, then and now."
    way = "fades" if now < then else "grows"
    month = MONTH_NAMES[first[-1].start.month - 1]
    return f"◇ sugar {way} below the line: {before} was candy in {month}, {after.removesuffix(' wins')} now."


def _share(weeks: Sequence[Week]) -> float | None:
    tally = add_up(week.tally for week in weeks)
    return sugar_ratio(tally) if tally.real + tally.candy >= _LEAST else None


def one_in(share: float) -> str:
    """Return a share in words: "1 in 3 wins", "2 in 3 wins", "no win", "every win"."""
    if share in (0, 1):
        return "every win" if share else "no win"
    if share > _HALF:
        rest = max(2, round(1 / (1 - share)))
        return f"{rest - 1} in {rest} wins" if rest > 2 else "1 in 2 wins"  # noqa: PLR2004
    return f"1 in {round(1 / share)} wins"

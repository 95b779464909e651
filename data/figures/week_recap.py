"""How a week stands beside the one before it, in three plain sentences made from the figures."""

from datetime import date

from msgspec import Struct

from data.base.formatting import capitalise, format_rate, number_word, percent
from data.base.weeks import WEEK
from data.figures import momentum
from data.files.settings import Settings
from data.model.journal import Journal, Tally

_NONE = Tally()


class WeekRecap(Struct, frozen=True):
    """The figures of a week and of the week before it; the latter are None for the very first week.

    Attributes:
        tally: Wins of each kind.
        momentum: Real wins a week as of its end.
        doors: Wins of the week that an earlier win led to.
        before: The same three of the week before.
    """

    tally: Tally
    momentum: float
    doors: int
    before: "WeekRecap | None" = None


def recap_week(journal: Journal, week: date, today: date, settings: Settings) -> WeekRecap:
    """Return a week's figures with those of the week before.

    Args:
        journal: The journal.
        week: The first day of the week.
        today: The local date; the current week counts so far.
        settings: For the half-life and the first day of a week.
    """
    series = momentum.week_series(journal.days, today, settings.half_life, settings.week_start)
    weeks = {one.start: one for one in series.weeks}

    def figures(start: date, before: WeekRecap | None = None) -> WeekRecap:
        one = weeks.get(start)
        return WeekRecap(one.tally if one else _NONE, one.momentum if one else 0.0, _doors(journal, start), before)

    return figures(week, figures(week - WEEK) if week - WEEK in weeks else None)


def _doors(journal: Journal, week: date) -> int:
    return sum(win.opened_by is not None and week <= win.happened_on < week + WEEK for win in journal.live())


def describe_recap(found: WeekRecap) -> tuple[str, str, str]:
    """Return what the figures say: of real wins and momentum, of sugar, and of doors."""
    return _real(found), _sugar(found), _doors_said(found)


def _real(found: WeekRecap) -> str:
    wins = capitalise(number_word(found.tally.real)) + (" real win" if found.tally.real == 1 else " real wins")
    if found.before is None:
        return f"{wins} in your first week." if found.tally.real else "No real wins yet."
    now, then = format_rate(found.momentum), format_rate(found.before.momentum)
    moved = "as before" if now == then else f"{'up' if found.momentum > found.before.momentum else 'down'} from {then}"
    return f"{wins}, {_against(found.tally.real, found.before.tally.real)}; momentum {now} a week, {moved}."


def _against(now: int, before: int) -> str:
    if now == before:
        return "as many as the week before"
    return f"{number_word(abs(now - before))} {'more' if now > before else 'fewer'} than the week before"


def _sugar(found: WeekRecap) -> str:
    share = momentum.sugar_ratio(found.tally)
    if share is None:
        return "Nothing of the week is sorted, so there is no sugar to tell of."
    then = momentum.sugar_ratio(found.before.tally) if found.before else None
    return f"{_candy(found.tally, share)}{_candy_before(share, then)}."


def _candy(tally: Tally, share: float) -> str:
    count = tally.real + tally.candy
    if count == 1:
        return f"The one sorted win was {'candy' if tally.candy else 'no candy'}"
    if not tally.candy:
        return f"None of {count:,} sorted wins was candy"
    said = f"{capitalise(number_word(tally.candy))} of {count:,} sorted wins"
    return f"{said} {'was' if tally.candy == 1 else 'were'} candy ({percent(share)})"


def _candy_before(share: float, then: float | None) -> str:
    if then is None:
        return ""
    if share == then:
        return ", as much as the week before" if share else ", as the week before"
    return f", after {percent(then) if then else 'none'} the week before"


def _doors_said(found: WeekRecap) -> str:
    if not found.doors:
        said = "No win came through a door that an earlier one opened"
    else:
        wins = "win" if found.doors == 1 else "wins"
        said = f"{capitalise(number_word(found.doors))} {wins} came through a door that an earlier one opened"
    return f"{said}{_doors_before(found)}."


def _doors_before(found: WeekRecap) -> str:
    if found.before is None:
        return ""
    if found.before.doors == found.doors:
        return ", as the week before" if found.doors else ", nor the week before"
    return f", after {number_word(found.before.doors) if found.before.doors else 'none'} the week before"

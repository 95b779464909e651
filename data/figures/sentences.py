"""Figures as plain sentences: under each chart, in the top bar and in `smallwins stats`.

A sentence is never more certain than its numbers: it says when there are too few of them.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Final

from data.base.formatting import (
    MIN_FOR_PERCENT,
    capitalise,
    cell_count,
    day_month,
    format_days,
    format_rate,
    number_word,
    percent,
    plural,
    share_of,
    shorten,
    weekday_date,
)
from data.base.text import clean_line, fixed_width
from data.figures.momentum import TREND_WEEKS, Trend, Week, WeekSeries, sugar_ratio
from data.model.assessment import TESTS
from data.model.journal import Tally
from data.model.records import Verdict, Win

if TYPE_CHECKING:
    from data.figures.trends import Mean
    from data.model.doors import DoorStats

TREND_ARROWS: Final = {Trend.RISING: "↗", Trend.STEADY: "→", Trend.FALLING: "↘", Trend.TOO_EARLY: ""}
_WAITS: Final = (
    (0, "the same day"),
    (1.5, "within a day"),
    (7.5, "within a week"),
    (14.5, "within two weeks"),
    (31, "within a month"),
)
"""Days, to the half that a median of whole ones can have."""
_MONTH: Final = 365.25 / 12
_CLOSE: Final = 0.1
"""Mean test scores that differ by less are called close."""


def describe_headline(series: WeekSeries) -> str:
    """Return the bar's few words, such as "1.8 real a week ↗", or "" before a week is complete."""
    if series.headline is None:
        return ""
    return f"{format_rate(series.headline.momentum)} real a week {TREND_ARROWS[series.trend]}".rstrip()


def describe_no_wins(*, filtered: bool, wins: int) -> str:
    """Return what stands where charts would, when no win is dated up to this week."""
    if filtered:
        return "No wins here up to this week. Another goal or tag may have some."
    if wins:
        return "No win is dated up to this week yet."
    return "No wins yet. Press a to add the first.\n\nYour weeks are drawn here: a mark for each win, and later a line."


def describe_momentum(series: WeekSeries) -> str:
    """Return one sentence on momentum and where it goes."""
    if not series.weeks:
        return "Nothing to draw yet: the first win starts the first week."
    if series.headline is None:
        return "Your first week is still running. Momentum needs a full week."
    now = f"{_wins(format_rate(series.headline.momentum))} a week"
    if series.trend is Trend.RISING and (unsorted := _unsorted_weeks(series)) >= TREND_WEEKS:
        return f"{now}. Sort the old wins first: {unsorted:,} weeks are unsorted."
    if series.before is None:
        return f"{now} over {plural(len(series.complete), 'complete week')}; too early to speak of a trend."
    return f"{now}, {_against(series.headline.momentum, series.before.momentum, series.trend)}."


def _unsorted_weeks(series: WeekSeries) -> int:
    """Return how many weeks, four weeks ago and before, have several wins and none sorted: any rise would be theirs."""
    return sum(1 < week.tally.unsorted == week.tally.total for week in series.complete[:-TREND_WEEKS])


def _wins(amount: str) -> str:
    if amount == "0":
        return "No real wins"
    return f"{capitalise(amount)} real {'win' if amount == '1' else 'wins'}"


def _against(now: float, before: float, trend: Trend) -> str:
    ago = f"{number_word(TREND_WEEKS)} weeks ago"
    then = format_rate(before)
    if then == format_rate(now) and trend is not Trend.STEADY:
        return f"a little {'more' if trend is Trend.RISING else 'less'} than {ago}"
    if then == format_rate(now):
        return f"the same as {ago}" if now == before else f"much as {ago}"
    if trend is Trend.RISING:
        return f"up from {then} {ago}"
    return f"down from {then} {ago}" if trend is Trend.FALLING else f"much as {ago} ({then})"


def describe_tests(means: Mapping[str, "Mean"], weeks: int) -> str:
    """Return one sentence on which test is strong and which weak; none is ranked on few answers or a small gap."""
    period = f"in {plural(weeks, 'week')}"
    if not means:
        return f"No win {period} has answers yet; a review asks for them."
    ranked = sorted(means.items(), key=lambda pair: pair[1].score)
    (weak, low), (strong, high) = ranked[0], ranked[-1]
    fewest = min(mean.n for mean in means.values())
    if fewest < MIN_FOR_PERCENT or len(means) < len(TESTS):
        return f"{plural(fewest, 'win')} with answers {period}; too few to compare the tests."
    if high.score - low.score < _CLOSE:
        return "Momentum, alignment and stretch are about even."
    return f"{strong} is strongest ({percent(high.score)}), {weak} weakest ({percent(low.score)}), {fewest:,} wins."


def describe_busy_days(days_: Mapping[date, Tally]) -> str:
    """Return one sentence on how many days had a win."""
    return f"{plural(len(days_), 'day')} with a win. tab: go through the days, enter: their wins."


def describe_sugar(tally: Tally, weeks: int) -> str:
    """Return one sentence on how much of what was sorted is candy, over a number of weeks."""
    share = sugar_ratio(tally)
    period = f"in {plural(weeks, 'week')}"
    if share is None:
        return f"Nothing sorted {period}, so no sugar ratio."
    said = share_of(tally.candy, tally.real + tally.candy)
    return f"{said} sorted wins {period} {'was' if tally.candy == 1 else 'were'} candy."


def describe_tally(series: WeekSeries) -> str:
    """Return one sentence on how many wins there were in the weeks of a series."""
    got = series.tally
    if not got.total:
        return "No wins in these weeks."
    rest = f"; {got.unsorted:,} not sorted yet" if got.unsorted else ""
    return f"{got.real:,} real and {got.candy:,} candy in {plural(len(series.weeks), 'week')}{rest}."


def describe_day(date_: date, wins: Sequence[Win], cells: int = 500) -> str:
    """Return one day spelled out, as `describe_week` does."""
    return _named(f"{weekday_date(date_)} {date_.year}", wins, cells)


def describe_week(shown: Week, wins: Sequence[Win], cells: int = 500) -> str:
    """Return one week spelled out, with the titles of its first wins of each kind, as many as there is room for.

    The titles are a person's text: cleaned here, and to be drawn as plain text.

    Args:
        shown: The week.
        wins: Its wins, in the order to name them.
        cells: How long it may be; with very little room titles are shortened, and only the counts are sure to stay.
    """
    so_far = "" if shown.complete else ", so far"
    return _named(f"Week of {day_month(shown.start)} {shown.start.year}{so_far}", wins, cells)


def _named(when: str, wins: Sequence[Win], cells: int) -> str:
    kinds = ((Verdict.REAL, "real"), (Verdict.CANDY, "candy"), (None, "not sorted yet"))
    groups = [(name, found) for verdict, name in kinds if (found := [w for w in wins if w.verdict is verdict])]
    said = ""
    for titles, most in ((3, 60), (3, 34), (2, 34), (1, 34), (1, 16), (0, 0)):
        said = f"{when}: {', '.join(_kind(found, name, titles, most) for name, found in groups) or 'no wins'}."
        if cell_count(said) <= cells:
            break
    return said


def _kind(wins: Sequence[Win], name: str, titles: int, most: int) -> str:
    if not titles:
        return f"{len(wins):,} {name}"
    named = "; ".join(_short(win.title, most) for win in wins[:titles])
    more = f"; and {len(wins) - titles} more" if len(wins) > titles else ""
    return f"{len(wins):,} {name} ({named}{more})"


def _short(title: str, most: int = 60) -> str:
    return shorten(fixed_width(clean_line(title)), most)


def describe_doors(stats: "DoorStats") -> str:
    """Return a few sentences on the doors that wins opened."""
    if not stats.longest_chain:
        return "No win is linked to the one that opened it yet."
    opened = f"{stats.opened:,} of your real wins opened a door" if stats.opened else "No real win opened a door yet"
    usually = f", usually {describe_wait(stats.median_days)}" if stats.opened and stats.median_days is not None else ""
    return f"{opened}{usually}. Longest chain: {stats.longest_chain:,}."


def describe_wait(days: float) -> str:
    """Return how long something usually takes, as a friend would say it: "within a week"."""
    for limit, words in _WAITS:
        if days <= limit:
            return words
    return f"within {number_word(math.ceil(days / _MONTH))} months"


def describe_opened_most(title: str, doors_opened: int) -> str:
    """Return which win opened the most; its title is cleaned, and drawn as plain text."""
    return f"Opened the most ({doors_opened:,}): {_short(title, 80)}"


def describe_only_candy(candy: int) -> str:
    """Return a warning that a goal had only candy for four weeks."""
    return f"Only candy here for four weeks: {candy:,} candy, no real win. What would a small real one be?"


def describe_gap(gap: int) -> str:
    """Return how long after the win that opened it a win came, in days."""
    if gap == 0:
        return "the same day"
    return f"after {format_days(gap)}" if gap > 0 else f"{format_days(-gap)} before"


def describe_loop(titles: Iterable[str]) -> str:
    """Return wins that would open each other in a circle, spelled out; titles are cleaned, and drawn as plain text."""
    return " → ".join(_short(title) for title in titles)

"""What a person's own wins show, each with its evidence, and nothing the numbers don't support.

A difference counts when chance would bring it in fewer than one case in twenty (`ALPHA`), after allowing for how many
were compared. Below its minimum an insight only says how many wins are missing. It describes these wins; it does not
explain them.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from math import ceil
from statistics import median
from typing import Final

from msgspec import Struct

from data.base import exact_tests
from data.base.formatting import WEEKDAY_NAMES, plural, share_of
from data.base.text import clean_line, fixed_width, fold
from data.figures.sentences import describe_wait
from data.figures.trends import scores_of
from data.model.assessment import TESTS
from data.model.doors import DOOR_RATE_AGE, days_to_first_door
from data.model.journal import Journal
from data.model.records import Verdict, Win
from data.model.tags import spelling_of

ALPHA: Final = 0.05
SORTED_MINIMUM: Final = 20
"""Sorted wins before tags and goals are compared."""
GROUP_MINIMUM: Final = 8
"""Wins in each of two groups before they are compared."""
DOOR_MINIMUM: Final = 6
"""First doors before their time is given; fewer give no interval for a median."""
WEEKDAY_MINIMUM: Final = 28
"""Real wins before weekdays are compared: four of each, were they even."""
MOST_GROUPS: Final = 20
"""Only the most used tags and goals are compared; each further one makes a difference harder to establish."""
STRETCH: Final = TESTS.index("Stretch")
_HALF: Final = 0.5


class Insight(Struct, frozen=True):
    """One thing the wins show, or don't.

    Attributes:
        text: One sentence; tags and goals in it are a person's text, cleaned, to be drawn as plain text.
        evidence: The counts behind it.
        n: How many wins it is over.
        conclusive: Whether it shows something; else the text says what is missing, or that nothing shows.
    """

    text: str
    evidence: str
    n: int
    conclusive: bool


def insights(journal: Journal, wins: Sequence[Win], today: date) -> tuple[Insight, ...]:
    """Return the four insights over some wins of a journal, as of a day."""
    return (
        sweetest_group(journal, wins),
        stretch_and_doors(journal, wins, today),
        time_to_door(journal, wins),
        best_weekday(wins),
    )


class Group(Struct, frozen=True):
    """Candy and all sorted wins of a tag or a goal."""

    name: str
    candy: int
    total: int


def sweetest_group(journal: Journal, wins: Iterable[Win]) -> Insight:
    """Return which tag or goal has the most candy, compared with all other sorted wins by Fisher's exact test."""
    known = [win for win in wins if win.verdict is not None]
    if len(known) < SORTED_MINIMUM:
        return _missing("which tag or goal is mostly candy", "sorted wins", len(known), SORTED_MINIMUM)
    candy = sum(win.verdict is Verdict.CANDY for win in known)
    groups = [group for group in _groups(journal, known) if GROUP_MINIMUM <= group.total <= len(known) - GROUP_MINIMUM]
    values = [_against_rest(group, candy, len(known)) for group in groups]
    clear = [
        group
        for group, p in zip(groups, exact_tests.holm_adjusted(values), strict=True)
        if p < ALPHA and group.candy * len(known) > candy * group.total
    ]
    if not clear:
        what = plural(len(groups), "tag or goal", "tags and goals")
        compared = f"{what} with {GROUP_MINIMUM} sorted wins or more, each against the rest"
        return Insight("No tag or goal stands out for candy.", compared, len(known), conclusive=False)
    most = max(clear, key=lambda group: group.candy / group.total)
    rest = share_of(candy - most.candy, len(known) - most.total)
    evidence = f"{share_of(most.candy, most.total)} were candy, of the rest {rest}"
    text = f"Most of your candy is {most.name}." if 2 * most.candy > candy else _share_in_words(most)
    return Insight(text, evidence, len(known), conclusive=True)


def _share_in_words(group: Group) -> str:
    if group.candy == group.total:
        return f"{group.name} was always candy."
    return f"{group.name} is {'mostly candy' if 2 * group.candy > group.total else 'candy more often than the rest'}."


def _groups(journal: Journal, known: Sequence[Win]) -> list[Group]:
    """Return the tags and goals most used."""
    counts: dict[str, list[int]] = {}
    spelled = spelling_of(journal.spellings)
    for win in known:
        tags = {f"#{spelled.get(fold(tag), tag)}" for tag in win.tags}
        for name in tags | set(filter(None, [journal.goal_name(win)])):
            found = counts.setdefault(name, [0, 0])
            found[0] += win.verdict is Verdict.CANDY
            found[1] += 1
    groups = (Group(fixed_width(clean_line(name)), candy, total) for name, (candy, total) in counts.items())
    return sorted(groups, key=lambda group: (-group.total, group.name))[:MOST_GROUPS]


def _against_rest(group: Group, candy: int, total: int) -> float:
    rest = total - group.total
    other = candy - group.candy
    return exact_tests.fisher_exact(group.candy, group.total - group.candy, other, rest - other)


def stretch_and_doors(journal: Journal, wins: Iterable[Win], today: date) -> Insight:
    """Return whether wins that stretched open more doors than others: both old enough, by Fisher's exact test."""
    scored = [
        (score >= _HALF, win.id in journal.opens)
        for win in wins
        if today - win.happened_on >= DOOR_RATE_AGE and (score := scores_of(win.answers)[STRETCH]) is not None
    ]
    high = [opened for stretched, opened in scored if stretched]
    low = [opened for stretched, opened in scored if not stretched]
    fewest = min(len(high), len(low))
    if fewest < GROUP_MINIMUM:
        what = "answered wins from before four weeks ago that stretched you, and that didn't"
        return _missing("whether stretch predicts doors", what, fewest, GROUP_MINIMUM)
    p = exact_tests.fisher_exact(sum(high), len(high) - sum(high), sum(low), len(low) - sum(low))
    evidence = (
        f"{share_of(sum(high), len(high))} that stretched you opened one, {share_of(sum(low), len(low))} that did not"
    )
    if p >= ALPHA:
        return Insight("So far, stretch doesn't predict doors for you.", evidence, len(scored), conclusive=False)
    more = sum(high) * len(low) > sum(low) * len(high)
    text = f"Wins that stretched you opened {'more' if more else 'fewer'} doors."
    return Insight(text, evidence, len(scored), conclusive=True)


def time_to_door(journal: Journal, wins: Iterable[Win]) -> Insight:
    """Return how long it takes from a win to its first door, by the median."""
    waits = sorted(wait for win in wins if (wait := days_to_first_door(journal, win)) is not None)
    if len(waits) < DOOR_MINIMUM:
        return _missing("how long a door takes", "wins that opened one", len(waits), DOOR_MINIMUM)
    middle = float(median(waits))
    within = f"within {plural(ceil(middle), 'day')}" if middle > 0 else "on the same day"
    evidence = f"half of {len(waits):,} first doors came {within}"
    return Insight(f"Doors usually open {describe_wait(middle)}.", evidence, len(waits), conclusive=True)


def best_weekday(wins: Iterable[Win]) -> Insight:
    """Return the weekday with clearly more real wins than a seventh: exact binomial, raised for seven days."""
    days = [win.happened_on.weekday() for win in wins if win.verdict is Verdict.REAL]
    if len(days) < WEEKDAY_MINIMUM:
        return _missing("whether your real wins have a weekday", "real wins", len(days), WEEKDAY_MINIMUM)
    best = max(range(7), key=days.count)
    found = days.count(best)
    evidence = f"{WEEKDAY_NAMES[best]}: {share_of(found, len(days))}; an even week would bring {len(days) / 7:.0f}"
    if 7 * exact_tests.binomial_tail(found, len(days), 7) >= ALPHA:
        return Insight("Your real wins show no weekday pattern.", evidence, len(days), conclusive=False)
    return Insight(f"{WEEKDAY_NAMES[best]} is your day for real wins.", evidence, len(days), conclusive=True)


def _missing(what: str, of: str, found: int, needed: int) -> Insight:
    return Insight(f"Too few wins to say {what}.", f"{found:,} of {needed:,} {of}", found, conclusive=False)

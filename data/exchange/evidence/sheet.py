"""The evidence sheet as a value: real wins by goal, chains as stories, figures, and momentum by week.

It is for somebody else's eyes, so it holds what the filter lets through and nothing else: titles, dates, goals and
proof; stories and reasons only where that is asked for, and a figure only where it speaks for the person.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from msgspec import Struct

from data.base.formatting import plural
from data.base.loops import find_loops
from data.base.text import clean_line, clean_text
from data.exchange.evidence.told import told_lines, told_link
from data.figures import sentences as words
from data.figures.momentum import Trend, WeekSeries, week_series
from data.files.settings import Settings
from data.model.doors import trace_back
from data.model.journal import Journal, days_of
from data.model.records import Win
from data.search.filters import Filter, newest_first

_NO_GOAL = "Without a goal"


class SheetWin(Struct, frozen=True):
    """One win of a story.

    Attributes:
        title: Clean.
        day: When it happened.
        story: Clean, of several lines, or "".
        depth: How many wins of the story led to it.
        after: Days since the one that opened it; None for the first.
        proof: What was told of it for others: what each part is called, and says.
        link: Where it can be seen, or "".
    """

    title: str
    day: date
    story: str
    depth: int
    after: int | None
    proof: tuple[tuple[str, str], ...] = ()
    link: str = ""


class Chain(Struct, frozen=True):
    """A win and those that it led to, each after the one that opened it.

    Attributes:
        wins: At least one.
        line: The longest chain among them, first to last.
    """

    wins: tuple[SheetWin, ...]
    line: tuple[SheetWin, ...]


class Section(Struct, frozen=True):
    """A goal and its stories: the longest first, then single wins, newest first."""

    name: str
    why: str
    stories: tuple[Chain, ...]


class Sheet(Struct, frozen=True):
    """The sheet.

    Attributes:
        kind: "real", "candy", "unsorted", or "" for all.
        made_on: The day it was made.
        first: The day of its first win, None without a win.
        last: The day of its last win.
        count: How many wins it tells.
        series: The weeks of these wins; momentum counts real ones.
        shows_momentum: Whether momentum speaks for the person: it is there, and not falling.
        figures: Names and what there is to say.
        sections: Goals in the person's order, those without one last.
        name: The person's name, or "".
    """

    kind: str
    made_on: date
    first: date | None
    last: date | None
    count: int
    series: WeekSeries
    shows_momentum: bool
    figures: tuple[tuple[str, str], ...]
    sections: tuple[Section, ...]
    name: str = ""


def make_sheet(journal: Journal, wanted: Filter, today: date, settings: Settings, *, private: bool = False) -> Sheet:
    """Return the sheet of the wins that a filter lets through.

    Args:
        journal: The journal.
        wanted: Which wins; a real sheet asks for real ones.
        today: The local date.
        settings: For the person's name, the half-life and the first day of a week.
        private: Whether to include stories, reasons of goals, and falling figures.
    """
    wins = newest_first(wanted.select(journal))
    stories = _stories(journal, wins, private=private)
    end = min(wanted.until or today, today)
    weeks = week_series(days_of(wins), end, settings.half_life, settings.week_start)
    shows = private or _speaks_for(weeks)
    return Sheet(
        kind=wanted.verdict or "",
        made_on=today,
        first=wins[-1].happened_on if wins else None,
        last=wins[0].happened_on if wins else None,
        count=len(wins),
        series=weeks,
        shows_momentum=shows,
        figures=tuple(_figures(wins, [story for _, story in stories], weeks if shows else None)),
        sections=tuple(_sections(journal, stories, private=private)),
        name=clean_line(settings.name),
    )


def _speaks_for(weeks: WeekSeries) -> bool:
    return weeks.headline is not None and weeks.headline.momentum > 0 and weeks.trend is not Trend.FALLING


def _figures(wins: Sequence[Win], stories: Sequence[Chain], weeks: WeekSeries | None) -> Iterable[tuple[str, str]]:
    real = sum(win.verdict == "real" for win in wins)
    yield ("Real wins", f"{real:,}") if real == len(wins) else ("Wins", f"{len(wins):,}, {real:,} of them real")
    if real and weeks is not None and weeks.headline is not None:
        yield "Momentum", words.describe_momentum(weeks)
    chains = [story for story in stories if len(story.line) > 1]
    if chains:
        longest = max(len(story.line) for story in chains)
        yield "One thing led to another", f"{plural(len(chains), 'time')}, up to {longest} wins in a row"


def _stories(journal: Journal, wins: Sequence[Win], *, private: bool) -> list[tuple[Win, Chain]]:
    """Return each story with its first win, the longest first, then the newest."""
    chosen = {win.id: win for win in wins}
    below = _children(journal, chosen)
    inner = {win.id for group in below.values() for win in group}
    roots = [win for win in wins if win.id not in inner]
    lengths = _lengths(roots, below)
    chains = [(root, _story(root, below, lengths, private=private)) for root in roots]
    return sorted(chains, key=lambda pair: -len(pair[1].line))


def _children(journal: Journal, chosen: Mapping[str, Win]) -> dict[str, list[Win]]:
    """Return the wins below each: those it opened, and those opened by what it opened where that is left out."""
    above = {
        key: next((one.id for one in trace_back(journal, win.opened_by) if one.id in chosen), None)
        for key, win in chosen.items()
    }
    _cut_loops(above, chosen)
    found: dict[str, list[Win]] = {}
    for key, opener in above.items():
        if opener is not None:
            found.setdefault(opener, []).append(chosen[key])
    return found


def _cut_loops(above: dict[str, str | None], chosen: Mapping[str, Win]) -> None:
    """Cut each loop that the file holds before its oldest win, as the page of doors does, so that none is left out."""
    for loop in find_loops(above):
        above[min(loop, key=lambda key: (chosen[key].happened_on, chosen[key].created_at, key))] = None


def _lengths(roots: Iterable[Win], below: Mapping[str, Sequence[Win]]) -> dict[str, int]:
    """Return how long the longest chain from each win is; without recursion, for chains may be deep."""
    order = list(roots)
    for win in order:  # grows while it is walked: every win comes after the one that opened it
        order.extend(below.get(win.id, ()))
    found: dict[str, int] = {}
    for win in reversed(order):
        found[win.id] = 1 + max((found[one.id] for one in below.get(win.id, ())), default=0)
    return found


def _story(root: Win, below: Mapping[str, Sequence[Win]], lengths: Mapping[str, int], *, private: bool) -> Chain:
    wins: list[SheetWin] = []
    line: list[SheetWin] = []
    waiting: list[tuple[Win, Win | None, int]] = [(root, None, 0)]
    while waiting:
        win, opener, depth = waiting.pop()
        wins.append(_sheet_win(win, opener, depth, private=private))
        if depth == len(line):  # the longest chain comes first, so what comes after it is never as deep
            line.append(wins[-1])
        after = sorted(below.get(win.id, ()), key=lambda one: (lengths[one.id], one.happened_on))
        waiting.extend((one, win, depth + 1) for one in after)
    return Chain(tuple(wins), tuple(line))


def _sheet_win(win: Win, opener: Win | None, depth: int, *, private: bool) -> SheetWin:
    after = (win.happened_on - opener.happened_on).days if opener is not None else None
    story = clean_text(win.story) if private else ""
    return SheetWin(clean_line(win.title), win.happened_on, story, depth, after, told_lines(win), told_link(win))


def _sections(journal: Journal, stories: Sequence[tuple[Win, Chain]], *, private: bool) -> Iterable[Section]:
    """Yield the goals that have a story; a story belongs to the goal of its first win."""
    goals = sorted(journal.goals.values(), key=lambda goal: (goal.order, goal.name))
    for goal in goals:
        if found := tuple(story for win, story in stories if win.goal == goal.id):
            yield Section(clean_line(goal.name), clean_text(goal.why) if private else "", found)
    if rest := tuple(story for win, story in stories if win.goal not in journal.goals):
        yield Section(_NO_GOAL, "", rest)

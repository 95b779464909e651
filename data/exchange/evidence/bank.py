"""Wins to speak of: a few as stories for an interview, all as lines for a résumé; both in Markdown."""

from collections.abc import Iterable, Iterator
from typing import Final

from data.base.formatting import MONTHS, capitalise, long_date, plural
from data.base.progress import OnProgress, ProgressCounter
from data.base.text import clean_line, clean_text
from data.exchange.evidence.told import markdown_link, told_lines, told_link
from data.exchange.formats.markdown_escapes import escape
from data.model.assessment import test_scores
from data.model.doors import trace_back
from data.model.journal import Journal
from data.model.records import Win
from data.search.filters import Filter, newest_first

_MAX_STORIES: Final = 12
"""More than anybody can keep ready for an interview."""


def write_stories(
    journal: Journal, wanted: Filter, *, private: bool = False, progress: OnProgress | None = None
) -> str:
    """Return the wins that make the best stories, one heading each: their proof, what led to them, what they opened.

    Args:
        journal: The journal.
        wanted: Which wins to choose from.
        private: Whether to include the person's own words about them.
        progress: Called with the share done, 0 to 1.
    """
    wins = newest_first(wanted.select(journal))
    lines = ["# Stories", ""]
    for win in _best(journal, ProgressCounter(len(wins), progress).over(wins)):
        lines += _story(journal, win, private=private)
    return "\n".join(lines).rstrip() + "\n"


def _best(journal: Journal, wins: Iterable[Win]) -> list[Win]:
    """Return the wins with most to tell: proof, doors they opened, verdicts that held in a look-back, stretch."""
    return sorted(wins, key=lambda win: _weight(journal, win), reverse=True)[:_MAX_STORIES]


def _weight(journal: Journal, win: Win) -> tuple[int, int, bool, float]:
    told = len(told_lines(win)) + bool(told_link(win))
    held = bool(win.lookbacks) and win.lookbacks[-1].verdict == win.verdict
    return told, len(journal.opens.get(win.id, ())), held, test_scores(win.answers)["Stretch"] or 0.0


def _story(journal: Journal, win: Win, *, private: bool) -> Iterator[str]:
    goal = clean_line(journal.goal_name(win))
    yield from (f"## {escape(clean_line(win.title))}", "")
    yield from (f"{long_date(win.happened_on)}{f', {escape(goal)}' if goal else ''}", "")
    for part, words in told_lines(win):
        yield from (f"**{part}.** {escape(words)}", "")
    if link := told_link(win):
        yield from (f"**Link.** {markdown_link(link, escape(link))}", "")
    if doors := list(_doors(journal, win)):
        yield from (*doors, "")
    if private and win.story:
        yield from (escape(clean_text(win.story)), "")


def _doors(journal: Journal, win: Win) -> Iterator[str]:
    """Yield what led to a win, the last three of them, and what it opened."""
    before = [one for one in trace_back(journal, win.opened_by) if one.deleted_at is None]
    after = [journal.wins[key] for key in journal.opens.get(win.id, ())]
    if before:
        yield f"- What led to it: {_titles(reversed(before[:3]))}"
    if after:
        yield f"- What it opened: {_titles(after)}"


def _titles(wins: Iterable[Win]) -> str:
    return "; ".join(escape(clean_line(win.title)) for win in wins)


def write_bullets(journal: Journal, wanted: Filter, *, progress: OnProgress | None = None) -> str:
    """Return a line for each win, newest first, below its goal: what a résumé is made of.

    Args:
        journal: The journal.
        wanted: Which wins.
        progress: Called with the share done, 0 to 1.
    """
    wins = newest_first(wanted.select(journal))
    goals = sorted(journal.goals.values(), key=lambda goal: (goal.order, goal.name))
    by_goal: dict[str, list[str]] = {}
    for win in ProgressCounter(len(wins), progress).over(wins):
        goal = win.goal if win.goal in journal.goals else ""
        by_goal.setdefault(goal or "", []).append(_bullet(journal, win))
    lines: list[str] = []
    for key, name in (*((goal.id, clean_line(goal.name)) for goal in goals), ("", "Without a goal")):
        if key in by_goal:
            lines += [f"## {escape(name)}", "", *by_goal[key], ""]
    return "\n".join(lines).rstrip() + "\n"


def _bullet(journal: Journal, win: Win) -> str:
    """Return a win as a line: what was done first, what came of it last."""
    day, doors, told = win.happened_on, len(journal.opens.get(win.id, ())), dict(told_lines(win))
    done = capitalise(told.get("Action", clean_line(win.title)).removeprefix("I ").rstrip(".;"))
    result = told.get("Result", "").rstrip(".")
    opened = f", which opened {plural(doors, 'door')}" if doors and not result else ""
    came = f". {escape(result)}" if result else opened
    return f"- {escape(done)}{came} ({MONTHS[day.month - 1]} {day.year})"

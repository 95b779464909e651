"""The evidence sheet in Markdown; its wins are bullets that `import` reads again."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from data.base.formatting import long_date, plural, sparkline
from data.base.progress import OnProgress, ProgressCounter
from data.exchange.evidence.sheet import Chain, Section, Sheet, SheetWin
from data.exchange.evidence.told import markdown_link
from data.exchange.formats.markdown_escapes import escape

SHEET_TITLES: Final = {"real": "Real wins", "candy": "Cotton candy", "unsorted": "Wins not sorted yet", "": "Wins"}
_WEEKS_SHOWN: Final = 26
"""Weeks in the line of momentum."""
_MAX_TITLES: Final = 4
"""Wins in a headline."""
SHEET_SIGNS: Final = {"real": "◆", "candy": "◇"}


def sheet_period(sheet: Sheet) -> str:
    """Return from when to when the wins of a sheet are, in words."""
    if sheet.first is None or sheet.last is None:
        return "Nothing in this period yet."
    if sheet.first == sheet.last:
        return long_date(sheet.first)
    return f"{long_date(sheet.first)} – {long_date(sheet.last)}"


def describe_chain(story: Chain) -> str:
    """Return how one win of a story led to the next, in one sentence; "" for a win alone."""
    if len(story.line) == 1:
        return ""
    first, last = story.line[0], story.line[-1]
    if len(story.line) > _MAX_TITLES:
        return f"From {long_date(first.day)} to {long_date(last.day)}: {len(story.line)} wins, each led to the next."
    waits = _describe_waits([one.after or 0 for one in story.line[1:]])
    when = (
        f"On {long_date(first.day)}"
        if first.day == last.day
        else f"From {long_date(first.day)} to {long_date(last.day)}"
    )
    return f"{when}: one led to the next {waits}."


def _describe_waits(waits: Sequence[int]) -> str:
    """Return waits in days as "after 1 day, then 10 days, then the same day"."""
    said = (
        "the same day" if wait == 0
        else f"{plural(-wait, 'day')} earlier" if wait < 0
        else plural(wait, "day") if before > 0
        else f"after {plural(wait, 'day')}"
        for before, wait in pairwise((0, *waits))
    )  # fmt: skip
    return ", then ".join(said)


def describe_gap_to(days: int) -> str:
    """Return how long after another win one came, to stand before it: "7 days after", "the same day as"."""
    if days == 0:
        return "the same day as"
    return f"{plural(abs(days), 'day')} {'after' if days > 0 else 'before'}"


def chain_titles(story: Chain) -> list[str]:
    """Return the titles of a story's longest chain; of a long one the first two and the last, and how many between."""
    titles = [one.title for one in story.line]
    if len(titles) <= _MAX_TITLES:
        return titles
    return [*titles[:2], f"{len(titles) - 3} more", titles[-1]]


def write_markdown_sheet(sheet: Sheet, seen: OnProgress | None = None) -> str:
    """Return the sheet in Markdown, and report progress."""
    return "\n".join(_lines(sheet, ProgressCounter(sheet.count, seen))).rstrip() + "\n"


def _lines(sheet: Sheet, watch: ProgressCounter) -> Iterator[str]:
    yield from (
        f"# {SHEET_TITLES[sheet.kind]}",
        "",
        *([f"{escape(sheet.name)}  "] if sheet.name else ()),
        f"{sheet_period(sheet)}  ",
        f"Made on {long_date(sheet.made_on)}",
        "",
    )
    yield from ("| | |", "| --- | --- |")
    yield from (f"| {name} | {value} |" for name, value in sheet.figures)
    yield ""
    weeks = sheet.series.complete[-_WEEKS_SHOWN:]
    if sheet.shows_momentum and len(weeks) > 1 and any(week.momentum for week in weeks):
        line = sparkline([week.momentum for week in weeks])
        yield from (f"Momentum, {len(weeks)} weeks to {long_date(weeks[-1].start)}: `{line}`", "")
    for section in sheet.sections:
        yield from _section(section, SHEET_SIGNS.get(sheet.kind, ""), watch)


def _section(section: Section, mark: str, watch: ProgressCounter) -> Iterator[str]:
    yield from (f"## {escape(section.name)}", "")
    if section.why:
        yield from (escape(section.why), "")
    for story in section.stories:
        if len(story.line) > 1:
            yield from (f"### {' → '.join(map(escape, chain_titles(story)))}", "", describe_chain(story), "")
        for one in watch.over(story.wins):
            yield from _win(one, mark)


def _win(one: SheetWin, mark: str) -> Iterator[str]:
    yield f"- {mark} {one.day}: {escape(one.title)}" if mark else f"- {one.day}: {escape(one.title)}"
    if one.story:
        yield ""
        yield from (f"  {line}" if line else "" for line in escape(one.story).split("\n"))
    for part, words in one.proof:
        yield from ("", f"  *{part}:* {escape(words)}")
    if one.link:
        yield from ("", f"  *Link:* {markdown_link(one.link, escape(one.link))}")
    yield ""

"""One win as a card: text laid out in cells, with a role for each part and no colour yet.

Pure. Every line of a card is exactly as wide as was asked, whatever the text: wide characters, combining marks, words
longer than the line.
"""

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from typing import Final, Literal

from msgspec import Struct

from data.base.formatting import SPARK_MARKS, weekday_date
from data.base.text import clean_line, fixed_width, fold
from data.model import assessment
from data.model.records import NO_ANSWERS, Answers, Win
from widgets.base.cells import cells, first_cells, fit_width, truncate, wrap

TITLE_LINES: Final = 3
"""The most lines a title takes."""
_SHORTEST_GOAL: Final = 5
_NARROW_DATE: Final = 20

_LEGENDS: Final = (
    "Momentum Alignment Stretch ⇢ doors",
    "Momentum Alignment Stretch",
    "Moment Align Stretch",
)
"""What the marks of a card mean, for columns from wide to narrow."""

Role = Literal["title", "match", "date", "goal", "marks", "initial", "doors", "gap"]
Span = tuple[str, Role]
CardLine = tuple[Span, ...]


class CardFacts(Struct, frozen=True):
    """What a card says beside the win's own fields: its goal's name or "", and how many doors it opened."""

    goal: str = ""
    doors: int = 0


def title_lines(title: str, width: int) -> list[str]:
    """Return a title as at most `TITLE_LINES` lines of at most `width` cells; the last ends in … if it goes on."""
    text = fixed_width(clean_line(title))
    if len(text) <= width and text.isascii():
        return [text]
    lines: list[str] = []
    for line in wrap(text, max(2, width)):
        if len(lines) == TITLE_LINES:
            lines[-1] = f"{first_cells(lines[-1], width - 1).rstrip()}…"
            break
        lines.append(line)
    return lines


def card_height(title: str, width: int) -> int:
    """Return how many lines the card of that title takes at that width, with the empty one below it."""
    return (1 if len(title) <= width and title.isascii() else len(title_lines(title, width))) + 2


@lru_cache(maxsize=1024)
def test_marks(answers: Answers) -> tuple[str, ...]:
    """Return each test as its letter and a bar, or a dot where it has no answer yet; nothing without any answer."""
    if answers == NO_ANSWERS:
        return ()
    scores = assessment.test_scores(answers)
    return tuple(f"{test[0]}{'·' if s is None else SPARK_MARKS[round(s * 7)]}" for test, s in scores.items())


def draw_card(win: Win, facts: CardFacts, today: date, width: int) -> list[CardLine]:
    """Return the lines of a card, each exactly `width` cells, the last one empty.

    Args:
        win: The win.
        facts: Its goal's name and its doors.
        today: Decides whether the date needs its year.
        width: Cells, at least 2.
    """
    titles: list[CardLine] = [((fit_width(line, width), "title"),) for line in title_lines(win.title, width)]
    return [*titles, _meta(win, facts, today, width), ((" " * width, "gap"),)]


def _meta(win: Win, facts: CardFacts, today: date, width: int) -> CardLine:
    """Lay out date and goal on the left, marks and doors on the right; what does not fit goes, the goal first."""
    day = weekday_date(win.happened_on, today)
    doors = truncate(f"⇢{facts.doors}", width) if facts.doors else ""
    tests = test_marks(assessment.with_evidence(win, facts.doors > 0) if win.answers != NO_ANSWERS else win.answers)
    marks = _fitting((" ".join(tests), "".join(mark[1:] for mark in tests)), width - len(day) - len(doors) - 2)
    right = len(marks) + len(doors) + bool(marks and doors)
    day = truncate(day if width >= _NARROW_DATE else day[4:], width - right - bool(right))
    room = width - len(day) - right - 2 - bool(right)
    goal = truncate(fixed_width(clean_line(facts.goal)), room) if room >= _SHORTEST_GOAL else ""
    between = width - len(day) - right - (cells(goal) + 2 if goal else 0)
    spans: list[Span] = [(day, "date"), (f"  {goal}" if goal else "", "goal"), (" " * between, "gap")]
    spans += [(marks, "marks"), (" " if marks and doors else "", "gap"), (doors, "doors")]
    return tuple(span for span in spans if span[0]) or ((" " * width, "gap"),)


def with_matches(line: CardLine, words: Sequence[str]) -> CardLine:
    """Return a line of a card with the words that were searched for apart from the rest of its title.

    Args:
        line: One line of a card.
        words: Folded, as a search has them.
    """
    return tuple(span for text, role in line for span in (_parted(text, words) if role == "title" else [(text, role)]))


def _parted(text: str, words: Sequence[str]) -> list[Span]:
    folded = fold_each(text)
    marked = [False] * len(text)
    for word in words:
        at = folded.find(word)
        while at >= 0:
            marked[at : at + len(word)] = [True] * len(word)
            at = folded.find(word, at + len(word))
    runs = groupby(zip(text, marked, strict=True), key=itemgetter(1))
    return [("".join(mark for mark, _ in run), "match" if found else "title") for found, run in runs]


def fold_each(text: str) -> str:
    """Return text folded letter by letter, so that places in both are the same."""
    return "".join(folded if len(folded := fold(letter)) == 1 else letter for letter in text)


def draw_legend(width: int) -> CardLine:
    """Return the line that says what the marks below it mean, at their side of the cards and as wide as a card."""
    words = _fitting(_LEGENDS, width)
    initials = [(letter, "initial" if letter.isupper() else "marks") for letter in words]
    runs = groupby(initials, key=itemgetter(1))
    spans: list[Span] = [("".join(letter for letter, _ in run), role) for role, run in runs]
    return ((" " * (width - len(words)), "gap"), *spans)


def _fitting(ways: tuple[str, ...], room: int) -> str:
    """Return the first way of saying it that fits into `room` cells, or ""."""
    return next((way for way in ways if len(way) <= room), "")

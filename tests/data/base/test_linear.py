"""Twice the input takes twice the time, whatever it is: no reader of text is worse than linear."""

import time
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from typing import Final
from uuid import UUID

import pytest
from msgspec import structs

from data.base import text
from data.base.dates import parse_date, parse_week
from data.base.errors import SmallWinsError
from data.base.written_dates.in_text import find_day, read_period, split_day
from data.model.doors import door_stats, forest
from data.model.journal import Journal
from data.model.records import Changes, Win
from data.search.query import Query
from tests.support.app_host import NOW, TODAY
from tests.support.growth import per_doubling

LIMIT: Final = 40_000
"""Characters of the longest text; at a quarter of it, what is quadratic takes a sixteenth."""
PATTERNS: Final = {
    "marks": "\u0300\u0323", "marks apart": "\u0323\u034f\u0300", "blanks": " ", "no-break": "\u00a0", "breaks": "\r\n",
    "returns": "\r", "escapes": "\x1b", "joiners": "\u200d", "families": "👩\u200d", "flags": "🇩",
    "jamo": "\u1100\u1161", "letters": "a", "tags": "#a ", "digits": "1", "fillers": "\u3164", "ligatures": "\ufdfa",
    "dates": "2026-11-20 ", "dashes": "1-", "words of dates": "20 Nov ", "halves": "\ud800",
}  # fmt: skip
READERS: Final[dict[str, Callable[[str], object]]] = {
    "line": text.accept_line,
    "story": text.accept_story,
    "tag": lambda typed: text.accept_tags((typed,)),
    "tags": lambda typed: text.accept_tags(typed.split()),
    "fold": text.fold,
    "fixed width": text.fixed_width,
    "json": text.escape_json,
    "query": Query.of,
    "date": lambda typed: parse_date(typed, TODAY),
    "week": lambda typed: parse_week(typed, TODAY),
    "heading": find_day,
    "line with a date": split_day,
    "period": read_period,
}


def is_linear(read: Callable[[int], Callable[[], object]], size: int) -> bool:
    """Say whether twice the input takes at most 2.5 times as long, or no time at all."""
    small, large = (_refused_or_read(read(length)) for length in (size // 4, size))
    begun = time.process_time()
    large()
    return time.process_time() - begun < 0.02 or per_doubling(small, large) <= 2.5


def _refused_or_read(read: Callable[[], object]) -> Callable[[], None]:
    def work() -> None:
        with suppress(SmallWinsError, UnicodeEncodeError):
            read()

    return work


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("pattern", PATTERNS)
def test_a_text_is_read_in_linear_time(reader: str, pattern: str) -> None:
    def read(size: int) -> Callable[[], object]:
        typed = f"a{PATTERNS[pattern] * (size // len(PATTERNS[pattern]))}x"
        return lambda: READERS[reader](typed)

    assert is_linear(read, LIMIT)


def hub(size: int) -> tuple[Win, ...]:
    """Return a win and all those that it opened."""
    first = Win(id=str(UUID(int=0)), title="First", happened_on=date(2026, 11, 1), created_at=NOW, updated_at=NOW)
    ids = (str(UUID(int=number)) for number in range(1, size))
    return (first, *(structs.replace(first, id=identity, opened_by=first.id) for identity in ids))


@pytest.mark.parametrize(
    "read",
    [
        lambda journal, _: Journal(wins=journal.wins).opens,
        lambda journal, _: forest(Journal(wins=journal.wins)),
        lambda journal, _: door_stats(Journal(wins=journal.wins), TODAY),
        lambda journal, _: Journal(wins=journal.wins).days,
        lambda _, wins: after_opens(wins),
    ],
    ids=["opens", "forest", "stats", "days", "carried"],
)
def test_a_win_that_opened_very_many_is_read_in_linear_time(
    read: Callable[[Journal, tuple[Win, ...]], object],
) -> None:
    def of_size(size: int) -> Callable[[], object]:
        wins = hub(size)
        journal = Journal.of(*wins)
        return lambda: read(journal, wins)

    assert is_linear(of_size, 4_000)  # with more, it is the memory's speed that is measured


def after_opens(wins: tuple[Win, ...]) -> object:
    """Return what the wins opened, as a journal that already knew says it after they all came at once."""
    empty = Journal()
    assert empty.opens == {}
    return empty.apply(Changes(put=wins)).opens

"""Whether a win was written down before, in the same words or nearly so."""

from collections.abc import Iterable
from datetime import date
from typing import Final

from data.base.text import clean_line, fold
from data.model.records import Win

WITHIN_DAYS: Final = 14
"""How far apart two wins may be, in days, for one to be taken for the other."""
_MIN_LIKENESS: Final = 0.85
"""Of `SequenceMatcher.ratio`; "Coffee with Ada" and "coffee with ada!" have 0.97."""
_MAX_COMPARED: Final = 200
"""The most wins, the latest in the file, whose titles are compared letter by letter: 10 ms."""
_MIN_LETTERS: Final = 4
"""A title of fewer letters is compared as it is: "Run" and "Rum" are not the same."""


def find_duplicate(wins: Iterable[Win], title: str, on: date) -> Win | None:
    """Return the win that says the same as this title, or nearly so, within two weeks of the day; the likest one.

    Args:
        wins: Those that were written down.
        title: As it was typed.
        on: The day it happened.
    """
    wanted = fold(clean_line(title))
    near = [win for win in wins if abs((win.happened_on - on).days) <= WITHIN_DAYS]
    same = next((win for win in near if fold(win.title) == wanted), None)
    if same is not None or len(wanted) < _MIN_LETTERS or not near:
        return same
    return _likest(near[-_MAX_COMPARED:], wanted)


def _likest(wins: list[Win], wanted: str) -> Win | None:
    from difflib import SequenceMatcher  # noqa: PLC0415 - 2 ms, paid only where there is something to compare with

    matcher = SequenceMatcher(None, "", wanted, autojunk=False)
    best, likest = _MIN_LIKENESS, None
    for win in wins:
        matcher.set_seq1(fold(win.title))
        if matcher.real_quick_ratio() >= best and matcher.quick_ratio() >= best and matcher.ratio() >= best:
            best, likest = matcher.ratio(), win
    return likest

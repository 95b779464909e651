"""What is asked back about a move on the board that the tests, or a door, speak against."""

from collections.abc import Iterable
from typing import Final

from data.base.formatting import shorten
from data.base.text import clean_line
from data.model import assessment
from data.model.journal import Journal
from data.model.records import Decision, Verdict, Win
from data.review import lookbacks

_TITLE_SHOWN: Final = 32
"""Characters of a later win's title that a question shows."""


def find_challenge(journal: Journal, win: Win) -> str:
    """Return what to ask back about a win that was just moved, or "": of each win at most once, and none in words.

    Args:
        journal: The wins around it, for the doors it opened.
        win: As it is after the move, whose decision is the last one in `decided`.
    """
    own = lookbacks.own_decisions(win)
    if not own or own[-1].p is not None or win.door_note:
        return ""
    *before, last = own
    opened = [clean_line(journal.wins[key].title) for key in journal.opens.get(win.id, ())]
    if last.verdict is Verdict.REAL and not opened and _is_candy_by_tests(last):
        return "" if any(map(_is_candy_by_tests, _moves_to(Verdict.REAL, before))) else _WHICH
    if last.verdict is Verdict.CANDY and opened and not any(_moves_to(Verdict.CANDY, before)):
        return f"It opened “{shorten(opened[0], _TITLE_SHOWN)}”. Which door was that?"
    return ""


_WHICH: Final = "Its tests say candy. Which door did it open?"


def _is_candy_by_tests(move: Decision) -> bool:
    """Return whether the tests spoke against real when a win was moved; in a close call they don't."""
    return move.substance is not None and move.substance < assessment.CLOSE_CALL[0]


def _moves_to(verdict: Verdict, decisions: Iterable[Decision]) -> Iterable[Decision]:
    """Return the moves on the board to a column; a call in a review has a forecast, and was never asked about."""
    return [one for one in decisions if one.verdict is verdict and one.p is None]

"""The three tests: questions, substance and suggestion (design: momentum, alignment, stretch)."""

from statistics import fmean
from typing import Final

from msgspec import Struct, structs

from data.models import Answers, Verdict, Win


class Question(Struct, frozen=True):
    """One question: its id (an attribute of `Answers`), its test, its words, and what 1 and 5 mean."""

    id: str
    test: str
    words: str
    low: str
    high: str


QUESTIONS: Final = (
    Question("door", "Momentum", "Which door did it open?", "a passing high", "a door opened"),
    Question("next_step", "Momentum", "Did it change what you do next?", "it filled time", "my next step is different"),
    Question("direction", "Alignment", "Does it lead where you want to go?", "somewhere else", "straight there"),
    Question("motive", "Alignment", "Meaningful, or merely available?", "it was there", "it means something"),
    Question("stretch", "Stretch", "Was it a little uncomfortable?", "effortless", "it stretched me"),
    Question("growth", "Stretch", "Did it build clarity or confidence?", "it only looks good", "I stand firmer"),
)
TESTS: Final = ("Momentum", "Alignment", "Stretch")
THRESHOLD: Final = 0.5
"""Substance from here on suggests a real win."""


class Suggestion(Struct, frozen=True):
    """What the answers add up to."""

    verdict: Verdict
    substance: float


def evidence(win: Win, opened_a_door: bool) -> Answers:  # noqa: FBT001
    """Return the answers with `door` at 5 once a later win names this one: evidence beats memory."""
    return structs.replace(win.answers, door=5) if opened_a_door else win.answers


def test_scores(answers: Answers) -> dict[str, float | None]:
    """Return each test's score, 0 to 1: the mean of (a - 1) / 4 over its answered questions, None without any."""
    scores: dict[str, float | None] = {}
    for test in TESTS:
        given = [getattr(answers, q.id) for q in QUESTIONS if q.test == test]
        known = [(a - 1) / 4 for a in given if a is not None]
        scores[test] = fmean(known) if known else None
    return scores


def substance(answers: Answers) -> float | None:
    """Return the mean of the three test scores, 0 to 1, or None before every test has an answer."""
    scores = [score for score in test_scores(answers).values() if score is not None]
    return fmean(scores) if len(scores) == len(TESTS) else None


def suggest(answers: Answers) -> Suggestion | None:
    """Return the suggestion of these answers, or None before every test has an answer."""
    amount = substance(answers)
    if amount is None:
        return None
    return Suggestion(Verdict.REAL if amount >= THRESHOLD else Verdict.CANDY, amount)

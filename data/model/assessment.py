"""The three tests: their questions, what the answers add up to, and what that suggests, with its reasons.

Substance is the mean of the three tests, so that a test with two answers weighs no more than one with a single answer.
Discomfort weighs and never vetoes: it helps only where growth is uncomfortable at once (Woolley & Fishbach 2022,
https://doi.org/10.1177/09567976211044685).
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import Final, Literal

from msgspec import Struct, structs

from data.base.formatting import capitalise, shorten
from data.base.text import clean_line
from data.model.journal import Journal
from data.model.records import Answers, Verdict, Win

QuestionId = Literal["door", "next_step", "direction", "motive", "stretch", "growth"]
"""The attributes of `Answers`."""


class Question(Struct, frozen=True):
    """One question of a test.

    Attributes:
        id: The attribute of `Answers` that holds its answer.
        test: One of `TESTS`.
        words: The question itself.
        low: What 1 means.
        high: What 5 means.
        phrases: What each answer says of a win, 1 first, as a clause.
    """

    id: QuestionId
    test: str
    words: str
    low: str
    high: str
    phrases: tuple[str, str, str, str, str]


QUESTIONS: Final = (
    Question(
        "door",
        "Momentum",
        "Did it open a door?",
        "a passing high",
        "a door opened",
        (
            "it was a passing high",
            "it hasn't opened much yet",
            "it may yet open a door",
            "it left a door ajar",
            "it opened a door",
        ),
    ),
    Question(
        "next_step",
        "Momentum",
        "Did it change what you do next?",
        "it filled time",
        "my next step is different",
        (
            "it filled time",
            "it hardly changed what you do next",
            "it changed a bit of what you do next",
            "it changed a lot of what you do next",
            "it changed what you do next",
        ),
    ),
    Question(
        "direction",
        "Alignment",
        "Does it lead where you want to go?",
        "somewhere else",
        "straight there",
        (
            "it leads somewhere else",
            "it hardly leads where you want to go",
            "it leads part of the way",
            "it leads where you want to go",
            "it leads straight where you want to go",
        ),
    ),
    Question(
        "motive",
        "Alignment",
        "Was it meaningful, or just available?",
        "it was there",
        "it means something",
        (
            "it was just there",
            "it was there more than it meant anything",
            "it meant a little",
            "it meant something",
            "it means a lot to you",
        ),
    ),
    Question(
        "stretch",
        "Stretch",
        "Was it a little uncomfortable?",
        "effortless",
        "it stretched me",
        (
            "it took no effort",
            "it came easily",
            "it was a little uncomfortable",
            "it took courage",
            "it stretched you",
        ),
    ),
    Question(
        "growth",
        "Stretch",
        "Did it build clarity or confidence?",
        "it only looks good",
        "I stand firmer",
        (
            "it only looks good",
            "it built little clarity or confidence",
            "it built some clarity or confidence",
            "it built clarity or confidence",
            "you stand firmer for it",
        ),
    ),
)
"""All six, two a test, in the order of asking."""
TESTS: Final = ("Momentum", "Alignment", "Stretch")
QUESTION_BY_ID: Final[dict[str, Question]] = {question.id: question for question in QUESTIONS}
QUICK_QUESTIONS: Final = tuple(QUESTION_BY_ID[key] for key in ("next_step", "direction", "stretch"))
"""Quick mode's questions, one a test. Not `door`: in the week itself it is the hardest to know, and later a linked win
answers it."""
REAL_FROM: Final = 0.5
"""Substance from here on suggests a real win."""
CLOSE_CALL: Final = (0.4, 0.6)
"""Substance between these two is a close call."""
_TITLE_SHOWN: Final = 48
"""Characters of a later win's title that a reason shows."""


class Suggestion(Struct, frozen=True, kw_only=True):
    """What the answers add up to.

    Attributes:
        verdict: Real from `REAL_FROM` on, else candy.
        substance: 0 to 1.
        close: Whether it is a close call.
        reasons: Whole sentences. They may hold the title of a later win, cleaned, so draw them as text.
    """

    verdict: Verdict
    substance: float
    close: bool
    reasons: tuple[str, ...]

    @property
    def headline(self) -> str:
        """The suggestion as one sentence."""
        real = self.verdict is Verdict.REAL
        if self.close:
            return f"A close call: it leans towards {'a real win' if real else 'cotton candy'}."
        return "It looks like a real win." if real else "It looks like cotton candy."


class TippingAnswer(Struct, frozen=True):
    """The one answer that would turn the suggestion: the question, and the nearest answer that does."""

    question: Question
    answer: int


def questions(*, quick: bool = False) -> tuple[Question, ...]:
    """Return the questions to ask of a win, in order: one a test in quick mode, else two."""
    return QUICK_QUESTIONS if quick else QUESTIONS


def answer_to(answers: Answers, question: QuestionId) -> int | None:
    """Return the answer to a question, 1 to 5, or None."""
    value: int | None = getattr(answers, question)
    return value


def with_evidence(win: Win, opened_a_door: bool) -> Answers:  # noqa: FBT001 - reads as a sentence where it is called
    """Return the answers with `door` at 5 once a later win names this one: evidence beats memory."""
    return structs.replace(win.answers, door=5) if opened_a_door else win.answers


def test_scores(answers: Answers) -> dict[str, float | None]:
    """Return each test's score, 0 to 1: the mean of (a - 1) / 4 over its answered questions, None without any."""
    return {test: _score([answer_to(answers, q.id) for q in QUESTIONS if q.test == test]) for test in TESTS}


def _score(given: Sequence[int | None]) -> float | None:
    known = [(answer - 1) / 4 for answer in given if answer is not None]
    return sum(known) / len(known) if known else None


def substance(answers: Answers) -> float | None:
    """Return the mean of the three test scores, 0 to 1, or None before every test has an answer."""
    scores = [score for score in test_scores(answers).values() if score is not None]
    return sum(scores) / len(scores) if len(scores) == len(TESTS) else None


def suggest(answers: Answers, doors: Sequence[str] = ()) -> Suggestion | None:
    """Return the suggestion of these answers, or None before every test has an answer.

    Args:
        answers: The person's answers.
        doors: The titles of the later wins that this one opened; with any, `door` counts as 5 and a reason names them.
    """
    weighed = structs.replace(answers, door=5) if doors else answers
    amount = substance(weighed)
    if amount is None:
        return None
    scores = {test: score for test, score in test_scores(weighed).items() if score is not None}
    verdict = _side(amount)
    return Suggestion(
        verdict=verdict,
        substance=amount,
        close=CLOSE_CALL[0] <= amount <= CLOSE_CALL[1],
        reasons=_reasons(weighed, verdict, scores, doors),
    )


def suggestion_for(journal: Journal, win: Win) -> Suggestion | None:
    """Return the suggestion for a win with the doors it opened in this journal, or None before every test counts."""
    return suggest(win.answers, [journal.wins[key].title for key in journal.opens.get(win.id, ())])


def _side(amount: float) -> Verdict:
    return Verdict.REAL if amount >= REAL_FROM else Verdict.CANDY


def tipping_answer(answers: Answers, doors: Sequence[str] = ()) -> TippingAnswer | None:
    """Return the one given answer whose smallest change would turn the suggestion, or None if no single one would.

    Of equally small changes the first question's. An answer that evidence stands for is never the one.
    """
    view = suggest(answers, doors)
    if view is None:
        return None
    found = [
        (abs(other - given), TippingAnswer(question, other))
        for question in QUESTIONS
        if (given := answer_to(answers, question.id)) is not None
        for other in range(1, 6)
        if (then := suggest(structs.replace(answers, **{question.id: other}), doors)) and then.verdict != view.verdict
    ]
    return min(found, key=lambda pair: pair[0])[1] if found else None


def _reasons(answers: Answers, verdict: Verdict, scores: dict[str, float], doors: Sequence[str]) -> tuple[str, ...]:
    """Return what speaks for the suggestion, then what speaks against it, each test by its strongest answer."""
    real = verdict is Verdict.REAL
    told = [test for test in TESTS if not (doors and test == "Momentum")]  # the door itself says more
    ranked = sorted(told, key=lambda test: -scores[test] if real else scores[test])
    agreed = [_telling(answers, test, high=real) for test in ranked if (scores[test] >= REAL_FROM) == real]
    against = [_telling(answers, test, high=not real) for test in ranked if (scores[test] >= REAL_FROM) != real]
    door = [_opened(doors)] if doors else []
    speaks, counters = ([*door, *agreed], against) if real else (agreed, [*door, *against])
    return tuple(_sentence(clauses) for clauses in (speaks, counters) if clauses)


def _telling(answers: Answers, test: str, *, high: bool) -> str:
    """Return what the highest, or the lowest, answer of a test says."""
    given = [(a, q) for q in QUESTIONS if q.test == test and (a := answer_to(answers, q.id)) is not None]
    answer, question = (max if high else min)(given, key=lambda pair: pair[0])
    return question.phrases[answer - 1]


def _opened(doors: Sequence[str]) -> str:
    short = shorten(clean_line(doors[0]), _TITLE_SHOWN)
    more = f" and {len(doors) - 1} more" if len(doors) > 1 else ""
    return f"it opened “{short}”{more}"


def _sentence(clauses: Sequence[str]) -> str:
    """Join clauses into a sentence; of two clauses in a row that begin with "it", the second drops it."""
    parts = [
        clause.removeprefix("it ") if before.startswith("it ") else clause
        for before, clause in pairwise(("", *clauses))
    ]
    joined = " and ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)
    return capitalise(f"{joined}.")

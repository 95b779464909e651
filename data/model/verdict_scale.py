"""The five calls of a review and a look-back: the key of each, what it says, decides and forecasts."""

from typing import Final

from msgspec import Struct

from data.model.records import Verdict


class Judgement(Struct, frozen=True):
    """One key of a verdict.

    Attributes:
        key: 1 to 5.
        letter: The same key as a letter, as on the board: a capital is sure.
        words: What it says, such as "probably real".
        verdict: What it decides; None is "not yet".
        p: The forecast that this will prove a real win, 0 to 1, or None.
    """

    key: int
    letter: str
    words: str
    verdict: Verdict | None
    p: float | None


JUDGEMENTS: Final = (
    Judgement(1, "C", "surely candy", Verdict.CANDY, 0.05),
    Judgement(2, "c", "probably candy", Verdict.CANDY, 0.25),
    Judgement(3, "n", "can't tell yet", None, None),
    Judgement(4, "r", "probably real", Verdict.REAL, 0.75),
    Judgement(5, "R", "surely real", Verdict.REAL, 0.95),
)
FORECASTS: Final = tuple(judgement.p for judgement in JUDGEMENTS if judgement.p is not None)
"""The forecasts a person can give, lowest first."""
_PLAIN: Final = {Verdict.REAL: "real", Verdict.CANDY: "candy", None: "can't tell yet"}


def judgement(key: int) -> Judgement:
    """Return the judgement of a key from 1 to 5."""
    return JUDGEMENTS[key - 1]


def judgement_of_letter(letter: str) -> Judgement:
    """Return the judgement of one of the letters C, c, n, r and R."""
    return next(one for one in JUDGEMENTS if one.letter == letter)


def judgement_key(verdict: Verdict | None, p: float | None) -> int | None:
    """Return the key that says this, or None when no key does (a move on the board has no forecast)."""
    return next((one.key for one in JUDGEMENTS if (one.verdict, one.p) == (verdict, p)), None)


def describe_verdict(verdict: Verdict | None, p: float | None) -> str:
    """Return a verdict and its forecast in words, such as "probably candy", or "candy" without a forecast."""
    key = judgement_key(verdict, p)
    return judgement(key).words if key is not None else _PLAIN[verdict]

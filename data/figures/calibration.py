"""Calibration: how a person's forecasts compare with what their look-backs say.

It counts wins that have both a forecast (from a review; a move on the board has none) and a later look-back that took
a side. The outcome of a win is 1 when its latest such look-back says real, else 0.

The Brier score is the mean of (forecast - outcome) squared (Brier 1950, Monthly Weather Review 78, 1-3): 0 is perfect,
and always answering 50 % gives 0.25. Below `MIN_JUDGED` wins only the counts are given.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from statistics import fmean
from typing import Final

from msgspec import Struct

from data.base.formatting import plural
from data.base.weeks import shift_day
from data.model.assessment import TESTS, test_scores
from data.model.journal import Journal
from data.model.records import Verdict, Win
from data.model.verdict_scale import FORECASTS

MIN_JUDGED: Final = 10
"""The fewest wins for which a share is given."""
CHANCE_BRIER: Final = 0.25
"""The Brier score of always answering 50 %."""
_APART: Final = timedelta(days=2)
"""A forecast is at least this much older than the look-back that judges it; a moment in UTC may be a day off."""


class JudgedWin(Struct, frozen=True):
    """One win that counts: its forecast, whether it proved real, and its three test scores (None where not asked)."""

    p: float
    real: bool
    scores: Mapping[str, float | None]


class ForecastRow(Struct, frozen=True):
    """One of the four forecasts.

    Attributes:
        p: The forecast, 0 to 1.
        n: How many wins got it.
        real: How many of those proved real; a calibrated person's `real / n` is near `p`.
    """

    p: float
    n: int
    real: int


class Agreement(Struct, frozen=True):
    """One of the three tests.

    Attributes:
        n: Wins that count and have an answer in it.
        agreed: How many of those it got right: score at least 0.5 and proved real, or below and proved candy.
        share: `agreed / n`, 0 to 1, or None while n is too small.
    """

    n: int
    agreed: int
    share: float | None


class Calibration(Struct, frozen=True):
    """A person's calibration, ready for `stats --json` by `msgspec.to_builtins`.

    Attributes:
        n: Wins with a forecast and a look-back that took a side.
        kept: Share of them whose side held, 0 to 1; None unless `enough`.
        brier: Brier score, 0 to 1, lower is better, `CHANCE_BRIER` is chance; None unless `enough`.
        enough: Whether n is at least `MIN_JUDGED`.
        forecasts: The four forecasts, lowest first, those never given with n = 0.
        tests: Each test by its name, in the order of `TESTS`.
    """

    n: int
    kept: float | None
    brier: float | None
    enough: bool
    forecasts: tuple[ForecastRow, ...]
    tests: dict[str, Agreement]

    @property
    def best_test(self) -> str | None:
        """The test that is right most often for this person; None with too few wins, or when the best two tie."""
        ranked = sorted(((row.share, test) for test, row in self.tests.items() if row.share is not None), reverse=True)
        if len(ranked) < len(TESTS) or ranked[0][0] == ranked[1][0]:
            return None
        return ranked[0][1]


def calibrate(journal: Journal) -> Calibration:
    """Return the calibration over every live win that counts."""
    return calibration_of([found for win in journal.live() if (found := judged_win(win)) is not None])


def judged_win(win: Win) -> JudgedWin | None:
    """Return what a win shows of a person's judgement, or None if it lacks a forecast or a later look-back."""
    sided = [one for one in win.lookbacks if one.verdict is not None]
    if not sided:
        return None
    latest = max(sided, key=lambda one: one.on)
    before = shift_day(latest.on, -_APART)
    given = [one.p for one in win.decided if one.p is not None and one.when.date() <= before]
    return JudgedWin(given[-1], latest.verdict is Verdict.REAL, test_scores(win.answers)) if given else None


def calibration_of(outcomes: Sequence[JudgedWin]) -> Calibration:
    """Return the calibration of these outcomes."""
    enough = len(outcomes) >= MIN_JUDGED
    return Calibration(
        n=len(outcomes),
        kept=fmean((one.p >= CHANCE_BRIER * 2) == one.real for one in outcomes) if enough else None,
        brier=brier((one.p, one.real) for one in outcomes) if enough else None,
        enough=enough,
        forecasts=tuple(_forecast(p, outcomes) for p in _forecasts(outcomes)),
        tests={test: _test(test, outcomes) for test in TESTS},
    )


def brier(pairs: Iterable[tuple[float, bool]]) -> float:
    """Return the mean of (p - o) squared over pairs of a forecast and whether it came true; there must be one."""
    return fmean((p - real) ** 2 for p, real in pairs)


def _forecasts(outcomes: Sequence[JudgedWin]) -> list[float]:
    """Return the forecasts to list: the four keys', and any other that the file holds, lowest first."""
    return sorted({*FORECASTS, *(one.p for one in outcomes)})


def _forecast(p: float, outcomes: Sequence[JudgedWin]) -> ForecastRow:
    given = [one.real for one in outcomes if one.p == p]
    return ForecastRow(p, len(given), sum(given))


def _test(test: str, outcomes: Sequence[JudgedWin]) -> Agreement:
    right = [(score >= 0.5) == one.real for one in outcomes if (score := one.scores[test]) is not None]  # noqa: PLR2004 - halfway
    return Agreement(len(right), sum(right), fmean(right) if len(right) >= MIN_JUDGED else None)


def describe_calibration(found: Calibration) -> tuple[str, ...]:
    """Return a calibration as plain sentences, never more certain than its numbers."""
    if found.kept is None:
        so_far = (f"{found.n} so far.",) if found.n else ()
        return (f"After {MIN_JUDGED} look-backs you'll see how often your calls hold.", *so_far)
    return tuple(filter(None, (*_describe_kept(round(found.kept * found.n), found.n), _describe_best_test(found))))


def _describe_kept(held: int, n: int) -> tuple[str, ...]:
    """Say a share in tenths, rounded down: never better than it was."""
    counts = f"{held:,} of {n:,} calls held."
    tenths = 10 * held // n
    return (f"You call it right {plural(tenths, 'time')} in 10.", counts) if 0 < tenths < 10 else (counts,)  # noqa: PLR2004


def _describe_best_test(found: Calibration) -> str:
    best = found.best_test
    if best is None:
        return ""
    row = found.tests[best]
    return f"{best} is the test to trust: right {row.agreed:,} of {plural(row.n, 'time')}."


def describe_brier(found: Calibration) -> str:
    """Return the Brier score in a sentence, or "" while there are too few look-backs."""
    if found.brier is None:
        return ""
    return f"Brier score of your forecasts: {found.brier:.2f}; guessing scores {CHANCE_BRIER}."

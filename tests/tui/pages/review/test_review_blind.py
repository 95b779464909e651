"""A look-back tells nothing of the old verdict before it is answered.

The screen of one that was candy is the screen of one that was real, letter for letter and colour for colour.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from msgspec import structs
from textual.app import App

from data.model.journal import Journal
from data.model.records import Lookback, Verdict, Win
from tests.support.review_host import GOAL, Table, judged, made, table, whole_table

MIRROR = {1: 5, 2: 4, 4: 2, 5: 1, None: None}
PAST = date(2026, 10, 5)
WIDE = (140, 40)
SETTLED = structs.replace(
    judged(made(60, "A settled win", PAST - timedelta(weeks=30)), 5),
    lookbacks=tuple(Lookback(on=PAST - timedelta(weeks=weeks), verdict=Verdict.REAL, p=0.95) for weeks in (26, 18)),
)
"""It comes back first: another verdict still to be asked must not show there either."""
BEFORE = 3
"""Screens before the first look-back: the start, the thing that comes back, and Recall."""


def journal_of(keys: Sequence[int | None], *, mirrored: bool) -> Journal:
    """Return a journal of wins decided so some weeks ago, or the other way round; one key is a move on the board."""
    wins = [_decided(number, MIRROR[key] if mirrored else key, mirrored=mirrored) for number, key in enumerate(keys)]
    opened = made(50, "What the first one opened", PAST + timedelta(weeks=2), wins[0])
    return Journal.of(GOAL, SETTLED, *wins, judged(opened, 5, days_later=20))


def _decided(number: int, key: int | None, *, mirrored: bool) -> Win:
    win = judged(made(number + 1, f"Win {number}", PAST + timedelta(days=number)), key)
    if key is None and mirrored:
        decision = structs.replace(win.decided[0], verdict=Verdict.CANDY)
        return structs.replace(win, verdict=Verdict.CANDY, decided=(decision,))
    return win


def look_of(app: App[None]) -> list[list[tuple[str, str]]]:
    """Return every cell of the screen below the tabs as it is drawn: its text and its style."""
    strips = app.screen._compositor.render_strips()
    return [[(segment.text, str(segment.style)) for segment in strip] for strip in strips[1:]]


async def go_to_lookbacks(desk: Table) -> None:
    await desk.press("enter", "enter", "enter")
    assert "Knowing what you know now?" in desk.text


async def questions_of(journal: Journal) -> list[list[list[tuple[str, str]]]]:
    """Return how the start, what comes before, and each look-back look before it is answered."""
    seen = []
    async with table(journal, size=WIDE) as desk:
        seen.append(look_of(desk.app))
        while "Knowing what you know now?" not in desk.text:
            await desk.press("enter")
            seen.append(look_of(desk.app))
        while "Knowing what you know now?" in desk.text:
            await desk.press("n", "enter")
            if "Knowing what you know now?" in desk.text:
                seen.append(look_of(desk.app))
    return seen


@settings(max_examples=3, phases=[Phase.generate])
@given(st.lists(st.sampled_from([1, 2, 4, 5, None]), min_size=1, max_size=3))
async def test_a_lookback_never_shows_the_old_verdict_before_it_is_answered(keys: list[int | None]) -> None:
    asked = await questions_of(journal_of(keys, mirrored=False))
    assert len(asked) == len(keys) + BEFORE
    assert asked == await questions_of(journal_of(keys, mirrored=True))


async def test_once_it_is_answered_it_is_told() -> None:
    async with table(journal_of([2], mirrored=False), size=WIDE) as desk:
        await go_to_lookbacks(desk)
        await desk.press("5")
        assert "You had said probably candy. You've changed your mind." in desk.text
        win = await desk.stored_win(made(1, "Win 0", PAST))
        assert win.verdict is Verdict.REAL
        assert [(one.verdict, one.p) for one in win.lookbacks] == [(Verdict.REAL, 0.95)]


async def test_the_figures_in_the_bar_are_left_out_only_while_it_is_asked(tmp_path: Path) -> None:
    async with whole_table(tmp_path, journal_of([2], mirrored=False), size=WIDE) as desk:
        assert "real a week" in desk.text
        await go_to_lookbacks(desk)
        assert "real a week" not in desk.text
        await desk.press("5")
        assert "real a week" in desk.text


async def test_what_it_opened_since_is_shown_as_a_fact() -> None:
    async with table(journal_of([2, 4], mirrored=False)) as desk:
        await go_to_lookbacks(desk)
        both = desk.text
        await desk.press("s")
        both += desk.text
        assert "Since then it opened: What the first one opened." in both
        assert "No doors linked since." in both

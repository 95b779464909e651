"""The rear-view mirror: candy that has aged leaves the board, and everything else still sees it."""

from collections.abc import Container, Iterable
from datetime import date, timedelta

from data.model.records import Verdict, Win


def settled_on(win: Win) -> date:
    """Return the day from which candy ages: its own, or that of the last verdict or look-back."""
    if not (win.decided or win.lookbacks):
        return win.happened_on
    decided = win.decided[-1].when.date() if win.decided else win.happened_on
    looked_back = win.lookbacks[-1].on if win.lookbacks else win.happened_on
    return max(win.happened_on, decided, looked_back)


def is_older_than(win: Win, weeks: float, today: date) -> bool:
    """Return whether candy was settled more than so many weeks ago; no other win ages."""
    return win.verdict is Verdict.CANDY and settled_on(win) < today - timedelta(weeks=weeks)


def on_the_board(wins: Iterable[Win], *, opens: Container[str], weeks: int, today: date) -> list[Win]:
    """Return the wins that have not left the board; the first frame waits for this, so each costs one comparison.

    Args:
        wins: In order.
        opens: The ids of wins that opened a door.
        weeks: How long candy stays.
        today: The local date.
    """
    day, candy = today - timedelta(weeks=weeks), Verdict.CANDY
    return [
        win
        for win in wins
        if win.verdict is not candy or win.happened_on >= day or win.id in opens or settled_on(win) >= day
    ]


def is_in_mirror(win: Win, *, opened: bool, weeks: int, today: date) -> bool:
    """Return whether a win has left the board.

    Args:
        win: The win.
        opened: Whether it opened a door, which brings candy back.
        weeks: How long candy stays.
        today: The local date.
    """
    return not opened and is_older_than(win, weeks, today)

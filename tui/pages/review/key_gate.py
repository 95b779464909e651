"""Which keys count: a digit typed ahead for a question never becomes a call, and no key spills into the next win."""

from collections.abc import Callable
from time import monotonic
from typing import Final

from data.review.reviews import CALL, Position

ARMED_AFTER: Final = 0.3
"""Seconds that a question must have stood on the screen; nobody reads a title and answers faster."""


class KeyGate:
    """Knows since when the question, and what it is about, has been on the screen.

    Args:
        timer: Gives seconds that only ever go up.
    """

    def __init__(self, timer: Callable[[], float] = monotonic) -> None:
        self.timer = timer
        self._shown: Position | None = None
        self._question_since = 0.0
        self._item_since = 0.0

    def show(self, position: Position | None) -> None:
        """Note that a position is on the screen now; None is none."""
        before, self._shown = self._shown, position
        now = self.timer()
        if before is None or position is None or (before.part, before.item) != (position.part, position.item):
            self._item_since = now
        if before != position:
            self._question_since = now

    def takes(self, key: str) -> bool:
        """Return whether a key counts: a digit, the letter of a call, or the name of another action.

        Within a question's win everything counts at once but a digit at the call; on a new win nothing does.
        """
        if self._shown is None or not self._shown.item:
            return True
        is_call = self._shown.part == "look" or self._shown.question == CALL
        if key.isdigit() and is_call:
            return self.is_read
        return self.timer() - self._item_since >= ARMED_AFTER

    @property
    def is_read(self) -> bool:
        """Whether the question has been on the screen for long enough to be read."""
        return self.timer() - self._question_since >= ARMED_AFTER

"""Clocks that differ: said to the person, for the dates of wins would be wrong; the join needs no clock.

A batch says when it was written and the latest such moment that its writer had heard of. One from the future tells that
this clock is behind; an answer that was written before what it answers tells that this one is ahead.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

from msgspec import Struct, structs

from data.base.formatting import plural
from data.sync.batches import Head

_TOLERATED: Final = timedelta(minutes=10)
_PAUSE: Final = timedelta(days=1)
"""How long until it is said again."""
_REMEMBERED: Final = 20
_UNITS: Final = ((timedelta(days=1), "day"), (timedelta(hours=1), "hour"), (timedelta(minutes=1), "minute"))


class Clocks(Struct, frozen=True):
    """What is known of the clocks of other devices.

    Attributes:
        sent: When the last batches of this journal were written, by its own clock, oldest first.
        heard: The latest moment at which any known batch was written, by the clock of its writer.
        told: When the person was last told of a difference.
    """

    sent: tuple[datetime, ...] = ()
    heard: datetime | None = None
    told: datetime | None = None

    def after_sending(self, now: datetime) -> "Clocks":
        """Return what is known after a batch of this journal was written."""
        return Clocks((*self.sent, now)[-_REMEMBERED:], max(now, self.heard or now), self.told)


NO_CLOCKS: Final = Clocks()


def look_at_clocks(known: Clocks, heads: Iterable[Head], now: datetime) -> tuple[Clocks, tuple[str, ...]]:
    """Return what is known after these batches arrived, and at most one sentence for the person, once a day.

    Args:
        known: What was known before.
        heads: The heads of what arrived.
        now: The moment, UTC.
    """
    heads = list(heads)
    moments = [head.sent for head in heads if head.sent is not None]
    clocks = structs.replace(known, heard=max([*moments, *filter(None, [known.heard])], default=None))
    found = max(((abs(skew := _skew(known, head, now)), skew, head.device) for head in heads), default=None)
    if found is None or found[0] <= _TOLERATED or (known.told is not None and abs(now - known.told) < _PAUSE):
        return clocks, ()
    return structs.replace(clocks, told=now), (_sentence(found[1], found[2]),)


def _skew(known: Clocks, head: Head, now: datetime) -> timedelta:
    """Return by how much this clock is ahead of a batch's writer, negative behind; zero where nothing tells."""
    if head.sent is None:
        return timedelta(0)
    if head.sent > now:
        return now - head.sent
    if head.heard is not None and head.heard in known.sent:  # it answers what was sent from here
        return max(timedelta(0), head.heard - head.sent)
    return timedelta(0)


def _sentence(skew: timedelta, device: str) -> str:
    size, side = abs(skew), "ahead of" if skew > timedelta(0) else "behind"
    unit, word = next((unit, word) for unit, word in _UNITS if size >= unit)
    whose = f"{device}'s" if device else "another device's"
    return f"This computer's clock is {plural(round(size / unit), word)} {side} {whose}."

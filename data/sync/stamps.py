"""Stamps: when a value was written, as text whose order is the order of writes.

A stamp is 11 hex digits of Unix milliseconds, 4 of a counter, and 8 of an *actor*: 32 random bits made anew for each
pass, so that a copied or restored disk never speaks for another. It is a hybrid logical clock kept per record (Kulkarni
et al. 2014): a write is later than all its writer had seen, and one wrong clock never reaches other records.
"""

import os
import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Final

Context = Mapping[str, str]
"""The newest stamp of each actor that a copy has seen."""

_TIME, _COUNTER = 11, 4
_LAST: Final = 16**_COUNTER - 1
_FORM: Final = r"[0-9a-f]{23}"
LEAST: Final = ""
"""Older than every stamp."""


def new_actor() -> str:
    """Return a name for the writer of one pass: 8 hex digits that nobody has had before."""
    return os.urandom(4).hex()


def stamp_after(moment: datetime, actor: str, newest: str = LEAST) -> str:
    """Return the stamp of a write.

    Args:
        moment: When it was made, as its clock says.
        actor: Who made it.
        newest: The newest stamp that the writer knows of the record; the new one is later whatever the clock says.
    """
    milliseconds, counter = max(0, int(moment.timestamp() * 1000)), 0
    if newest and (known := int(newest[:_TIME], 16)) >= milliseconds:
        milliseconds, counter = known, int(newest[_TIME : _TIME + _COUNTER], 16) + 1
        if counter > _LAST:
            milliseconds, counter = milliseconds + 1, 0
    return f"{milliseconds:0{_TIME}x}{counter:0{_COUNTER}x}{actor}"


def actor_of(stamp: str) -> str:
    """Return who wrote a value."""
    return stamp[_TIME + _COUNTER :]


def is_stamp(text: str) -> bool:
    """Return whether a text has the form of a stamp."""
    return re.fullmatch(_FORM, text) is not None


def covers(context: Context, stamp: str) -> bool:
    """Return whether a copy has seen the write of a stamp."""
    return context.get(actor_of(stamp), LEAST) >= stamp


def context_of(stamps: Iterable[str]) -> dict[str, str]:
    """Return the context of a copy that has seen just these."""
    return together({}, *({actor_of(stamp): stamp} for stamp in stamps))


def together(*contexts: Context) -> dict[str, str]:
    """Return what has been seen by one copy or another."""
    seen: dict[str, str] = {}
    for context in contexts:
        for actor, stamp in context.items():
            seen[actor] = max(stamp, seen.get(actor, LEAST))
    return seen

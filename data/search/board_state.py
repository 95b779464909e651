"""What the board was showing, so that it shows it again after a restart. Losing it loses nothing."""

import os
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Final

import msgspec
from msgspec import Struct

from data.files.disk import PRIVATE_FILE, make_folders
from data.files.plain_file import read_plain_file
from data.search.filters import Filter, Period, period_start

_MAX_BYTES: Final = 100_000


class BoardState(Struct, frozen=True, omit_defaults=True):
    """The filters that a person set on the board.

    Attributes:
        period: Up to today; "all" with `since` and `until` is a period of its own.
        since: The first day of a period of its own, or None.
        until: The last day of it, or None.
        goal: The id of a goal, or None.
        tag: A tag, or "".
    """

    period: Period = "all"
    since: date | None = None
    until: date | None = None
    goal: str | None = None
    tag: str = ""

    def filter(self, today: date, week_start: int) -> Filter:
        """Return what is to be shown on a day."""
        since = self.since or period_start(self.period, today, week_start)
        return Filter(since=since, until=self.until, goal=self.goal, tag=self.tag)


def load_board_state(path: Path) -> BoardState:
    """Return the state in a file, or an empty one when there is none that can be understood."""
    try:
        return msgspec.json.decode(read_plain_file(path, _MAX_BYTES), type=BoardState)
    except (OSError, msgspec.DecodeError, UnicodeDecodeError):
        return BoardState()


def save_board_state(path: Path, state: BoardState) -> None:
    """Write the state, for nobody else to read; where that can't be done, nothing happens."""
    with suppress(OSError):
        make_folders(path.parent)
        fresh = path.with_name(f".{path.name}.{os.getpid()}")
        fd = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW, PRIVATE_FILE)
        with os.fdopen(fd, "wb") as file:
            file.write(msgspec.json.encode(state))
        fresh.replace(path)

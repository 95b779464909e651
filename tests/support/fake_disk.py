"""What the tests of the journal's file share: a clock set by hand, wins, a disk that can be watched or broken."""

import errno
import os
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from data.files.disk import Disk
from data.model import edits
from data.model.records import Win
from data.storage.store import Store

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


class Clock:
    """A clock that goes on by a second whenever it is read, and by more when it is told."""

    def __init__(self, moment: datetime = NOON) -> None:
        self.moment = moment

    def __call__(self) -> datetime:
        """Return the moment, a second after the last."""
        self.moment += timedelta(seconds=1)
        return self.moment

    def pass_days(self, days: float) -> None:
        """Let days go by."""
        self.moment += timedelta(days=days)


def a_win(title: str = "Said yes to the panel talk", story: str = "") -> Win:
    """Return a win."""
    return edits.new_win(title, story=story, happened_on=date(2026, 11, 19), now=NOON)


def add_a_win(store: Store) -> None:
    """Add a win to a journal."""
    store.change("add a win", edits.add_win(a_win()))


class Calls(Disk):
    """A disk that tells of each call before it is made, and may raise instead."""

    def __init__(self, tell: Callable[[str], None]) -> None:
        self._tell = tell

    def create(self, path: Path) -> int:
        """Tell, then create."""
        self._tell("create")
        return super().create(path)

    def protect(self, fd: int) -> None:
        """Tell, then protect."""
        self._tell("protect")
        super().protect(fd)

    def write(self, fd: int, data: memoryview) -> int:
        """Tell, then write."""
        self._tell("write")
        return super().write(fd, data)

    def sync(self, fd: int) -> None:
        """Tell, then sync."""
        self._tell("sync")
        super().sync(fd)

    def close(self, fd: int) -> None:
        """Close, then tell: nobody can keep a file from being closed."""
        super().close(fd)
        self._tell("close")

    def replace(self, source: Path, target: Path) -> None:
        """Tell, then replace."""
        self._tell("replace")
        super().replace(source, target)

    def link(self, source: Path, target: Path) -> None:
        """Tell, then link."""
        self._tell("link")
        super().link(source, target)

    def remove(self, path: Path) -> None:
        """Tell, then remove."""
        self._tell("remove")
        super().remove(path)

    def make_folder(self, path: Path) -> None:
        """Tell, then make the folder."""
        self._tell("make_folder")
        super().make_folder(path)

    def sync_folder(self, path: Path) -> None:
        """Tell, then sync the folder."""
        self._tell("sync_folder")
        super().sync_folder(path)


def failing(number: int, place: int) -> tuple[Calls, list[str]]:
    """Return a disk whose call at this place, from 0, fails with this error, and the list of its calls."""
    calls: list[str] = []

    def tell(name: str) -> None:
        calls.append(name)
        if len(calls) == place + 1:
            raise OSError(number, os.strerror(number))

    return Calls(tell), calls


def broken(*names: str, number: int = errno.ENOSPC) -> Calls:
    """Return a disk on which the calls of these names always fail."""

    def tell(name: str) -> None:
        if name in names:
            raise OSError(number, os.strerror(number))

    return Calls(tell)

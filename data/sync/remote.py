"""The remote: a growing set of files that are written once, never changed, and named by their checksum."""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import timedelta
from typing import Final, Protocol

from data.base.errors import SmallWinsError
from data.sync.batches import SEALED_LIMIT

_NAME: Final = r"(\d{4})/(\d\d)/([0-9a-f]{40})"
KEY_FILE: Final = "key.age"
MARK_FILE: Final = "key.id"
"""Tells whose batches lie at a remote, and nothing of the key."""
README: Final = b"""This is the sealed journal of smallwins, a program that keeps small wins.

Each file under a year is a batch of changes: compressed by zlib, sealed by age. Nothing here can be read without the
key, and nothing is ever changed; key.age is the key under the code that was shown when sync was set up. Opened by hand:

    age -d -i key 2026/11/NAME | zlib-flate -uncompress
"""


class OfflineError(SmallWinsError):
    """The remote can't be reached just now; everything is kept and sent later."""


class RefusedError(SmallWinsError):
    """The remote answers, and does not let us in; only the person can change that."""


class RacedError(Exception):
    """Another device sent something at the same moment; look again."""


class Remote(Protocol):
    """Where batches are exchanged.

    Attributes:
        patience: How long a batch may be missing before its content is sent again.
        most_files: How many batches may lie there before one takes their place.
        keeps: How long a batch stays whose content another one holds.
    """

    patience: timedelta
    most_files: int
    keeps: timedelta

    def look(self, *meanwhile: Callable[[], object]) -> Mapping[str, str]:
        """Return the paths of the batches that are there, by their names.

        Args:
            *meanwhile: Called one after the other while other processes ask the remote; not at all without any.

        Raises:
            OfflineError: It can't be reached.
            RefusedError: It does not let us in.
        """

    def holds(self, path: str, data: bytes) -> bool:
        """Return whether a file was there at the last look and held just this."""

    def read(self, path: str) -> bytes:
        """Return a file that was there at the last look, or nothing where there is none."""

    def read_all(self, paths: Iterable[str]) -> Iterator[bytes]:
        """Yield files that were there at the last look, nothing for one that can't be read now; never all at once."""

    def send(self, files: Mapping[str, bytes], drop: Collection[str] = ()) -> None:
        """Put files there, by path; durable when this returns.

        Args:
            files: What is put there.
            drop: Paths of batches that are removed: others hold their content.

        Raises:
            RacedError: Another device was quicker.
        """

    def send_instead(self, files: Mapping[str, bytes]) -> None:
        """Put files there in the place of all that the last look found; nothing of the rest stays.

        Raises:
            RacedError: Another device was quicker.
        """


def batch_names(paths: Mapping[str, int]) -> dict[str, str]:
    """Return the paths of batches by their names; what has another form, or is too large, is somebody else's."""
    found = ((re.fullmatch(_NAME, path), path) for path, size in paths.items() if size <= SEALED_LIMIT)
    return {match[3]: path for match, path in found if match}

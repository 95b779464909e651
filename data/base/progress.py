"""Progress of a long export, reported now and then so that it can be shown and stopped."""

from collections.abc import Callable, Iterable, Iterator
from typing import Final, TypeVar

_T = TypeVar("_T")
_STEPS: Final = 100

OnProgress = Callable[[float], None]
"""Receives how much is done, 0 to 1; an exception it raises ends the work."""


class ProgressCounter:
    """Counts items as they are taken, across several iterables."""

    def __init__(self, total: int, seen: OnProgress | None) -> None:
        """Start counting.

        Args:
            total: How many there are.
            seen: Called about a hundred times; None for nobody.
        """
        self._total = total
        self._seen = seen
        self._step = max(1, total // _STEPS)
        self._count = 0

    def over(self, items: Iterable[_T]) -> Iterator[_T]:
        """Yield the items and count them."""
        for item in items:
            if self._seen is not None and self._count % self._step == 0:
                self._seen(self._count / self._total)
            self._count += 1
            yield item

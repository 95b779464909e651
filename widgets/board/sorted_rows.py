"""The cards of a column in order, with how tall each is: a sorted list in blocks, measured only where somebody looks.

Square root decomposition. A hundred thousand wins are some hundreds of blocks; to insert, to remove, or to find the win
at a line touches one block and a running sum over the blocks, so it costs the same at any size. The height of a block
that nobody has looked at is estimated from those that were. Pure.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import accumulate, pairwise
from typing import Final

from data.model.records import Win
from data.search.query import NO_MATCH

FIRST: Final = (32, 96, 224)
"""Where the first blocks end: the first frame measures no more than a window of its height shows, and a page below."""
BLOCK: Final = 256
"""Wins in a block when it is made; one of twice as many is split."""

SortKey = tuple[float, ...]
CardOrder = Callable[[Win], SortKey]
Measure = Callable[[Win], int]


def newest(win: Win) -> SortKey:
    """Return the key of the usual order: by date, then by the time added, both newest first."""
    return (-win.happened_on.toordinal(), -win.created_at.timestamp())


def by_score(scores: Mapping[str, float]) -> CardOrder:
    """Return the order of a search, the best match first, by the scores of wins; without any the usual one."""
    if not scores:
        return newest

    def best(win: Win) -> SortKey:
        return (-scores.get(win.id, NO_MATCH), *newest(win))

    return best


class _Block:
    """Some neighbouring wins, and the line after each, counted from the block's first; None before measuring."""

    __slots__ = ("ends", "wins")

    def __init__(self, wins: list[Win]) -> None:
        self.wins = wins
        self.ends: list[int] | None = None

    def insert(self, place: int, win: Win, measure: Measure) -> None:
        """Put a win at a place; in a measured block only this one is measured."""
        self.wins.insert(place, win)
        if self.ends is not None:
            tall = measure(win)
            before = self.ends[place - 1] if place else 0
            self.ends[place:] = [before + tall, *(end + tall for end in self.ends[place:])]

    def remove(self, place: int) -> None:
        """Take the win at a place out."""
        del self.wins[place]
        if self.ends is not None:
            tall = self.ends[place] - (self.ends[place - 1] if place else 0)
            self.ends[place:] = [end - tall for end in self.ends[place + 1 :]]


class SortedRows:
    """Wins in order, found by place or by line.

    Args:
        measure: Returns how many lines a win takes, at least 1.
    """

    def __init__(self, measure: Measure) -> None:
        self._measure = measure
        self._order: CardOrder = newest
        self._blocks: list[_Block] = []
        self._starts: list[int] = [0]
        self._tops: list[int] = [0]
        self._typical = 4.0
        self._guessed = False
        self._stale = False

    def fill(self, wins: Sequence[Win], order: CardOrder = newest) -> None:
        """Hold these wins, which are in order already, and keep that order from now on."""
        self._order = order
        cuts = [0, *FIRST, *range(FIRST[-1] + BLOCK, len(wins), BLOCK)]
        self._blocks = [
            _Block(list(wins[start:end])) for start, end in pairwise((*cuts, len(wins))) if start < len(wins)
        ]
        self._guessed = False
        self._count()

    def __len__(self) -> int:
        return self._starts[-1]

    def __iter__(self) -> Iterator[Win]:
        return (win for block in self._blocks for win in block.wins)

    def __getitem__(self, index: int) -> Win:
        number = bisect_right(self._starts, index) - 1
        return self._blocks[number].wins[index - self._starts[number]]

    @property
    def height(self) -> int:
        """Lines of all wins together; an estimate where they were not measured."""
        return self._tops[-1]

    def place(self, win: Win) -> int:
        """Return the place a win would have if it were inserted."""
        if not self._blocks:
            return 0
        number, inside = self._find(self._order(win))
        return self._starts[number] + inside

    def index(self, win: Win) -> int | None:
        """Return the place of a win, found by its order and its id, or None."""
        key = self._order(win)
        place = self.place(win) - 1
        while place >= 0 and self._order(found := self[place]) == key:
            if found.id == win.id:
                return place
            place -= 1
        return None

    def insert(self, win: Win) -> int:
        """Put a win into its place and return that."""
        if not self._blocks:
            self._blocks = [_Block([win])]
            self._count()
            return 0
        number, inside = self._find(self._order(win))
        place = self._starts[number] + inside
        self._blocks[number].insert(inside, win, self._measure)
        self._changed(number)
        return place

    def remove(self, win: Win) -> int | None:
        """Take a win out, as it was when it was put in; return the place it had, or None if it was not here."""
        place = self.index(win)
        if place is None:
            return None
        number = bisect_right(self._starts, place) - 1
        self._blocks[number].remove(place - self._starts[number])
        self._changed(number)
        return place

    def forget(self) -> None:
        """Forget every height, because the width is another one now."""
        for block in self._blocks:
            block.ends = None
        self._guessed = False
        self._count()

    def top(self, index: int) -> int:
        """Return the first line of the win at a place; the place after the last one is allowed."""
        if index >= len(self):
            return self.height
        number = bisect_right(self._starts, index) - 1
        inside = index - self._starts[number]
        return self._tops[number] + (self._ends(number)[inside - 1] if inside else 0)

    def at(self, line: int) -> tuple[int, int]:
        """Return the place of the win on a line, and which of its lines that is.

        Raises:
            IndexError: There is no such line.
        """
        if not 0 <= line < self.height:
            raise IndexError(line)
        number = bisect_right(self._tops, line) - 1
        inside = line - self._tops[number]
        ends = self._ends(number)
        within = min(bisect_right(ends, inside), len(ends) - 1)
        return self._starts[number] + within, inside - (ends[within - 1] if within else 0)

    def look(self, first: int, last: int) -> None:
        """Measure the wins between two places, and their blocks, so that lines and places agree there."""
        low, high = (bisect_right(self._starts, max(0, place)) - 1 for place in (first, last))
        wanted = [n for n in range(max(0, low), min(high + 1, len(self._blocks))) if self._blocks[n].ends is None]
        for number in wanted:
            self._ends(number)
        if self._stale:
            self._count()

    def _ends(self, number: int) -> list[int]:
        block = self._blocks[number]
        if block.ends is None:
            block.ends = list(accumulate(map(self._measure, block.wins)))
            self._stale = True
            if not self._guessed:
                self._typical, self._guessed = block.ends[-1] / len(block.ends), True
        return block.ends

    def _find(self, key: SortKey) -> tuple[int, int]:
        """Return the block and the place in it behind every win with that key or a smaller one."""
        order = self._order
        number = max(0, bisect_right(self._blocks, key, key=lambda block: order(block.wins[0])) - 1)
        return number, bisect_right(self._blocks[number].wins, key, key=order)

    def _changed(self, number: int) -> None:
        """Bring the blocks and the sums up to date after a win came or went."""
        block = self._blocks[number]
        if len(block.wins) > 2 * BLOCK:
            self._blocks[number : number + 1] = [_Block(block.wins[:BLOCK]), _Block(block.wins[BLOCK:])]
        elif not block.wins:
            del self._blocks[number]
        self._count()

    def _count(self) -> None:
        typical = self._typical
        self._stale = False
        self._starts = [0, *accumulate(len(block.wins) for block in self._blocks)]
        sizes = (block.ends[-1] if block.ends else round(len(block.wins) * typical) for block in self._blocks)
        self._tops = [0, *accumulate(sizes)]

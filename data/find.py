"""Finding wins by what was typed: exact words first, then words that look alike."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Final

from msgspec import Struct

from data.filters import has_words
from data.models import Win
from data.text import fold

NO_MATCH: Final = 0.0
AT_START: Final = 400.0
"""The title begins with what was typed."""
IN_TITLE: Final = 300.0
"""All words are in the title."""
IN_TEXT: Final = 200.0
"""All words are in the title, the tags and the story together."""
ALIKE: Final = 80.0
"""How alike, of 100, a word and the nearest part of a title must be; a typing error in six letters is 83."""
SHORTEST: Final = 4
"""Shorter words are looked for as they are: every other title holds something like "cal"."""
BATCH: Final = 1000
"""Wins that are looked through between two chances to stop."""


class Query(Struct, frozen=True):
    """What was typed, folded, as words; no words match nothing."""

    words: tuple[str, ...]

    @classmethod
    def of(cls, text: str) -> "Query":
        """Return the query of a text as it was typed."""
        return cls(tuple(fold(text).split()))

    def score(self, win: Win) -> float:
        """Say how well a win matches: 0 not at all, above 200 by its words, else how alike it looks, up to 100."""
        if not self.words:
            return NO_MATCH
        title = fold(win.title)
        if all(word in title for word in self.words):
            return AT_START if title.startswith(" ".join(self.words)) else IN_TITLE
        return IN_TEXT if has_words(win, list(self.words)) else self._likeness(title)

    def _likeness(self, title: str) -> float:
        """Return the mean likeness of the words with their nearest parts of a title, 0 when one has none."""
        from rapidfuzz.fuzz import partial_ratio  # noqa: PLC0415 - 50 ms, paid by the first search alone

        if any(len(word) < SHORTEST and word not in title for word in self.words):
            return NO_MATCH
        found = [partial_ratio(word, title, score_cutoff=ALIKE) for word in self.words]
        return sum(found) / len(found) if all(found) else NO_MATCH

    def scores(self, wins: Iterable[Win]) -> Iterator[dict[str, float]]:
        """Yield the scores of those that match by id, batch by batch, so that a longer search can be left."""
        left = iter(wins)
        while batch := list(islice(left, BATCH)):
            yield {win.id: score for win in batch if (score := self.score(win))}


def best_first(wins: Sequence[Win], scores: dict[str, float]) -> list[Win]:
    """Return the wins that have a score, the best first; equals stay as they are."""
    found = [win for win in wins if win.id in scores]
    return sorted(found, key=lambda win: scores[win.id], reverse=True)

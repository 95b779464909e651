"""Finding wins by what was typed: exact words first, and where those are few, words that look alike."""

from collections.abc import Callable, Sequence
from typing import Final

from msgspec import Struct

from data.base.text import TITLE_LIMIT, fold
from data.model.records import Win

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
ENOUGH_EXACT: Final = 20
"""So many wins with the very words make a search for words that look alike idle."""
BATCH: Final = 500
"""Wins that are looked through between two chances to stop."""
_BREAK: Final = "\n"

IsCancelled = Callable[[], bool]


def short_text(win: Win) -> str:
    """Return a win's title and tags, folded, the title up to the line break."""
    return fold(f"{win.title}{_BREAK}{' '.join(win.tags)}")


class Query(Struct, frozen=True):
    """What was typed, folded, as words; no words match nothing."""

    words: tuple[str, ...]

    @classmethod
    def of(cls, text: str) -> "Query":
        """Return the query of a text as it was typed; of a very long one, of its beginning."""
        return cls(tuple(fold(text[:TITLE_LIMIT]).split()))

    def score(self, win: Win) -> float:
        """Say how well a win matches: 0 not at all, from 200 up by its words, else how alike it looks, up to 100."""
        short = short_text(win)
        return self.exact(win, short) or self.alike(short)

    def exact(self, win: Win, short: str) -> float:
        """Say how well a win matches by its words, or 0; `short` is its `short_text`."""
        missing = [word for word in self.words if word not in short]
        if missing:
            story = fold(win.story) if win.story else ""
            return IN_TEXT if all(word in story for word in missing) else NO_MATCH
        title = short.partition(_BREAK)[0]
        if not self.words or any(word not in title for word in self.words):
            return IN_TEXT if self.words else NO_MATCH
        return AT_START if title.startswith(" ".join(self.words)) else IN_TITLE

    def alike(self, short: str) -> float:
        """Return the mean likeness of the words with their nearest parts of a title, 0 when one has none."""
        from rapidfuzz.fuzz import partial_ratio  # noqa: PLC0415 - 50 ms, paid by the first search alone

        title = short.partition(_BREAK)[0]
        if not self.words or any(len(word) < SHORTEST and word not in title for word in self.words):
            return NO_MATCH
        found = [partial_ratio(word, title, score_cutoff=ALIKE) for word in self.words]
        return sum(found) / len(found) if all(found) else NO_MATCH


def score_wins(query: Query, wins: Sequence[Win], shorts: Sequence[str], cancelled: IsCancelled) -> dict[str, float]:
    """Return the scores of the wins that match, by id; what was found so far when it is cancelled.

    Args:
        query: What was typed.
        wins: Where to look.
        shorts: The `short_text` of each.
        cancelled: Asked now and then.
    """
    exact = query.exact
    found = _batches(len(wins), cancelled, lambda place: exact(wins[place], shorts[place]))
    if len(found) < ENOUGH_EXACT:
        found |= _batches(len(wins), cancelled, lambda place: found.get(place) or query.alike(shorts[place]))
    return {wins[place].id: score for place, score in found.items()}


def _batches(number: int, cancelled: IsCancelled, score: Callable[[int], float]) -> dict[int, float]:
    found: dict[int, float] = {}
    for start in range(0, number, BATCH):
        if cancelled():
            break
        found |= {place: value for place in range(start, min(start + BATCH, number)) if (value := score(place))}
    return found


def best_first(wins: Sequence[Win], scores: dict[str, float]) -> list[Win]:
    """Return the wins that have a score, the best first; equals stay as they are."""
    found = [win for win in wins if win.id in scores]
    return sorted(found, key=lambda win: scores[win.id], reverse=True)

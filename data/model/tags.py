"""Tags that differ by case or accents are one: each is spelled as most wins spell it."""

from collections.abc import Collection, Iterable, Mapping

from data.base.text import fold


def spelling_of(counts: Mapping[str, int]) -> dict[str, str]:
    """Return the most used spelling of each tag by the folded one; of equally used ones the first by letters."""
    best: dict[str, str] = {}
    for tag in sorted(counts, key=lambda tag: (-counts[tag], tag)):
        best.setdefault(fold(tag), tag)
    return best


def merge_spellings(counts: Mapping[str, int]) -> dict[str, int]:
    """Return how often each tag is used, all its spellings together, by the most used one."""
    best = spelling_of(counts)
    merged: dict[str, int] = {}
    for tag, count in counts.items():
        name = best[fold(tag)]
        merged[name] = merged.get(name, 0) + count
    return merged


def respell(tags: Iterable[str], counts: Mapping[str, int], own: Collection[str] = ()) -> tuple[str, ...]:
    """Return the tags of a win as other wins spell them; those that no other has stay as they are.

    Args:
        tags: The tags it is to have.
        counts: How many wins carry each spelling.
        own: The tags that this win is counted with.
    """
    best = spelling_of({tag: count for tag, count in counts.items() if count > (tag in own)})
    return tuple(sorted({best.get(fold(tag), tag) for tag in tags}))

"""Text in cells of the terminal: counted, cut, filled and wrapped."""

from collections.abc import Iterator

from rich.cells import get_character_cell_size


def cells(text: str) -> int:
    """Return how many cells a `fixed_width` text takes."""
    return len(text) if text.isascii() else sum(map(get_character_cell_size, text))


def truncate(text: str, width: int) -> str:
    """Return a `fixed_width` text in at most `width` cells, with an ellipsis where something is missing."""
    if cells(text) <= width:
        return text
    return first_cells(text, width - 1).rstrip() + "…" if width > 0 else ""


def fit_width(text: str, width: int) -> str:
    """Return a `fixed_width` text in exactly `width` cells: cut, or filled with spaces."""
    short = truncate(text, width)
    return short + " " * (width - cells(short))


def first_cells(text: str, width: int) -> str:
    """Return as many of the first characters as fit into `width` cells; a combining mark stays with its letter."""
    used = 0
    for index, character in enumerate(text):
        used += get_character_cell_size(character)
        if used > width:
            return text[:index]
    return text


def wrap(text: str, width: int) -> Iterator[str]:
    """Yield the lines of a `fixed_width` text, broken between words where possible; none is wider than `width` cells.

    Args:
        text: One clean line.
        width: Cells, at least 2 (the widest character).
    """
    line = ""
    used = 0
    for word in text.split(" "):
        size = cells(word)
        if line and used + 1 + size <= width:
            line, used = f"{line} {word}", used + 1 + size
            continue
        if line:
            yield line
        *full, line = _pieces(word, size, width)
        yield from full
        used = cells(line)
    yield line


def _pieces(word: str, size: int, width: int) -> list[str]:
    """Return a word in pieces of at most `width` cells."""
    if size <= width:
        return [word]
    pieces: list[str] = []
    while word:
        # A character wider than the line would never fit: it is taken all the same, and cut when drawn.
        piece = first_cells(word, width) or word[0]
        pieces.append(piece)
        word = word[len(piece) :]
    return pieces

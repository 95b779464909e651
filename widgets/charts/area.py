"""Filled areas in eighths of a cell, standing on a row or hanging below it.

No font has upper blocks in eighths. What hangs ends in a lower block of the ground's colour over the area's colour: the
lower block in reverse video. Without colours, reverse video would look solid, so what hangs is drawn in whole hollow
cells.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from msgspec import Struct

from data.base.formatting import SPARK_MARKS
from widgets.charts.drawing import Cell

EIGHTHS: Final = 8
HOLLOW: Final = "░"
FULL: Final = SPARK_MARKS[-1]
HANGING: Final = "-hanging"
"""The end of the name of a colour in reverse video."""


PALE: Final = "-pale"
"""The end of the name of a colour that stands for a week that is not over."""
_SHADES: Final = (100, 85, 70, 55)
"""How strong an area's colour is, in per cent: the strongest first."""
_PALE_STRENGTH: Final = 0.6


class ShadedColour(Struct, frozen=True):
    """A colour of an area, mixed with that of the ground.

    Attributes:
        base: The name of the full colour.
        strength: How much of it there is, 0 to 1.
        hanging: Whether it is drawn in reverse video.
    """

    base: str
    strength: float
    hanging: bool


SHADED_COLOURS: Final = {
    f"{base}{pale}{end}-{shade}": ShadedColour(base, shade / 100 * (_PALE_STRENGTH if pale else 1), bool(end))
    for base in ("real", "candy")
    for pale in ("", PALE)
    for end in ("", HANGING)
    for shade in _SHADES
}
"""Every colour of a shaded area by its name."""


def shaded(cells: Iterable[Cell], strongest: int, weakest: int) -> Iterator[Cell]:
    """Yield cells in shades of their colours, from one row to another.

    Args:
        cells: Those of an area.
        strongest: The row where its colour is strongest.
        weakest: The row where it is weakest, above or below that; the same where all of it is strong.
    """
    rows = abs(strongest - weakest) + 1
    for x, y, mark, colour in cells:
        away = 0 if strongest == weakest else abs(y - strongest)
        yield x, y, mark, f"{colour}-{_SHADES[len(_SHADES) * away // rows]}"


def to_eighths(value: float, unit: float) -> int:
    """Return a value in eighths of a row, rounded; what is more than nothing is an eighth at least."""
    return max(round(value / unit * EIGHTHS), 1 if value > 0 else 0)


def standing(
    heights: Sequence[int | None], row: int, colours: Sequence[str], *, hollow: bool = False
) -> Iterator[Cell]:
    """Yield the cells of an area that stands on a row.

    Args:
        heights: Eighths of a row for each cell, None or 0 where there is nothing.
        row: The row above its foot: the first that is filled.
        colours: The colour at each cell.
        hollow: Whether to draw whole hollow cells.
    """
    for x, (height, colour) in enumerate(zip(heights, colours, strict=True)):
        full, rest = divmod(height or 0, EIGHTHS)
        if hollow:
            yield from ((x, row + up, HOLLOW, colour) for up in range(full + (rest > 0)))
            continue
        yield from ((x, row + up, FULL, colour) for up in range(full))
        if rest:
            yield x, row + full, SPARK_MARKS[rest - 1], colour


def hanging(depths: Sequence[int | None], row: int, colours: Sequence[str], *, hollow: bool = False) -> Iterator[Cell]:
    """Yield the cells of an area that hangs below a row.

    Args:
        depths: Eighths of a row for each cell, None or 0 where there is nothing.
        row: The first row that is filled.
        colours: The colour at each cell.
        hollow: Whether to draw whole hollow cells.
    """
    for x, (depth, colour) in enumerate(zip(depths, colours, strict=True)):
        full, rest = divmod(depth or 0, EIGHTHS)
        if hollow:
            yield from ((x, row - down, HOLLOW, colour) for down in range(full + (rest > 0)))
            continue
        yield from ((x, row - down, FULL, colour) for down in range(full))
        if rest:
            yield x, row - full, SPARK_MARKS[EIGHTHS - rest - 1], colour + HANGING

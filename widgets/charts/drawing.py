"""What a chart draws, as a value: layers of points in cells, ticks and a note, without a word of how."""

from collections.abc import Iterable, Sequence
from math import ceil, floor, log10
from typing import Final

from msgspec import Struct

LABEL_CELLS: Final = 4
"""Cells left of the y axis, the same in every chart, so that weeks stand below each other."""
BRAILLE: Final = "braille"
"""The mark of a fine line."""


class Layer(Struct, frozen=True):
    """Points of one mark and colour.

    Attributes:
        xs: Cells from the left edge, from 0.
        ys: Heights in the unit of `Drawing.top`.
        mark: One character, or `BRAILLE`.
        colour: "real", "candy", "first", "second" or "third".
        line: Whether the points are joined.
    """

    xs: Sequence[float]
    ys: Sequence[float]
    mark: str
    colour: str
    line: bool = False


class Drawing(Struct, frozen=True):
    """A whole chart.

    Attributes:
        top: The height of the topmost row; the lowest is 0.
        layers: Drawn one over the other.
        x_ticks: Cells and their labels.
        y_ticks: Heights and their labels, at most `LABEL_CELLS` characters each.
        note: What the axes can't say themselves, such as "a column is 3 weeks", or "".
    """

    top: float
    layers: tuple[Layer, ...] = ()
    x_ticks: tuple[tuple[int, str], ...] = ()
    y_ticks: tuple[tuple[float, str], ...] = ()
    note: str = ""


def step_of(top: float, most: int) -> float:
    """Return the smallest of 1, 2, 5, 10 … (or 0.5, 0.2, 0.1 …) of which at most `most` reach up to `top`."""
    raw = top / max(1, most)
    power = 10.0 ** floor(log10(raw))
    return next(m * power for m in (1, 2, 5, 10) if m * power >= raw * (1 - 1e-9))


def nice_top(values: Iterable[float], least: float = 1.0) -> float:
    """Return a round height that no value exceeds."""
    highest = max((*values, least))
    step = step_of(highest, 4)
    return ceil(highest / step - 1e-9) * step


def ticks(top: float, rows: int, unit: str = "") -> tuple[tuple[float, str], ...]:
    """Return round heights from 0 to `top`, one every other row at most; "%" shows shares of 1 as per cent."""
    step = step_of(top, max(1, min(5, (rows - 1) // 2)))
    heights = [index * step for index in range(ceil(top / step - 1e-9))]
    if top - heights[-1] < step * 0.99:  # the last would stand too near the top
        heights = heights[: max(1, len(heights) - 1)]
    heights.append(top)
    return tuple((height, f"{height:.0%}" if unit == "%" else f"{height:g}") for height in heights)

"""What a chart draws, as a value: marks in rows and cells, ticks and texts, without a word of how."""

from collections.abc import Iterable, Iterator, Sequence
from math import ceil, floor, log10
from typing import Final

from msgspec import Struct

LABEL_CELLS: Final = 4
"""Cells of a label on the left, the same in every chart, so that weeks stand below each other."""
AXIS_MARK: Final = "─"

Cell = tuple[int, int, str, str]
"""Cell from the left, row from the bottom, mark and colour."""


class Layer(Struct, frozen=True):
    """Cells of one mark and colour.

    Attributes:
        xs: Cells from the left edge, from 0.
        ys: Rows from the bottom, from 0.
        mark: One character.
        colour: One of the names in `widgets.charts.chart.PALETTE`.
    """

    xs: Sequence[int]
    ys: Sequence[int]
    mark: str
    colour: str


class Drawing(Struct, frozen=True):
    """A whole chart.

    Attributes:
        layers: Drawn one over the other.
        x_ticks: Cells and the labels below them.
        y_ticks: Rows and their labels, at most `LABEL_CELLS` characters each.
        axis: The row of the zero line.
        unit: What a row stands for, in the unit of the figures.
        texts: Cells, rows and the words that begin there.
        note: What the axes can't say themselves, such as "a column is 3 weeks", or "".
    """

    layers: tuple[Layer, ...] = ()
    x_ticks: tuple[tuple[int, str], ...] = ()
    y_ticks: tuple[tuple[int, str], ...] = ()
    axis: int = 0
    unit: float = 1.0
    texts: tuple[tuple[int, int, str], ...] = ()
    note: str = ""


def layers_of(cells: Iterable[Cell]) -> tuple[Layer, ...]:
    """Return cells as layers, one for each mark and colour."""
    found: dict[tuple[str, str], tuple[list[int], list[int]]] = {}
    for x, y, mark, colour in cells:
        xs, ys = found.setdefault((mark, colour), ([], []))
        xs.append(x)
        ys.append(y)
    return tuple(Layer(xs, ys, mark, colour) for (mark, colour), (xs, ys) in found.items())


def axis_layer(width: int, row: int) -> Layer:
    """Return the zero line."""
    return Layer(range(width), [row] * width, AXIS_MARK, "axis")


def step_of(top: float, most: int) -> float:
    """Return the smallest of 1, 2, 5, 10 … (or 0.5, 0.2, 0.1 …) of which at most `most` reach up to `top`."""
    raw = top / max(1, most)
    power = 10.0 ** floor(log10(raw))
    return next(m * power for m in (1, 2, 5, 10) if m * power >= raw * (1 - 1e-9))


def steps_to(top: float, most: int) -> Iterator[float]:
    """Yield at most `most` round values from above 0 up to `top`."""
    if top > 0:
        step = step_of(top, most)
        yield from (index * step for index in range(1, floor(top / step + 1e-9) + 1))


def rows_above(value: float, unit: float) -> int:
    """Return the row above the zero line that a value reaches into, counted from 1."""
    return max(1, ceil(value / unit - 1e-9))


def brief(count: int) -> str:
    """Return a number in at most `LABEL_CELLS` characters: "9999", then "10k"."""
    text = str(count)
    return text if len(text) <= LABEL_CELLS else f"{count // 1000}k"

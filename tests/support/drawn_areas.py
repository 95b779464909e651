"""Reads a drawing back: how many eighths of a row stand on the zero line at a cell, and how many hang below it."""

from data.base.formatting import SPARK_MARKS
from widgets.charts.area import HANGING
from widgets.charts.drawing import Drawing


def height_at(drawing: Drawing, x: int) -> int:
    """Return the eighths above the zero line."""
    marks = _marks(drawing, x)
    return sum(SPARK_MARKS.index(mark) + 1 for y, (mark, _) in marks.items() if y > drawing.axis)


def depth_at(drawing: Drawing, x: int) -> int:
    """Return the eighths below it: a block in reverse video counts by what it leaves."""
    found = 0
    for y, (mark, colour) in _marks(drawing, x).items():
        if y < drawing.axis:
            block = SPARK_MARKS.index(mark) + 1
            found += 8 - block if HANGING in colour else block
    return found


def _marks(drawing: Drawing, x: int) -> dict[int, tuple[str, str]]:
    return {
        y: (layer.mark, layer.colour)
        for layer in drawing.layers
        for at, y in zip(layer.xs, layer.ys, strict=True)
        if at == x and layer.mark in SPARK_MARKS
    }

"""The evidence sheet as one HTML file: nothing is loaded, everything is escaped, it prints and it has a dark side."""

from collections.abc import Sequence
from math import ceil
from pathlib import Path
from typing import Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from msgspec import Struct

from data.base.progress import OnProgress, ProgressCounter
from data.exchange.evidence.markdown import MARKS, TITLES, headline, long_day, period, told
from data.exchange.evidence.sheet import Sheet
from data.figures.momentum import Week

_TEMPLATE: Final = "sheet.html.jinja"
WIDTH: Final = 720
HEIGHT: Final = 180
BASE: Final = 150
"""Where the axis of weeks is; below it are its words."""
LEFT: Final = 28
_LABELS: Final = 7


class Bar(Struct, frozen=True):
    """One week of the chart: its bar of real wins, the point of momentum, and its word on the axis, or ""."""

    x: float
    width: float
    y: float
    height: float
    point: float
    label: str


class Chart(Struct, frozen=True):
    """The chart in the units of its view box.

    Attributes:
        bars: One a week.
        line: The points of momentum, as SVG has them.
        ticks: Height and number of each line of the grid.
    """

    bars: tuple[Bar, ...]
    line: str
    ticks: tuple[tuple[float, int], ...]


def write(sheet: Sheet, seen: OnProgress | None = None) -> str:
    """Return the sheet as an HTML page; tell how far it is."""
    # Everything is escaped but what the template itself says; a name it does not know is an error, not a blank.
    shelf = Environment(
        loader=FileSystemLoader(Path(__file__).parent), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True,
    )  # fmt: skip
    shelf.filters |= {
        "headline": headline,
        "long_day": long_day,
        "told": told,
        "watched": ProgressCounter(sheet.count, seen).over,
    }
    weeks = [week for week in sheet.series.weeks if week.complete]
    chart = draw(weeks) if len(weeks) > 1 and any(week.tally.real for week in weeks) else None
    return shelf.get_template(_TEMPLATE).render(
        sheet=sheet,
        title=TITLES[sheet.kind],
        mark=MARKS.get(sheet.kind, "·"),
        period=period(sheet),
        chart=chart,
        weeks=weeks,
        **_frame(),
    )


def _frame() -> dict[str, int]:
    return {"width": WIDTH, "height": HEIGHT, "base": BASE, "left": LEFT}


def draw(weeks: Sequence[Week]) -> Chart:
    """Return the chart of some weeks, at least one real win among them: bars of these, and momentum as a line over."""
    top = ceil(max(max(week.tally.real, week.momentum) for week in weeks))
    step = (WIDTH - LEFT) / len(weeks)
    every = ceil(len(weeks) / _LABELS)
    bars = tuple(
        Bar(
            x=round(LEFT + index * step + step * 0.15, 2),
            width=round(step * 0.7, 2),
            y=_height(week.tally.real, top),
            height=round(BASE - _height(week.tally.real, top), 2),
            point=_height(week.momentum, top),
            label=f"{week.start.day} {week.start:%b}" if index % every == 0 else "",
        )
        for index, week in enumerate(weeks)
    )
    line = " ".join(f"{round(bar.x + bar.width / 2, 2)},{bar.point}" for bar in bars)
    marks = sorted({0, ceil(top / 2), top})
    return Chart(bars, line, tuple((_height(mark, top), mark) for mark in marks))


def _height(value: float, top: int) -> float:
    return round(BASE - (BASE - 10) * value / top, 2)

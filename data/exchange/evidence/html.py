"""The evidence sheet as one HTML file: nothing is loaded, everything is escaped, it prints and it has a dark side."""

from collections.abc import Sequence
from math import ceil
from pathlib import Path
from typing import Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from msgspec import Struct

from data.base.formatting import day_month, long_date
from data.base.progress import OnProgress, ProgressCounter
from data.exchange.evidence.markdown import (
    SHEET_SIGNS,
    SHEET_TITLES,
    chain_titles,
    describe_chain,
    describe_gap_to,
    sheet_period,
)
from data.exchange.evidence.sheet import Sheet
from data.exchange.evidence.told import is_web_address
from data.figures.momentum import Week

_TEMPLATE: Final = "sheet.html.jinja"
_WIDTH: Final = 720
_HEIGHT: Final = 180
_BASE: Final = 150
"""Where the axis of weeks is; below it are its words."""
_LEFT: Final = 28
_LABELS: Final = 7


class SheetBar(Struct, frozen=True):
    """One week of the chart: its bar of real wins, the point of momentum, and its word on the axis, or ""."""

    x: float
    width: float
    y: float
    height: float
    point: float
    label: str


class SheetChart(Struct, frozen=True):
    """The chart in the units of its view box.

    Attributes:
        bars: One a week.
        line: The points of momentum, as SVG has them.
        ticks: Height and number of each line of the grid.
    """

    bars: tuple[SheetBar, ...]
    line: str
    ticks: tuple[tuple[float, int], ...]


def write_html_sheet(sheet: Sheet, seen: OnProgress | None = None) -> str:
    """Return the sheet as an HTML page, and report progress."""
    weeks = [week for week in sheet.series.weeks if week.complete]
    has_chart = sheet.shows_momentum and len(weeks) > 1 and any(week.tally.real for week in weeks)
    return (
        _environment(ProgressCounter(sheet.count, seen))
        .get_template(_TEMPLATE)
        .render(
            sheet=sheet,
            title=SHEET_TITLES[sheet.kind],
            mark=SHEET_SIGNS.get(sheet.kind, "·"),
            period=sheet_period(sheet),
            chart=sheet_chart(weeks) if has_chart else None,
            weeks=weeks,
            **_frame(),
        )
    )


def _environment(counter: ProgressCounter) -> Environment:
    # Everything is escaped but what the template itself says; a name it does not know is an error, not a blank.
    shelf = Environment(
        loader=FileSystemLoader(Path(__file__).parent), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True,
    )  # fmt: skip
    shelf.filters |= {
        "headline": chain_titles,
        "long_day": long_date,
        "gap": describe_gap_to,
        "describe_chain": describe_chain,
        "counted": counter.over,
        "is_web_address": is_web_address,
    }
    return shelf


def _frame() -> dict[str, int]:
    return {"width": _WIDTH, "height": _HEIGHT, "base": _BASE, "left": _LEFT}


def sheet_chart(weeks: Sequence[Week]) -> SheetChart:
    """Return the chart of some weeks, at least one real win among them: bars of these, and momentum as a line over."""
    top = ceil(max(max(week.tally.real, week.momentum) for week in weeks))
    step = (_WIDTH - _LEFT) / len(weeks)
    every = ceil(len(weeks) / _LABELS)
    bars = tuple(
        SheetBar(
            x=round(_LEFT + index * step + step * 0.15, 2),
            width=round(step * 0.7, 2),
            y=_height(week.tally.real, top),
            height=round(_BASE - _height(week.tally.real, top), 2),
            point=_height(week.momentum, top),
            label=day_month(week.start) if index % every == 0 else "",
        )
        for index, week in enumerate(weeks)
    )
    line = " ".join(f"{round(bar.x + bar.width / 2, 2)},{bar.point}" for bar in bars)
    marks = sorted({0, ceil(top / 2), top})
    return SheetChart(bars, line, tuple((_height(mark, top), mark) for mark in marks))


def _height(value: float, top: int) -> float:
    return round(_BASE - (_BASE - 10) * value / top, 2)

"""How long it takes to draw all of the Momentum page again, at a year and at ten years of weeks."""

import asyncio
import tempfile
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random
from statistics import median
from typing import Final

from msgspec import structs
from textual.geometry import Region
from textual.widget import Widget

from data.model import edits
from data.model.journal import Journal
from data.model.records import Answers, Verdict, Win
from tests.bench.figures import Figure, seconds
from tests.support.page_host import NOON, app_on
from tui.pages.momentum.page import MomentumPage
from widgets.charts.chart import Chart
from widgets.charts.week_chart import Horizon

LIMIT: Final = 0.060
"""Seconds that a redraw may cost."""
SIZE: Final = (140, 45)
ROUNDS: Final = 9
TODAY: Final = date(2026, 11, 20)


def journal_of(weeks: int) -> Journal:
    """Return a journal with about three wins a week, with answers."""
    dice = Random(weeks)  # noqa: S311 - not a secret
    return Journal.of(*(_win(TODAY - timedelta(days=dice.randrange(7 * weeks - 5)), dice) for _ in range(3 * weeks)))


def _win(day: date, dice: Random) -> Win:
    answers = Answers(door=dice.randint(1, 5), motive=dice.randint(1, 5), stretch=dice.randint(1, 5))
    verdict = dice.choice((Verdict.REAL, Verdict.REAL, Verdict.CANDY, None))
    return structs.replace(edits.new_win("Small", happened_on=day, now=NOON), verdict=verdict, answers=answers)


def run() -> Iterator[Figure]:
    """Yield what drawing the page costs, against the limit, and counting again."""
    for weeks in (52, 520):
        yield from asyncio.run(_redraw(weeks))


async def _redraw(weeks: int) -> list[Figure]:
    with tempfile.TemporaryDirectory() as folder:
        app = app_on("momentum", journal_of(weeks), Path(folder))
        async with app.run_test(size=SIZE) as pilot:
            page = app.page
            assert isinstance(page, MomentumPage)
            page.week_range = None
            await pilot.pause()
            return [
                Figure(f"all of the page, {weeks} weeks", "60 ms", _typical(lambda: _draw(page)), LIMIT, 1.0),
                Figure(
                    f"the horizon, {weeks} weeks", "60 ms", _typical(lambda: _draw(page.query_one(Horizon))), LIMIT, 0.5
                ),
                Figure(f"{3 * weeks:,} wins counted again", "60 ms", _typical(page.refresh_content), LIMIT, 1.0),
            ]


def _draw(part: Widget) -> None:
    """Draw a widget with all in it, what is below the edge of the screen too, and every chart from its figures."""
    for widget in (part, *part.walk_children(Widget)):
        if isinstance(widget, Chart):
            widget.redraw()
        widget.refresh()
        widget.render_lines(Region(0, 0, *widget.outer_size))


def _typical(work: Callable[[], object]) -> float:
    return median(seconds(work) for _ in range(ROUNDS))

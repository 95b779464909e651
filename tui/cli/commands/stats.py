"""The command that adds up: `stats`."""

from collections.abc import Iterator
from typing import Final

import click

from data.base.formatting import sparkline
from data.base.weeks import week_name
from data.figures import calibration
from data.figures import sentences as words
from data.figures.momentum import Week
from data.figures.stats import Stats, compute_stats, stats_as_json
from data.review import steps
from data.search.filters import Filter
from tui.cli.shared import lazy_completion as offers
from tui.cli.shared.context import CommandContext, on_terminal
from tui.cli.shared.options import named_goal
from tui.cli.shared.output import (
    DROPPABLE,
    NUMBER_COLUMN,
    WORD_COLUMN,
    TableColumn,
    as_json,
    paint_marks,
    print_json,
    print_sentences,
    print_table,
)

_DIGITS: Final = 9
_WEEKS_SHOWN: Final = 12
"""Weeks in a terminal's table by default."""
_HEAD: Final = ("week", "from", "real", "candy", "unsorted", "momentum", "sugar", "")
_COLUMNS: Final = (
    WORD_COLUMN,
    WORD_COLUMN,
    NUMBER_COLUMN,
    NUMBER_COLUMN,
    NUMBER_COLUMN,
    NUMBER_COLUMN,
    NUMBER_COLUMN,
    TableColumn(gives=DROPPABLE, paint=paint_marks),
)


def _number(ctx: click.Context, parameter: click.Parameter, words: str | None) -> int | None:
    """Return the number of weeks asked for."""
    if words is None:
        return None
    if not (words.isascii() and words.isdecimal() and int(words[:_DIGITS])):
        raise click.BadParameter("Give a number of weeks, 1 or more.", ctx, parameter)
    return int(words[:_DIGITS])


@click.command()
@click.option(
    "--weeks", metavar="N", callback=_number, help=f"Number of weeks (default: all; {_WEEKS_SHOWN} on a terminal)."
)
@click.option("--goal", metavar="NAME", shell_complete=offers.complete_goals, help="Only wins toward this goal.")
@as_json
@click.pass_obj
def stats(context: CommandContext, weeks: int | None, goal: str | None, as_json: bool) -> None:  # noqa: FBT001 - as click hands it over
    """Summarize your weeks.

    Momentum is real wins per week, weighted toward recent weeks; sugar is the same for candy.
    """
    wanted = Filter(goal=named_goal(context.journal, goal).id) if goal is not None else None
    shown = _WEEKS_SHOWN if weeks is None and on_terminal() and not as_json else weeks
    found = compute_stats(context.journal, context.today, context.settings, shown, wanted)
    if as_json:
        return print_json(stats_as_json(found))
    weeks_shown = found.shown.weeks
    print_table(_COLUMNS, [_HEAD, *map(_row, weeks_shown)], map(_plain, weeks_shown))
    return print_sentences(("", *_sentences(found)) if on_terminal() else _values(found))


def _row(week: Week) -> tuple[str, ...]:
    tally = week.tally
    marks = "◆" * tally.real + "◇" * tally.candy + "·" * tally.unsorted
    counts = (tally.real, tally.candy, tally.unsorted)
    rates = (f"{week.momentum:.2f}", f"{week.sugar:.2f}")
    so_far = "" if week.complete else " so far"
    return (week_name(week.start), str(week.start), *map(str, counts), *rates, marks + so_far)


def _plain(week: Week) -> tuple[str, ...]:
    counts = (week.tally.real, week.tally.candy, week.tally.unsorted)
    return (week_name(week.start), str(week.start), *map(str, counts), str(week.momentum), str(week.sugar))


def _sentences(found: Stats) -> Iterator[str]:
    weeks = len(found.shown.weeks)
    yield words.describe_tally(found.shown)
    line = sparkline([week.momentum for week in found.shown.weeks])
    yield f"{words.describe_momentum(found.series)}  {line}".rstrip()
    yield words.describe_sugar(found.shown.tally, weeks)
    yield words.describe_tests(found.means, weeks)
    yield words.describe_doors(found.doors)
    yield from calibration.describe_calibration(found.calibration)
    yield from filter(None, [calibration.describe_brier(found.calibration)])
    yield steps.describe_rate(found.steps)
    yield from (f"{one.text} ({one.evidence})" for one in found.insights if one.conclusive)


def _values(found: Stats) -> Iterator[str]:
    view = stats_as_json(found)
    yield f"momentum\t{_said(view['momentum']['value'])}\t{view['momentum']['trend']}"
    yield f"sugar_ratio\t{_said(view['sugar_ratio'])}"
    for group in ("doors", "steps"):
        for name, value in view[group].items():
            yield f"{group}.{name}\t{_said(value)}"
    for name in ("n", "kept", "brier"):
        yield f"calibration.{name}\t{_said(view['calibration'][name])}"


def _said(value: float | None) -> str:
    return "" if value is None else str(value)

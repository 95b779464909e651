"""Options that several commands share, and how they are parsed."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any, Final, Literal, TypeVar

import click

from data.base.dates import parse_date, parse_past, parse_week
from data.base.errors import NotFoundError, SmallWinsError
from data.model.edits import find_goal
from data.model.journal import Journal
from data.model.records import Goal
from data.search.filters import Filter, VerdictName
from tui.cli.shared import lazy_completion as offers
from tui.cli.shared.context import CommandContext

VERDICT_CHOICES: Final = ("real", "candy", "unsorted")
Command = TypeVar("Command", bound=Callable[..., Any])
DateParser = Callable[[str, CommandContext], date]


def words_argument(name: str, metavar: str, completer: offers.Completer) -> Callable[[Command], Command]:
    """Return an argument that takes all words there are as one text: a name or a title needs no quotes."""

    def join(_ctx: click.Context, _parameter: click.Parameter, words: tuple[str, ...]) -> str:
        return " ".join(words)

    return click.argument(name, metavar=metavar, nargs=-1, required=True, shell_complete=completer, callback=join)


win_argument = words_argument("reference", "ID", offers.complete_wins)
goal_option = click.option(
    "--goal",
    metavar="NAME",
    default="",
    shell_complete=offers.complete_goals,
    help="The goal it leads to; a new name creates a goal.",
)
tag_option = click.option(
    "--tag", "tags", metavar="TAG", multiple=True, shell_complete=offers.complete_tags, help="A tag; repeat for more."
)


def date_callback(parse: DateParser) -> Callable[[click.Context, click.Parameter, str | None], date | None]:
    """Return a callback that parses an option's text; what it can't parse is a usage error."""

    def callback(ctx: click.Context, parameter: click.Parameter, words: str | None) -> date | None:
        if words is None:
            return None
        try:
            return parse(words, ctx.ensure_object(CommandContext))
        except SmallWinsError as error:
            raise click.BadParameter(str(error), ctx, parameter) from error

    return callback


parse_date_option = date_callback(lambda words, context: parse_date(words, context.today))
parse_past_option = date_callback(lambda words, context: parse_past(words, context.today))
parse_week_option = date_callback(lambda words, context: parse_week(words, context.today, context.settings.week_start))

copy_option = click.option("-y", "--copy", is_flag=True, help="Copy it to the clipboard, too (OSC 52).")

_FILTERS: Final = (
    click.option(
        "--week",
        metavar="WEEK",
        callback=parse_week_option,
        help="Wins in this week: this, last, 2026-W47 or a date.",
    ),
    click.option("--since", metavar="DATE", callback=parse_date_option, help="Wins on this day or later."),
    click.option("--until", metavar="DATE", callback=parse_date_option, help="Wins on this day or earlier."),
    click.option("--verdict", type=click.Choice((*VERDICT_CHOICES, "all")), help="Wins with this verdict."),
    click.option("--goal", metavar="NAME", shell_complete=offers.complete_goals, help="Wins toward this goal."),
    click.option("--tag", metavar="TAG", default="", shell_complete=offers.complete_tags, help="Wins with this tag."),
    click.option("--search", metavar="TEXT", default="", help="Wins with all these words in title, tags or story."),
)


def filter_options(command: Command) -> Command:
    """Give a command the options that select wins; it takes them as `**wanted`, for `filter_from`."""
    for option in reversed(_FILTERS):
        command = option(command)
    return command


def filter_from(  # noqa: PLR0913 - the options there are, by name
    journal: Journal,
    *,
    week: date | None,
    since: date | None,
    until: date | None,
    verdict: VerdictName | Literal["all"] | None,
    goal: str | None,
    tag: str,
    search: str,
) -> Filter:
    """Return the filter that the options describe.

    Raises:
        NotFoundError: There is no such goal.
    """
    return Filter(
        since=max(filter(None, (week, since)), default=None),
        until=min(filter(None, (week and week + timedelta(days=6), until)), default=None),
        verdict=verdict if verdict != "all" else None,
        goal=named_goal(journal, goal).id if goal is not None else None,
        tag=tag.removeprefix("#"),
        search=search,
    )


def named_goal(journal: Journal, name: str) -> Goal:
    """Return the goal with that name, whatever its case.

    Raises:
        NotFoundError: There is none; the hint lists similar names, or all.
    """
    goal = find_goal(journal, name)
    if goal is None:
        raise NotFoundError("No goal has that name.", _goals_near(journal, name))
    return goal


def _goals_near(journal: Journal, name: str) -> str:
    from difflib import get_close_matches  # noqa: PLC0415 - only a typo pays for it

    names = {goal.name.casefold(): goal.name for goal in journal.goals.values()}
    near = [names[key] for key in get_close_matches(name.casefold(), names)]
    if near:
        return f"Did you mean {' or '.join(near)}?"
    return f"Your goals: {', '.join(names.values())}." if names else "No goals yet. `smallwins goal add` creates one."

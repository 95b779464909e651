"""Options that several commands share, and how their words are understood."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any, Final, Literal, TypeVar

import click

from data.base.dates import parse_date, parse_past, parse_week
from data.base.errors import NotFoundError, SmallWinsError
from data.model.edits import find_goal
from data.model.journal import Journal
from data.model.records import Goal
from data.search.filters import Filter, Kind
from tui.cli.shared import lazy_completion as offers
from tui.cli.shared.context import Shell

KINDS: Final = ("real", "candy", "unsorted")
Command = TypeVar("Command", bound=Callable[..., Any])
Parse = Callable[[str, Shell], date]

win_id = click.argument("identity", metavar="ID", shell_complete=offers.wins)
as_json = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


def understood(parse: Parse) -> Callable[[click.Context, click.Parameter, str | None], date | None]:
    """Return a callback that understands an option's words; what they can't mean is a usage error."""

    def callback(context: click.Context, parameter: click.Parameter, words: str | None) -> date | None:
        if words is None:
            return None
        try:
            return parse(words, context.ensure_object(Shell))
        except SmallWinsError as error:
            raise click.BadParameter(str(error), context, parameter) from error

    return callback


day = understood(lambda words, shell: parse_date(words, shell.today))
past_day = understood(lambda words, shell: parse_past(words, shell.today))
week = understood(lambda words, shell: parse_week(words, shell.today, shell.settings.week_start))

_FILTERS: Final = (
    click.option("--week", metavar="WEEK", callback=week, help="In that week: this, last, 2026-W47 or a date in it."),
    click.option("--since", metavar="DATE", callback=day, help="On that day or later."),
    click.option("--until", metavar="DATE", callback=day, help="On that day or earlier."),
    click.option("--verdict", type=click.Choice((*KINDS, "all")), help="Sorted so."),
    click.option("--goal", metavar="NAME", shell_complete=offers.goals, help="Toward that goal."),
    click.option("--tag", metavar="TAG", default="", shell_complete=offers.tags, help="With that tag."),
    click.option("--search", metavar="TEXT", default="", help="With all these words in title, tags or story."),
)


def filters(command: Command) -> Command:
    """Give a command the options that say which wins; it takes them as `**wanted`, for `filter_of`."""
    for option in reversed(_FILTERS):
        command = option(command)
    return command


def filter_of(  # noqa: PLR0913 - the options there are, by name
    journal: Journal,
    *,
    week: date | None,
    since: date | None,
    until: date | None,
    verdict: Kind | Literal["all"] | None,
    goal: str | None,
    tag: str,
    search: str,
) -> Filter:
    """Return the filter that the options ask for.

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
    """Return the goal of that name, whatever its case.

    Raises:
        NotFoundError: There is none; the hint names those that are near, or all.
    """
    goal = find_goal(journal, name)
    if goal is None:
        raise NotFoundError("There is no goal of that name.", _goals_near(journal, name))
    return goal


def _goals_near(journal: Journal, name: str) -> str:
    from difflib import get_close_matches  # noqa: PLC0415 - only a wrong name pays for it

    names = {goal.name.casefold(): goal.name for goal in journal.goals.values()}
    near = [names[key] for key in get_close_matches(name.casefold(), names)]
    if near:
        return f"Did you mean {' or '.join(near)}?"
    return (
        f"The goals are: {', '.join(names.values())}." if names else "There are no goals yet: `add --goal` makes one."
    )

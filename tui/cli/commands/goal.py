"""Commands about goals: `goal list`, `goal add`, `goal edit`, `goal archive`."""

from typing import Any

import click
import msgspec

from data.base.text import clean_line
from data.model.edits import add_goal, archive_goal, change_goal, new_goal
from data.model.journal import Journal
from data.model.records import Goal
from tui.cli.shared import lazy_completion as offers
from tui.cli.shared.context import CommandContext, print_note
from tui.cli.shared.given_text import read_text
from tui.cli.shared.options import named_goal, words_argument
from tui.cli.shared.output import NUMBER_COLUMN, TEXT_COLUMN, WORD_COLUMN, as_json, print_data, print_json, print_table

_goal_argument = words_argument("name", "NAME", offers.complete_goals)
_why_option = click.option("--why", metavar="TEXT", help="Why you want to go there; - reads stdin.")


@click.group()
def goal() -> None:
    """List, add, change or archive goals."""


@goal.command("list")
@click.option("--all", "archived", is_flag=True, help="Archived goals, too.")
@as_json
@click.pass_obj
def list_goals(context: CommandContext, *, archived: bool, as_json: bool) -> None:
    """List goals with how many wins lead to each."""
    journal = context.journal
    goals = sorted(journal.goals.values(), key=lambda one: (one.archived_at is not None, one.order, one.name))
    shown = [one for one in goals if archived or one.archived_at is None]
    if as_json:
        return print_json([_view(journal, one) for one in shown])
    if not shown:
        print_note("No goals yet. Add one with `smallwins goal add`.")
    rows = [(one.name, str(_count(journal, one)), "archived" if one.archived_at else "") for one in shown]
    return print_table((TEXT_COLUMN, NUMBER_COLUMN, WORD_COLUMN), rows, rows)


def _view(journal: Journal, goal: Goal) -> dict[str, Any]:
    fields: dict[str, Any] = msgspec.to_builtins(goal)
    return fields | {"wins": _count(journal, goal)}


def _count(journal: Journal, goal: Goal) -> int:
    return sum(win.goal == goal.id for win in journal.live())


@goal.command("add")
@click.argument("name", metavar="NAME…", nargs=-1, required=True)
@_why_option
@as_json
@click.pass_obj
def goal_add(context: CommandContext, *, name: tuple[str, ...], why: str | None, as_json: bool) -> None:
    """Add a goal: where you want to go."""
    made = new_goal(" ".join(name), context.now(), read_text(why or ""))
    journal = context.change("add a goal", add_goal(made))
    if as_json:
        return print_json(_view(journal, journal.goals[made.id]))
    print_note(f"Created the goal {made.name}.")
    return print_data(made.id)


@goal.command("edit")
@_goal_argument
@click.option("--name", "new_name", metavar="NAME", help="Its new name.")
@_why_option
@click.pass_obj
def goal_edit(context: CommandContext, *, name: str, new_name: str | None, why: str | None) -> None:
    """Change a goal's name or why."""
    found = named_goal(context.journal, name)
    if new_name is None and why is None:
        raise click.UsageError("Say what is new: --name or --why.")
    wanted = found.name if new_name is None else new_name
    reason = found.why if why is None else read_text(why)
    context.change("change a goal", change_goal(found.id, wanted, reason, context.now()))
    print_note(f"Changed the goal {clean_line(wanted)}.")


@goal.command("archive")
@_goal_argument
@click.option("--undo", is_flag=True, help="Take it up again.")
@click.pass_obj
def archive(context: CommandContext, *, name: str, undo: bool) -> None:
    """Put a goal away; its wins stay with it."""
    found = named_goal(context.journal, name)
    label = "take up a goal" if undo else "archive a goal"
    context.change(label, archive_goal(found.id, archived=not undo, now=context.now()))
    print_note(f"{'Took up' if undo else 'Archived'} the goal {clean_line(found.name)}.")

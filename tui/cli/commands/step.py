"""Commands about steps: `step list`, `step add`, `step done`, `step drop`."""

from datetime import date
from typing import Any, Final

import click
import msgspec

from data.base.errors import NotAllowedError, NotFoundError
from data.base.text import clean_line, fold
from data.base.weeks import week_of
from data.exchange.public_json import SHORT_ID
from data.model.edits import new_win
from data.model.journal import Journal
from data.model.records import Step
from data.review import cues, steps
from tui.cli.shared import lazy_completion as offers
from tui.cli.shared.context import CommandContext, on_terminal, print_note
from tui.cli.shared.output import TEXT_COLUMN, WORD_COLUMN, as_json, print_data, print_json, print_table

_MIN_ID: Final = 4
_step_argument = click.argument("step", metavar="STEP…", nargs=-1)


@click.group()
def step() -> None:
    """List, add, finish or drop steps."""


@step.command("list")
@as_json
@click.pass_obj
def list_steps(context: CommandContext, *, as_json: bool) -> None:
    """List the open steps, the next one first."""
    found = steps.open_steps(context.journal)
    if as_json:
        return print_json([_view(one) for one in found])
    if not found:
        print_note("No open steps. Add one with `smallwins step add`.")
    rows = [(one.id[:SHORT_ID], cues.describe_cue(one.cue or "", context.today), one.text) for one in found]
    piped = [(one.id, one.cue or "", one.text) for one in found]
    return print_table((WORD_COLUMN, WORD_COLUMN, TEXT_COLUMN), rows, piped)


def _view(one: Step) -> dict[str, Any]:
    fields: dict[str, Any] = msgspec.to_builtins(one)
    return fields


@step.command("add")
@click.argument("words", metavar="WORDS…", nargs=-1, required=True)
@click.option("--when", metavar="CUE", default="", help=f"A day and an hour ({cues.CUE_FORMS}), or any other moment.")
@click.option("--after", metavar="ID", shell_complete=offers.complete_wins, help="The win it comes from.")
@as_json
@click.pass_obj
def step_add(context: CommandContext, *, words: tuple[str, ...], when: str, after: str | None, as_json: bool) -> None:
    """Add a step and print its id: one slightly uncomfortable thing to do."""
    origin = context.live_win(after).id if after is not None else None
    made = _planned(context, " ".join(words), when, origin)
    context.change("plan a step", steps.add_step(made))
    if as_json:
        return print_json(_view(made))
    print_note(f"Planned: {steps.describe_step(made, context.today)}.")
    return print_data(made.id[:SHORT_ID] if on_terminal() else made.id)


def _planned(context: CommandContext, act: str, when: str, origin: str | None) -> Step:
    """Return the new step, for the week of its cue or the current one.

    Raises:
        NotAllowedError: It does not say what to do, or is too long.
    """
    cue = cues.parse_cue(when, context.today)
    day: date = (cues.cue_day(cue) if cue else None) or context.today
    words = steps.wording(act, "" if cue else when)
    week = week_of(day, context.settings.week_start)
    return steps.new_step(words, due_week=week, now=context.now(), from_win=origin, cue=cue)


@step.command("done")
@_step_argument
@click.option("--as", "title", metavar="TITLE", help="The win in your own words.")
@click.pass_obj
def done(context: CommandContext, *, step: tuple[str, ...], title: str | None) -> None:
    """Finish a step: it becomes a win, linked to the win it came from. Prints the win's id.

    STEP is the beginning of an id or words of the step; without it the next one is meant.
    """
    found = _find(context.journal, " ".join(step))
    win = new_win(title or steps.act_of(found), happened_on=context.today, now=context.now())
    context.change("step done", steps.finish_step(found.id, win, context.now()))
    print_note(f"Done: {clean_line(win.title)}. It is a win now; `smallwins undo` takes that back.")
    print_data(win.id[:SHORT_ID] if on_terminal() else win.id)


@step.command("drop")
@_step_argument
@click.pass_obj
def drop(context: CommandContext, *, step: tuple[str, ...]) -> None:
    """Drop a step.

    STEP is the beginning of an id or words of the step; without it the next one is meant.
    """
    found = _find(context.journal, " ".join(step))
    context.change("let a step go", steps.drop_step(found.id, context.now()))
    print_note(f"Dropped: {clean_line(found.text)}.")


def _find(journal: Journal, words: str) -> Step:
    """Return the open step that these words name; without words the next one.

    Raises:
        NotFoundError: They name none.
        NotAllowedError: They name several.
    """
    there = steps.open_steps(journal)
    if not there:
        raise NotFoundError("No step is open.", "`smallwins step add` plans one.")
    wanted = fold(clean_line(words))
    found = [one for one in there if wanted in fold(one.text) or _is_id(one, wanted)] if wanted else there[:1]
    if not found:
        raise NotFoundError("No open step has those words or that id.", "`smallwins step list` shows them.")
    if len(found) > 1:
        raise NotAllowedError("Several open steps have those words.", "`smallwins step list` shows their ids.")
    return found[0]


def _is_id(one: Step, wanted: str) -> bool:
    return len(wanted) >= _MIN_ID and one.id.startswith(wanted)

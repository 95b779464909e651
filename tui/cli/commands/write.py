"""The command that writes a win down: `add`."""

from contextlib import nullcontext
from datetime import date
from functools import partial

import click
from msgspec import Struct, structs

from data.base.formatting import weekday_date
from data.base.text import accept_line, accept_tags, clean_line
from data.exchange.public_json import SHORT_ID, view_win
from data.model.edits import add_win, in_goal, new_win
from data.model.journal import Edit
from data.model.one_line import OneLine, goal_names, parse_line
from data.model.records import Win
from tui.cli.shared import lazy_completion as offers
from tui.cli.shared.context import CommandContext, on_terminal, print_note
from tui.cli.shared.given_text import (
    FROM_STDIN,
    continue_in_editor,
    drop_taken,
    read_text,
    text_kept,
    title_and_story,
)
from tui.cli.shared.options import goal_option, parse_past_option, tag_option
from tui.cli.shared.output import as_json, print_data, print_json


class _Options(Struct, frozen=True):
    """What the options of `add` say; they come before what the title says."""

    on: date | None
    goal: str
    tags: tuple[str, ...]
    opened_by: str | None


@click.command()
@click.argument("title", nargs=-1, metavar="TITLE…")
@click.option("--on", metavar="DATE", callback=parse_past_option, help="When it happened (default: today).")
@goal_option
@tag_option
@click.option("--story", metavar="TEXT", default="", help="What happened; - reads stdin.")
@click.option("--after", metavar="ID", shell_complete=offers.complete_wins, help="The win that led to this one.")
@click.option("--edit", is_flag=True, help="Write it in your editor ($VISUAL or $EDITOR).")
@click.option("--plain", is_flag=True, help="Take the title as it is: no date:, #tag or @goal in it.")
@as_json
@click.pass_obj
def add(  # noqa: PLR0913 - the options there are
    context: CommandContext,
    *,
    title: tuple[str, ...],
    on: date | None,
    goal: str,
    tags: tuple[str, ...],
    story: str,
    after: str | None,
    edit: bool,
    plain: bool,
    as_json: bool,
) -> None:
    """Add a win and print its id.

    The title needs no quotes, and may hold a date, tags and a goal: yesterday: coffee with a mentor #people @Climate.
    TITLE - reads the title from stdin, and the story from the lines after it.
    """
    options = _checked(context, on, goal, tags, after)
    words, story, is_draft = _words(context, " ".join(title), story, edit=edit)
    with text_kept(context.path, words, story, replace=is_draft) if edit else nullcontext():
        line = OneLine(clean_line(words)) if plain else parse_line(words, goal_names(context.journal), context.today)
        win, goal_name = _win(context, line, story, options)
        _add(context, win, goal_name, as_json=as_json)
    if is_draft:
        drop_taken(context.path)
    if line.understood:
        _print_understood(context, line)


def _print_understood(context: CommandContext, line: OneLine) -> None:
    said = line.describe(context.today)
    print_note(f"Understood: {said}. `smallwins undo`, then --plain, keeps the words as typed.")


def _checked(context: CommandContext, on: date | None, goal: str, tags: tuple[str, ...], after: str | None) -> _Options:
    """Return the options, checked before anybody writes a word.

    Raises:
        SmallWinsError: One of them can't be.
    """
    return _Options(
        on=on,
        goal=accept_line(goal, "goal") if clean_line(goal) else "",
        tags=accept_tags(tags),
        opened_by=context.live_win(after).id if after is not None else None,
    )


def _words(context: CommandContext, title: str, story: str, *, edit: bool) -> tuple[str, str, bool]:
    """Return title and story as given, read or written in the editor; and whether they were a draft.

    Raises:
        UsageError: There is no title.
        NotAllowedError: Nothing was written.
    """
    if title == FROM_STDIN:
        title, more = title_and_story(read_text(title))
        story = "\n\n".join(filter(None, (more.strip(), story if story != FROM_STDIN else "")))
    story = read_text(story)
    if edit:
        return continue_in_editor(context.path, (title, story))
    if not title.strip():
        raise click.UsageError("What was the win? Type a few words, or use --edit to write in your editor.")
    return title, story, False


def _win(context: CommandContext, line: OneLine, story: str, options: _Options) -> tuple[Win, str]:
    """Return the new win and the name of its goal, or ""."""
    win = new_win(
        line.title,
        happened_on=options.on or line.on or context.today,
        now=context.now(),
        story=story,
        tags=(*options.tags, *line.tags),
        opened_by=options.opened_by,
    )
    return win, options.goal or line.goal


def _add(context: CommandContext, win: Win, goal: str, *, as_json: bool) -> None:
    from data.search.duplicates import find_duplicate  # noqa: PLC0415 - so that the help does without

    known = context.journal
    twin = find_duplicate(known.live(), win.title, win.happened_on)
    journal = context.change("add a win", in_goal(goal, context.now(), partial(_in_goal, win)))
    if len(journal.goals) > len(known.goals):
        print_note(f"Created the goal {clean_line(goal)}.")
    if twin is not None:
        day = weekday_date(twin.happened_on, context.today)
        print_note(
            f"You wrote this on {day} too ({twin.id[:SHORT_ID]}). Both are kept; `smallwins undo` removes this one."
        )
    if as_json:
        return print_json(view_win(journal, journal.wins[win.id]))
    print_note(f"Added for {weekday_date(win.happened_on, context.today)}.")
    return print_data(win.id[:SHORT_ID] if on_terminal() else win.id)


def _in_goal(win: Win, goal: str | None) -> Edit:
    return add_win(structs.replace(win, goal=goal))

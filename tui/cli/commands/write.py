"""Commands that change the journal: `add`, `sort`, `remove`."""

import sys
from datetime import date
from typing import Final

import click
from msgspec import structs

from data.base.errors import NotAllowedError
from data.base.formatting import weekday_date
from data.base.text import clean_line
from data.exchange.public_json import SHORT_ID, view_win
from data.model.edits import add_win, in_goal, new_win, set_verdict, trash_wins
from data.model.records import Verdict, Win
from tui.cli.shared import lazy_completion as offers
from tui.cli.shared.context import CommandContext, on_terminal, print_note
from tui.cli.shared.options import VERDICT_CHOICES, as_json, parse_past_option, win_argument
from tui.cli.shared.output import print_data, print_json

STDIN_LIMIT: Final = 20_000_000
"""Most bytes read from stdin, so that an endless stream doesn't fill the memory."""
_TEMPLATE = """

# First line: the win. The rest: its story. Lines that start with # are ignored.
# Leave it empty to cancel.
"""

_goal_option = click.option(
    "--goal",
    metavar="NAME",
    shell_complete=offers.complete_goals,
    help="The goal it leads to; a new name creates a goal.",
)
_tag_option = click.option(
    "--tag",
    "tags",
    metavar="TAG",
    multiple=True,
    shell_complete=offers.complete_tags,
    help="A tag; repeat for more.",
)


@click.command()
@click.argument("title", nargs=-1, metavar="TITLE…")
@click.option("--on", metavar="DATE", callback=parse_past_option, help="When it happened (default: today).")
@_goal_option
@_tag_option
@click.option("--story", metavar="TEXT", default="", help="What happened; - reads stdin.")
@click.option("--after", metavar="ID", shell_complete=offers.complete_wins, help="The win that led to this one.")
@click.option("--edit", is_flag=True, help="Write it in your editor ($VISUAL or $EDITOR).")
@as_json
@click.pass_obj
def add(  # noqa: PLR0913 - the options there are
    context: CommandContext,
    *,
    title: tuple[str, ...],
    on: date | None,
    goal: str | None,
    tags: tuple[str, ...],
    story: str,
    after: str | None,
    edit: bool,
    as_json: bool,
) -> None:
    """Add a win and print its id.

    The title needs no quotes.
    """
    words, story = _words(" ".join(title), _read(story), edit=edit)
    win = new_win(
        words,
        happened_on=on or context.today,
        now=context.now(),
        story=story,
        tags=tags,
        opened_by=context.live_win(after).id if after is not None else None,
    )
    _add(context, win, goal, as_json=as_json)


def _words(title: str, story: str, *, edit: bool) -> tuple[str, str]:
    """Return title and story as given or as written in the editor.

    Raises:
        UsageError: There is no title.
        NotAllowedError: Nothing was written.
    """
    if edit:
        return _edited(title, story)
    if not title.strip():
        raise click.UsageError("What was the win? Type a few words, or use --edit to write in your editor.")
    return title, story


def _edited(title: str, story: str) -> tuple[str, str]:
    written = click.edit(f"{title}\n\n{story}".rstrip() + _TEMPLATE, require_save=False) or ""
    kept = "\n".join(line for line in written.splitlines() if not line.startswith("#")).strip()
    if not kept:
        raise NotAllowedError("The text is empty, so nothing was added.")
    first, _, rest = kept.partition("\n")
    return first, rest


def _read(story: str) -> str:
    """Return the story, read from stdin (UTF-8, what is not is replaced) where it is "-".

    Raises:
        NotAllowedError: There is no end to it.
    """
    if story != "-":
        return story
    data = sys.stdin.buffer.read(STDIN_LIMIT + 1)
    if len(data) > STDIN_LIMIT:
        raise NotAllowedError(f"stdin has over {STDIN_LIMIT // 1_000_000} MB, too long for a story.", "Shorten it.")
    return data.decode("utf-8-sig", "replace")


def _add(context: CommandContext, win: Win, goal: str | None, *, as_json: bool) -> None:
    known = len(context.journal.goals)
    edit = in_goal(goal or "", context.now(), lambda found: add_win(structs.replace(win, goal=found)))
    journal = context.change("add a win", edit)
    if len(journal.goals) > known:
        print_note(f"Created the goal {clean_line(goal or '')}.")
    if as_json:
        return print_json(view_win(journal, journal.wins[win.id]))
    print_note(f"Added for {weekday_date(win.happened_on)}.")
    return print_data(win.id[:SHORT_ID] if on_terminal() else win.id)


@click.command()
@win_argument
@click.argument("verdict", type=click.Choice(VERDICT_CHOICES))
@click.pass_obj
def sort(context: CommandContext, identity: str, verdict: str) -> None:
    """Sort a win: real, candy or unsorted."""
    win = context.live_win(identity)
    decided = Verdict(verdict) if verdict != "unsorted" else None
    context.change(f"sort as {verdict}", set_verdict((win.id,), decided, context.now()))
    print_note(f"“{win.title}” is now {_VERDICT_WORDS[verdict]}.")


_VERDICT_WORDS = {"real": "a real win", "candy": "cotton candy", "unsorted": "unsorted"}


@click.command()
@win_argument
@click.pass_obj
def remove(context: CommandContext, identity: str) -> None:
    """Move a win to the trash."""
    win = context.live_win(identity)
    context.change("move to trash", trash_wins((win.id,), context.now()))
    print_note(f"“{win.title}” moved to trash. `smallwins undo` restores it.")

"""The command that brings in what other programs wrote: `inbox`."""

from pathlib import Path

import click

from data.base.formatting import weekday_date
from data.exchange.public_json import SHORT_ID, view_win
from data.files.locations import inbox_path
from data.inbox.drain import Drained, drain
from data.model.journal import Journal
from data.model.records import Win
from tui.cli.shared.context import CommandContext, print_note
from tui.cli.shared.output import TEXT_COLUMN, WORD_COLUMN, as_json, print_json, print_table


@click.command()
@as_json
@click.pass_context
def inbox(ctx: click.Context, *, as_json: bool) -> None:
    """Bring in what lies in the inbox: a file, or a folder of text files, that any program may write to.

    One line is one win, as in add: yesterday: coffee with a mentor #people @Climate. An indented line is its story. The
    inbox is inbox.txt beside the journal, or where the setting inbox says. The app brings it in by itself.
    """
    context: CommandContext = ctx.obj
    place = inbox_path(context.path, context.settings.inbox)
    done = drain(context.store, place, context.clock)
    context.has_saved = bool(done.wins)
    journal = context.journal
    if as_json:
        print_json([view_win(journal, win) for win in done.wins])
    else:
        print_table(
            (WORD_COLUMN, WORD_COLUMN, TEXT_COLUMN, WORD_COLUMN),
            [
                (win.id[:SHORT_ID], weekday_date(win.happened_on, context.today), *_words(journal, win))
                for win in done.wins
            ],
            [(win.id, win.happened_on.isoformat(), *_words(journal, win)) for win in done.wins],
        )
    _print_notes(done, place)
    if done.problems:
        ctx.exit(1)


def _words(journal: Journal, win: Win) -> tuple[str, str]:
    return win.title, " ".join(filter(None, (journal.goal_name(win), *(f"#{tag}" for tag in win.tags))))


def _print_notes(done: Drained, place: Path) -> None:
    for note in done.saved.notes if done.saved is not None else ():
        print_note(note)
    for problem in (*done.problems, *done.unfinished):
        print_note(problem)
    if said := done.describe():
        undo = f" `smallwins undo` takes {'it' if len(done.wins) == 1 else 'them'} back."
        print_note(f"{said}.{undo if done.wins else ''}")
    if done.waits:
        print_note("Something is still being written there; it comes in once it is finished.")
    elif not (said or done.problems or done.unfinished):
        print_note(f"Nothing lies in the inbox: {place}")

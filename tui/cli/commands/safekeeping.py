"""Commands that keep the journal safe: `backup`, `restore`, `doctor`, `undo`, `redo`, `trash`."""

import os
import sys
from pathlib import Path
from typing import Final

import click

from data.base.errors import NotFoundError
from data.exchange.public_json import short_size
from data.model.edits import empty_trash, restore_wins
from data.model.records import Win
from data.storage.store import Saved
from tui.cli.shared.context import CommandContext, print_note
from tui.cli.shared.options import as_json
from tui.cli.shared.output import NUMBER_COLUMN, TEXT_COLUMN, WORD_COLUMN, print_data, print_json, print_table

_BACKUP_REASONS: Final = {
    "day": "of the day",
    "import": "before an import",
    "restore": "before a restore",
    "form": "before a new form",
    "fix": "before a repair",
    "asked": "asked for",
}


def _real(context: CommandContext) -> Path:
    """Return the journal's real path; these commands work beside a damaged file, so they don't open the store."""
    return Path(os.path.realpath(context.path))


def _count(wins: int) -> str:
    return "1 win" if wins == 1 else f"{wins:,} wins"


@click.command()
@click.option("--list", "listing", is_flag=True, help="List the backups instead, newest first.")
@click.pass_obj
def backup(context: CommandContext, *, listing: bool) -> None:
    """Copy the journal into the folder of its backups, and print where.

    The first change of each day makes one by itself; 7 days and 8 weeks of them are kept.
    """
    if listing:
        return _say_backups(context)
    made = context.store.back_up("asked")
    if made is None:
        raise NotFoundError("There is no journal yet, so there is nothing to back up.", "`smallwins add` begins one.")
    print_note(f"A backup of {_count(len(context.journal.wins))}.")
    return print_data(str(made.path))


def _say_backups(context: CommandContext) -> None:
    from data.storage import backups  # noqa: PLC0415 - the list alone reads them

    checked = [backups.check_backup(found) for found in backups.list_backups(_real(context))]
    if not checked:
        print_note("There are no backups yet; the first change of a day makes one.")
    rows = [
        (
            one.backup.path.name,
            f"{one.backup.made.astimezone():%Y-%m-%d %H:%M}",
            _BACKUP_REASONS.get(one.backup.reason, one.backup.reason),
            f"{one.size:,}",
            _count(one.wins) if not one.trouble else "",
            one.trouble or "good",
        )
        for one in checked
    ]
    print_table((WORD_COLUMN, WORD_COLUMN, WORD_COLUMN, NUMBER_COLUMN, NUMBER_COLUMN, TEXT_COLUMN), rows, rows)


@click.command("restore")
@click.argument("name", metavar="BACKUP")
@click.pass_obj
def restore_backup(context: CommandContext, name: str) -> None:
    """Go back to a backup: its name in `backup --list`, or the path of any copy of a journal.

    What it replaces is backed up first, even when it is damaged.
    """
    from data.storage import backups  # noqa: PLC0415 - only this command needs it

    real = _real(context)
    done = backups.restore_journal(real, backups.find_backup(real, name), context.now())
    print_note(f"The journal is again as in {done.source.name}, with {_count(done.wins)}.")
    if done.replaced is not None:
        print_note(f"What it replaced is kept: {backups.restore_command(real, done.replaced)}")


@click.command()
@click.option("--fix", is_flag=True, help="Repair what needs no guessing, after a backup.")
@click.pass_obj
@click.pass_context
def doctor(ctx: click.Context, context: CommandContext, *, fix: bool) -> None:
    """Look over the file, every record, the backups and what lies beside them.

    Exit code 0 when all is well, else 1.
    """
    from data.storage import doctor  # noqa: PLC0415 - only this command needs it

    for done in doctor.repair_journal(context.path, context.now) if fix else ():
        print_data(f"Repaired. {done}")
    found = doctor.check_journal(context.path, context.now)
    for finding in found:
        print_data(finding.what)
    if not found and not context.path.exists():
        print_note("There is no journal yet; the first win makes it.")
    else:
        print_note(_verdict(len(found), sum(bool(finding.remedy) for finding in found)))
    ctx.exit(1 if found else 0)


def _verdict(found: int, can_be_repaired: int) -> str:
    if not found:
        return "All is well."
    hint = (
        f" `smallwins doctor --fix` repairs {can_be_repaired:,} of them."
        if can_be_repaired
        else " What is to be done is for you to say."
    )
    return f"{found:,} {'thing is' if found == 1 else 'things are'} not well.{hint}"


@click.command()
@click.pass_obj
def undo(context: CommandContext) -> None:
    """Take back the last change, whether it was made in the app or here; again for the one before."""
    _tell_turned("Taken back", context.store.undo())


@click.command()
@click.pass_obj
def redo(context: CommandContext) -> None:
    """Do again what `undo` took back last."""
    _tell_turned("Done again", context.store.redo())


def _tell_turned(what: str, saved: Saved) -> None:
    print_note(f"{what}: {saved.label}.")
    for note in saved.notes:
        print_note(note)


@click.group(invoke_without_command=True)
@as_json
@click.pass_context
def trash(ctx: click.Context, *, as_json: bool) -> None:
    """List the wins in the trash, the latest first, or restore or empty it."""
    if ctx.invoked_subcommand is None:
        _say_trash(ctx.ensure_object(CommandContext), as_json=as_json)


def _say_trash(context: CommandContext, *, as_json: bool) -> None:
    wins = context.journal.trash()
    if as_json:
        return print_json(wins)
    if not wins:
        print_note("The trash is empty.")
    size = short_size(context.journal)
    rows = ((win.id[:size], str(win.happened_on), win.title, _since(win)) for win in wins)
    piped = ((win.id, str(win.happened_on), win.title, f"{win.deleted_at:%Y-%m-%dT%H:%M:%SZ}") for win in wins)
    return print_table((WORD_COLUMN, WORD_COLUMN, TEXT_COLUMN, WORD_COLUMN), rows, piped)


def _since(win: Win) -> str:
    return f"since {win.deleted_at.astimezone():%Y-%m-%d}" if win.deleted_at else ""


@trash.command("restore")
@click.argument("identities", metavar="ID…", nargs=-1, required=True)
@click.pass_obj
def restore_from_trash(context: CommandContext, identities: tuple[str, ...]) -> None:
    """Take wins out of the trash."""
    wins = [context.journal.find_win(identity) for identity in identities]
    if any(win.deleted_at is None for win in wins):
        raise NotFoundError("That win is not in the trash.", "`smallwins trash` shows what is there.")
    context.change("restore from the trash", restore_wins([win.id for win in wins], context.now()))
    for win in wins:
        print_note(f"“{win.title}” is back.")


@trash.command("empty")
@click.option("--yes", is_flag=True, help="Don't ask.")
@click.pass_obj
def empty_the_trash(context: CommandContext, *, yes: bool) -> None:
    """Remove for good what is in the trash, from the journal and from its history.

    It can't be undone. Backups keep it until they are replaced, for eight weeks at the most.
    """
    count = len(context.journal.trash())
    if not count:
        return print_note("The trash is empty.")
    what = _count(count)
    if not yes:
        if not sys.stdin.isatty():
            raise click.UsageError("It can't be undone, so it asks first; without a terminal say --yes.")
        click.confirm(f"Remove {what} for good? It can't be undone", abort=True, err=True)
    context.change("empty the trash", empty_trash())
    return print_note(f"{what} removed for good.")

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
from tui.cli.shared.context import Shell, tell
from tui.cli.shared.options import as_json
from tui.cli.shared.output import NUMBER, TEXT, WORD, say, say_json, say_rows

REASONS: Final = {
    "day": "of the day",
    "import": "before an import",
    "restore": "before a restore",
    "form": "before a new form",
    "fix": "before a repair",
    "asked": "asked for",
}


def _real(shell: Shell) -> Path:
    """Return the journal's real path; these commands work beside a damaged file, so they don't open the store."""
    return Path(os.path.realpath(shell.path))


def _count(wins: int) -> str:
    return "1 win" if wins == 1 else f"{wins:,} wins"


@click.command()
@click.option("--list", "listing", is_flag=True, help="List the backups instead, newest first.")
@click.pass_obj
def backup(shell: Shell, *, listing: bool) -> None:
    """Copy the journal into the folder of its backups, and print where.

    The first change of each day makes one by itself; 7 days and 8 weeks of them are kept.
    """
    if listing:
        return _say_backups(shell)
    made = shell.store.back_up("asked")
    if made is None:
        raise NotFoundError("There is no journal yet, so there is nothing to back up.", "`smallwins add` begins one.")
    tell(f"A backup of {_count(len(shell.journal.wins))}.")
    return say(str(made.path))


def _say_backups(shell: Shell) -> None:
    from data.storage import backups  # noqa: PLC0415 - the list alone reads them

    checked = [backups.check(found) for found in backups.listed(_real(shell))]
    if not checked:
        tell("There are no backups yet; the first change of a day makes one.")
    rows = [
        (
            one.backup.path.name,
            f"{one.backup.made.astimezone():%Y-%m-%d %H:%M}",
            REASONS.get(one.backup.reason, one.backup.reason),
            f"{one.size:,}",
            _count(one.wins) if not one.trouble else "",
            one.trouble or "good",
        )
        for one in checked
    ]
    say_rows((WORD, WORD, WORD, NUMBER, NUMBER, TEXT), rows, rows)


@click.command()
@click.argument("name", metavar="BACKUP")
@click.pass_obj
def restore(shell: Shell, name: str) -> None:
    """Go back to a backup: its name in `backup --list`, or the path of any copy of a journal.

    What it replaces is backed up first, even when it is damaged.
    """
    from data.storage import backups  # noqa: PLC0415 - only this command needs it

    real = _real(shell)
    done = backups.restore(real, backups.find(real, name), shell.now())
    tell(f"The journal is again as in {done.source.name}, with {_count(done.wins)}.")
    if done.replaced is not None:
        tell(f"What it replaced is kept: {backups.command(real, done.replaced)}")


@click.command()
@click.option("--fix", is_flag=True, help="Repair what needs no guessing, after a backup.")
@click.pass_obj
@click.pass_context
def doctor(context: click.Context, shell: Shell, *, fix: bool) -> None:
    """Look over the file, every record, the backups and what lies beside them.

    Exit code 0 when all is well, else 1.
    """
    from data.storage import doctor as surgery  # noqa: PLC0415 - only this command needs it

    for done in surgery.repair(shell.path, shell.now) if fix else ():
        say(f"Repaired. {done}")
    found = surgery.examine(shell.path, shell.now)
    for finding in found:
        say(finding.what)
    if not found and not shell.path.exists():
        tell("There is no journal yet; the first win makes it.")
    else:
        tell(_verdict(len(found), sum(bool(finding.remedy) for finding in found)))
    context.exit(1 if found else 0)


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
def undo(shell: Shell) -> None:
    """Take back the last change, whether it was made in the app or here; again for the one before."""
    _tell_turned("Taken back", shell.store.undo())


@click.command()
@click.pass_obj
def redo(shell: Shell) -> None:
    """Do again what `undo` took back last."""
    _tell_turned("Done again", shell.store.redo())


def _tell_turned(what: str, saved: Saved) -> None:
    tell(f"{what}: {saved.label}.")
    for note in saved.notes:
        tell(note)


@click.group(invoke_without_command=True)
@as_json
@click.pass_context
def trash(context: click.Context, *, as_json: bool) -> None:
    """List the wins in the trash, the latest first, or restore or empty it."""
    if context.invoked_subcommand is None:
        _say_trash(context.ensure_object(Shell), as_json=as_json)


def _say_trash(shell: Shell, *, as_json: bool) -> None:
    wins = shell.journal.trash()
    if as_json:
        return say_json(wins)
    if not wins:
        tell("The trash is empty.")
    size = short_size(shell.journal)
    rows = ((win.id[:size], str(win.happened_on), win.title, _since(win)) for win in wins)
    piped = ((win.id, str(win.happened_on), win.title, f"{win.deleted_at:%Y-%m-%dT%H:%M:%SZ}") for win in wins)
    return say_rows((WORD, WORD, TEXT, WORD), rows, piped)


def _since(win: Win) -> str:
    return f"since {win.deleted_at.astimezone():%Y-%m-%d}" if win.deleted_at else ""


@trash.command("restore")
@click.argument("identities", metavar="ID…", nargs=-1, required=True)
@click.pass_obj
def restore_from_trash(shell: Shell, identities: tuple[str, ...]) -> None:
    """Take wins out of the trash."""
    wins = [shell.journal.find_win(identity) for identity in identities]
    if any(win.deleted_at is None for win in wins):
        raise NotFoundError("That win is not in the trash.", "`smallwins trash` shows what is there.")
    shell.change("restore from the trash", restore_wins([win.id for win in wins], shell.now()))
    for win in wins:
        tell(f"“{win.title}” is back.")


@trash.command("empty")
@click.option("--yes", is_flag=True, help="Don't ask.")
@click.pass_obj
def empty(shell: Shell, *, yes: bool) -> None:
    """Remove for good what is in the trash, from the journal and from its history.

    It can't be undone. Backups keep it until they are replaced, for eight weeks at the most.
    """
    count = len(shell.journal.trash())
    if not count:
        return tell("The trash is empty.")
    what = _count(count)
    if not yes:
        if not sys.stdin.isatty():
            raise click.UsageError("It can't be undone, so it asks first; without a terminal say --yes.")
        click.confirm(f"Remove {what} for good? It can't be undone", abort=True, err=True)
    shell.change("empty the trash", empty_trash())
    return tell(f"{what} removed for good.")

"""Commands that keep the journal safe: `backup`, `restore`, `doctor`, `undo`, `redo`, `trash`."""

import os
import sys
from pathlib import Path
from typing import Final

import click
from msgspec import structs

from data.base.errors import NotAllowedError, NotFoundError
from data.exchange.public_json import short_size, view_win
from data.model.edits import empty_trash, restore_wins
from data.model.records import Win
from data.search.references import find_win
from data.storage.backups import CheckedBackup
from data.storage.store import Saved
from tui.cli.shared import lazy_completion as offers
from tui.cli.shared.context import CommandContext, print_note
from tui.cli.shared.output import NUMBER_COLUMN, TEXT_COLUMN, WORD_COLUMN, as_json, print_data, print_json, print_table
from tui.system.clock import local_day

_BACKUP_REASONS: Final = {
    "day": "daily",
    "import": "before an import",
    "restore": "before a restore",
    "form": "before an upgrade",
    "fix": "before a repair",
    "asked": "on request",
    "merge": "before a merge",
    "copy": "a copy that was merged",
}


_RESTORED_HERE: Final = (
    "Your other computers have what was sent since: it comes back with the next pass. "
    "`smallwins restore BACKUP --everywhere` takes them back, too."
)
_RESTORED_EVERYWHERE: Final = "The next pass takes your other computers back to it, too."


def _real(context: CommandContext) -> Path:
    """Return the journal's real path. These commands work beside a damaged file, so they don't open the store."""
    return Path(os.path.realpath(context.path))


def _count(wins: int) -> str:
    return "1 win" if wins == 1 else f"{wins:,} wins"


@click.command()
@click.option("--list", "listing", is_flag=True, help="List the backups, newest first.")
@as_json
@click.pass_obj
def backup(context: CommandContext, *, listing: bool, as_json: bool) -> None:
    """Back up the journal and print the backup's path.

    The first change of each day makes a backup too; 7 daily and 8 weekly ones are kept.
    """
    if listing:
        return _say_backups(context, as_json=as_json)
    made = context.store.back_up("asked")
    if made is None:
        raise NotFoundError("No journal yet, so there is nothing to back up.", "Start one with `smallwins add`.")
    print_note(f"Backed up {_count(len(context.journal.wins))}.")
    return print_data(str(made.path))


def _say_backups(context: CommandContext, *, as_json: bool) -> None:
    from data.storage import backups  # noqa: PLC0415 - the list alone reads them

    checked = [backups.check_backup(found) for found in backups.list_backups(_real(context))]
    if as_json:
        return print_json([_view(one) for one in checked])
    if not checked:
        print_note("No backups yet. The first change of each day makes one.")
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
    columns = (WORD_COLUMN, WORD_COLUMN, WORD_COLUMN, NUMBER_COLUMN, NUMBER_COLUMN, TEXT_COLUMN)
    return print_table(columns, rows, rows)


def _view(one: "CheckedBackup") -> dict[str, object]:
    """Return a backup as other programs are shown it."""
    return {
        "name": one.backup.path.name,
        "path": str(one.backup.path),
        "made_at": f"{one.backup.made:%Y-%m-%dT%H:%M:%SZ}",
        "reason": one.backup.reason,
        "bytes": one.size,
        "wins": None if one.trouble else one.wins,
        "problem": one.trouble or None,
    }


@click.command("restore")
@click.argument("name", metavar="BACKUP", shell_complete=offers.complete_backups)
@click.option("--everywhere", is_flag=True, help="Take the other computers back to it, too, where sync is set up.")
@click.pass_obj
def restore_backup(context: CommandContext, name: str, *, everywhere: bool) -> None:
    """Restore a backup: a name from `backup --list`, or the path of a copy of a journal.

    The current journal is backed up first, even if it is damaged. Where sync is set up, what was sent since comes back
    with the next pass, unless it is restored everywhere.
    """
    from data.storage import backups  # noqa: PLC0415 - only this command needs it

    real = _real(context)
    base = _synced_base(context, real, everywhere=everywhere)
    done = backups.restore_journal(real, backups.find_backup(real, name), context.now())
    print_note(f"Restored {done.source.name}: {_count(done.wins)}. {done.doubt}".rstrip())
    if base:
        context.store.exchange(lambda contents: structs.replace(contents, base=base))
    if base is not None:
        print_note(_RESTORED_EVERYWHERE if base else _RESTORED_HERE)
    if done.replaced is not None:
        print_note(f"To go back: {backups.restore_command(real, done.replaced)}")


def _synced_base(context: CommandContext, real: Path, *, everywhere: bool) -> str | None:
    """Return what the restored journal shall be compared with: "" makes it a stranger; None where sync is not set up.

    Raises:
        NotAllowedError: It shall be restored everywhere, and there is nobody else.
    """
    if not os.path.exists(real.with_name(f"{real.name}.sync") / "config.json"):  # noqa: PTH110 - as in SyncRunner
        if everywhere:
            raise NotAllowedError("Sync is not set up, so there is no other computer.", "Leave out --everywhere.")
        return None
    return context.store.contents.base if everywhere else ""


@click.command()
@click.option("--fix", is_flag=True, help="Repair what can be repaired safely, after a backup.")
@as_json
@click.pass_obj
@click.pass_context
def doctor(ctx: click.Context, context: CommandContext, *, fix: bool, as_json: bool) -> None:
    """Check the journal, every record, the backups and leftover files.

    Exit code 0 if there are no problems, else 1.
    """
    from data.storage import doctor  # noqa: PLC0415 - only this command needs it
    from data.sync.take_in import problems_beside  # noqa: PLC0415 - and this

    repaired = doctor.repair_journal(context.path, context.now) if fix else []
    found = doctor.check_journal(context.path, context.now)
    beside = problems_beside(_real(context), context.now())
    problems = [*(finding.what for finding in found), *beside]
    if as_json:
        print_json({"repaired": list(repaired), "problems": problems})
    else:
        for line in (*(f"Repaired: {done}" for done in repaired), *problems):
            print_data(line)
    if not found and not context.path.exists():
        print_note("No journal yet. Your first win creates it.")
    else:
        print_note(_verdict(len(found) + len(beside), sum(bool(finding.remedy) for finding in found)))
    ctx.exit(1 if found or beside else 0)


def _verdict(found: int, can_be_repaired: int) -> str:
    if not found:
        return "No problems found."
    count = f"{found:,} problem{'s' if found > 1 else ''} found."
    if not can_be_repaired:
        return f"{count} Nothing was changed."
    return f"{count} `smallwins doctor --fix` repairs {can_be_repaired:,}."


@click.command()
@click.pass_obj
def undo(context: CommandContext) -> None:
    """Undo the last change, made here or in the app; repeat to go further back."""
    _tell_turned("Undone", context.store.undo())


@click.command()
@click.pass_obj
def redo(context: CommandContext) -> None:
    """Redo the change that was undone last."""
    _tell_turned("Redone", context.store.redo())


def _tell_turned(what: str, saved: Saved) -> None:
    print_note(f"{what}: {saved.label}.")
    for note in saved.notes:
        print_note(note)


@click.group(invoke_without_command=True)
@as_json
@click.pass_context
def trash(ctx: click.Context, *, as_json: bool) -> None:
    """List the wins in the trash, newest first; restore or delete them."""
    if ctx.invoked_subcommand is None:
        _say_trash(ctx.ensure_object(CommandContext), as_json=as_json)


def _say_trash(context: CommandContext, *, as_json: bool) -> None:
    journal = context.journal
    wins = journal.trash()
    if as_json:
        return print_json([view_win(journal, win) for win in wins])
    if not wins:
        print_note("Trash is empty.")
    size = short_size(journal)
    rows = ((win.id[:size], str(win.happened_on), win.title, _since(win)) for win in wins)
    piped = ((win.id, str(win.happened_on), win.title, f"{win.deleted_at:%Y-%m-%dT%H:%M:%SZ}") for win in wins)
    return print_table((WORD_COLUMN, WORD_COLUMN, TEXT_COLUMN, WORD_COLUMN), rows, piped)


def _since(win: Win) -> str:
    return f"since {local_day(win.deleted_at)}" if win.deleted_at else ""


@trash.command("restore")
@click.argument("references", metavar="ID…", nargs=-1, required=True, shell_complete=offers.complete_trash)
@click.pass_obj
def restore_from_trash(context: CommandContext, references: tuple[str, ...]) -> None:
    """Restore wins from the trash."""
    wins = [_find_in_trash(context, reference) for reference in references]
    context.change("restore from trash", restore_wins([win.id for win in wins], context.now()))
    for win in wins:
        print_note(f"Restored “{win.title}”.")


def _find_in_trash(context: CommandContext, reference: str) -> Win:
    try:
        return find_win(context.journal.trash(), reference)
    except NotFoundError:
        context.find_win(reference)  # what fits nothing, or several wins, is said
        raise NotFoundError("That win isn't in the trash.", "`smallwins trash` lists what is.") from None


@trash.command("empty")
@click.option("--yes", is_flag=True, help="Don't ask for confirmation.")
@click.pass_obj
def empty_the_trash(context: CommandContext, *, yes: bool) -> None:
    """Permanently delete the wins in the trash, from the journal and its history.

    This can't be undone. Backups keep copies for about eight weeks; what is printed says where.
    """
    count = len(context.journal.trash())
    if not count:
        return print_note("Trash is empty.")
    what = _count(count)
    if not yes:
        if not sys.stdin.isatty():
            raise click.UsageError("This can't be undone. Without a terminal to confirm it, pass --yes.")
        click.confirm(f"Permanently delete {what}? This can't be undone", abort=True, err=True)
    context.change("empty trash", empty_trash())
    from data.storage.backups import describe_retention  # noqa: PLC0415 - only this command needs it

    return print_note(f"Permanently deleted {what}. {describe_retention(_real(context))}".rstrip())

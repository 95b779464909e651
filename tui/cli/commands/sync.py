"""Commands that keep one journal on several computers: `sync`, and `setup`, `status`, `code` and `off` under it."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import click

from data.base.errors import NotAllowedError, SmallWinsError
from data.sync.setup import new_code_for, open_remote, renew_key, set_up, sync_pass
from data.sync.sync_folder import SyncConfig, SyncFolder, SyncStatus, describe_status
from data.sync.sync_report import SyncReport
from tui.cli.shared.context import CommandContext, print_note
from tui.cli.shared.output import as_json as with_json
from tui.cli.shared.output import print_data, print_json

_CODE_ADVICE = "Write it down: your other computers ask for it once. Whoever has it can read your journal."


def _folder(context: CommandContext) -> SyncFolder:
    return SyncFolder(Path(os.path.realpath(context.path)))


@click.group(invoke_without_command=True)
@click.option("--quiet", is_flag=True, help="Say nothing and never ask; for the app and for timers.")
@click.pass_context
def sync(ctx: click.Context, *, quiet: bool) -> None:
    """Keep one journal on several computers, by a git repository or a synced folder.

    Without a subcommand: take in what the others wrote, and send what was written here.
    """
    if ctx.invoked_subcommand is None:
        context: CommandContext = ctx.obj
        _run(context, may_ask=not quiet and sys.stdin.isatty(), quiet=quiet)


def _run(context: CommandContext, *, may_ask: bool, quiet: bool = False) -> None:
    report = sync_pass(lambda: context.store, _folder(context), context.now, may_ask=may_ask).run()
    for line in () if quiet else _lines(report):
        print_note(line)


def _lines(report: SyncReport) -> Iterator[str]:
    if report.added or report.changed or report.removed:
        yield from _arrived(report)
    yield from report.notes
    if report.sent:
        yield "Sent what was written here."
    elif not (report.added or report.changed or report.removed):
        yield "Nothing new."


def _arrived(report: SyncReport) -> Iterator[str]:
    from data.sync.take_in import describe_counts  # noqa: PLC0415 - most passes bring nothing

    kinds = {"Taken in": report.added, "Changed": report.changed, "Removed": report.removed}
    return (f"{kind}: {describe_counts(counts)}." for kind, counts in kinds.items() if counts)


@sync.command("setup")
@click.argument("where", metavar="WHERE")
@click.option("--new-key", is_flag=True, help="Seal it anew, so that a stolen computer can't read on.")
@click.pass_obj
def setup(context: CommandContext, where: str, *, new_key: bool) -> None:
    """Begin to sync: WHERE is a git repository (git@host:me/wins.git) or a folder that another program syncs.

    On the first computer it prints a code; on the others it asks for it. The journal is backed up first.
    """
    if not where.strip():
        raise NotAllowedError("No place was named.", "Name a git repository, or a folder that another program syncs.")
    folder = _folder(context)
    address = where if ":" in where else str(Path(where).expanduser().absolute())
    remote = open_remote(address, folder, may_ask=sys.stdin.isatty())
    if new_key:
        done = renew_key(context.store, folder, address, remote=remote)
    else:
        done = set_up(context.store, folder, address, remote=remote, ask_code=_ask_code)
    _run(context, may_ask=sys.stdin.isatty())
    if done.code:
        print_note(f"The code for your other computers: {done.code}")
        print_note(_CODE_ADVICE)


def _ask_code() -> str:
    """Return the code that the person types; it is seen nowhere, also in no list of processes."""
    if sys.stdin.isatty():
        code: str = click.prompt("Code from your other computer", err=True, hide_input=False)
        return code
    return sys.stdin.readline().strip()


@sync.command("status")
@with_json
@click.pass_obj
def status(context: CommandContext, *, as_json: bool) -> None:
    """Say where the journal is kept, how the last pass ended, and what waits to be sent."""
    folder = _folder(context)
    config, last = folder.config, folder.status
    waiting = sync_pass(lambda: context.store, folder, context.now).count_unsent() if config else 0
    if as_json:
        print_json(_status_fields(config, last, waiting))
    elif config is None:
        print_note("Sync is not set up. `smallwins sync setup WHERE` does that.")
    else:
        print_data(f"With {config.remote}")
        print_data(describe_status(last, waiting))


def _status_fields(config: SyncConfig | None, last: SyncStatus | None, waiting: int) -> dict[str, object]:
    """Return what a program may read of the status; its names are a promise, see docs/command-line.md."""
    found = last if config is not None else None
    return {
        "remote": config.remote if config else None,
        "device": config.device if config else None,
        "to_send": waiting,
        "tried_at": found.when if found else None,
        "synced_at": found.synced if found else None,
        "trouble": found.trouble if found else "",
        "offline": found.offline if found else False,
        "notes": found.notes if found else (),
    }


@sync.command("code")
@click.pass_obj
def code(context: CommandContext) -> None:
    """Make a new code for the next computer; the old one no longer works. Computers that sync already go on."""
    folder = _folder(context)
    config = folder.config
    if config is None or not folder.key:
        raise NotAllowedError("Sync is not set up.", "`smallwins sync setup WHERE` does that.")
    print_data(new_code_for(folder, open_remote(config.remote, folder, may_ask=sys.stdin.isatty())))
    print_note(_CODE_ADVICE)


@sync.command("forget")
@click.pass_obj
def forget(context: CommandContext) -> None:
    """Remove from the remote what was removed for good here. Hosts may keep backups of their own, sealed."""
    sync_pass(lambda: context.store, _folder(context), context.now, may_ask=sys.stdin.isatty()).forget()
    print_note("The remote holds the journal as it is now, and nothing else of ours.")


@sync.command("off")
@click.pass_obj
def off(context: CommandContext) -> None:
    """Stop syncing on this computer. The journal stays, and so does what lies at the remote."""
    folder = _folder(context)
    if folder.config is None:
        raise SmallWinsError("Sync is not set up, so there is nothing to turn off.")
    folder.turn_off()
    print_note("Sync is off. Your journal stays here; what was sent stays at the remote, sealed.")

"""The command that joins another copy of the journal: `merge`."""

import os
from pathlib import Path

import click

from data.base.errors import NotFoundError
from data.sync.other_copy import read_copy
from data.sync.take_in import conflicts_with, describe_merge, put_away, take_in
from data.sync.two_journals import Copy, merge_copies
from data.sync.writes import field_times
from tui.cli.shared.context import CommandContext, print_note
from tui.cli.shared.file_name import FileName


@click.command()
@click.argument("files", type=FileName(path_type=Path), metavar="[FILE]...", nargs=-1)
@click.option("--dry-run", is_flag=True, help="Only say what would change.")
@click.pass_obj
def merge(context: CommandContext, *, files: tuple[Path, ...], dry_run: bool) -> None:
    """Join another copy of this journal: from a USB stick, a backup or another computer.

    What only the copy has comes in. Where both changed the same field, the newer value is kept and the other goes into
    the win's history. Without FILE, joins the copies that Dropbox, Syncthing, iCloud, Nextcloud or OneDrive left beside
    the journal, and keeps them as backups. `undo` takes it back.
    """
    store, real = context.store, Path(os.path.realpath(context.path))
    beside = dict(conflicts_with(context.journal, real, context.now())) if not files else {}
    copies = beside or {path: read_copy(path, context.now()) for path in files}
    if not copies:
        raise NotFoundError("No other copy lies beside the journal.", "`smallwins merge FILE` joins one.")
    for path, copy in copies.items():
        found = merge_copies(Copy(store.journal, field_times(store.history, store.journal)), copy)
        print_note(f"{path.name}: {describe_merge(found)}")
        if not (found.is_empty or dry_run):
            store.back_up("merge")
            context.change("merge another copy", take_in(copy, lambda: store.history))
        if path in beside and not dry_run:
            print_note(f"The copy is kept as {put_away(real, path, context.now())}")

"""The trash: shown, and emptied or taken back from as the person chooses."""

import os
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from data.model import edits
from tui.app.host import JournalHost

if TYPE_CHECKING:
    from tui.dialogs.trash import TrashChoice


def open_trash(host: JournalHost) -> None:
    """Open the trash."""
    from tui.dialogs.trash import Trash  # noqa: PLC0415 - dialogs are imported when they open

    host.push_screen(Trash(host.journal.trash()), partial(_chosen, host))


def _chosen(host: JournalHost, chosen: "TrashChoice | None") -> None:
    if chosen is None:
        return
    if chosen.restore:
        host.change("restore from trash", edits.restore_wins([chosen.restore], host.now()), done="Win restored")
    else:
        from data.storage.backups import describe_retention  # noqa: PLC0415 - only here

        host.change("empty trash", edits.empty_trash(), done="Trash emptied")
        if note := describe_retention(Path(os.path.realpath(host.path))):
            host.say(note)

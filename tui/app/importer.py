"""Importing wins: the dialog, and the work in the line of changes."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from tui.app.host import JournalHost
from tui.app.save_queue import SaveQueue, Task

if TYPE_CHECKING:
    from data.exchange.importing.normalize import ImportContents
    from data.storage.store import Saved


class Importer:
    """Asks what to import, and imports it.

    Args:
        host: The app.
        saves: Where the import stands in line.
    """

    def __init__(self, host: JournalHost, saves: SaveQueue) -> None:
        self._host = host
        self._saves = saves

    def ask(self) -> None:
        """Open the dialog."""
        from tui.dialogs.exchange.import_form import ImportForm  # noqa: PLC0415 - dialogs are imported when they open

        self._host.push_screen(ImportForm(self._host.journal, self._host.clock, Path.home()), self._chosen)

    def _chosen(self, found: "ImportContents | None") -> None:
        """Import what a file holds; not shown before it is saved, for it may be long."""
        if found is None:
            return
        self._host.say("Importing…")
        self._saves.add(Task("import", partial(self._import, found)))

    def _import(self, found: "ImportContents") -> "Saved":
        from data.exchange.importing.plan import add_new, describe_plan, plan_import  # noqa: PLC0415 - as above

        store = self._saves.store
        plan = plan_import(found, store.journal)
        store.back_up("import")
        saved = store.change("import", add_new(found))
        self._host.call_later(self._host.say, describe_plan(plan), "undo", "undoes")
        return saved

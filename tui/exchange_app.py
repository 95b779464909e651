"""The part of the app that brings wins in and takes them out; the work is done in threads."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from textual import work

from data import words
from data.errors import SaveError, SmallWinsError
from tui.journal_app import JournalApp
from tui.saver import Task

if TYPE_CHECKING:
    from data.exchange.gathering import Gathered
    from data.store import Saved
    from tui.screens.export_form import Wish


class ExchangeApp(JournalApp):
    """Shows the dialogs of import and export, and does what they return."""

    def action_import_wins(self) -> None:
        """Open the dialog that brings wins in."""
        from tui.screens.import_form import ImportForm  # noqa: PLC0415 - dialogs are imported when they open

        self.push_screen(ImportForm(self.journal, self.clock, Path.home()), self._chosen_import)

    def _chosen_import(self, found: "Gathered | None") -> None:
        """Bring in what a file holds; not shown before it is saved, for it may be long."""
        if found is None:
            return
        self._made.clear()
        self._taken_back.clear()
        self.say("Bringing it in…")
        self._ask(Task("import", partial(self._bring_in, found), again=False))

    def _bring_in(self, found: "Gathered") -> "Saved":
        from data.exchange.plan import bring_in, fit, told  # noqa: PLC0415 - as above

        store = self._saver.store
        plan = fit(found, store.journal)
        store.back_up("import")
        saved = store.change("import", bring_in(found))
        self.call_from_thread(self.say, f"{told(plan)} u takes it back.")
        return saved

    def action_export(self) -> None:
        """Open the dialog that takes wins out."""
        from tui.screens.export_form import ExportForm  # noqa: PLC0415 - as above

        self.push_screen(ExportForm(self.journal, self.today, Path.home()), self._chosen_export)

    def _chosen_export(self, wish: "Wish | None") -> None:
        if wish is not None:
            self.say("Writing…")
            self._export(wish)

    @work(thread=True, group="export")
    def _export(self, wish: "Wish") -> None:
        from data.exchange.place import put  # noqa: PLC0415 - as above
        from data.exchange.writers import write  # noqa: PLC0415 - as above

        count = len(wish.wanted.select(self.journal))
        try:
            text = write(self.journal, wish.kind, wish.wanted, self.today, self.settings)
            put(wish.path, text.encode(), journal=self._saver.store.path, force=wish.force)
        except SmallWinsError as error:
            self.call_from_thread(self.complain, error)
        except OSError as error:
            reason = error.strerror or "no reason given"
            self.call_from_thread(self.complain, SaveError(f"It can't be written: {reason}.", "Choose another place."))
        else:
            self.call_from_thread(self.say, f"{words.plural(count, 'win')} written to {wish.path}")

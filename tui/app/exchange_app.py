"""The part of the app that brings wins in and takes them out; the work is done in threads."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from textual import on, work
from textual.message import Message
from textual.worker import Worker, get_current_worker

from data.base.errors import SmallWinsError
from data.base.formatting import plural
from tui.app.journal_app import JournalApp
from tui.app.save_queue import Task

if TYPE_CHECKING:
    from data.exchange.importing.normalize import ImportContents
    from data.storage.store import Saved
    from tui.dialogs.exchange.export_form import ExportRequest
    from tui.dialogs.exchange.export_progress import ExportProgress


_PROGRESS_FROM: Final = 2_000
"""Wins from which on an export shows how far it is."""


class StoppedError(Exception):
    """The person stopped an export."""


class ExchangeApp(JournalApp):
    """Shows the dialogs of import and export, and does what they return."""

    _writing: "ExportProgress | None" = None

    class Exporting(Message):
        """Some of an export is made.

        Attributes:
            share: How much, 0 to 1.
        """

        def __init__(self, share: float) -> None:
            super().__init__()
            self.share = share

    class Exported(Message):
        """An export has come to its end.

        Attributes:
            said: What was written, and where; or that it was stopped.
            error: Why it was not, or None.
        """

        def __init__(self, said: str, error: SmallWinsError | None = None) -> None:
            super().__init__()
            self.said = said
            self.error = error

    def action_import_wins(self) -> None:
        """Open the dialog that brings wins in."""
        from tui.dialogs.exchange.import_form import ImportForm  # noqa: PLC0415 - dialogs are imported when they open

        self.push_screen(ImportForm(self.journal, self.clock, Path.home()), self._chosen_import)

    def _chosen_import(self, found: "ImportContents | None") -> None:
        """Bring in what a file holds; not shown before it is saved, for it may be long."""
        if found is None:
            return
        self._made.clear()
        self._taken_back.clear()
        self.say("Bringing it in…")
        self._ask(Task("import", partial(self._bring_in, found), again=False))

    def _bring_in(self, found: "ImportContents") -> "Saved":
        from data.exchange.importing.plan import add_new, describe_plan, plan_import  # noqa: PLC0415 - as above

        store = self._saver.store
        plan = plan_import(found, store.journal)
        store.back_up("import")
        saved = store.change("import", add_new(found))
        self.call_from_thread(self.say, f"{describe_plan(plan)} u takes it back.")
        return saved

    def action_export(self) -> None:
        """Open the dialog that takes wins out."""
        from tui.dialogs.exchange.export_form import ExportForm  # noqa: PLC0415 - as above

        self.push_screen(ExportForm(self.journal, self.today, Path.home()), self._chosen_export)

    def _chosen_export(self, request: "ExportRequest | None") -> None:
        """Write in a thread; beside a bar where it is long, so that it can be seen and stopped."""
        if request is None:
            return
        count = len(request.wanted.select(self.journal))
        if count < _PROGRESS_FROM:
            self.say("Writing…")
            self._export(request, count)
            return
        from tui.dialogs.exchange.export_progress import ExportProgress  # noqa: PLC0415 - as above

        worker = self._export(request, count)
        self._writing = ExportProgress(plural(count, "win"))
        self.push_screen(self._writing, lambda done: self._stop(worker) if not done else None)

    def _stop(self, worker: Worker[None]) -> None:
        """Ask the thread to stop; it says itself what came of it, for it may just have put the file in its place."""
        worker.cancel()
        self._writing = None

    @work(thread=True, group="export")
    def _export(self, request: "ExportRequest", count: int) -> None:
        from data.exchange.registry import Export, write_format  # noqa: PLC0415 - as above
        from data.files.export_file import write_export  # noqa: PLC0415 - as above

        try:
            export = Export(
                journal=self.journal,
                wanted=request.wanted,
                today=self.today,
                settings=self.settings,
                progress=self._seen,
            )
            text = write_format(request.kind).write(export)
            self._seen(1.0)
            write_export(request.path, text.encode(), journal=self._saver.store.path, force=request.force)
        except StoppedError:
            self.post_message(self.Exported("Stopped. Nothing was written."))
        except SmallWinsError as error:
            self.post_message(self.Exported("", error))
        else:
            self.post_message(self.Exported(f"{plural(count, 'win')} written to {request.path}"))

    def _seen(self, share: float) -> None:
        """Tell how much is done, unless nobody waits for it any more.

        Raises:
            StoppedError: The person stopped it, or left.
        """
        if get_current_worker().is_cancelled:
            raise StoppedError
        self.post_message(self.Exporting(share))

    @on(Exporting)
    def _exporting(self, message: Exporting) -> None:
        if self._writing is not None:
            self._writing.share = message.share

    @on(Exported)
    def _exported(self, message: Exported) -> None:
        if self._writing is not None:
            self._writing.dismiss(True)
            self._writing = None
        if message.error is not None:
            self.complain(message.error)
        else:
            self.say(message.said)

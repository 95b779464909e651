"""Exporting wins: the dialog, and the work in a thread beside a bar that shows how far it is."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from textual.worker import Worker, get_current_worker

from data.base.errors import SmallWinsError
from data.base.formatting import plural
from tui.app.host import JournalHost

if TYPE_CHECKING:
    from tui.dialogs.exchange.export_form import ExportRequest
    from tui.dialogs.exchange.export_progress import ExportProgress

_PROGRESS_FROM: Final = 2_000
"""Wins from which on an export shows how far it is."""


class StoppedError(Exception):
    """The person stopped an export."""


class Exporter:
    """Asks what to export, and writes it.

    Args:
        host: The app.
    """

    def __init__(self, host: JournalHost) -> None:
        self._host = host
        self._progress: ExportProgress | None = None

    def ask(self) -> None:
        """Open the dialog."""
        from tui.dialogs.exchange.export_form import ExportForm  # noqa: PLC0415 - dialogs are imported when they open

        self._host.push_screen(ExportForm(self._host.journal, self._host.today, Path.home()), self._chosen)

    def _chosen(self, request: "ExportRequest | None") -> None:
        """Write in a thread; beside a bar where it is long, so that it can be seen and stopped."""
        if request is None:
            return
        count = len(request.wanted.select(self._host.journal))
        work = partial(self._export, request, count)
        if count < _PROGRESS_FROM:
            self._host.say("Exporting…")
            self._host.run_worker(work, thread=True, group="export", exclusive=False)
            return
        from tui.dialogs.exchange.export_progress import ExportProgress  # noqa: PLC0415 - as above

        worker = self._host.run_worker(work, thread=True, group="export", exclusive=False)
        self._progress = ExportProgress(plural(count, "win"))
        self._host.push_screen(self._progress, lambda done: self._stop(worker) if not done else None)

    def _stop(self, worker: Worker[None]) -> None:
        """Ask the thread to stop; it says itself what came of it, for it may just have put the file in its place."""
        worker.cancel()
        self._progress = None

    def _export(self, request: "ExportRequest", count: int) -> None:
        from data.exchange.registry import Export, write_format  # noqa: PLC0415 - as above
        from data.files.export_file import write_export  # noqa: PLC0415 - as above

        host = self._host
        try:
            export = Export(
                journal=host.journal,
                wanted=request.wanted,
                today=host.today,
                settings=host.settings,
                private=request.private,
                progress=self.progress,
            )
            text = write_format(request.kind).write(export)
            self.progress(1.0)
            written = write_export(request.path, text.encode(), journal=host.path, force=request.force)
        except StoppedError:
            host.call_later(self._finished, "Stopped. Nothing was written.")
        except SmallWinsError as error:
            host.call_later(self._finished, "", error)
        else:
            host.call_later(self._finished, written.describe(f"Exported {plural(count, 'win')} to"))

    def progress(self, share: float) -> None:
        """Show how much is done, unless nobody waits for it any more.

        Raises:
            StoppedError: The person stopped it, or quit.
        """
        if get_current_worker().is_cancelled:
            raise StoppedError
        self._host.call_later(self._show, share)

    def _show(self, share: float) -> None:
        if self._progress is not None:
            self._progress.share = share

    def _finished(self, said: str, error: SmallWinsError | None = None) -> None:
        if self._progress is not None:
            self._progress.dismiss(True)
            self._progress = None
        if error is not None:
            self._host.complain(error)
        else:
            self._host.say(said)

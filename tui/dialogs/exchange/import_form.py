"""Importing wins: files are chosen, read in a thread, and shown before anything is changed."""

from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar, Final

from msgspec import structs
from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Button, DirectoryTree, Input, Label, OptionList, ProgressBar
from textual.worker import get_current_worker

from data.base.dates import parse_past
from data.base.errors import SmallWinsError
from data.exchange.importer import files_of, read_files
from data.exchange.importing.entry import ColumnsError, ReadOptions
from data.exchange.importing.normalize import ImportContents
from data.exchange.importing.plan import ImportPlan, describe_plan, plan_import
from data.model.journal import Journal
from tui.dialogs.dialog import DIALOG_STYLES, Dialog
from tui.dialogs.exchange.file_tree import FileTree
from tui.dialogs.exchange.preview import preview_lines
from tui.dialogs.exchange.read_options import ReadOptionFields
from tui.dialogs.exchange.typed_paths import typed_paths
from tui.system.clock import Clock, utc
from widgets.base.text_input import TextInput

_UTF8: Final = ("", "utf-8", "utf-8-sig")
"""Encodings that nobody has to be asked about."""
_FORMATS: Final = "Markdown, text, CSV, Org, todo.txt, jrnl, Day One, Taskwarrior, Trello, Keep, JSON; or a folder."
_ADJUST: Final = "Adjust the options above, then press Enter."


class _CancelledError(Exception):
    """The person does not wait for this file any more."""


class ImportForm(Dialog[ImportContents | None]):
    """Returns what files hold, to be imported, or None."""

    CSS_PATH: ClassVar = [DIALOG_STYLES, "exchange.tcss"]
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "save", "import", id="import.save", priority=True, tooltip="Import these wins"),
        Binding("escape", "back", "back", id="import.back", tooltip="Back to the files, or cancel"),
    ]

    class ReadProgress(Message):
        """Some of the files is read.

        Attributes:
            share: How much, 0 to 1.
        """

        def __init__(self, share: float) -> None:
            super().__init__()
            self.share = share

    class FileRead(Message):
        """The files are read.

        Attributes:
            found: What they hold.
            plan: What importing it would do.
        """

        def __init__(self, found: ImportContents, plan: ImportPlan) -> None:
            super().__init__()
            self.found = found
            self.plan = plan

    class ReadFailed(Message):
        """The files can't be read.

        Attributes:
            problem: Why, and what to do.
            columns: The names of a table's columns; none when it is not a table.
            options: How it was to be read.
        """

        def __init__(self, problem: str, columns: Sequence[str], options: ReadOptions) -> None:
            super().__init__()
            self.problem = problem
            self.columns = columns
            self.options = options

    def __init__(self, journal: Journal, clock: Clock, folder: Path) -> None:
        """Make the dialog.

        Args:
            journal: To hold the files against.
            clock: Gives the moment.
            folder: Where to begin to look for files.
        """
        super().__init__()
        self._journal = journal
        self._clock = clock
        self._folder = folder
        self._found: ImportContents | None = None
        self._typed = ""
        self._focus = "preview"

    def compose(self) -> ComposeResult:
        """Yield the files, and room for the preview."""
        with Vertical(classes="dialog form exchange"):
            yield Label("Import", classes="dialog--title")
            yield TextInput(placeholder="Path of a file or folder, or choose one below", id="path", compact=True)
            yield TextInput(placeholder="Date for entries without one, such as yesterday", id="on", compact=True)
            yield FileTree(self._folder)
            yield ReadOptionFields(classes="exchange--fields")
            yield OptionList(id="preview", compact=True, markup=False)
            yield ProgressBar(total=1.0, show_eta=False)
            yield Label(id="said", classes="form--aside", markup=False)
            with Horizontal(classes="dialog--buttons"):
                yield Button("Import (ctrl+s)", id="save", compact=True)
                yield Button("Back (esc)", id="back", compact=True)

    def on_mount(self) -> None:
        """Begin with the files."""
        self._choose()

    def _choose(self, said: str = "") -> None:
        """Show the files, and what there is to say about the last one."""
        self._found = None
        self._show("path", said or _FORMATS)

    def _show(self, what: str, said: str) -> None:
        choosing = what == "path"
        for name in ("#path", "#on", "FileTree"):
            self.query_one(name).display = choosing
        self.query_one(ReadOptionFields).display = False
        self.query_one("#back", Button).label = "Cancel (esc)" if choosing else "Back (esc)"
        self.query_one(OptionList).display = what == "preview"
        self.query_one(ProgressBar).display = what == "progress"
        self.query_one("#save", Button).display = what == "preview"
        self.query_one("#said", Label).update(said)
        if what != "progress":
            self.query_one(f"#{what}").focus()

    @on(DirectoryTree.FileSelected)
    def _file_selected(self, event: DirectoryTree.FileSelected) -> None:
        self.query_one("#path", Input).value = str(event.path)
        self._focus = "preview"
        self._start()

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        self._focus = str(event.input.id) if event.input.parent is self.query_one(ReadOptionFields) else "preview"
        self._start()

    def _start(self) -> None:
        """Read the files that are named, unless what was said about them can't be understood."""
        typed = self.query_one("#path", Input).value
        if typed != self._typed:
            self._typed = typed
            self.query_one(ReadOptionFields).clear()
        undated = self.query_one("#on", Input).value.strip()
        try:
            options = self.query_one(ReadOptionFields).options
            if undated:
                options = structs.replace(options, undated=parse_past(undated, self._clock().date()))
        except SmallWinsError as error:
            self._say_where_it_was_typed(str(error))
            return
        self.query_one(ProgressBar).update(progress=0)
        self._show("progress", "Reading…")
        self._read(typed_paths(typed), options)

    def _say_where_it_was_typed(self, problem: str) -> None:
        if self.query_one(ReadOptionFields).display:
            self.query_one("#said", Label).update(problem)
        else:
            self._choose(problem)

    @work(thread=True, exclusive=True, group="import")
    def _read(self, paths: Sequence[Path], options: ReadOptions) -> None:
        try:
            now = self._clock()
            found = read_files(files_of(paths, plain=True), options, now.date(), utc(now), self._report)
            plan = plan_import(found, self._journal)
        except _CancelledError:
            return
        except ColumnsError as error:
            self.post_message(self.ReadFailed(error.message, error.columns, options))
        except SmallWinsError as error:
            self.post_message(self.ReadFailed(str(error), (), options))
        except OSError as error:
            self.post_message(self.ReadFailed(f"Can't be read: {error.strerror or 'unknown reason'}.", (), options))
        else:
            self.post_message(self.FileRead(found, plan))

    def _report(self, share: float) -> None:
        if get_current_worker().is_cancelled:
            raise _CancelledError
        self.post_message(self.ReadProgress(share))

    @on(ReadProgress)
    def _progressed(self, message: ReadProgress) -> None:
        self.query_one(ProgressBar).update(progress=message.share)

    @on(ReadFailed)
    def _failed(self, message: ReadFailed) -> None:
        """Go back to the files, or ask how to read this one where that can help."""
        options = message.options
        if not (message.columns or options.encoding or options.dates):
            self._choose(message.problem)
            return
        self._found = None
        self.query_one(OptionList).clear_options()
        self._show("preview", f"{message.problem} {_ADJUST}")
        self.query_one("#save", Button).display = False
        self._ask(message.columns, options.encoding or "detected", "columns" if message.columns else "encoding")

    def _ask(self, columns: Sequence[str], encoding: str, focus: str) -> None:
        """Ask how to read the file, beside what there is of it."""
        fields = self.query_one(ReadOptionFields)
        fields.offer(columns, encoding)
        fields.display = True
        self.query_one(f"#{focus}").focus()

    @on(FileRead)
    def _was_read(self, message: FileRead) -> None:
        """Show what would be new, what is there already, and what can't be imported."""
        found, plan = message.found, message.plan
        preview = self.query_one(OptionList)
        preview.clear_options()
        preview.add_options(list(preview_lines(plan)))
        self._found = None if plan.is_empty else found
        self._show("preview", f"{describe_plan(plan)}{f' {_ADJUST}' if plan.refused else ''}")
        if found.columns or found.encoding not in _UTF8 or plan.refused:
            self._ask(found.columns, found.encoding or "detected", self._focus)
        save = self.query_one("#save", Button)
        save.disabled = plan.is_empty
        save.label = Content(f"Import {len(plan.new_wins) + len(plan.changed):,} (ctrl+s)")

    @on(Button.Pressed, "#save")
    def action_save(self) -> None:
        """Return what the files hold, once it was shown."""
        if self._found is not None:
            self.dismiss(self._found)

    @on(Button.Pressed, "#back")
    def action_back(self) -> None:
        """Go back to the files, or cancel."""
        if self.query_one(FileTree).display:
            self.dismiss(None)
        else:
            self.workers.cancel_group(self, "import")
            self._choose()

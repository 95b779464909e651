"""Bringing wins in: a file is chosen, read in a thread, and shown before anything is changed."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import ClassVar, Final

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
from data.base.text import clean_text
from data.exchange.formats.csv_table import column_names
from data.exchange.importing.entry import ImportItem, Reading, ReadOptions, Refused
from data.exchange.importing.normalize import ImportContents, normalize_items
from data.exchange.importing.plan import ImportPlan, describe_plan, plan_import
from data.exchange.importing.source import read_source
from data.exchange.registry import detect_format, read_format
from data.model.journal import Journal
from data.model.records import Win
from tui.dialogs.dialog import DIALOG_STYLES, Dialog
from tui.dialogs.exchange.file_tree import FileTree
from tui.dialogs.exchange.read_options import Manner, ReadOptionFields
from tui.system.clock import Clock, local_day, utc
from widgets.base.text_input import TextInput

_MAX_SHOWN: Final = 200
"""Lines of each kind in the preview; the count says how many there are."""
_PROGRESS_STEPS: Final = 100
"""How often a progress bar moves from its start to its end."""


_UNICODE: Final = ("utf-8", "utf-8-sig")
"""Encodings that nobody has to be asked about."""

_ADJUST: Final = "Say above how to read it, then enter."


class ImportForm(Dialog[ImportContents | None]):
    """Returns what a file holds, to be brought in, or None."""

    CSS_PATH: ClassVar = [DIALOG_STYLES, "exchange.tcss"]
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "bring_in", "bring in", id="import.save", priority=True, tooltip="Bring these wins in"),
        Binding("escape", "back", "back", id="import.back", tooltip="Back to the files, or leave"),
    ]

    class ReadProgress(Message):
        """Some of the file is read.

        Attributes:
            share: How much, 0 to 1.
        """

        def __init__(self, share: float) -> None:
            super().__init__()
            self.share = share

    class FileRead(Message):
        """The file is read.

        Attributes:
            found: What it holds.
            plan: What bringing it in would do.
            title: The format it is in.
            header: The names of its columns; none when it is no table.
            encoding: As which it was read.
        """

        def __init__(
            self, found: ImportContents, plan: ImportPlan, title: str, header: list[str], encoding: str
        ) -> None:
            super().__init__()
            self.found = found
            self.plan = plan
            self.title = title
            self.header = header
            self.encoding = encoding

    class ReadFailed(Message):
        """The file can't be read.

        Attributes:
            problem: Why, and what to do.
            header: The names of its columns; none when it is no table.
            manner: What the person said about how to read it.
        """

        def __init__(self, problem: str, header: list[str], manner: Manner) -> None:
            super().__init__()
            self.problem = problem
            self.header = header
            self.manner = manner

    def __init__(self, journal: Journal, clock: Clock, folder: Path) -> None:
        """Make the dialog.

        Args:
            journal: To hold the file against.
            clock: Gives the moment.
            folder: Where to begin to look for files.
        """
        super().__init__()
        self._journal = journal
        self._clock = clock
        self._folder = folder
        self._found: ImportContents | None = None
        self._path: Path | None = None
        self._focus = "preview"

    def compose(self) -> ComposeResult:
        """Yield the files, and room for the preview."""
        with Vertical(classes="dialog form exchange"):
            yield Label("Bring wins in", classes="dialog--title")
            yield TextInput(placeholder="Path of a file, or choose one below", id="path", compact=True)
            yield TextInput(placeholder="Date for those without one, such as yesterday", id="on", compact=True)
            yield FileTree(self._folder)
            yield ReadOptionFields(classes="exchange--fields")
            yield OptionList(id="preview", compact=True, markup=False)
            yield ProgressBar(total=1.0, show_eta=False)
            yield Label(id="said", classes="form--aside", markup=False)
            with Horizontal(classes="dialog--buttons"):
                yield Button("Back (esc)", id="back", compact=True)
                yield Button("Bring in (ctrl+s)", id="save", compact=True)

    def on_mount(self) -> None:
        """Begin with the files."""
        self._choose()

    def _choose(self, said: str = "") -> None:
        """Show the files, and what there is to say about the last one."""
        self._found = None
        self._show("path", said or "JSON of smallwins, CSV, Markdown, jrnl, Taskwarrior, todo.txt, Day One.")

    def _show(self, what: str, said: str) -> None:
        choosing = what == "path"
        for name in ("#path", "#on", "FileTree"):
            self.query_one(name).display = choosing
        self.query_one(ReadOptionFields).display = False
        self.query_one("#back", Button).label = "Leave (esc)" if choosing else "Back (esc)"
        self.query_one(OptionList).display = what == "preview"
        self.query_one(ProgressBar).display = what == "progress"
        self.query_one("#save", Button).display = what == "preview"
        self.query_one("#said", Label).update(said)
        if what != "progress":
            self.query_one(f"#{what}").focus()

    @on(DirectoryTree.FileSelected)
    def _picked(self, event: DirectoryTree.FileSelected) -> None:
        self.query_one("#path", Input).value = str(event.path)
        self._focus = "preview"
        self._start()

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        self._focus = str(event.input.id) if event.input.parent is self.query_one(ReadOptionFields) else "preview"
        self._start()

    def _start(self) -> None:
        """Read the file that is named, unless what was said about it can't be understood."""
        path = Path(self.query_one("#path", Input).value.strip() or ".").expanduser()
        if path != self._path:
            self._path = path
            self.query_one(ReadOptionFields).clear()
        try:
            undated, manner = self._undated(), self.query_one(ReadOptionFields).manner
        except SmallWinsError as error:
            self._say_where_it_was_typed(str(error))
            return
        self.query_one(ProgressBar).update(progress=0)
        self._show("progress", "Reading…")
        self._read(path, undated, manner)

    def _undated(self) -> date | None:
        typed = self.query_one("#on", Input).value.strip()
        return parse_past(typed, self._clock().date()) if typed else None

    def _say_where_it_was_typed(self, problem: str) -> None:
        if self.query_one(ReadOptionFields).display:
            self.query_one("#said", Label).update(problem)
        else:
            self._choose(problem)

    @work(thread=True, exclusive=True, group="import")
    def _read(self, path: Path, undated: date | None, manner: Manner) -> None:
        columns: list[str] = []
        try:
            source = read_source(path, manner.encoding)
            chosen = read_format("csv") if manner.columns else detect_format(source)
            columns = column_names(source) if chosen.name == "csv" else []
            reading = chosen.read(source, ReadOptions(local=local_day, columns=manner.columns, dates=manner.dates))
            now = self._clock()
            found = normalize_items(self._watched(reading), chosen.name, now.date(), utc(now), undated)
            plan = plan_import(found, self._journal)
        except SmallWinsError as error:
            self.post_message(self.ReadFailed(error.message if columns else str(error), columns, manner))
        except OSError as error:
            self.post_message(
                self.ReadFailed(f"It can't be read: {error.strerror or 'no reason given'}.", [], Manner())
            )
        else:
            self.post_message(self.FileRead(found, plan, chosen.title, columns, source.encoding))

    def _watched(self, reading: Reading) -> Iterator[ImportItem]:
        worker, step, at = get_current_worker(), max(1, reading.total // _PROGRESS_STEPS), 0
        for item in reading.items:
            if item.line - at >= step:
                at = item.line
                self.post_message(self.ReadProgress(at / max(1, reading.total)))
            if worker.is_cancelled:
                return
            yield item

    @on(ReadProgress)
    def _moved(self, message: ReadProgress) -> None:
        self.query_one(ProgressBar).update(progress=message.share)

    @on(ReadFailed)
    def _failed(self, message: ReadFailed) -> None:
        """Go back to the files, or ask how to read this one where that can mend it."""
        if not (message.header or message.manner.encoding):
            self._choose(message.problem)
            return
        self._found = None
        self.query_one(OptionList).clear_options()
        self._show("preview", f"{message.problem} {_ADJUST}")
        self.query_one("#save", Button).display = False
        self._ask(message.header, message.manner.encoding or "found out", "columns" if message.header else "encoding")

    def _ask(self, columns: list[str], encoding: str, focus: str) -> None:
        """Ask how to read the file, beside what there is of it."""
        fields = self.query_one(ReadOptionFields)
        fields.offer(columns, encoding)
        fields.display = True
        self.query_one(f"#{focus}").focus()

    @on(FileRead)
    def _was_read(self, message: FileRead) -> None:
        """Show what would be new, what is there already, and what can't be taken."""
        plan = message.plan
        preview = self.query_one(OptionList)
        preview.clear_options()
        preview.add_options(list(preview_lines(plan)))
        self._found = message.found if plan.new else None
        mend = f" {_ADJUST}" if message.header and plan.refused else ""
        self._show("preview", f"{message.title}: {describe_plan(plan)}{mend}")
        if message.header or message.encoding not in _UNICODE:
            self._ask(message.header, message.encoding, self._focus)
        save = self.query_one("#save", Button)
        save.disabled = not plan.new
        save.label = Content(f"Bring in {len(plan.new_wins):,} (ctrl+s)")

    @on(Button.Pressed, "#save")
    def _save_pressed(self) -> None:
        self.action_bring_in()

    @on(Button.Pressed, "#back")
    def _back_pressed(self) -> None:
        self.action_back()

    def action_bring_in(self) -> None:
        """Return what the file holds, once it was shown."""
        if self._found is not None:
            self.dismiss(self._found)

    def action_back(self) -> None:
        """Go back to the files, or leave."""
        if self.query_one(FileTree).display:
            self.dismiss(None)
        else:
            self.workers.cancel_group(self, "import")
            self._choose()


def preview_lines(plan: ImportPlan) -> Iterator[Content]:
    """Yield the lines of the preview: what can't be taken first, then what is new, then what is there already."""
    shown = (plan.refused, plan.new_wins, plan.duplicates)
    width = max((len(str(_line(one))) for found in shown for one in found[:_MAX_SHOWN]), default=1)
    rows = [f"refused    {one.line:>{width}}  {one.reason}" for one in plan.refused[:_MAX_SHOWN]]
    yield from _some(rows, len(plan.refused))
    for word, found in (("new", plan.new_wins), ("duplicate", plan.duplicates)):
        rows = [f"{word:<9}  {line:>{width}}  {win.happened_on}  {win.title}" for line, win in found[:_MAX_SHOWN]]
        yield from _some(rows, len(found))


def _line(one: Refused | tuple[int, Win]) -> int:
    return one.line if isinstance(one, Refused) else one[0]


def _some(rows: list[str], count: int) -> Iterator[Content]:
    yield from (Content(clean_text(row)) for row in rows)
    if count > _MAX_SHOWN:
        yield Content(f"           and {count - _MAX_SHOWN:,} more")

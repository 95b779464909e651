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
from textual.screen import ModalScreen
from textual.widgets import Button, DirectoryTree, Input, Label, OptionList, ProgressBar
from textual.worker import get_current_worker

from data.dates import parse_past
from data.errors import SmallWinsError
from data.exchange import formats
from data.exchange.entry import Item, Reading, Wishes
from data.exchange.gathering import Gathered, gather
from data.exchange.plan import Plan, fit, told
from data.exchange.source import read_source
from data.journal import Journal
from data.text import clean_text
from tui.clock import Clock, local_day, utc
from tui.screens.file_tree import FileTree

SHOWN: Final = 200
"""Lines of each kind in the preview; the count says how many there are."""
STEPS: Final = 100
"""How often a progress bar moves from its start to its end."""


class ImportForm(ModalScreen[Gathered | None]):
    """Returns what a file holds, to be brought in, or None."""

    CSS_PATH = "exchange.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "bring_in", "bring in", id="import.save", priority=True, tooltip="Bring these wins in"),
        Binding("escape", "back", "back", id="import.back", tooltip="Back to the files, or leave"),
    ]

    class Moved(Message):
        """Some of the file is read.

        Attributes:
            share: How much, 0 to 1.
        """

        def __init__(self, share: float) -> None:
            super().__init__()
            self.share = share

    class Read(Message):
        """The file is read.

        Attributes:
            found: What it holds.
            plan: What bringing it in would do.
            title: The format it is in.
        """

        def __init__(self, found: Gathered, plan: Plan, title: str) -> None:
            super().__init__()
            self.found = found
            self.plan = plan
            self.title = title

    class Failed(Message):
        """The file can't be read.

        Attributes:
            problem: Why, and what to do.
        """

        def __init__(self, problem: str) -> None:
            super().__init__()
            self.problem = problem

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
        self._found: Gathered | None = None

    def compose(self) -> ComposeResult:
        """Yield the files, and room for the preview."""
        with Vertical(classes="dialog form exchange"):
            yield Label("Bring wins in", classes="dialog--title")
            yield Input(placeholder="Path of a file, or choose one below", id="path", compact=True)
            yield Input(placeholder="Date for those without one, such as yesterday", id="on", compact=True)
            yield FileTree(self._folder)
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
        self.query_one(OptionList).display = what == "preview"
        self.query_one(ProgressBar).display = what == "progress"
        self.query_one("#save", Button).display = what == "preview"
        self.query_one("#said", Label).update(said)
        if what != "progress":
            self.query_one(f"#{what}").focus()

    @on(DirectoryTree.FileSelected)
    def _picked(self, event: DirectoryTree.FileSelected) -> None:
        self.query_one("#path", Input).value = str(event.path)
        self._start()

    @on(Input.Submitted)
    def _start(self) -> None:
        """Read the file that is named, unless its date can't be understood."""
        typed = self.query_one("#on", Input).value.strip()
        try:
            undated = parse_past(typed, self._clock().date()) if typed else None
        except SmallWinsError as error:
            self._choose(str(error))
            return
        path = Path(self.query_one("#path", Input).value.strip() or ".").expanduser()
        self.query_one(ProgressBar).update(progress=0)
        self._show("progress", "Reading…")
        self._read(path, undated)

    @work(thread=True, exclusive=True, group="import")
    def _read(self, path: Path, undated: date | None) -> None:
        try:
            source = read_source(path)
            chosen = formats.detect(source)
            reading = chosen.read(source, Wishes(local=local_day))
            now = self._clock()
            found = gather(self._watched(reading), chosen.name, now.date(), utc(now), undated)
            plan = fit(found, self._journal)
        except SmallWinsError as error:
            self.post_message(self.Failed(str(error)))
        except OSError as error:
            self.post_message(self.Failed(f"It can't be read: {error.strerror or 'no reason given'}."))
        else:
            self.post_message(self.Read(found, plan, chosen.title))

    def _watched(self, reading: Reading) -> Iterator[Item]:
        worker, step, at = get_current_worker(), max(1, reading.total // STEPS), 0
        for item in reading.items:
            if item.line - at >= step:
                at = item.line
                self.post_message(self.Moved(at / max(1, reading.total)))
            if worker.is_cancelled:
                return
            yield item

    @on(Moved)
    def _moved(self, message: Moved) -> None:
        self.query_one(ProgressBar).update(progress=message.share)

    @on(Failed)
    def _failed(self, message: Failed) -> None:
        self._choose(message.problem)

    @on(Read)
    def _was_read(self, message: Read) -> None:
        """Show what would be new, what is there already, and what can't be taken."""
        plan = message.plan
        preview = self.query_one(OptionList)
        preview.clear_options()
        preview.add_options(list(lines(plan)))
        self._found = message.found if plan.new else None
        self._show("preview", f"{message.title}: {told(plan)}")
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


def lines(plan: Plan) -> Iterator[Content]:
    """Yield the lines of the preview: what can't be taken first, then what is new, then what is there already."""
    yield from _some([f"refused   {one.line:>6}  {one.reason}" for one in plan.refused[: SHOWN + 1]], len(plan.refused))
    for word, found in (("new", plan.new_wins), ("duplicate", plan.duplicates)):
        rows = [f"{word:<9} {line:>6}  {win.happened_on}  {win.title}" for line, win in found[: SHOWN + 1]]
        yield from _some(rows, len(found))


def _some(rows: list[str], count: int) -> Iterator[Content]:
    yield from (Content(clean_text(row)) for row in rows[:SHOWN])
    if count > SHOWN:
        yield Content(f"          and {count - SHOWN:,} more")

"""Taking wins out: which, in which format, and where."""

import os
from datetime import date
from functools import partial
from pathlib import Path
from typing import ClassVar, Final

from msgspec import Struct, structs
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Grid, Horizontal, Vertical
from textual.content import Content
from textual.widgets import Button, DirectoryTree, Input, Label, Select

from data.base.dates import parse_date
from data.base.errors import SmallWinsError
from data.base.formatting import plural
from data.base.text import clean_line
from data.exchange.registry import WRITE_FORMATS, format_for_suffix, write_format
from data.model.journal import Journal
from data.search.filters import Filter, VerdictName
from tui.dialogs.confirm import Confirm
from tui.dialogs.dialog import DIALOG_STYLES, Dialog
from tui.dialogs.exchange.file_tree import FileTree
from widgets.base.text_input import TextInput

_FORMATS: Final = tuple((one.title, one.name) for one in WRITE_FORMATS)
_WHICH: Final[tuple[tuple[str, VerdictName | str], ...]] = (
    ("real ones on a sheet, else all", ""),
    ("real wins", "real"),
    ("cotton candy", "candy"),
    ("not sorted yet", "unsorted"),
    ("all wins", "all"),
)
_ANY: Final = ""


def home_path(path: Path) -> str:
    """Return a path as people write it: "~" for their home, so that the name of the file is in sight."""
    home = Path.home()
    return f"~{os.sep}{path.relative_to(home)}" if path.is_relative_to(home) else str(path)


class ExportRequest(Struct, frozen=True):
    """What to take out.

    Attributes:
        kind: The format.
        wanted: Which wins.
        path: Where to.
        force: Whether to replace a file that is there.
    """

    kind: str
    wanted: Filter
    path: Path
    force: bool = False


class ExportForm(Dialog[ExportRequest | None]):
    """Returns what is to be taken out, or None."""

    CSS_PATH: ClassVar = [DIALOG_STYLES, "exchange.tcss"]
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "write", "write", id="export.save", priority=True, tooltip="Write the file"),
        Binding("escape", "leave", "leave", id="export.leave", tooltip="Leave without a file"),
    ]

    def __init__(self, journal: Journal, today: date, folder: Path) -> None:
        """Make the dialog.

        Args:
            journal: For its goals.
            today: The local date, for the name of the file.
            folder: Where the file goes, unless another folder is chosen.
        """
        super().__init__()
        goals = [goal for goal in journal.goals.values() if goal.archived_at is None]
        self._goals = [(Content(clean_line(goal.name)), goal.id) for goal in goals]
        self._journal = journal
        self._today = today
        self._folder = folder

    def compose(self) -> ComposeResult:
        """Yield one line for each choice, and the folders."""
        with Vertical(classes="dialog form exchange"):
            yield Label("Take wins out", classes="dialog--title")
            with Grid(classes="exchange--fields"):
                yield Label("Format")
                yield Select(_FORMATS, value="html", allow_blank=False, id="kind", compact=True)
                yield Label("Which")
                yield Select(_WHICH, value=_ANY, allow_blank=False, id="which", compact=True)
                yield Label("Goal")
                yield Select(
                    [("every goal", _ANY), *self._goals], value=_ANY, allow_blank=False, id="goal", compact=True
                )
                yield Label("Since")
                yield TextInput(placeholder="the beginning, or such as 2026-09-01", id="since", compact=True)
                yield Label("File")
                yield TextInput(home_path(self._folder / f"smallwins-{self._today}.html"), id="path", compact=True)
            yield FileTree(self._folder, folders_only=True)
            yield Label(id="said", classes="form--aside", markup=False)
            with Horizontal(classes="dialog--buttons"):
                yield Button("Leave (esc)", id="leave", compact=True)
                yield Button("Write (ctrl+s)", id="save", compact=True)

    @property
    def _path(self) -> Path:
        return Path(self.query_one("#path", Input).value.strip()).expanduser()

    @on(Select.Changed)
    def _chosen(self) -> None:
        """Let the end of the file's name follow the format, and say how many wins that is."""
        kind = str(self.query_one("#kind", Select).value)
        named = format_for_suffix(self._path.suffix)
        if named is not None and named.name != kind:
            self.query_one("#path", Input).value = home_path(self._path.with_suffix(write_format(kind).suffixes[0]))
        self._count()

    @on(Input.Changed, "#since")
    def _count(self) -> None:
        request = self._request()
        if isinstance(request, str):
            self._say(request)
        else:
            self._say(f"{plural(len(request.wanted.select(self._journal)), 'win')}. Only you can read the file.")

    def _say(self, said: str) -> None:
        self.query_one("#said", Label).update(said)

    @on(DirectoryTree.DirectorySelected)
    def _folder_chosen(self, event: DirectoryTree.DirectorySelected) -> None:
        self.query_one("#path", Input).value = home_path(event.path / self._path.name)

    def _request(self) -> ExportRequest | str:
        """Return what is asked for, or what can't be understood of it."""
        since = self.query_one("#since", Input).value.strip()
        try:
            first = parse_date(since, self._today) if since else None
        except SmallWinsError as error:
            return str(error)
        kind = write_format(str(self.query_one("#kind", Select).value))
        which = str(self.query_one("#which", Select).value) or ("real" if kind.is_sheet else "")
        verdict = next((one for one in ("real", "candy", "unsorted") if one == which), None)
        goal = str(self.query_one("#goal", Select).value) or None
        return ExportRequest(kind.name, Filter(since=first, verdict=verdict, goal=goal), self._path)

    @on(Button.Pressed, "#save")
    @on(Input.Submitted)
    def action_write(self) -> None:
        """Return what is asked for; a file that is there is replaced only after asking."""
        request = self._request()
        if isinstance(request, str):
            self._say(request)
        elif not request.path.parent.is_dir() or request.path.is_dir() or not request.path.name:
            self._say("There is no such folder." if not request.path.is_dir() else "Give the file a name.")
        elif os.path.lexists(request.path):
            again = structs.replace(request, force=True)
            question = Confirm("The file exists. Replace it?", yes="Replace", no="Keep")
            self.app.push_screen(question, partial(self._replace, again))
        else:
            self.dismiss(request)

    def _replace(self, request: ExportRequest, sure: bool | None) -> None:  # noqa: FBT001 - what the dialog returns
        if sure:
            self.dismiss(request)

    @on(Button.Pressed, "#leave")
    def action_leave(self) -> None:
        """Leave without a file."""
        self.dismiss(None)

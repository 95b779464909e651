"""Exporting wins: which, in which format, and where."""

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
from tui.dialogs.exchange.typed_paths import expanded_path
from widgets.base.text_input import TextInput

_FORMATS: Final = tuple((one.title, one.name) for one in WRITE_FORMATS)
_WHICH: Final[tuple[tuple[str, VerdictName | str], ...]] = (
    ("Real wins only", "real"),
    ("Cotton candy", "candy"),
    ("Not sorted yet", "unsorted"),
    ("All wins", "all"),
)
_PRIVATE: Final = (("Left out", ""), ("Included", "private"))
_ANY: Final = ""


def home_path(path: Path) -> str:
    """Return a path as people write it: "~" for their home, so that the name of the file is in sight."""
    home = Path.home()
    return f"~{os.sep}{path.relative_to(home)}" if path.is_relative_to(home) else str(path)


class ExportRequest(Struct, frozen=True):
    """What to export.

    Attributes:
        kind: The name of the format.
        wanted: Which wins.
        path: Where to.
        private: Whether to include stories and reasons of goals.
        force: Whether to replace an existing file.
    """

    kind: str
    wanted: Filter
    path: Path
    private: bool = False
    force: bool = False


class ExportForm(Dialog[ExportRequest | None]):
    """Returns what is to be exported, or None."""

    CSS_PATH: ClassVar = [DIALOG_STYLES, "exchange.tcss"]
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "export", "export", id="export.save", priority=True, tooltip="Write the file"),
        Binding("escape", "cancel", "cancel", id="export.leave", tooltip="Cancel, without a file"),
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
        self._goals: list[tuple[Content, str]] = [
            (Content("Every goal"), _ANY),
            *((Content(clean_line(goal.name)), goal.id) for goal in goals),
        ]
        self._journal = journal
        self._today = today
        self._folder = folder
        self._for_others = True

    def compose(self) -> ComposeResult:
        """Yield one line for each choice, and the folders."""
        with Vertical(classes="dialog form exchange"):
            yield Label("Export", classes="dialog--title")
            with Grid(classes="exchange--fields"):
                yield Label("Format")
                yield Select(_FORMATS, value="html", allow_blank=False, id="kind", compact=True)
                yield Label("Which")
                yield Select(_WHICH, value="real", allow_blank=False, id="which", compact=True)
                yield Label("Goal")
                yield Select(self._goals, value=_ANY, allow_blank=False, id="goal", compact=True)
                yield Label("Stories", classes="-for-others")
                yield Select(_PRIVATE, value="", allow_blank=False, id="private", compact=True, classes="-for-others")
                yield Label("Since")
                yield TextInput(placeholder="the beginning, or such as 2026-09-01", id="since", compact=True)
                yield Label("File")
                yield TextInput(home_path(self._folder / f"smallwins-{self._today}.html"), id="path", compact=True)
            yield FileTree(self._folder, folders_only=True)
            yield Label(id="said", classes="form--aside", markup=False)
            with Horizontal(classes="dialog--buttons"):
                yield Button("Export (ctrl+s)", id="save", compact=True)
                yield Button("Cancel (esc)", id="leave", compact=True)

    @property
    def _path(self) -> Path:
        return expanded_path(self.query_one("#path", Input).value.strip())

    def _value(self, name: str) -> str:
        return str(self.query_one(f"#{name}", Select).value)

    @on(Select.Changed)
    def _chosen(self) -> None:
        """Let what depends on the format follow it, and say how many wins that is."""
        kind = write_format(self._value("kind"))
        path = self._path
        if path.name and format_for_suffix(path.suffix) is not None and path.suffix.lower() not in kind.suffixes:
            self.query_one("#path", Input).value = home_path(path.with_suffix(kind.suffixes[0]))
        if kind.is_for_others != self._for_others:
            self._for_others = kind.is_for_others
            self.query_one("#which", Select).value = "real" if kind.is_for_others else "all"
            for part in self.query(".-for-others"):
                part.display = kind.is_for_others
        self._count()

    @on(Input.Changed, "#since")
    def _count(self) -> None:
        request = self._request()
        if isinstance(request, str):
            self._say(request)
            return
        count = len(request.wanted.select(self._journal))
        own = "" if self._for_others and not request.private else " Stories and reasons are included."
        self._say(f"{plural(count, 'win')}.{own}" if count else "Nothing to export yet.")

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
        verdict = next((one for one in ("real", "candy", "unsorted") if one == self._value("which")), None)
        wanted = Filter(since=first, verdict=verdict, goal=self._value("goal") or None)
        return ExportRequest(self._value("kind"), wanted, self._path, private=bool(self._value("private")))

    @on(Button.Pressed, "#save")
    @on(Input.Submitted)
    def action_export(self) -> None:
        """Return what is asked for; an existing file is replaced only after asking."""
        request = self._request()
        if isinstance(request, str):
            self._say(request)
        elif (problem := _problem_with(request.path)) is not None:
            self._say(problem)
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
    def action_cancel(self) -> None:
        """Cancel, without a file."""
        self.dismiss(None)


def _problem_with(path: Path) -> str | None:
    """Return why nothing can be written there, as far as can be seen before trying."""
    try:
        if path.is_dir() or not path.name:
            return "Give the file a name."
        return None if path.parent.is_dir() else "That folder doesn't exist."
    except OSError as error:
        return f"That folder can't be reached: {(error.strerror or 'unknown reason').lower()}."

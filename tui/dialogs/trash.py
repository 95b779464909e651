"""The trash: deleted wins, to restore or to delete permanently."""

from typing import ClassVar

from msgspec import Struct
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Label, OptionList

from data.base import text
from data.base.formatting import month_year, plural
from data.model.records import Win
from tui.dialogs.confirm import Confirm
from tui.dialogs.dialog import ChoiceList, Dialog, DialogButtons


class TrashChoice(Struct, frozen=True):
    """What to do with the trash: restore one win, or empty it (`restore` is "")."""

    restore: str = ""


class Trash(Dialog[TrashChoice | None]):
    """Lists deleted wins, newest first; returns what to do, or None."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "x",
            "empty",
            "empty trash",
            id="trash.empty",
            tooltip="Delete all of it permanently; asks first",
        ),
        Binding("escape,q", "leave", "close", id="trash.leave", tooltip="Close"),
    ]

    def __init__(self, wins: list[Win]) -> None:
        super().__init__()
        self._wins = wins

    def compose(self) -> ComposeResult:
        """Yield the wins and what can be done with them."""
        with Vertical(classes="dialog picker"):
            yield Label("Trash", classes="dialog--title")
            if self._wins:
                yield ChoiceList()
                yield DialogButtons(("Restore (enter)", "restore"), ("Empty (x)", "empty"), ("Close (esc)", "leave"))
            else:
                yield Label("Trash is empty.", classes="trash--empty")
                yield DialogButtons(("Close (esc)", "leave"))

    def on_mount(self) -> None:
        """List the wins."""
        for choices in self.query(ChoiceList):
            choices.add_options(_row(win) for win in self._wins)
            choices.highlighted = 0
            choices.focus()

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(TrashChoice(self._wins[event.option_index].id))

    def action_restore(self) -> None:
        """Restore the highlighted win."""
        self.query_one(ChoiceList).action_select()

    def action_empty(self) -> None:
        """Empty it, after asking."""
        if self._wins:
            count = plural(len(self._wins), "win")
            question = f"Permanently delete {count}? This can't be undone."
            self.app.push_screen(Confirm(question, yes="Delete", no="Keep"), self._sure)

    def _sure(self, sure: bool | None) -> None:  # noqa: FBT001 - what the dialog returns
        if sure:
            self.dismiss(TrashChoice())

    def action_leave(self) -> None:
        """Close it."""
        self.dismiss(None)


def _row(win: Win) -> Content:
    day = f"{win.happened_on.day:>2} {month_year(win.happened_on)}"
    return Content(f"{day}  {text.clean_line(win.title)}")

"""The trash: what was deleted, to take back or to remove for good."""

from typing import ClassVar

from msgspec import Struct
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Label, OptionList
from textual.widgets.option_list import Option

from data.base import text
from data.base.formatting import month_year, plural
from data.model.records import Win
from tui.dialogs.confirm import Confirm
from tui.dialogs.dialog import Dialog
from widgets.bars.hints import Hints


class TrashChoice(Struct, frozen=True):
    """What to do with the trash: take one win back, or empty it (`restore` is "")."""

    restore: str = ""


class Trash(Dialog[TrashChoice | None]):
    """Lists deleted wins, the latest first; returns what to do, or None."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("x", "empty", "empty", id="trash.empty", tooltip="Remove everything in the trash for good; asks first"),
        Binding("escape,q", "leave", "leave", id="trash.leave", tooltip="Leave the trash as it is"),
    ]

    def __init__(self, wins: list[Win]) -> None:
        super().__init__()
        self._wins = wins

    def compose(self) -> ComposeResult:
        """Yield one line a win."""
        with Vertical(classes="dialog picker"):
            yield Label("Trash", classes="dialog--title")
            if self._wins:
                yield OptionList(*(Option(_row(win), id=win.id) for win in self._wins), compact=True, markup=False)
                yield Hints(("enter", "enter take back"), ("x", "x empty"), ("escape", "esc leave"))
            else:
                yield Label(
                    "Nothing was deleted. d on a card moves it here, and u takes that back at once.",
                    classes="trash--empty",
                )
                yield Hints(("escape", "esc leave"))

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(TrashChoice(event.option_id or ""))

    def action_empty(self) -> None:
        """Ask, and then return that it is to be emptied."""
        if self._wins:
            count = plural(len(self._wins), "win")
            question = f"Remove {count} for good? This can't be undone."
            self.app.push_screen(Confirm(question, yes="Remove", no="Keep"), self._sure)

    def _sure(self, sure: bool | None) -> None:  # noqa: FBT001 - what the dialog returns
        if sure:
            self.dismiss(TrashChoice())

    def action_leave(self) -> None:
        """Leave everything as it is."""
        self.dismiss(None)


def _row(win: Win) -> Content:
    day = f"{win.happened_on.day:>2} {month_year(win.happened_on)}"
    return Content(f"{day}  {text.clean_line(win.title)}")

"""A list that narrows while one types: what `Choose` and `WinPicker` share."""

from abc import abstractmethod
from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Label, OptionList

from tui.dialogs.dialog import ChoiceList, Dialog, DialogButtons
from widgets.base.text_input import TextInput


class Chooser(Dialog[str | None]):
    """Returns the key of what was chosen, or None. Nothing is chosen that doesn't fit what was typed."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "cancel", id="choose.leave", tooltip="Cancel"),
        Binding("up", "move(-1)", show=False, id="choose.up", tooltip="The line above"),
        Binding("down", "move(1)", show=False, id="choose.down", tooltip="The line below"),
        Binding("pageup", "page(-1)", show=False, id="choose.page-up", tooltip="A page up"),
        Binding("pagedown", "page(1)", show=False, id="choose.page-down", tooltip="A page down"),
    ]

    def __init__(self, title: str) -> None:
        super().__init__()
        self._title = title
        self._found: Sequence[tuple[str, Content]] = ()
        self._listed = ""

    @abstractmethod
    def find(self, typed: str) -> Sequence[tuple[str, Content]]:
        """Return the keys that fit what was typed, the likeliest first, and how each is shown; all of them for ""."""

    def start(self) -> int:
        """Return the line to start on."""
        return 0

    def compose(self) -> ComposeResult:
        """Yield the field to type in, and what fits it."""
        with Vertical(classes="dialog picker"):
            yield Label(Content(self._title), classes="dialog--title")
            yield TextInput(placeholder="Type to filter", compact=True)
            yield ChoiceList()
            yield Label("No match", classes="picker--none")
            yield DialogButtons(("Choose (enter)", "choose"), ("Cancel (esc)", "leave"))

    def on_mount(self) -> None:
        """List everything."""
        self._list("")
        if self._found:
            self.query_one(ChoiceList).highlighted = self.start()

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        self._list(event.value)

    def _list(self, typed: str) -> None:
        self._listed = typed
        self._found = self.find(typed)
        choices = self.query_one(ChoiceList)
        choices.set_options(shown for _, shown in self._found)
        choices.highlighted = 0 if self._found else None
        choices.display = bool(self._found)
        self.query_one(".picker--none").display = not self._found

    def action_move(self, lines: int) -> None:
        """Go to another line, and go on typing."""
        self.query_one(ChoiceList).move_highlight(lines)

    def action_page(self, direction: int) -> None:
        """Go to another page of the list, and go on typing."""
        choices = self.query_one(ChoiceList)
        if direction < 0:
            choices.action_page_up()
        else:
            choices.action_page_down()

    @on(Input.Submitted)
    def action_choose(self) -> None:
        """Return what is highlighted; what was typed counts, also what came too fast to be listed."""
        typed = self.query_one(TextInput).value
        if typed != self._listed:
            self._list(typed)
        highlighted = self.query_one(ChoiceList).highlighted
        if highlighted is not None and self._found:
            self.dismiss(self._found[highlighted][0])

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        if event.option_index < len(self._found):
            self.dismiss(self._found[event.option_index][0])

    def action_leave(self) -> None:
        """Return nothing."""
        self.dismiss(None)

"""One question with two answers."""

from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Button, Label

from tui.dialogs.dialog import Dialog


def confirm_discard(form: Dialog[Any], *, text: bool) -> None:
    """Close a form, after asking when it holds text."""

    def answered(sure: bool | None) -> None:  # noqa: FBT001 - what the dialog returns
        if sure:
            form.dismiss(None)

    if text:
        form.app.push_screen(Confirm("Discard what you wrote?", yes="Discard", no="Keep writing"), answered)
    else:
        form.dismiss(None)


class Confirm(Dialog[bool]):
    """Asks before something is lost; the safe answer has the focus."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "answer(True)", "yes", id="confirm.yes", tooltip="Yes"),
        Binding("n,escape", "answer(False)", "no", id="confirm.no", tooltip="No"),
        Binding("left,right,up,down", "app.focus_next", show=False, id="confirm.other", tooltip="The other answer"),
    ]

    def __init__(self, question: str, *, yes: str = "Yes", no: str = "No", detail: str = "") -> None:
        super().__init__()
        self._question = question
        self._detail = detail
        self._yes = yes
        self._no = no

    def compose(self) -> ComposeResult:
        """Yield the question and the two answers."""
        with Vertical(classes="dialog confirm"):
            yield Label(Content(self._question), classes="dialog--title")
            if self._detail:
                yield Label(Content(self._detail), classes="dialog--detail")
            with Horizontal(classes="dialog--buttons"):
                yield Button(Content(f"{self._no} (n)"), id="no", compact=True)
                yield Button(Content(f"{self._yes} (y)"), id="yes", compact=True)

    @on(Button.Pressed)
    def _pressed(self, event: Button.Pressed) -> None:
        self.action_answer(event.button.id == "yes")

    def action_answer(self, sure: bool) -> None:  # noqa: FBT001 - called by a binding
        """Return the answer."""
        self.dismiss(sure)

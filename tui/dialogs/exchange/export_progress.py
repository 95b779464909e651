"""How far a long export is, and the way to stop it."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.reactive import reactive
from textual.widgets import Button, Label, ProgressBar

from tui.dialogs.dialog import DIALOG_STYLES, Dialog


class ExportProgress(Dialog[bool]):
    """Returns whether it came to its end; False when the person stops it.

    Attributes:
        share: How much is done, 0 to 1.
    """

    CSS_PATH: ClassVar = [DIALOG_STYLES, "exchange.tcss"]
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "stop", "stop", id="writing.stop", tooltip="Stop, without a file"),
    ]

    share: reactive[float] = reactive(0.0)

    def __init__(self, what: str) -> None:
        """Make the dialog.

        Args:
            what: What is written, such as "12,000 wins".
        """
        super().__init__()
        self._what = what

    def compose(self) -> ComposeResult:
        """Yield what is written, and how much of it."""
        with Vertical(classes="dialog form writing"):
            yield Label(f"Writing {self._what}", classes="dialog--title")
            yield ProgressBar(total=1.0, show_eta=False)
            with Horizontal(classes="dialog--buttons"):
                yield Button("Stop (esc)", id="stop", compact=True)

    def watch_share(self, share: float) -> None:
        """Show how much is done."""
        self.query_one(ProgressBar).update(progress=share)

    @on(Button.Pressed)
    def action_stop(self) -> None:
        """Stop; nothing is in its place before all of it is written."""
        self.dismiss(False)

"""The form for what makes a real win a story for an interview: five parts and a link, a line each."""

from collections.abc import Callable, Iterator, Mapping
from typing import ClassVar

from msgspec import convert, structs
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Grid, VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Label

from data.base.errors import NotAllowedError
from data.base.text import clean_line
from data.model.proof import PROOF_PARTS, accept_proof, clean_proof
from data.model.records import Proof
from tui.dialogs.confirm import confirm_discard
from tui.dialogs.dialog import Dialog, DialogButtons
from widgets.base.text_input import TextInput


class ProofForm(Dialog[Proof | None]):
    """Asks for the parts that were told, and those that were not; returns None when the person cancels."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "save", "save", id="proof.save", priority=True, tooltip="Save the proof"),
        Binding("escape", "leave", "cancel", id="proof.leave", tooltip="Cancel; asks before text is discarded"),
    ]
    DEFAULT_CSS = """
    ProofForm Grid { grid-size: 2; grid-columns: 10 1fr; grid-rows: 1; height: auto; margin: 1 0; }
    ProofForm Grid > Label { color: $text-muted; }
    """

    def __init__(
        self, title: str, proof: Proof, typed: Callable[[Proof | None], object], draft: Mapping[str, str] | None = None
    ) -> None:
        """Make the form.

        Args:
            title: The title of the win.
            proof: What was told already.
            typed: Called with the form as it stands, at each key; None while it says nothing new.
            draft: What was typed before and not saved.
        """
        super().__init__()
        self._title = title
        self._before = clean_proof(proof)
        self._tell = typed
        self._shown = convert({**structs.asdict(self._before), **(draft or {})}, Proof)

    def compose(self) -> ComposeResult:
        """Yield a line for each part."""
        with VerticalScroll(classes="dialog form", can_focus=False):
            yield Label("What makes it a story", classes="dialog--title")
            yield Label(Content(clean_line(self._title)))
            with Grid():
                yield from self._parts()
            yield Label("Shown on the sheet, in stories and bullets you export.", classes="form--aside")
            yield Label(id="problem", classes="form--problem", markup=False)
            yield DialogButtons(("Save (ctrl+s)", "save"), ("Cancel (esc)", "leave"))

    def _parts(self) -> Iterator[Widget]:
        for part in PROOF_PARTS:
            yield Label(part.word)
            yield TextInput(getattr(self._shown, part.name), placeholder=part.question, id=part.name, compact=True)

    def on_mount(self) -> None:
        """Begin at the first part that is missing."""
        self.query_one("#problem").display = False
        missing = (part.name for part in PROOF_PARTS if not getattr(self._shown, part.name))
        self.query_one(f"#{next(missing, PROOF_PARTS[0].name)}", Input).focus()

    def _proof(self) -> Proof:
        return Proof(**{part.name: self.query_one(f"#{part.name}", Input).value for part in PROOF_PARTS})

    @on(Input.Changed)
    def _typed(self) -> None:
        typed = self._proof()
        self._tell(typed if typed != self._before else None)

    @on(Input.Submitted)
    def action_save(self) -> None:
        """Return what was told, or say what is too long."""
        try:
            told = accept_proof(self._proof())
        except NotAllowedError as error:
            problem = self.query_one("#problem", Label)
            problem.update(str(error))
            problem.display = True
            return
        self.dismiss(told)

    def action_leave(self) -> None:
        """Close the form, after asking when it holds text."""
        confirm_discard(self, text=self._proof() != self._before)

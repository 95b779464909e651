"""The field that says which door a win opened: a few words, or a later win."""

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static

from data.base.text import TITLE_LIMIT, clean_line
from data.model.journal import Journal
from data.model.records import Win
from data.review.naming_doors import later_wins
from widgets.base.line_input import LineInput


class DoorField(Vertical):
    """Takes a few words, or one of the wins that came later; hidden until it is opened."""

    DEFAULT_CSS = """
    DoorField {
        display: none;
        height: 2;
        & > LineInput { width: 1fr; height: 1; border: none; padding: 0 1; background: $panel; }
        & > LineInput:focus { border: none; }
        & > .later { height: 1; color: $text-muted; padding-left: 1; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "choose(1)", "later win", key_display="↑↓", id="review.door_next", tooltip="A later win"),
        Binding("up", "choose(-1)", "later win", show=False, id="review.door_back", tooltip="Another later win"),
        Binding("escape", "close", "close", id="review.door_close", tooltip="Leave the door as it is"),
    ]

    class DoorNamed(Message):
        """The person said which door the win opened.

        Attributes:
            note: A few words, as typed, or "".
            later: The id of the win it opened, or None.
        """

        def __init__(self, note: str, later: str | None) -> None:
            super().__init__()
            self.note = note
            self.later = later

    class DoorClosed(Message):
        """The person left the door as it was."""

    def __init__(self) -> None:
        super().__init__()
        self._later: Sequence[Win] = ()
        self._chosen = 0

    def compose(self) -> ComposeResult:
        """Yield the field and the win that is chosen."""
        yield LineInput(max_length=TITLE_LIMIT, placeholder="What did it open? Such as: a second call")
        yield Static(classes="later")

    def open(self, journal: Journal, win: Win) -> None:
        """Ask which door a win opened."""
        self._later, self._chosen = later_wins(journal, win), 0
        self.display = True
        field = self.query_one(LineInput)
        field.value = clean_line(win.door_note)
        field.focus()
        self._say_chosen()

    def _say_chosen(self) -> None:
        said = (
            f"a later win: {clean_line(self._later[self._chosen - 1].title)}" if self._chosen else "↑↓ or a later win"
        )
        self.query_one(".later", Static).update(Content(said if self._later else ""))

    def action_choose(self, by: int) -> None:
        """Choose another later win, or none."""
        self._chosen = (self._chosen + by) % (len(self._later) + 1)
        self._say_chosen()

    def action_close(self) -> None:
        """Leave it as it was."""
        self.display = False
        self.post_message(self.DoorClosed())

    @on(Input.Submitted)
    def take(self, event: Input.Submitted) -> None:
        """Tell what was said."""
        event.stop()
        self.display = False
        later = self._later[self._chosen - 1].id if self._chosen else None
        self.post_message(self.DoorNamed(event.value, later))

"""The part Close: the week beside the last one, and a note."""

from typing import ClassVar, Final

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.timer import Timer
from textual.widgets import Button, Static, TextArea

from data.figures import week_recap
from data.review.agenda import ReviewState
from tui.pages.review.view import View

PAUSE: Final = 1.0
"""Seconds without a key after which a note is kept."""


class Note(TextArea):
    """The note. While it is empty, Enter is done and backspace goes back."""

    class Empty(Message):
        """Enter was pressed with nothing written."""

    async def _on_key(self, event: events.Key) -> None:
        """Let go of Enter when there is nothing to break into lines."""
        if event.key == "enter" and not self.text:
            event.prevent_default()
            event.stop()
            self.post_message(self.Empty())

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave backspace to the page when there is nothing to delete."""
        if action == "delete_left" and not self.text:
            return False
        return super().check_action(action, parameters)


class CloseView(View):
    """Three sentences, a note, and the end."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "finish", "done", id="review.finish", priority=True, tooltip="The review is done"),
    ]

    class Noted(Message):
        """The note changed.

        Attributes:
            note: As typed.
        """

        def __init__(self, note: str) -> None:
            super().__init__()
            self.note = note

    class Finished(Noted):
        """The review is done; with the note as it stands."""

    def __init__(self) -> None:
        super().__init__()
        self._review = ""
        self._kept = ""
        self._pause: Timer | None = None

    def compose(self) -> ComposeResult:
        """Yield the sentences, the note and the button."""
        yield Static("The week beside the last one", classes="title")
        yield Static(classes="sentences")
        yield Static("A note to the one who reads this later?", classes="lead")
        yield Note(
            id="note", soft_wrap=True, tab_behavior="focus", placeholder="A line or two, and ctrl+s. Or just enter."
        )
        yield Button("Done", compact=True, id="done")

    def show(self, state: ReviewState) -> None:
        """Show the figures in words; the note is taken from the review once, then it is the person's."""
        note = self.query_one(Note)
        if self._review != state.agenda.review.id:
            self._review, self._kept = state.agenda.review.id, state.agenda.review.note
            note.text = state.agenda.review.note
        figures = week_recap.recap_week(state.journal, state.agenda.review.week, state.today, state.settings)
        self.say(".sentences", "\n".join(week_recap.describe_recap(figures)))
        if not isinstance(self.screen.focused, Note | Button):
            note.focus()

    @on(TextArea.Changed)
    def wait(self) -> None:
        """Keep the note once the person pauses."""
        if self._pause is not None:
            self._pause.stop()
        self._pause = self.set_timer(PAUSE, self.keep)

    def keep(self) -> None:
        """Keep the note if it changed."""
        if (note := self.changed_note()) is not None:
            self.post_message(self.Noted(note))

    def changed_note(self) -> str | None:
        """Return the note if it is not kept yet, and take it as kept from now on."""
        note = self.query_one(Note).text
        if note.strip() == self._kept.strip():
            return None
        self._kept = note
        return note

    @on(Button.Pressed)
    @on(Note.Empty)
    def press(self, event: Message) -> None:
        """Finish by mouse, or by Enter when there is no note."""
        event.stop()
        self.action_finish()

    def action_finish(self) -> None:
        """Mark the review as done."""
        if self._pause is not None:
            self._pause.stop()
        self._kept = self.query_one(Note).text
        self.post_message(self.Finished(self._kept))

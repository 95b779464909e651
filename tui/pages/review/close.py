"""The part Close: the week and its win, and a note."""

from typing import ClassVar, Final

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.message import Message
from textual.timer import Timer
from textual.widgets import Button, Input, Static, TextArea

from data.base.formatting import WEEKDAY_NAMES
from data.base.text import TITLE_LIMIT
from data.review.agenda import ReviewState
from data.review.reviews import asks_for_cue
from data.review.week_story import win_of_the_week
from tui.pages.review.view import View
from tui.pages.review.your_week import draw_week
from widgets.base.line_input import LineInput

PAUSE: Final = 1.0
"""Seconds without a key after which a note is kept."""


class Note(TextArea):
    """The note. While it is empty, backspace goes back."""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave backspace to the page when there is nothing to delete."""
        if action == "delete_left" and not self.text:
            return False
        return super().check_action(action, parameters)


class CloseView(View):
    """The week, a note, and in the first review after what the next ones are to happen."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "finish", "finish", id="review.finish", priority=True, tooltip="Finish the review"),
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
        """The review is done.

        Attributes:
            cue: After what the next ones are to happen, as typed, or "".
        """

        def __init__(self, note: str, cue: str) -> None:
            super().__init__(note)
            self.cue = cue

    def __init__(self) -> None:
        super().__init__()
        self._review = ""
        self._kept = ""
        self._pause: Timer | None = None

    def compose(self) -> ComposeResult:
        """Yield the week, the note, the cue and the button."""
        yield Static(classes="title")
        yield Static(classes="week")
        yield Static("A note to your future self?", classes="lead")
        yield Note(id="note", soft_wrap=True, tab_behavior="focus", placeholder="A line or two. ctrl+s finishes.")
        with Horizontal(classes="field"):
            yield Static(classes="name")
            yield LineInput(max_length=TITLE_LIMIT, placeholder="lunch", id="review-cue")
        yield Button("Finish", compact=True, id="done")

    def show(self, state: ReviewState) -> None:
        """Show the week; the note is taken from the review once, then it is the person's."""
        note, review = self.query_one(Note), state.agenda.review
        if self._review != review.id:
            self._review, self._kept = review.id, review.note
            note.text = review.note
        has_win = win_of_the_week(state.journal, review.week) is not None
        self.say(".title", "The win of your week" if has_win else "Your week")
        self.say(".week", draw_week(state.journal, review.week, state.today, state.settings))
        self.set_class(asks_for_cue(state.journal), "-first")
        self.say(".name", f"After what, on {WEEKDAY_NAMES[state.settings.review_day]}s?")
        if self.screen.focused not in list(self.query("Note, Button, LineInput")):
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

    @on(Input.Submitted)
    def leave_cue(self, event: Input.Submitted) -> None:
        """Go on to the button; a key in an empty field never finishes."""
        event.stop()
        self.query_one(Button).focus()

    @on(Button.Pressed)
    def press(self, event: Button.Pressed) -> None:
        """Finish by the button."""
        event.stop()
        self.action_finish()

    def action_finish(self) -> None:
        """Mark the review as done."""
        if self._pause is not None:
            self._pause.stop()
        self._kept = self.query_one(Note).text
        self.post_message(self.Finished(self._kept, self.query_one(LineInput).value))

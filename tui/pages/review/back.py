"""One thing back: a win that deserves a second look, before anything is asked."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.widgets import Static

from data.base.formatting import long_date
from data.base.text import clean_line
from data.review.agenda import ReviewState
from tui.pages.review.view import View, door_in_words, story_of
from widgets.review.click_line import ClickLine


class BackView(View):
    """The win and why it came back; one key continues."""

    KEYS: ClassVar[frozenset[str]] = frozenset({"skip"})

    def compose(self) -> ComposeResult:
        """Yield the win, its story and why it is here."""
        yield Static("One thing back", classes="lead")
        yield Static(classes="title")
        yield Static(classes="about")
        yield Static(classes="story")
        yield Static(classes="since")
        yield ClickLine("⏎ continue", classes="aside")

    def show(self, state: ReviewState) -> None:
        """Show the win at this position."""
        back = state.agenda.back
        if back is not None:
            self.say(".title", clean_line(back.win.title))
            self.say(".about", long_date(back.win.happened_on))
            self.say(".story", story_of(back.win))
            self.say(".since", " ".join(filter(None, (back.why, door_in_words(back.win)))))
        self.screen.set_focus(None)

    @on(ClickLine.LineClicked)
    def go_on(self, event: ClickLine.LineClicked) -> None:
        """Continue by mouse."""
        event.stop()
        self.post_message(self.QuestionSkipped())

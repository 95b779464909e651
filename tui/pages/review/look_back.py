"""The part Look back: asked blind, revealed afterwards.

Nothing here may tell the old verdict before it is answered: no mark, no colour, no place, and the same words for every
win. What it opened since is a fact, and shown.
"""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.widgets import Static

from data.base.formatting import capitalise, number_word, weekday_date
from data.base.text import clean_line
from data.review import lookbacks
from data.review.agenda import ReviewState
from data.review.reviews import REVEALED
from tui.pages.review.sort import CALLS
from tui.pages.review.view import View, door_in_words, doors_of, story_of
from widgets.review.choices import Choices
from widgets.review.click_line import ClickLine


class LookView(View):
    """One look-back: the question, or what had been said."""

    KEYS: ClassVar[frozenset[str]] = frozenset({"answer", "call letter", "skip", "edit", "trash", "goal"})

    def compose(self) -> ComposeResult:
        """Yield the win, what it opened, the question, and what had been said."""
        yield Static(classes="lead")
        yield Static(classes="title")
        yield Static(classes="about")
        yield Static(classes="story")
        yield Static(classes="since")
        yield Static(classes="ask")
        yield Choices(*CALLS)
        yield Static(classes="told")
        yield ClickLine(classes="aside")

    def alive(self) -> frozenset[str]:
        """Once it is revealed, there is nothing to answer."""
        return frozenset() if self.has_class("-told") else self.KEYS

    def show(self, state: ReviewState) -> None:
        """Show the look-back at this position."""
        win = state.journal.wins[state.position.item]
        told = state.position.question == REVEALED
        day = lookbacks.decided_on(win) or win.happened_on
        self.set_class(told, "-told")
        self.say(".lead", f"{_ago((state.today - day).days)} ago")
        self.say(".title", clean_line(win.title))
        self.say(".about", weekday_date(win.happened_on))
        self.say(".story", story_of(win))
        self.say(".since", since(doors_of(state.journal, win), door_in_words(win)))
        self.say(".ask", "" if told else "Knowing what you know now?")
        self.say(".told", lookbacks.describe_reveal(win) if told else "")
        self.say(".aside", "enter continues" if told else "")
        self.screen.set_focus(None)

    @on(ClickLine.LineClicked)
    def go_on(self, event: ClickLine.LineClicked) -> None:
        """Continue by mouse."""
        event.stop()
        self.post_message(self.QuestionSkipped())


def since(doors: tuple[str, ...], note: str) -> str:
    """Return what a win opened since, and what the person had said it would: facts, and no verdict."""
    linked = f"Since then it opened: {', '.join(doors)}." if doors else "No doors linked since."
    return f"{linked} {note} Did it?" if note else linked


def _ago(days: int) -> str:
    weeks = round(days / 7)
    plain = number_word(weeks) + (" week" if weeks == 1 else " weeks")
    return capitalise(plain)

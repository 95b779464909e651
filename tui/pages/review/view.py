"""What the parts of a review on screen have in common: they are shown the state, and say what the person answered."""

from datetime import date
from typing import ClassVar, Final

from textual import on
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from data.base.formatting import day_month, weekday_date
from data.base.text import clean_line, clean_text
from data.model.journal import Journal
from data.model.records import Win
from data.review.agenda import ReviewState
from widgets.review.choices import Choices

STORY_LINES: Final = 4
"""Lines of a story that a question shows."""


class View(VerticalScroll, can_focus=False, inherit_bindings=False):
    """One part of a review. It keeps nothing: it is shown a state, and posts what was answered.

    Attributes:
        KEYS: The actions of the page that do something here.
    """

    KEYS: ClassVar[frozenset[str]] = frozenset()
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("pageup", "page_up", "up", show=False, id="review.page_up", tooltip="Scroll up where there is more"),
        Binding("pagedown", "page_down", "down", show=False, id="review.page_down", tooltip="Scroll down"),
    ]

    class AnswerGiven(Message):
        """An answer was given by mouse, or by a widget that takes keys of its own.

        Attributes:
            key: A digit, or the letter of a call.
        """

        def __init__(self, key: str) -> None:
            super().__init__()
            self.key = key

    class QuestionSkipped(Message):
        """The person continues."""

    @on(Choices.ChoiceClicked)
    def answer_choices(self, event: Choices.ChoiceClicked) -> None:
        """Pass an answer on."""
        event.stop()
        self.post_message(self.AnswerGiven(event.key))

    def alive(self) -> frozenset[str]:
        """Return the actions of the page that do something here now."""
        return self.KEYS

    def show(self, state: ReviewState) -> None:
        """Show where the review stands; each part of it does so in its own way."""

    def say(self, selector: str, text: Content | str) -> None:
        """Put text into one of the view's lines; text is never read as markup, and an empty line takes no room."""
        line = self.query_one(selector, Static)
        content = Content(text) if isinstance(text, str) else text
        if line.content != content:  # an update lays the whole part out anew
            line.update(content)
        line.display = bool(content.plain)


def week_in_words(week: date) -> str:
    """Return "week of 16 Nov"."""
    return f"week of {day_month(week)}"


def about(journal: Journal, win: Win) -> str:
    """Return a win's date, its goal and what opened it, on one line."""
    origin = journal.wins.get(win.opened_by or "")
    opened = f"opened by {clean_line(origin.title)}" if origin else ""
    return " · ".join(filter(None, (weekday_date(win.happened_on), clean_line(journal.goal_name(win)), opened)))


def story_of(win: Win) -> str:
    """Return the beginning of a win's story."""
    lines = clean_text(win.story).splitlines()
    return "\n".join([*lines[:STORY_LINES], *(["…"] if len(lines) > STORY_LINES else [])])


def door_in_words(win: Win) -> str:
    """Return what the person said that a win opened, or ""."""
    return f"You said it opened: “{clean_line(win.door_note)}”." if win.door_note else ""


def doors_of(journal: Journal, win: Win) -> tuple[str, ...]:
    """Return the titles of the wins that this one opened, earliest first."""
    opened = sorted((journal.wins[key] for key in journal.opens.get(win.id, ())), key=lambda one: one.happened_on)
    return tuple(clean_line(one.title) for one in opened)

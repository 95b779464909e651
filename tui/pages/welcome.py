"""The first screen of a new journal: two questions, and the idea in three lines."""

from typing import ClassVar, Final

from msgspec import Struct, structs
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.screen import Screen
from textual.widgets import Input, Label

from data.base import text
from data.base.formatting import WEEKDAY_NAMES
from tui.dialogs.dialog import DIALOG_STYLES
from tui.dialogs.draft import DraftChanged
from tui.pages.look_around import LOOK_AROUND, look_around
from tui.pages.page import TOO_SMALL
from widgets.bars.key_bar import KeyBar
from widgets.base.text_input import TextInput


class WelcomeAnswers(Struct, frozen=True):
    """What a newcomer said, cleaned; each may be "".

    Attributes:
        goal: Where they want to go.
        win: What went right.
        later: Whether they want to answer nothing more now.
    """

    goal: str
    win: str
    later: bool = False


_NO_WORDS: Final = WelcomeAnswers("", "")


class Welcome(Screen[WelcomeAnswers]):
    """Asks where the person wants to go and what went right this week; both may stay empty."""

    CSS_PATH: ClassVar = [DIALOG_STYLES]
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "start", "start", id="welcome.start", priority=True, tooltip="Start"),
        Binding("escape", "later", "later", id="welcome.later", tooltip="Answer later; what you typed is kept"),
        Binding("ctrl+d", "look_around", "look around", id="welcome.demo", priority=True, tooltip=LOOK_AROUND),
    ]

    def __init__(self, before: WelcomeAnswers = _NO_WORDS, review_day: int = 4) -> None:
        """Make the screen.

        Args:
            before: What was typed the last time, and not saved.
            review_day: The weekday of the review, 0 for Monday.
        """
        super().__init__()
        self._before = before
        self._review_day = WEEKDAY_NAMES[review_day]

    def compose(self) -> ComposeResult:
        """Yield the idea and the two questions."""
        with VerticalScroll(classes="welcome"):
            yield Label("smallwins", classes="welcome--name")
            yield Label("Small wins keep you going. Some only look good.", classes="welcome--lead")
            yield Label("◆ a real win opened a door, leads where you want to go,\n  and felt a little uncomfortable")
            yield Label("◇ cotton candy tastes good and is gone")
            yield Label(f"On {self._review_day}s, about four minutes tell them apart.")
            yield Label("Where do you want to go?", classes="welcome--question")
            yield TextInput(
                text.clean_line(self._before.goal),
                placeholder="e.g. work on climate adaptation",
                id="goal",
                max_length=text.TITLE_LIMIT,
            )
            yield Label("What went right this week?", classes="welcome--question")
            yield TextInput(
                text.clean_line(self._before.win),
                placeholder="e.g. wrote to a recruiter",
                id="win",
                max_length=text.TITLE_LIMIT,
            )
            yield Label(
                "Skip either one. Everything stays on this computer, in one file.",
                classes="form--aside",
            )
        yield KeyBar()
        yield Label(TOO_SMALL, classes="too-small")

    def on_mount(self) -> None:
        """Begin at the first question."""
        self.query_one("#goal", Input).focus()

    @on(Input.Submitted, "#goal")
    def _next(self) -> None:
        self.query_one("#win", Input).focus()

    @on(Input.Submitted, "#win")
    def action_start(self) -> None:
        """Return both answers."""
        self.dismiss(self._answered())

    def action_later(self) -> None:
        """Return what there is; an empty journal asks again at the next start."""
        self.dismiss(structs.replace(self._answered(), later=True))

    def action_look_around(self) -> None:
        """Show the demo, and come back to what is typed here."""
        if problem := look_around(self.app):
            self.notify(problem, markup=False)

    def _answered(self) -> WelcomeAnswers:
        goal, win = (text.clean_line(self.query_one(name, Input).value) for name in ("#goal", "#win"))
        return WelcomeAnswers(goal, win)

    @on(Input.Changed)
    def _typed(self) -> None:
        answers = self._answered()
        typed = {"goal": answers.goal, "title": answers.win}
        self.post_message(DraftChanged(("win", None), typed if any(typed.values()) else None))

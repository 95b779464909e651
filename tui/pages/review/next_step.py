"""The part Next: one if-then step for the week to come."""

from collections.abc import Sequence
from typing import ClassVar, Final

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static

from data.base.text import TITLE_LIMIT, clean_line
from data.model.records import Win
from data.review import steps
from data.review.agenda import ReviewState
from tui.pages.review.view import ClickLine, LineInput, View, wins_of_week

_HINT: Final = "A plan that names its moment gets done far more often. Enter goes on without."


class NextView(View):
    """The form of a step: when it is to happen, what to do, and the win it comes from."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "after(1)", "after", key_display="↑↓", id="review.after_next", tooltip="The win it comes from"),
        Binding("up", "after(-1)", "before", show=False, id="review.after_back", tooltip="The win before it"),
    ]

    class Planned(Message):
        """A step was planned.

        Attributes:
            cue: When, as typed.
            act: What, as typed.
            from_win: The id of the win it comes from, or None.
        """

        def __init__(self, cue: str, act: str, from_win: str | None) -> None:
            super().__init__()
            self.cue = cue
            self.act = act
            self.from_win = from_win

    def __init__(self) -> None:
        super().__init__()
        self._wins: Sequence[Win] = ()
        self._from = 0

    def compose(self) -> ComposeResult:
        """Yield the form and what is open already."""
        yield Static("One step for the week to come?", classes="title")
        yield Static(_HINT, classes="about")
        with Horizontal(classes="field"):
            yield Static("If", classes="name")
            yield LineInput(max_length=TITLE_LIMIT // 2, placeholder="it is Monday at nine", id="cue")
        with Horizontal(classes="field"):
            yield Static("then", classes="name")
            yield LineInput(max_length=TITLE_LIMIT // 2, placeholder="I write to Ana", id="act")
        with Horizontal(classes="field"):
            yield Static("after", classes="name")
            yield ClickLine(classes="from")
        yield Static(classes="problem")
        yield Static(classes="lead")
        yield Static(classes="list")

    def show(self, state: ReviewState) -> None:
        """Show the steps that are open, and offer the week's wins as where a step may come from."""
        self._wins = wins_of_week(state.journal, state.agenda.review.week)
        self._from = min(self._from, len(self._wins))
        self._say_from()
        self.say(".problem", "")
        there = steps.open_steps(state.journal)
        full = len(there) >= steps.MAX_OPEN_STEPS
        self.set_class(full, "-full")
        self.say(
            ".lead",
            "Three steps are open, and that is enough. Enter goes on." if full else "Open already" if there else "",
        )
        self.say(".list", Content("\n").join(Content(clean_line(step.text)) for step in there))
        if full:
            self.screen.set_focus(None)
        elif self.screen.focused not in list(self.query(LineInput)):
            self.query_one("#cue", LineInput).focus()

    def complain(self, problem: str) -> None:
        """Say what is missing."""
        self.say(".problem", problem)

    def clear(self) -> None:
        """Empty the form."""
        self._from = 0
        for field in self.query(LineInput):
            field.value = ""

    def _say_from(self) -> None:
        title = clean_line(self._wins[self._from - 1].title) if self._from else "no win of this week"
        self.say(".from", f"◂ {title} ▸" if self._wins else title)

    def action_after(self, by: int) -> None:
        """Choose the win it comes from."""
        self._from = (self._from + by) % (len(self._wins) + 1)
        self._say_from()

    @on(ClickLine.LineClicked)
    def press_from(self, event: ClickLine.LineClicked) -> None:
        """Choose the next win by mouse."""
        event.stop()
        self.action_after(1)

    @on(Input.Submitted)
    def take(self, event: Input.Submitted) -> None:
        """Go from the first half to the second, then plan; with both empty go on."""
        event.stop()
        cue, act = (self.query_one(key, LineInput) for key in ("#cue", "#act"))
        if not clean_line(cue.value) and not clean_line(act.value):
            self.post_message(self.QuestionSkipped())
        elif event.input is cue and not clean_line(act.value):
            act.focus()
        else:
            origin = self._wins[self._from - 1].id if self._from else None
            self.post_message(self.Planned(cue.value, act.value, origin))

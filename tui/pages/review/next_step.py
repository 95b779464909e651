"""The part Next: one step for the week to come, with a day and an hour."""

from collections.abc import Sequence
from datetime import date
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static

from data.base.text import TITLE_LIMIT, clean_line
from data.model.records import Win
from data.review import cues, steps
from data.review.agenda import ReviewState
from data.review.week_story import win_of_the_week, wins_of_week
from tui.pages.review.view import View
from widgets.base.line_input import LineInput
from widgets.review.click_line import ClickLine


class NextView(View):
    """The form of a step: what to do, when, and the win it comes from."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "after(1)", "after", key_display="↑↓", id="review.after_next", tooltip="The win it comes from"),
        Binding("up", "after(-1)", "before", show=False, id="review.after_back", tooltip="The win before it"),
    ]

    class Planned(Message):
        """A step was planned.

        Attributes:
            act: What to do, as typed.
            when: A day and an hour, or another cue, as typed, or "".
            from_win: The id of the win it comes from, or None.
        """

        def __init__(self, act: str, when: str, from_win: str | None) -> None:
            super().__init__()
            self.act = act
            self.when = when
            self.from_win = from_win

    def __init__(self) -> None:
        super().__init__()
        self._wins: Sequence[Win] = ()
        self._from: int | None = None
        self._today = date.min

    def compose(self) -> ComposeResult:
        """Yield the form and what is open already."""
        yield Static("What is one slightly uncomfortable next step?", classes="title")
        yield Static("Plans with a time get done more often. Enter to skip.", classes="about")
        with Horizontal(classes="field"):
            yield Static("I will", classes="name")
            yield LineInput(max_length=TITLE_LIMIT // 2, placeholder="call Priya about the pilot", id="act")
        with Horizontal(classes="field"):
            yield Static("when", classes="name")
            yield LineInput(max_length=TITLE_LIMIT // 2, placeholder="tue 9:00", id="cue")
        yield Static(classes="understood")
        with Horizontal(classes="field"):
            yield Static("after", classes="name")
            yield ClickLine(classes="from")
        yield Static(classes="problem")
        yield Static(classes="lead")
        yield Static(classes="list")

    def show(self, state: ReviewState) -> None:
        """Show the steps that are open, and offer the week's wins as where a step may come from."""
        week = state.agenda.review.week
        self._wins, self._today = wins_of_week(state.journal, week), state.today
        if self._from is None:
            best = win_of_the_week(state.journal, week)
            self._from = self._wins.index(best) + 1 if best is not None else 0
        self._from = min(self._from, len(self._wins))
        self._say_from()
        self._say_understood()
        self.say(".problem", "")
        there = steps.open_steps(state.journal)
        full = len(there) >= steps.MAX_OPEN_STEPS
        self.set_class(full, "-full")
        self.say(
            ".lead", "Three steps are open, and that is enough. Enter to skip." if full else "Open" if there else ""
        )
        self.say(".list", Content("\n").join(Content(steps.describe_step(step, state.today)) for step in there))
        if full:
            self.screen.set_focus(None)
        elif self.screen.focused not in list(self.query(LineInput)):
            self.query_one("#act", LineInput).focus()

    def complain(self, problem: str) -> None:
        """Say what is missing."""
        self.say(".problem", problem)

    def clear(self) -> None:
        """Empty the form."""
        self._from = None
        for field in self.query(LineInput):
            field.value = ""

    def _say_from(self) -> None:
        title = clean_line(self._wins[self._from - 1].title) if self._from else "no win of this week"
        self.say(".from", f"◂ {title} ▸" if self._wins else title)

    @on(Input.Changed, "#cue")
    def _say_understood(self) -> None:
        """Say which day and hour is understood."""
        cue = cues.parse_cue(self.query_one("#cue", LineInput).value, self._today)
        self.say(".understood", f"→ {cues.spell_cue(cue)}" if cue else "")

    def action_after(self, by: int) -> None:
        """Choose the win it comes from."""
        self._from = ((self._from or 0) + by) % (len(self._wins) + 1)
        self._say_from()

    @on(ClickLine.LineClicked)
    def press_from(self, event: ClickLine.LineClicked) -> None:
        """Choose the next win by mouse."""
        event.stop()
        self.action_after(1)

    @on(Input.Submitted)
    def take(self, event: Input.Submitted) -> None:
        """Go from what to when, then plan; skip when both are empty."""
        event.stop()
        act, cue = (self.query_one(key, LineInput) for key in ("#act", "#cue"))
        if not clean_line(cue.value) and not clean_line(act.value):
            self.post_message(self.QuestionSkipped())
        elif event.input is act and not clean_line(cue.value):
            cue.focus()
        else:
            origin = self._wins[self._from - 1].id if self._from else None
            self.post_message(self.Planned(act.value, cue.value, origin))

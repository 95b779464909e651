"""The part Recall: what became of the last steps, then what went right this week."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import ClassVar, Final

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static

from data.base.formatting import weekday_date
from data.base.text import TITLE_LIMIT, clean_line
from data.base.weeks import WEEK
from data.model.one_line import goal_names, parse_line
from data.model.records import Step, Win
from data.review import steps
from data.review.agenda import ReviewState
from data.review.moves import STEP_DONE, STEP_DROPPED, STEP_STILL_ON
from data.review.week_story import wins_of_week
from tui.dialogs.draft import DraftChanged
from tui.pages.review.view import View
from widgets.base.line_input import LineInput
from widgets.base.text_input import TextInput
from widgets.review.choices import Choice, Choices

ENDS: Final = (
    Choice(str(STEP_DONE), "done"),
    Choice(str(STEP_STILL_ON), "still on"),
    Choice(str(STEP_DROPPED), "let it go"),
)
RECALL_DRAFT: Final = ("recall", None)
"""What the line that is being typed keeps its draft as."""
_DAY: Final = timedelta(days=1)


_WORDS: Final = "Put it in your own words. Enter saves it as a win, esc if it was not done."
_LINKS: Final = "Enter links it. ↑↓ chooses another, or a new win."


class StepView(View):
    """One open step: done, still on, or let go."""

    KEYS: ClassVar[frozenset[str]] = frozenset({"answer", "end_step", "skip"})
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "down", "choose_written(1)", "written", key_display="↑↓", id="review.written", tooltip="The win it became"
        ),
        Binding("up", "choose_written(-1)", "written", show=False, id="review.written_back", tooltip="Another win"),
        Binding("escape", "not_done", "back to the step", id="review.not_done", tooltip="It was not done after all"),
    ]

    class Done(Message):
        """The step was done.

        Attributes:
            title: The win it became, in the person's words.
            win: The id of the win that is written down already, or None for a new one.
        """

        def __init__(self, title: str, win: str | None) -> None:
            super().__init__()
            self.title = title
            self.win = win

    def __init__(self) -> None:
        super().__init__()
        self._step: Step | None = None
        self._written: Sequence[Win] = ()
        self._chosen = 0

    def compose(self) -> ComposeResult:
        """Yield the step, the question and the words of the win it becomes."""
        yield Static("Last week you planned", classes="lead")
        yield Static(classes="title")
        yield Static(classes="about")
        yield Static("How did it go?", classes="ask")
        yield Choices(*ENDS)
        with Horizontal(classes="field"):
            yield Static("as a win", classes="name")
            yield LineInput(max_length=TITLE_LIMIT, select_on_focus=False)
        yield Static(classes="written")
        yield Static(classes="aside")

    def show(self, state: ReviewState) -> None:
        """Show the step at this position."""
        step = state.journal.steps[state.position.item]
        origin = state.journal.wins.get(step.from_win or "")
        self._step = step
        self._written = steps.wins_like(step, wins_of_week(state.journal, state.agenda.review.week))
        self.say(".title", clean_line(step.text))
        self.say(".about", f"after {clean_line(origin.title)}" if origin else "")
        self._word(open_field=False)

    def word(self) -> None:
        """Ask for the words of the win."""
        self._word(open_field=True)

    def complete(self) -> None:
        """The step was done, in the words it was planned in."""
        if self._step is not None:
            self.post_message(self.Done(steps.act_of(self._step), None))

    def _word(self, *, open_field: bool) -> None:
        self.set_class(open_field, "-wording")
        field = self.query_one(LineInput)
        self._chosen = 0
        if open_field and self._step is not None:
            field.value = steps.act_of(self._step)
            field.focus()
            self._chosen = int(bool(self._written) and steps.is_alike(self._step, self._written[0]))
        else:
            self.screen.set_focus(None)
        self._say_written()

    def _say_written(self) -> None:
        chosen = (
            f"already written: {clean_line(self._written[self._chosen - 1].title)}" if self._chosen else "a new win"
        )
        wording = self.has_class("-wording")
        self.say(".written", f"↑↓ {chosen}" if self._written and wording else "")
        self.say(".aside", (_LINKS if self._chosen else _WORDS) if wording else "")

    def action_choose_written(self, by: int) -> None:
        """Choose a win that is written down already, or a new one."""
        self._chosen = (self._chosen + by) % (len(self._written) + 1)
        self._say_written()

    def alive(self) -> frozenset[str]:
        """While the win is worded, digits and letters are text."""
        return frozenset() if self.has_class("-wording") else self.KEYS

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Escape closes the field when it is open, and leaves the review when it is not."""
        if action in ("not_done", "choose_written"):
            return self.has_class("-wording")
        return super().check_action(action, parameters)

    def action_not_done(self) -> None:
        """Go back to the question."""
        self._word(open_field=False)

    @on(Input.Submitted)
    def take_title(self, event: Input.Submitted) -> None:
        """The win has its words."""
        event.stop()
        if clean_line(event.value):
            self.post_message(self.Done(event.value, self._written[self._chosen - 1].id if self._chosen else None))


class WinInput(LineInput):
    """The field of a win; of several lines that are pasted each is one."""

    split_lines = True


class EntryView(View):
    """Quick entry of the week's wins, one line each."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "day(-1)", "day", key_display="↑↓", id="review.day_before", tooltip="It happened a day earlier"),
        Binding("down", "day(1)", "later", show=False, id="review.day_after", tooltip="It happened a day later"),
    ]

    class Entered(Message):
        """Wins were written down.

        Attributes:
            lines: One win each, as typed; each may name a date, tags and a goal.
            day: When they happened, unless a line says otherwise.
        """

        def __init__(self, lines: Sequence[str], day: date) -> None:
            super().__init__()
            self.lines = lines
            self.day = day

    def __init__(self) -> None:
        super().__init__()
        self._week = date.min
        self._last = date.min
        self._day = date.min
        self._today = date.min
        self._goals: Sequence[str] = ()

    def compose(self) -> ComposeResult:
        """Yield the question, the field and what is there already."""
        yield Static("What went right?", classes="title")
        yield Static(_HINT, classes="about")
        with Horizontal(classes="field"):
            yield Static(classes="name")
            yield WinInput(max_length=TITLE_LIMIT, placeholder="One win per line. Empty line continues.")
        yield Static(classes="understood")
        yield Static(classes="lead")
        yield Static(classes="list")

    def show(self, state: ReviewState) -> None:
        """Show the week's wins; none tells what became of it, since an older week's may be looked back at next."""
        week = state.agenda.review.week
        if week != self._week:
            self._week, self._last = week, min(state.today, week + WEEK - _DAY)
            self._day = self._last
        self._say_day()
        self._goals, self._today = goal_names(state.journal), state.today
        self._say_understood()
        wins = wins_of_week(state.journal, week)
        self.say(".lead", "Already written down" if wins else "")
        self.say(
            ".list",
            Content("\n").join(Content(f"{weekday_date(w.happened_on):<11} {clean_line(w.title)}") for w in wins),
        )
        self.query_one(WinInput).focus()

    def resume(self, typed: dict[str, str] | None) -> None:
        """Show a line again that was typed and not entered."""
        self.query_one(LineInput).value = (typed or {}).get("line", "")

    @on(Input.Changed)
    def _draft(self, event: Input.Changed) -> None:
        """Have the line kept, and say which date, tags and goal it names."""
        self.post_message(DraftChanged(RECALL_DRAFT, {"line": event.value} if event.value else None))
        self._say_understood()

    def _say_understood(self) -> None:
        """Say which date, tags and goal the line names, or that it is too long."""
        typed = self.query_one(WinInput).value
        line = clean_line(typed)
        said = parse_line(typed, self._goals, self._today).describe(self._today) if line else ""
        too_long = f"A win has at most {TITLE_LIMIT} characters; this has {len(line)}."
        self.say(".understood", too_long if len(line) > TITLE_LIMIT else f"→ {said}" if said else "")

    def _say_day(self) -> None:
        self.say(".name", weekday_date(self._day))

    def action_day(self, by: int) -> None:
        """Say that it happened on another day of the week."""
        self._day = min(max(self._day + by * _DAY, self._week), self._last)
        self._say_day()

    @on(Input.Submitted)
    def take_title(self, event: Input.Submitted) -> None:
        """Write a win down, or continue from an empty line."""
        event.stop()
        if not clean_line(event.value):
            self.post_message(self.QuestionSkipped())
        else:
            self._enter([event.value])

    @on(TextInput.MoreLinesPasted)
    def take_lines(self, event: TextInput.MoreLinesPasted) -> None:
        """Write down what was pasted, a win for each line; the first one continues what was typed."""
        event.stop()
        self._enter([self.query_one(WinInput).value, *event.lines.split("\n")])

    def _enter(self, lines: Sequence[str]) -> None:
        """Write wins down; a line that is too long stays in the field, so that nothing is lost."""
        wins = [line for line in lines if clean_line(line)]
        fitting = [line for line in wins if len(clean_line(line)) <= TITLE_LIMIT]
        if fitting:
            self.post_message(self.Entered(fitting, self._day))
        self.query_one(WinInput).value = " ".join(line for line in wins if line not in fitting)


_HINT: Final = "Not what looks impressive: what gave clarity, built confidence, or was a real step."

"""The part Sort: one win, one question, and what the answers add up to."""

from typing import ClassVar, Final

from msgspec import structs
from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from data.base.text import clean_line
from data.model import assessment
from data.model.assessment import Question, Suggestion
from data.model.records import Answers, Verdict, Win
from data.model.verdict_scale import JUDGEMENTS, judgement, judgement_key
from data.review import lookbacks
from data.review.agenda import ReviewState
from data.review.reviews import ALL_SIX, CALL
from tui.pages.review.view import View, about, door_in_words, doors_of, story_of
from widgets.base.inks import MUTED
from widgets.review.choices import Choice, Choices
from widgets.review.door_field import DoorField
from widgets.review.scale import Scale
from widgets.review.score_bars import ScoreBars

CALLS: Final = tuple(Choice(one.letter, one.words) for one in JUDGEMENTS)
_CALL_KEYS: Final = "f all six questions   ⌫ back   e edit   g goal   d trash"


class SortView(View):
    """One question of one win, or its verdict."""

    KEYS: ClassVar[frozenset[str]] = frozenset(
        {"answer", "call letter", "skip", "call", "six", "edit", "trash", "goal", "door", "opener", "why"}
    )

    def __init__(self) -> None:
        super().__init__()
        self._win: Win | None = None
        self._doors: tuple[str, ...] = ()

    def compose(self) -> ComposeResult:
        """Yield the win, the question, the bars, the suggestion and the verdict."""
        with Vertical(classes="head"):
            yield Static(classes="title")
            yield Static(classes="about")
            yield Static(classes="story")
        yield Scale()
        yield ScoreBars()
        yield Static(classes="suggestion")
        yield Static(classes="ask")
        yield Choices(*CALLS)
        yield DoorField()
        yield Static(classes="aside")

    def alive(self) -> frozenset[str]:
        """At the call there is no way straight to it."""
        if self.query_one(DoorField).display:
            return frozenset()
        return self.KEYS - {"call"} if self.has_class("-call") else self.KEYS

    def ask_door(self, state: ReviewState) -> None:
        """Ask which door the win opened."""
        self.query_one(DoorField).open(state.journal, state.journal.wins[state.position.item])

    def show(self, state: ReviewState) -> None:
        """Show the question at this position."""
        win = state.journal.wins[state.position.item]
        self._win, self._doors = win, doors_of(state.journal, win)
        self.say(".title", clean_line(win.title))
        self.say(".about", about(state.journal, win))
        self.say(".story", "" if state.position.question == CALL else story_of(win))
        if state.position.question == CALL:
            self._show_call(win)
        else:
            question = assessment.QUESTION_BY_ID[state.position.question]
            self._show_question(win, question, quick=state.position.mode != ALL_SIX)
            self.say(".aside", self._about_question(state, win, question))
        self._weigh(win.answers)
        self.call_after_refresh(self._show_the_keys)

    def _show_the_keys(self) -> None:
        """Scroll to what is asked where a long title leaves too little room."""
        asked = self.query_one(Choices if self.has_class("-call") else Scale)
        asked.scroll_visible(animate=False)

    def _show_question(self, win: Win, question: Question, *, quick: bool) -> None:
        self.set_class(False, "-call")
        self.query_one(Scale).ask(question, assessment.answer_to(win.answers, question.id), alone=quick)
        self.query_one(DoorField).display = False
        self.query_one(Scale).focus()

    def _about_question(self, state: ReviewState, win: Win, question: Question) -> str:
        """Return what helps to answer: the doors there are, or the goal and why the person wants to go there."""
        if question.test == "Alignment":
            goal = state.journal.goals.get(win.goal or "")
            if goal is None:
                return "No goal. g gives it one."
            name, why = clean_line(goal.name), clean_line(goal.why)
            return f"{name}: {why}" if why else f"{name}. w says why you want to go there."
        if question.test == "Momentum":
            if self._doors:
                return "A later win came from this one, so it counts as a 5."
            return door_in_words(win) or "o says which door it opened"
        return ""

    def _show_call(self, win: Win) -> None:
        self.set_class(True, "-call")
        own = lookbacks.own_decisions(win)
        key = judgement_key(win.verdict, own[-1].p) if own and win.verdict else None
        self.query_one(Choices).chosen = judgement(key).letter if key else None
        self.query_one(DoorField).display = False
        self.screen.set_focus(None)
        self.say(".aside", _close_call(win.answers, self._doors) or _CALL_KEYS)

    def _weigh(self, answers: Answers) -> None:
        """Show what these answers add up to, at once."""
        bars = self.query_one(ScoreBars)
        bars.answers, bars.doors = answers, self._doors
        view = assessment.suggest(answers, self._doors)
        calling = self.has_class("-call")
        self.say(".suggestion", describe_suggestion(view) if view else _NO_SUGGESTION if calling else "")
        self.say(".ask", "What's your call?" if calling else "")

    @on(Scale.Tried)
    def try_answer(self, event: Scale.Tried) -> None:
        """Show what an answer would change before it is given."""
        event.stop()
        if self._win is not None:
            scale = self.query_one(Scale)
            changed = {scale.question.id: event.answer} if event.answer is not None else {}
            self._weigh(structs.replace(self._win.answers, **changed))

    @on(Scale.Rated)
    def answer_scale(self, event: Scale.Rated) -> None:
        """Pass an answer on."""
        event.stop()
        self.post_message(self.AnswerGiven(str(event.answer)))

    @on(Scale.ScaleSkipped)
    def pass_scale(self, event: Scale.ScaleSkipped) -> None:
        """Continue."""
        event.stop()
        self.post_message(self.QuestionSkipped())


_NO_SUGGESTION: Final = Content.styled("Not every test has an answer. Trust your gut.", MUTED)


def _close_call(answers: Answers, doors: tuple[str, ...]) -> str:
    """Return which one answer would have turned a close call, or ""."""
    view = assessment.suggest(answers, doors)
    tip = assessment.tipping_answer(answers, doors) if view and view.close else None
    if view is None or tip is None:
        return ""
    now = assessment.answer_to(answers, tip.question.id) or tip.answer
    change, kind = ("lower", "candy") if tip.answer < now else ("higher", "real")
    return f"A {change} answer to “{tip.question.words}” would make it {kind}."


def describe_suggestion(view: Suggestion) -> Content:
    """Return the suggestion: what it looks like, and the reasons."""
    mark = ("◆ ", "$real") if view.verdict is Verdict.REAL else ("◇ ", "$candy")
    return Content.assemble(mark, (view.headline, "bold"), "\n", " ".join(view.reasons))

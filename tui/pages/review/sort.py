"""The part Sort: one win, one question, and what the answers add up to."""

from typing import ClassVar, Final

from msgspec import structs
from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from data.base.text import clean_line
from data.model import assessment
from data.model.assessment import Question, Suggestion
from data.model.records import Answers, Win
from data.model.verdict_scale import JUDGEMENTS, judgement_key
from data.review import lookbacks
from data.review.agenda import ReviewState
from data.review.reviews import VERDICT
from tui.pages.review.view import View, about, doors_of, story_of
from widgets.review.choices import Choice, Choices
from widgets.review.scale import Scale
from widgets.review.score_bars import ScoreBars

VERDICTS: Final = tuple(Choice(one.key, one.words) for one in JUDGEMENTS)


class SortView(View):
    """One question of one win, or its verdict."""

    KEYS: ClassVar[frozenset[str]] = frozenset({"answer", "skip", "verdict", "mode"})

    def __init__(self) -> None:
        super().__init__()
        self._win: Win | None = None
        self._doors: tuple[str, ...] = ()

    def compose(self) -> ComposeResult:
        """Yield the win, the question, the bars, the suggestion and the verdict."""
        yield Static(classes="title")
        yield Static(classes="about")
        yield Static(classes="story")
        yield Scale()
        yield ScoreBars()
        yield Static(classes="suggestion")
        yield Static(classes="ask")
        yield Choices(*VERDICTS)
        yield Static(classes="aside")

    def alive(self) -> frozenset[str]:
        """At the verdict there is no way straight to it."""
        return self.KEYS - {"verdict"} if self.has_class("-verdict") else self.KEYS

    def show(self, state: ReviewState) -> None:
        """Show the question at this position."""
        win = state.journal.wins[state.position.item]
        self._win, self._doors = win, doors_of(state.journal, win)
        self.say(".title", clean_line(win.title))
        self.say(".about", about(state.journal, win))
        self.say(".story", "" if state.position.question == VERDICT else story_of(win))
        if state.position.question == VERDICT:
            self._show_verdict(win)
        else:
            self._show_question(win, assessment.QUESTION_BY_ID[state.position.question], quick=state.agenda.quick)
        self._weigh(win.answers)
        self.call_after_refresh(self._show_the_keys)

    def _show_the_keys(self) -> None:
        """Scroll to what is asked where a long title leaves too little room."""
        asked = self.query_one(Choices if self.has_class("-verdict") else Scale)
        asked.scroll_visible(animate=False)

    def _show_question(self, win: Win, question: Question, *, quick: bool) -> None:
        self.set_class(False, "-verdict")
        self.query_one(Scale).ask(question, assessment.answer_to(win.answers, question.id), alone=quick)
        self.query_one(Scale).focus()
        door = bool(self._doors) and question.id == "door"
        self.say(".aside", "It counts as 5, whatever is answered: a later win names it." if door else "")

    def _show_verdict(self, win: Win) -> None:
        self.set_class(True, "-verdict")
        own = lookbacks.own_decisions(win)
        self.query_one(Choices).chosen = judgement_key(win.verdict, own[-1].p) if own and win.verdict else None
        self.screen.set_focus(None)
        view = assessment.suggest(win.answers, self._doors)
        tip = assessment.tipping_answer(win.answers, self._doors) if view and view.close else None
        self.say(".aside", f"One answer would turn it: “{tip.question.words}” at {tip.answer}." if tip else "")

    def _weigh(self, answers: Answers) -> None:
        """Show what these answers add up to, at once."""
        scores = self.query_one(ScoreBars)
        scores.answers, scores.doors = answers, self._doors
        view = assessment.suggest(answers, self._doors)
        asked = self.has_class("-verdict")
        self.say(".suggestion", suggestion_in_words(view) if view else MISSING if asked else "")
        self.say(".ask", ("And you?" if view else "What do you say?") if asked else "")

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
        self.post_message(self.AnswerGiven(event.answer))

    @on(Scale.Skipped)
    def pass_scale(self, event: Scale.Skipped) -> None:
        """Go on."""
        event.stop()
        self.post_message(self.QuestionSkipped())


MISSING: Final = Content.styled("Not every test has an answer, so nothing is suggested.", "$foreground 60%")


def suggestion_in_words(view: Suggestion) -> Content:
    """Return the suggestion: what it looks like, the substance, and the reasons."""
    mark = ("◆ ", "$real") if view.verdict.value == "real" else ("◇ ", "$candy")
    amount = (f"   substance {view.substance:.2f}", "$foreground 60%")
    return Content.assemble(mark, (view.headline, "bold"), amount, "\n", " ".join(view.reasons))

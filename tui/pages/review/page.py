"""The weekly review: five parts, one question at a time, saved at each answer."""

from datetime import date
from typing import ClassVar, Final

from textual import on
from textual.binding import Binding, BindingType
from textual.content import Content

from data.base.errors import SmallWinsError
from data.base.text import clean_line
from data.model import edits
from data.model.edits import Edit
from data.model.verdict_scale import judgement
from data.review import agenda, moves, reviews, steps
from data.review.moves import STEP_DONE, Move
from data.review.reviews import VERDICT, Position
from tui.pages.page import Page
from tui.pages.review.close import CloseView
from tui.pages.review.next_step import NextView
from tui.pages.review.past import STYLED_MARKS
from tui.pages.review.position import ReviewStand
from tui.pages.review.recall import EntryView, StepView
from tui.pages.review.start import StartView
from tui.pages.review.view import View
from widgets.review.progress import Progress

LAST_DIGIT: Final = 5


class ReviewPage(ReviewStand):
    """What a person can do in a review, before it and after it."""

    AUTO_FOCUS = ""
    CSS_PATH = "review.tcss"
    VERTICAL_BREAKPOINTS = [(0, "-too-low"), (18, "-short"), (23, "-tall"), (36, "-high")]  # noqa: RUF012 - as App has it
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("1", "answer(1)", "answer", key_display="1-5", id="review.1", tooltip="Answer the question"),
        *(Binding(str(n), f"answer({n})", "answer", id=f"review.{n}", show=False) for n in range(2, LAST_DIGIT + 1)),
        *(Binding(str(n), "nothing", "", id=f"review.no{n}", show=False) for n in range(1, LAST_DIGIT + 1)),
        Binding("s", "skip", "skip", id="review.skip", tooltip="Go on without an answer"),
        Binding("enter", "go_on", "go on", id="review.on", show=False, tooltip="Go on"),
        Binding("backspace", "back", "back", key_display="⌫", id="review.back", tooltip="Back to the question before"),
        Binding("f", "mode", "quick", id="review.mode", tooltip="Ask three questions a win, or all six"),
        Binding("v", "verdict", "verdict", id="review.verdict", show=False, tooltip="Straight to the verdict"),
        Binding(
            "greater_than_sign",
            "part(1)",
            "next",
            key_display=">",
            id="review.part",
            tooltip="On to the next part",
        ),
        Binding(
            "less_than_sign",
            "part(-1)",
            "part before",
            key_display="<",
            id="review.part_before",
            show=False,
            tooltip="To the part before",
        ),
        Binding("escape", "leave", "leave", id="review.leave", tooltip="Leave the review; all is kept"),
    ]

    def navigate_to(self, wanted: Page.Navigate) -> None:  # noqa: ARG002 - a review needs no win to begin
        """Begin the review that is due, or go on with it; one that is done already is only shown as such."""
        week = reviews.what_is_due(self.journal, self.settings, self.today).week
        review = reviews.find_review(self.journal, week)
        if review is None or review.finished_at is None:
            self.call_later(self.begin, week)

    # Going somewhere.

    def begin(self, week: date) -> None:
        """Begin the review of a week, or go on with it."""
        self._week, self._past = week, None
        self._sent.clear()
        if self._review() is None:
            self._change("begin the review", reviews.start_review(reviews.new_review(self.journal, week, self.now())))
        if self.running:
            self._position = agenda.resume_position(self._plan())
        self.call_later(self._bring)

    def _change(self, label: str, edit: Edit) -> bool:
        """Show a change at once and post it; the app says so when it can't be made, and then nothing moves."""
        try:
            self.set_reactive(Page.journal, self.journal.apply(edit(self.journal)))
        except SmallWinsError:
            return False
        finally:
            self.post_message(self.Edited(label, edit))
        return True

    async def _go(self, move: Move | None, said: str | Content = "") -> None:
        """Make a move: the answer is saved with the position it leads to."""
        self._keep_note()
        if move is None or not self._change(move.label, move.edit):
            return
        if (review := self._review()) is not None:
            self._sent.append(review.position)
        self._position = move.to
        self._say("" if move.to.part == "look" else said)
        await self._bring()

    def _keep_note(self) -> None:
        """Keep what was typed into the note and not saved yet."""
        note = self.view.changed_note() if isinstance(self.view, CloseView) else None
        if note is not None and self._week is not None:
            self._change("note", reviews.set_note(self._week, note, self.now()))

    async def action_answer(self, key: int) -> None:
        """Answer the question."""
        await self._answer(key)

    async def _answer(self, key: int) -> None:
        if isinstance(self.view, StepView) and key == STEP_DONE:
            self.view.word()
            return
        said = self._judged(self._position, key) if self._position.question == VERDICT else ""
        await self._go(moves.answer(self._desk(), key, self.now()), said)

    def _judged(self, position: Position, key: int) -> Content:
        win, given = self.journal.wins[position.item], judgement(key)
        return Content.assemble(STYLED_MARKS[given.verdict], (f"{given.words} · ", "bold"), clean_line(win.title))

    def action_nothing(self) -> None:
        """A digit that answers nothing here must not leave the review either."""

    async def action_skip(self) -> None:
        """Go on without an answer."""
        await self._go(moves.pass_on(self._desk(), self.now()))

    async def action_go_on(self) -> None:
        """Go on; on a past review, open it again."""
        if self.running:
            await self.action_skip()
        elif self._past is not None:
            self.begin(self._past)

    async def action_back(self) -> None:
        """Go to the question before."""
        await self._go(moves.go_back(self._desk(), self.now()))

    async def action_verdict(self) -> None:
        """Go straight to the verdict."""
        await self._go(moves.to_verdict(self._desk(), self.now()))

    async def action_mode(self) -> None:
        """Ask three questions a win, or six."""
        state = self._desk()
        said = "Six questions a win, two a test." if state.agenda.quick else "Three questions a win, one a test."
        await self._go(moves.change_mode(state, self.now()), said)

    async def action_part(self, by: int) -> None:
        """Go to the next part that has anything, or the one before."""
        state = self._desk()
        await self._go(moves.to_part(state, agenda.part_position(state.agenda, state.position, by), self.now()))

    async def action_leave(self) -> None:
        """Leave a running review, or a past one."""
        self._keep_note()
        self._week = self._past = None
        self._say()
        await self._bring()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Say which keys do something now; the digits are the app's again once the review is left."""
        match action:
            case "answer" | "nothing" | "skip" | "verdict" | "mode":
                answering_now = self.running and isinstance(self.view, View) and action in self.view.alive()
                return answering_now if action != "nothing" else self.running
            case "back" | "part":
                return self.running
            case "go_on":
                return self.running or self._past is not None
            case "leave":
                return self.running or self._past is not None
        return super().check_action(action, parameters)

    # What the parts say.

    @on(View.AnswerGiven)
    async def _answered(self, event: View.AnswerGiven) -> None:
        await self._answer(event.key)

    @on(View.QuestionSkipped)
    async def _passed(self) -> None:
        await self.action_skip()

    @on(StepView.Done)
    async def _step_done(self, event: StepView.Done) -> None:
        await self._go(moves.complete_step(self._desk(), event.title, self.now()), "Done, and written down as a win.")

    @on(EntryView.Entered)
    async def _entered(self, event: EntryView.Entered) -> None:
        win = edits.new_win(event.title, happened_on=event.day, now=self.now())
        await self._go(moves.enter(self._desk(), win, self.now()))

    @on(NextView.Planned)
    async def _planned(self, event: NextView.Planned) -> None:
        view = self.query_one(NextView)
        try:
            words = steps.wording(event.cue, event.act)
            move = moves.plan_step(self._desk(), words, event.from_win, self.now())
        except SmallWinsError as error:
            view.complain(str(error))
            return
        view.clear()
        await self._go(move, Content(f"Planned: {words}."))

    @on(CloseView.Noted)
    def _noted(self, event: CloseView.Noted) -> None:
        if self._week is not None:
            self._change("note", reviews.set_note(self._week, event.note, self.now()))

    @on(CloseView.Finished)
    async def _finished(self, event: CloseView.Finished) -> None:
        week, now = self._plan().review.week, self.now()
        done = edits.combine_edits(reviews.set_note(week, event.note, now), reviews.finish_review(week, now))
        if self._change("finish the review", done):
            self._week = None
            self._say("Done. See you next week.")
            await self._bring()

    @on(StartView.WeekChosen)
    async def _chosen(self, event: StartView.WeekChosen) -> None:
        review = reviews.find_review(self.journal, event.week)
        self._say()
        if review is not None and review.finished_at is not None:
            self._past = event.week
            await self._bring()
        else:
            self.begin(event.week)

    @on(Progress.StageClicked)
    async def _picked(self, event: Progress.StageClicked) -> None:
        state = self._desk()
        positions = [position for position in state.agenda.positions if position.part == event.key]
        if positions and event.key != self._position.part:
            to = next(
                (position for position in positions if not agenda.is_answered(state.agenda, position)), positions[0]
            )
            await self._go(moves.to_part(state, to, self.now()))

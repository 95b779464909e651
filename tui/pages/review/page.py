"""The weekly review: five parts, one question at a time, saved at each answer."""

from datetime import date
from functools import partial
from typing import ClassVar, Final

from textual import on
from textual.binding import Binding, BindingType
from textual.content import Content

from data.base.errors import SmallWinsError
from data.base.formatting import plural
from data.base.text import clean_line
from data.model import edits
from data.model.journal import Edit
from data.model.records import Goal
from data.model.verdict_scale import JUDGEMENTS, Judgement, judgement, judgement_of_letter
from data.review import agenda, moves, reviews
from data.review.moves import STEP_DONE, Move
from data.review.reviews import ALL_SIX, CALL, find_review
from tui.dialogs.choose import Choose
from tui.dialogs.goal_form import GoalFields
from tui.pages.door_links import DoorLinks
from tui.pages.page import Page, goal_draft
from tui.pages.review.close import CloseView
from tui.pages.review.look_back import LookView
from tui.pages.review.next_step import NextView
from tui.pages.review.past import PastView
from tui.pages.review.position import ReviewScreen
from tui.pages.review.recall import EntryView, StepView
from tui.pages.review.sort import SortView
from tui.pages.review.start import StartView
from tui.pages.review.view import View
from tui.pages.review.your_week import STYLED_MARKS
from widgets.review.door_field import DoorField
from widgets.review.progress import Progress

_OF_A_PART: Final = frozenset(
    {"answer", "end_step", "call letter", "skip", "call", "six", "edit", "trash", "goal", "door", "opener", "why"}
)
"""The actions that do something in some parts only."""


class ReviewPage(ReviewScreen):
    """What a person can do in a review, before it and after it."""

    AUTO_FOCUS = ""
    CSS_PATH = "review.tcss"
    VERTICAL_BREAKPOINTS = [(0, "-too-low"), (18, "-short"), (23, "-tall"), (36, "-high")]  # noqa: RUF012 - as App has it
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("1", "end_step", "answer", key_display="1-3", id="review.step", tooltip="Say how the step went"),
        Binding("1", "answer('1')", "answer", key_display="1-5", id="review.1", tooltip="Answer the question"),
        *(Binding(key, f"answer('{key}')", "answer", id=f"review.{key}", show=False) for key in "2345"),
        *(Binding(key, "nothing", "", id=f"review.no{key}", show=False) for key in "12345"),
        Binding("r", "answer('r')", "call", key_display="CcnrR", id="review.call", tooltip="Your call"),
        *(
            Binding(one.letter, f"answer('{one.letter}')", one.words, id=f"review.call.{one.key}", show=False)
            for one in JUDGEMENTS
            if one.letter != "r"
        ),
        Binding("r", "reopen", "reopen", id="review.reopen", tooltip="Open this review again"),
        Binding("E", "picture", "picture", id="review.picture", show=False, tooltip="Save this page as a picture"),
        Binding("f", "six", "all six", id="review.six", tooltip="Ask all six questions of this win, or three again"),
        Binding("v", "call", "my call", id="review.verdict", tooltip="Go straight to your call"),
        Binding("s", "skip", "skip", id="review.skip", tooltip="Skip this question"),
        Binding("enter", "go_on", "continue", id="review.on", show=False, tooltip="Continue"),
        Binding("backspace", "back", "back", key_display="⌫", id="review.back", tooltip="Back to the question before"),
        Binding("e", "edit", "edit", id="review.edit", show=False, tooltip="Edit this win"),
        Binding("d", "trash", "trash", id="review.trash", show=False, tooltip="Move this win to the trash"),
        Binding("g", "goal", "goal", id="review.goal", show=False, tooltip="Give this win a goal"),
        Binding("w", "why", "why", id="review.why", show=False, tooltip="Say why you want to reach this win's goal"),
        Binding("o", "door", "door", id="review.door", tooltip="Say which door it opened: a few words or a later win"),
        Binding("O", "opener", "opened by", show=False, id="review.opener", tooltip="Say which win opened this one"),
        Binding("o", "older", "older ones", id="review.older", tooltip="Sort older wins, the next few"),
        Binding("w", "whole", "whole", id="review.whole", tooltip="Begin the whole review after weeks away"),
        Binding("greater_than_sign", "part(1)", "next part", key_display=">", id="review.part", tooltip="Next part"),
        Binding(
            "less_than_sign",
            "part(-1)",
            "part before",
            key_display="<",
            id="review.part_before",
            show=False,
            tooltip="Previous part",
        ),
        Binding("escape", "leave", "close", id="review.leave", tooltip="Close the review; everything is kept"),
    ]

    def navigate_to(self, wanted: Page.Navigate) -> None:  # noqa: ARG002 - a review needs no win to begin
        """Begin the review that is due, or continue it; one that is done already is only shown as such."""
        due = reviews.what_is_due(self.journal, self.settings, self.today)
        review = find_review(self.journal, due.week)
        if (review is None or review.finished_at is None) and not reviews.is_away(self.journal, due):
            self.call_later(self.begin, due.week)

    # Going somewhere.

    async def begin(self, week: date, *, short: bool = False) -> None:
        """Begin the review of a week, or the short way back into it, or continue it."""
        self.week, self.past_week = week, None
        if find_review(self.journal, week) is None:
            self._change("begin the review", reviews.start_review(reviews.new_review(week, self.now(), short=short)))
        await self.refresh_content()

    def _change(self, label: str, edit: Edit) -> None:
        """Ask for a change; the journal that comes back says where the review stands then."""
        self.post_message(self.Edited(label, edit))

    def _go(self, move: Move | None, said: str | Content = "") -> None:
        """Make a move: the answer is saved with the position it leads to."""
        self._keep_note()
        if move is not None:
            self.say("" if move.to.part == "look" else str(said))
            self._change(move.label, move.edit)

    def _keep_note(self) -> None:
        """Keep what was typed into the note and not saved yet."""
        note = self.view.changed_note() if isinstance(self.view, CloseView) else None
        if note is not None and self.week is not None:
            self._change("note", reviews.set_note(self.week, note, self.now()))

    def action_answer(self, key: str) -> None:
        """Answer the question with a digit, or make the call with a letter."""
        if self.gate.takes(key):
            self._answer(key)

    def _answer(self, key: str) -> None:
        if isinstance(self.view, StepView):
            self._answer_step(key)
        elif key.isdigit() and self.state.position.question != CALL:
            self._go(moves.answer(self.state, int(key), self.now()))
        else:
            given = judgement(int(key)) if key.isdigit() else judgement_of_letter(key)
            self._go(moves.call(self.state, given, self.now()), self._called(given))

    def _answer_step(self, key: str) -> None:
        if key == str(STEP_DONE):
            self.query_one(StepView).word()
        elif key.isdigit():
            self._go(moves.answer(self.state, int(key), self.now()))

    def _called(self, given: Judgement) -> Content:
        title = clean_line(self.journal.wins[self.state.position.item].title)
        return Content.assemble(STYLED_MARKS[given.verdict], (f"{given.words} · ", "bold"), title)

    def action_end_step(self) -> None:
        """Say that the step was done; of a step there are three answers."""
        self.action_answer(str(STEP_DONE))

    def action_nothing(self) -> None:
        """A digit that answers nothing here must not leave the review either."""

    def action_skip(self) -> None:
        """Continue without an answer."""
        if self.gate.takes("skip"):
            self._go(moves.pass_on(self.state, self.now()))

    async def action_go_on(self) -> None:
        """Continue; close a past review."""
        if self.running:
            self.action_skip()
        else:
            await self.action_leave()

    async def action_reopen(self) -> None:
        """Open a past review again."""
        if self.past_week is not None:
            await self.begin(self.past_week)

    def action_finish_step(self) -> None:
        """Make a win of the step that is asked about, and continue; elsewhere of the next open one."""
        if self.running and isinstance(self.view, StepView):
            self.view.complete()
        else:
            super().action_finish_step()

    def action_back(self) -> None:
        """Go to the question before."""
        self._go(moves.go_back(self.state, self.now()))

    def action_call(self) -> None:
        """Go straight to the call."""
        if self.gate.takes("call"):
            self._go(moves.to_call(self.state, self.now()))

    def action_six(self) -> None:
        """Ask all six questions of this win, or three again."""
        if self.gate.takes("six"):
            six = self.state.position.mode != ALL_SIX
            said = "All six questions, two a test." if six else "Three questions, one a test."
            self._go(moves.ask_all_six(self.state, self.now()), said)

    def action_part(self, by: int) -> None:
        """Go to the next part that has anything, or the one before."""
        position = agenda.part_position(self.state.agenda, self.state.position, by)
        self._go(moves.go_to(self.state, position, self.now()))

    async def action_leave(self) -> None:
        """Close a running review, or a past one."""
        self._keep_note()
        self.week = self.past_week = None
        self.say("")
        await self.refresh_content()

    async def action_older(self) -> None:
        """Sort the next few older wins, in the review that waits or was just done."""
        due = reviews.what_is_due(self.journal, self.settings, self.today)
        start = reviews.start_review(reviews.new_review(due.week, self.now()))
        more = reviews.ask_for_older(due.week, self.settings.most_sorted, self.now())
        self._change("sort older wins", edits.combine_edits(start, more))
        self.week = due.week
        await self.refresh_content()

    def action_picture(self) -> None:
        """Save a review that is done as a picture."""
        self.save_picture("review")

    async def action_whole(self) -> None:
        """Begin the whole review where the short way is offered."""
        await self.begin(reviews.what_is_due(self.journal, self.settings, self.today).week)

    def action_edit(self) -> None:
        """Edit the win that is asked about."""
        if self.gate.takes("edit"):
            self.post_message(self.EditRequested(self.state.position.item))

    def action_trash(self) -> None:
        """Move the win that is asked about to the trash."""
        if self.gate.takes("trash"):
            self._change("move to the trash", edits.trash_wins([self.state.position.item], self.now()))
            self.say("Moved to the trash", "undo", "undoes")

    def action_goal(self) -> None:
        """Choose a goal for the win that is asked about, or write down the first one."""
        if not self.gate.takes("goal"):
            return
        win = self.state.position.item
        goals = sorted((one for one in self.journal.goals.values() if one.archived_at is None), key=_goal_order)
        if goals:
            choose = Choose("Which goal?", [(goal.id, goal.name) for goal in goals])
            self.app.push_screen(choose, partial(self._point, win))
        else:
            self.ask_goal(None, partial(self._set_out, win))

    def _set_out(self, win: str, fields: GoalFields) -> None:
        """Write down the first goal, and point the win at it."""
        goal = edits.new_goal(fields.name, self.now(), fields.why)
        point = edits.set_goal([win], goal.id, self.now())
        self.post_message(self.Edited("goal", edits.combine_edits(edits.add_goal(goal), point), goal_draft()))

    def action_why(self) -> None:
        """Say why the person wants to reach the goal of the win that is asked about."""
        goal = self.journal.goals.get(self.journal.wins[self.state.position.item].goal or "")
        if goal is not None and self.gate.takes("why"):
            self.ask_goal(goal, partial(self._reason, goal), asks_why=True)

    def _reason(self, goal: Goal, fields: GoalFields) -> None:
        edit = edits.change_goal(goal.id, fields.name, fields.why, self.now())
        self.post_message(self.Edited("edit a goal", edit, goal_draft(goal)))

    def action_door(self) -> None:
        """Say which door the win opened."""
        if isinstance(self.view, SortView) and self.gate.takes("door"):
            self.view.ask_door(self.state)
            self.refresh_bindings()

    def action_opener(self) -> None:
        """Say which win opened the one that is asked about."""
        if self.gate.takes("opener"):
            win = self.journal.wins[self.state.position.item]
            DoorLinks(self, lambda _win: None).ask(win, earlier=True)

    @on(DoorField.DoorNamed)
    def _door_named(self, event: DoorField.DoorNamed) -> None:
        self._go(moves.say_door(self.state, event.note, event.later, self.now()), "Kept.")

    @on(DoorField.DoorClosed)
    async def _door_closed(self) -> None:
        await self.refresh_content()

    def _point(self, win: str, goal: str | None) -> None:
        if goal is not None:
            self._change("goal", edits.set_goal([win], goal, self.now()))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Say which keys do something now; digits and letters are the app's again once the review is closed."""
        if action == "answer":
            action = "answer" if str(parameters[0]).isdigit() else "call letter"
        view, past = self.view, self.past_week is not None
        if action in _OF_A_PART:
            return self.running and isinstance(view, View) and action in view.alive()
        known = {
            **dict.fromkeys(("back", "part", "nothing"), self.running),
            "older": isinstance(view, StartView) and view.has_older,
            "whole": isinstance(view, StartView) and view.is_away,
            **dict.fromkeys(("reopen", "picture"), not self.running and past),
            **dict.fromkeys(("go_on", "leave"), self.running or past),
        }
        return known[action] if action in known else super().check_action(action, parameters)

    # What the parts say.

    @on(View.AnswerGiven)
    def _answer_given(self, event: View.AnswerGiven) -> None:
        self.action_answer(event.key)

    @on(View.QuestionSkipped)
    def _skipped(self) -> None:
        self.action_skip()

    @on(StepView.Done)
    def _step_done(self, event: StepView.Done) -> None:
        if event.win is not None:
            self._go(moves.take_written_win(self.state, event.win, self.now()), "Done, and linked to that win.")
        else:
            self._go(moves.complete_step(self.state, event.title, self.now()), "Done, and written down as a win.")

    @on(EntryView.Entered)
    def _entered(self, event: EntryView.Entered) -> None:
        said = f"{plural(len(event.lines), 'win')} written down." if len(event.lines) > 1 else ""
        self._go(moves.enter_lines(self.state, event.lines, event.day, self.now()), said)

    @on(LookView.ProofTold)
    def _proof_told(self, event: LookView.ProofTold) -> None:
        try:
            move = moves.tell_proof(self.state, event.part, event.words, self.now())
        except SmallWinsError as error:
            self.query_one(LookView).complain(str(error))
            return
        self._go(move, "Kept as proof. The evidence sheet tells it.")

    @on(NextView.Planned)
    def _planned(self, event: NextView.Planned) -> None:
        view = self.query_one(NextView)
        try:
            move = moves.plan_step(self.state, event.act, event.when, event.from_win, self.now())
        except SmallWinsError as error:
            view.complain(str(error))
            return
        view.clear()
        self._go(move, "Planned. It stands above the board until it is done.")

    @on(CloseView.Noted)
    def _noted(self, event: CloseView.Noted) -> None:
        if self.week is not None:
            self._change("note", reviews.set_note(self.week, event.note, self.now()))

    @on(CloseView.Finished)
    async def _finished(self, event: CloseView.Finished) -> None:
        week, now = self.state.agenda.review.week, self.now()
        self._change("finish the review", reviews.end_review(week, event.note, event.cue, now))
        self.week, self.past_week = None, week
        self.say("Done. See you next week.")
        await self.refresh_content()

    @on(PastView.PageCopied)
    def _page_copied(self) -> None:
        self.say("Copied.")

    @on(StartView.WeekChosen)
    async def _chosen(self, event: StartView.WeekChosen) -> None:
        review = find_review(self.journal, event.week)
        self.say("")
        if review is not None and review.finished_at is not None:
            self.past_week = event.week
            await self.refresh_content()
        else:
            due = reviews.what_is_due(self.journal, self.settings, self.today)
            away = event.week == due.week and reviews.is_away(self.journal, due)
            await self.begin(event.week, short=away)

    @on(Progress.StageClicked)
    def _stage_clicked(self, event: Progress.StageClicked) -> None:
        state = self.state
        if event.key != state.position.part and any(one.part == event.key for one in state.agenda.positions):
            self._go(moves.go_to(state, agenda.first_of_part(state.agenda, event.key), self.now()))


def _goal_order(goal: Goal) -> tuple[int, str]:
    return goal.order, goal.name

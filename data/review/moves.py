"""What an answer means at each position of a review: the edit it makes and the position it leads to.

Every move is one edit with the new position in it, so that an answer and where the review stands are saved, and undone,
together.
"""

from datetime import date, datetime, timedelta
from typing import Final

from msgspec import Struct

from data.base.weeks import WEEK, week_of
from data.model import assessment, edits
from data.model.edits import Edit
from data.model.records import Win
from data.model.verdict_scale import judgement
from data.review import agenda, lookbacks, reviews, steps
from data.review.agenda import Agenda, ReviewState
from data.review.reviews import REVEALED, VERDICT, Position

STEP_DONE: Final = 1
STEP_STILL_ON: Final = 2
STEP_DROPPED: Final = 3
"""The keys of a step."""


class Move(Struct, frozen=True):
    """What to do about an answer.

    Attributes:
        label: What was done, for undo; it never holds the text of a win, nor a verdict.
        edit: The answer and the new position in one.
        to: The new position.
    """

    label: str
    edit: Edit
    to: Position


def move(plan: Agenda, to: Position, now: datetime, label: str, *doing: Edit, quick: bool | None = None) -> Move:
    """Return a move: do what is to be done, and stand at another position, in the same mode unless `quick` says so."""
    mode = plan.quick if quick is None else quick
    return Move(label, edits.combine_edits(*doing, reviews.move_to(plan.review.week, to, now, quick=mode)), to)


def answer(state: ReviewState, key: int, now: datetime) -> Move | None:
    """Return what a digit does at a position, or None where it does nothing: a step that was done needs words first."""
    plan, position = state.agenda, state.position
    match position:
        case Position("recall", step) if step:
            return _decide_step(state, key, now)
        case Position("sort", win, question) if question == VERDICT:
            given = judgement(key)
            decide = edits.set_verdict([win], given.verdict, now, given.p)
            return move(plan, agenda.next_position(plan, position), now, "verdict", decide)
        case Position("sort", win, question):
            asked = assessment.QUESTION_BY_ID[question].id
            return move(
                plan, agenda.next_position(plan, position), now, "answer", edits.answer_question(win, asked, key, now)
            )
        case Position("look", win, question) if question != REVEALED:
            look = lookbacks.record_lookback(win, judgement(key), state.today, now)
            return move(plan, Position("look", win, REVEALED), now, "look back", look)
    return None


def _decide_step(state: ReviewState, key: int, now: datetime) -> Move | None:
    step = state.position.item
    if key == STEP_STILL_ON:
        return _onward(state, now, "step still on", steps.keep_step(step, next_week(state), now))
    return _onward(state, now, "let a step go", steps.drop_step(step, now)) if key == STEP_DROPPED else None


def _onward(state: ReviewState, now: datetime, label: str, *doing: Edit) -> Move:
    return move(state.agenda, agenda.next_position(state.agenda, state.position), now, label, *doing)


def complete_step(state: ReviewState, title: str, now: datetime) -> Move:
    """Return the move for a step that was done and became a win of that title, dated within the reviewed week.

    Raises:
        NotAllowedError: The title is empty or too long.
    """
    win = edits.new_win(title, happened_on=min(state.today, last_day(state.agenda)), now=now)
    return _onward(state, now, "step done", steps.finish_step(state.position.item, win, now))


def enter(state: ReviewState, win: Win, now: datetime) -> Move:
    """Return the move for a win written down in the part Recall; more may follow, so the position stays."""
    return move(state.agenda, state.position, now, "add", edits.add_win(win))


def plan_step(state: ReviewState, words: str, from_win: str | None, now: datetime) -> Move:
    """Return the move for a step.

    Raises:
        NotAllowedError: There are no words, or too many.
    """
    step = steps.new_step(words, due_week=next_week(state), now=now, from_win=from_win)
    return _onward(state, now, "plan a step", steps.add_step(step))


def next_week(state: ReviewState) -> date:
    """Return the week a new step is for: the one after the reviewed week, or the current one when that is later."""
    return max(state.agenda.review.week + WEEK, week_of(state.today, state.settings.week_start))


def last_day(plan: Agenda) -> date:
    """Return the last day of the reviewed week."""
    return plan.review.week + WEEK - timedelta(days=1)


def pass_on(state: ReviewState, now: datetime) -> Move:
    """Return the move to the next position without an answer."""
    return _onward(state, now, "go on")


def go_back(state: ReviewState, now: datetime) -> Move:
    """Return the move to the position before."""
    return move(state.agenda, agenda.previous_position(state.agenda, state.position), now, "go back")


def to_verdict(state: ReviewState, now: datetime) -> Move:
    """Return the move straight to the verdict of the win that is being sorted."""
    return move(state.agenda, Position("sort", state.position.item, VERDICT), now, "go on")


def to_part(state: ReviewState, to: Position, now: datetime) -> Move:
    """Return the move to another part."""
    return move(state.agenda, to, now, "go on")


def change_mode(state: ReviewState, now: datetime) -> Move:
    """Return the move from three questions a win to six, or back, with the same win."""
    plan, position = state.agenda, state.position
    quick = not plan.quick
    asked = [question.id for question in assessment.questions(quick=quick)]
    kept = position.question in asked or position.question == VERDICT or position.part != "sort"
    to = position if kept else Position("sort", position.item, asked[0])
    return move(plan, to, now, "three or six questions", quick=quick)

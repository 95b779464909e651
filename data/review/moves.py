"""What an answer means at each stop of a review: the edit it makes and the stop it leads to.

Every move is one edit with the new place in it, so that an answer and where the review stands are saved, and undone,
together.
"""

from datetime import date, datetime, timedelta
from typing import Final

from msgspec import Struct

from data.base.weeks import WEEK, week_of
from data.model import assessment as reflection
from data.model import edits
from data.model.edits import Edit
from data.model.records import Win
from data.model.verdict_scale import judgement
from data.review import agenda, reviews, steps
from data.review import lookbacks as lookback
from data.review.agenda import Agenda, Desk
from data.review.reviews import TOLD, VERDICT, Place

DONE: Final = 1
STILL_ON: Final = 2
DROPPED: Final = 3
"""The keys of a step."""


class Move(Struct, frozen=True):
    """What to do about an answer.

    Attributes:
        label: What was done, for undo; it never holds the text of a win, nor a verdict.
        edit: The answer and the new place in one.
        to: The new place.
    """

    label: str
    edit: Edit
    to: Place


def move(plan: Agenda, to: Place, now: datetime, label: str, *doing: Edit, quick: bool | None = None) -> Move:
    """Return a move: do what is to be done, and stand at another place, in the same mode unless `quick` says so."""
    mode = plan.quick if quick is None else quick
    return Move(label, edits.together(*doing, reviews.move_to(plan.review.week, to, now, quick=mode)), to)


def answer(desk: Desk, key: int, now: datetime) -> Move | None:
    """Return what a digit does at a place, or None where it does nothing: a step that was done needs words first."""
    plan, place = desk.plan, desk.place
    match place:
        case Place("recall", step) if step:
            return _settle(desk, key, now)
        case Place("sort", win, question) if question == VERDICT:
            given = judgement(key)
            decide = edits.set_verdict([win], given.verdict, now, given.p)
            return move(plan, agenda.after(plan, place), now, "verdict", decide)
        case Place("sort", win, question):
            asked = reflection.BY_ID[question].id
            return move(plan, agenda.after(plan, place), now, "answer", edits.answer_question(win, asked, key, now))
        case Place("look", win, question) if question != TOLD:
            look = lookback.record_lookback(win, judgement(key), desk.today, now)
            return move(plan, Place("look", win, TOLD), now, "look back", look)
    return None


def _settle(desk: Desk, key: int, now: datetime) -> Move | None:
    step = desk.place.item
    if key == STILL_ON:
        return _onward(desk, now, "step still on", steps.keep_step(step, next_week(desk), now))
    return _onward(desk, now, "let a step go", steps.drop_step(step, now)) if key == DROPPED else None


def _onward(desk: Desk, now: datetime, label: str, *doing: Edit) -> Move:
    return move(desk.plan, agenda.after(desk.plan, desk.place), now, label, *doing)


def finish_step(desk: Desk, title: str, now: datetime) -> Move:
    """Return the move for a step that was done and became a win of that title, dated within the reviewed week.

    Raises:
        NotAllowedError: The title is empty or too long.
    """
    win = edits.new_win(title, happened_on=min(desk.today, last_day(desk.plan)), now=now)
    return _onward(desk, now, "step done", steps.finish_step(desk.place.item, win, now))


def enter(desk: Desk, win: Win, now: datetime) -> Move:
    """Return the move for a win written down in the part Recall; more may follow, so the place stays."""
    return move(desk.plan, desk.place, now, "add", edits.add_win(win))


def plan_step(desk: Desk, words: str, from_win: str | None, now: datetime) -> Move:
    """Return the move for a step.

    Raises:
        NotAllowedError: There are no words, or too many.
    """
    step = steps.new_step(words, due_week=next_week(desk), now=now, from_win=from_win)
    return _onward(desk, now, "plan a step", steps.add_step(step))


def next_week(desk: Desk) -> date:
    """Return the week a new step is for: the one after the reviewed week, or the current one when that is later."""
    return max(desk.plan.review.week + WEEK, week_of(desk.today, desk.settings.week_start))


def last_day(plan: Agenda) -> date:
    """Return the last day of the reviewed week."""
    return plan.review.week + WEEK - timedelta(days=1)


def pass_on(desk: Desk, now: datetime) -> Move:
    """Return the move to the next stop without an answer."""
    return _onward(desk, now, "go on")


def go_back(desk: Desk, now: datetime) -> Move:
    """Return the move to the stop before."""
    return move(desk.plan, agenda.before(desk.plan, desk.place), now, "go back")


def to_verdict(desk: Desk, now: datetime) -> Move:
    """Return the move straight to the verdict of the win that is being sorted."""
    return move(desk.plan, Place("sort", desk.place.item, VERDICT), now, "go on")


def to_part(desk: Desk, to: Place, now: datetime) -> Move:
    """Return the move to another part."""
    return move(desk.plan, to, now, "go on")


def change_mode(desk: Desk, now: datetime) -> Move:
    """Return the move from three questions a win to six, or back, with the same win."""
    plan, place = desk.plan, desk.place
    quick = not plan.quick
    asked = [question.id for question in reflection.questions(quick=quick)]
    kept = place.question in asked or place.question == VERDICT or place.part != "sort"
    to = place if kept else Place("sort", place.item, asked[0])
    return move(plan, to, now, "three or six questions", quick=quick)

"""What an answer means at each position of a review: the edit it makes and the position it leads to.

Every move is one edit with the new position in it, so that an answer and where the review stands are saved, and undone,
together.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from functools import partial
from typing import Final

from msgspec import Struct, structs

from data.base.weeks import WEEK, week_of
from data.model import assessment, edits
from data.model.journal import Edit
from data.model.one_line import goal_names, parse_line
from data.model.proof import PartName, tell_part
from data.model.records import Win
from data.model.verdict_scale import Judgement, judgement
from data.review import agenda, cues, lookbacks, naming_doors, reviews, steps
from data.review.agenda import Agenda, ReviewState
from data.review.reviews import ALL_SIX, CALL, REVEALED, SHORT, Position

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


def _move(state: ReviewState, to: Position, now: datetime, label: str, *doing: Edit) -> Move:
    return Move(label, edits.combine_edits(*doing, reviews.move_to(state.agenda.review.week, to, now)), to)


def _onward(state: ReviewState, now: datetime, label: str, *doing: Edit) -> Move:
    return _move(state, agenda.next_position(state.agenda, state.position), now, label, *doing)


def answer(state: ReviewState, key: int, now: datetime) -> Move | None:
    """Return what a digit does, or None where it does nothing: a step that was done needs words first."""
    match state.position:
        case Position("recall", step) if step:
            return _decide_step(state, key, now)
        case Position("sort", win, question) if question != CALL:
            asked = assessment.QUESTION_BY_ID[question].id
            return _onward(state, now, "answer", edits.answer_question(win, asked, key, now))
    return call(state, judgement(key), now)


def call(state: ReviewState, given: Judgement, now: datetime) -> Move | None:
    """Return what a call does: it sorts the win, at any of its questions, or answers the look-back."""
    match state.position:
        case Position("sort", win):
            to = agenda.after_item(state.agenda, state.position)
            return _move(state, to, now, "call", edits.set_verdict([win], given.verdict, now, given.p))
        case Position("look", win, question) if question != REVEALED:
            look = lookbacks.record_lookback(win, given, state.today, now)
            return _move(state, Position("look", win, REVEALED), now, "look back", look)
    return None


def _decide_step(state: ReviewState, key: int, now: datetime) -> Move | None:
    step = state.position.item
    if key == STEP_STILL_ON:
        return _onward(state, now, "step still on", steps.keep_step(step, next_week(state), now))
    return _onward(state, now, "let a step go", steps.drop_step(step, now)) if key == STEP_DROPPED else None


def complete_step(state: ReviewState, title: str, now: datetime) -> Move:
    """Return the move for a step that was done and became a win of that title, dated within the reviewed week.

    Raises:
        NotAllowedError: The title is empty or too long.
    """
    win = edits.new_win(title, happened_on=min(state.today, last_day(state.agenda)), now=now)
    return _onward(state, now, "step done", steps.finish_step(state.position.item, win, now))


def enter_lines(state: ReviewState, lines: Sequence[str], day: date, now: datetime) -> Move:
    """Return the move for wins written down in Recall; more may follow, but on the short way one is enough.

    Args:
        state: Where the review stands.
        lines: One win each, as typed; each may name a date, tags and a goal.
        day: When they happened, unless a line says otherwise.
        now: The moment, UTC; each next line is a microsecond later, which keeps their order.

    Raises:
        NotAllowedError: A line is empty or too long.
    """
    names, wins, adds = goal_names(state.journal), [], []
    for index, line in enumerate(lines):
        said = parse_line(line, names, state.today)
        moment = now + timedelta(microseconds=index)
        win = edits.new_win(said.title, happened_on=said.on or day, now=moment, tags=said.tags)
        adds.append(edits.in_goal(said.goal, now, partial(_add_to, win)))
        wins.append(win)
    is_short = state.agenda.review.position.startswith(SHORT)
    return _move(state, Position("sort", wins[0].id, CALL) if is_short else state.position, now, "add", *adds)


def _add_to(win: Win, goal: str | None) -> Edit:
    return edits.add_win(structs.replace(win, goal=goal))


def plan_step(state: ReviewState, act: str, when: str, from_win: str | None, now: datetime) -> Move:
    """Return the move for a step.

    Args:
        state: Where the review stands.
        act: What to do, as typed.
        when: A day and an hour, or any other cue, as typed, or "".
        from_win: The id of the win it comes from, or None.
        now: The moment, UTC.

    Raises:
        NotAllowedError: It does not say what to do, or is too long.
    """
    cue = cues.parse_cue(when, state.today)
    day = cues.cue_day(cue) if cue else None
    week = max(next_week(state), week_of(day, state.settings.week_start)) if day else next_week(state)
    words = steps.wording(act, "" if cue else when)
    step = steps.new_step(words, due_week=week, now=now, from_win=from_win, cue=cue)
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
    return go_to(state, agenda.previous_position(state.agenda, state.position), now, "go back")


def go_to(state: ReviewState, to: Position, now: datetime, label: str = "go on") -> Move:
    """Return the move to another position."""
    return _move(state, to, now, label)


def to_call(state: ReviewState, now: datetime) -> Move:
    """Return the move straight to the call on the win that is being sorted."""
    position = state.position
    return go_to(state, Position("sort", position.item, CALL, position.mode), now)


def ask_all_six(state: ReviewState, now: datetime) -> Move:
    """Return the move to all six questions of the win that is being sorted, from the first; or to three again."""
    six = state.position.mode != ALL_SIX
    first = assessment.questions(quick=not six)[0].id
    to = agenda.with_all_questions(Position("sort", state.position.item, first), six=six)
    return go_to(state, to, now, "three or six questions")


def say_door(state: ReviewState, note: str, later: str | None, now: datetime) -> Move:
    """Return the move that keeps which door a win opened.

    Args:
        state: Where the review stands, at the win.
        note: A few words, as typed, or "".
        later: The id of the win it opened, or None.
        now: The moment, UTC.

    Raises:
        NotAllowedError: The words are too many.
    """
    naming = naming_doors.name_door(state.position.item, note, later, now)
    return _move(state, state.position, now, "name a door", naming)


def tell_proof(state: ReviewState, part: PartName, words: str, now: datetime) -> Move:
    """Return the move that keeps one part of the proof of a win that survived its look-back, and continues.

    Raises:
        NotAllowedError: The words are too many.
    """
    return _onward(state, now, "proof", tell_part(state.position.item, part, words, now))


def take_written_win(state: ReviewState, win: str, now: datetime) -> Move:
    """Return the move for a step that was done and is written down as a win already."""
    return _onward(state, now, "step done", steps.finish_with_win(state.position.item, win, now))

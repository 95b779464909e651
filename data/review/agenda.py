"""What a review asks, as a path of positions: one question each, and how to go on from wherever it stands.

Everything but the position itself is read from the journal, so a review that was left, killed or continued later
asks what is still open by then, and shows what was answered in it already.
"""

from collections.abc import Sequence
from datetime import date, timedelta

from msgspec import Struct

from data.base.weeks import WEEK
from data.files.settings import Settings
from data.model import assessment
from data.model.journal import Journal
from data.model.records import Review, Step, StepState, Win
from data.review import lookbacks
from data.review.reviews import QUICK_SUFFIX, REVEALED, REVIEW_PARTS, SLACK, VERDICT, Position, parse_position


class Agenda(Struct, frozen=True):
    """What a review asks, settled things among them so that one can go back.

    Attributes:
        review: The review.
        quick: Whether it asks one question a test.
        steps: The steps to ask about, and those settled in this review.
        sort: The wins to sort, this week's first, and those sorted in this review.
        looks: The look-backs, at most `lookbacks.MAX_LOOKBACKS`, those answered in this review first.
        answered: The ids of steps and wins of which the question is answered.
        positions: Every position of the review, in order.
    """

    review: Review
    quick: bool
    steps: tuple[Step, ...]
    sort: tuple[Win, ...]
    looks: tuple[Win, ...]
    answered: frozenset[str]
    positions: tuple[Position, ...]


class ReviewState(Struct, frozen=True):
    """What lies before the person: the journal, the path of the review, and where on it they stand."""

    journal: Journal
    agenda: Agenda
    position: Position
    today: date
    settings: Settings


def build_agenda(journal: Journal, review: Review, today: date, settings: Settings) -> Agenda:
    """Return what a review asks, as the journal stands now."""
    quick = parse_position(review.position)[1]
    asked, sort, looks = _steps(journal, review), _sort(journal, review), _looks(journal, review, today, settings)
    answered = frozenset(
        [step.id for step in asked if step.state is not StepState.OPEN]
        + [win.id for win in sort if _sorted_in(review, win)]
        + [_look(win) for win in looks if _answered_in(review, win)]
    )
    positions = (
        *(Position("recall", step.id) for step in asked),
        Position("recall"),
        *(Position("sort", win.id, key) for win in sort for key in _asked(quick=quick)),
        *(Position("look", win.id, REVEALED if _look(win) in answered else "") for win in looks),
        Position("next"),
        Position("close"),
    )
    return Agenda(review, quick, tuple(asked), tuple(sort), tuple(looks), answered, positions)


def _asked(*, quick: bool) -> tuple[str, ...]:
    return (*(question.id for question in assessment.questions(quick=quick)), VERDICT)


def _look(win: Win) -> str:
    return f"look:{win.id}"


def _steps(journal: Journal, review: Review) -> list[Step]:
    due = [step for step in journal.steps.values() if step.due_week <= review.week + SLACK]
    found = [step for step in due if step.state is StepState.OPEN or step.updated_at >= review.started_at]
    return sorted(found, key=lambda step: (step.due_week, step.created_at, step.id))


def _sort(journal: Journal, review: Review) -> list[Win]:
    end = review.week + WEEK
    found = [w for w in journal.live() if w.happened_on < end and (w.verdict is None or _sorted_in(review, w))]
    return sorted(found, key=lambda win: (win.happened_on < review.week, win.happened_on, win.created_at, win.id))


def _sorted_in(review: Review, win: Win) -> bool:
    if not win.decided or win.decided[-1].when < review.started_at:
        return False  # the last decision is the latest, and most wins position here
    own = lookbacks.own_decisions(win)
    return win.verdict is not None and bool(own) and own[-1].when >= review.started_at


def _looks(journal: Journal, review: Review, today: date, settings: Settings) -> list[Win]:
    answered = [win for win in journal.live() if win.lookbacks and _answered_in(review, win)]
    answered.sort(key=lambda win: (win.lookbacks[-1].on, win.id))
    waiting = lookbacks.due_lookbacks(
        journal, today, settings.lookback_weeks, lookbacks.MAX_LOOKBACKS
    )  # an answered one is never due at once
    return [*answered, *waiting[: max(0, lookbacks.MAX_LOOKBACKS - len(answered))]]


def _answered_in(review: Review, win: Win) -> bool:
    """Whether a look-back was answered in this review; a local date may be a day off a moment in UTC."""
    begun = review.started_at.date() - timedelta(days=1)
    return bool(win.lookbacks) and win.lookbacks[-1].on >= begun and win.updated_at >= review.started_at


def resume_position(plan: Agenda) -> Position:
    """Return the position where a review goes on: the very one it stood at, or the nearest that is still there."""
    if plan.review.position.removesuffix(QUICK_SUFFIX):
        return nearest_position(plan, parse_position(plan.review.position)[0])
    return next(position for position in plan.positions if not is_answered(plan, position))


def nearest_position(plan: Agenda, position: Position) -> Position:
    """Return a position that the review has; else the first of its win or step, or the first open one from there on."""
    item = [one for one in plan.positions if (one.part, one.item) == (position.part, position.item)]
    begun = REVIEW_PARTS.index(position.part)
    still = [one for one in plan.positions if REVIEW_PARTS.index(one.part) >= begun and not is_answered(plan, one)]
    return position if position in plan.positions else [*item, *still][0]


def is_answered(plan: Agenda, position: Position) -> bool:
    """Whether the step, win or look-back of a position has its answer."""
    return (f"look:{position.item}" if position.part == "look" else position.item) in plan.answered


def next_position(plan: Agenda, position: Position) -> Position:
    """Return the next one, past what is settled already but for the win that is being sorted."""
    rest = _beyond(plan.positions, position)
    return next((one for one in rest if one.item == position.item or not is_answered(plan, one)), plan.positions[-1])


def previous_position(plan: Agenda, position: Position) -> Position:
    """Return the one before, settled or not; the first has none before and is its own."""
    earlier = _beyond(plan.positions[::-1], position)
    return earlier[0] if earlier else plan.positions[0]


def part_position(plan: Agenda, position: Position, by: int) -> Position:
    """Return the first open one of the next part that has any (by = 1), or of the one before (by = -1)."""
    parts = [part for part in REVIEW_PARTS if any(one.part == part for one in plan.positions)]
    wanted = parts[min(max(parts.index(position.part) + by, 0), len(parts) - 1)]
    positions = [one for one in plan.positions if one.part == wanted]
    return next((one for one in positions if not is_answered(plan, one)), positions[0])


def _beyond(positions: Sequence[Position], position: Position) -> Sequence[Position]:
    """Return the positions past a position; of one that is gone, those past its step or win, or its part."""
    exact = [index for index, one in enumerate(positions) if one == position]
    item = [index for index, one in enumerate(positions) if (one.part, one.item) == (position.part, position.item)]
    if exact or item:
        return positions[(exact or item)[-1] + 1 :]
    forward = positions[0].part == REVIEW_PARTS[0]
    parts = (
        REVIEW_PARTS[REVIEW_PARTS.index(position.part) + 1 :]
        if forward
        else REVIEW_PARTS[: REVIEW_PARTS.index(position.part)]
    )
    return [one for one in positions if one.part in parts]

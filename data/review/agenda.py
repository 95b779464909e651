"""What a review asks, as a path of positions: one question each, and how to continue from any of them.

Everything is read from the journal, the position too, so a review that was left, killed or continued later asks what is
still open by then, and shows what was answered in it already.
"""

from collections.abc import Sequence
from datetime import date, timedelta

from msgspec import Struct, structs

from data.base.weeks import shift_day
from data.files.settings import Settings
from data.model import assessment
from data.model.journal import Journal
from data.model.records import Changes, Review, Step, StepState, Win
from data.review import lookbacks
from data.review.one_thing_back import ThingBack, find_thing_back
from data.review.reviews import ALL_SIX, CALL, REVEALED, REVIEW_PARTS, SHORT, SLACK, Position, parse_position
from data.review.sorting import SortList, wins_to_sort


class Agenda(Struct, frozen=True):
    """What a review asks, answered things among them so that one can go back.

    Attributes:
        review: The review.
        back: A win to look at again first, or None.
        steps: The steps to ask about, and those that ended in this review.
        sort: The wins to sort, newest week first, and those called in this review.
        looks: The look-backs, at most `lookbacks.MAX_LOOKBACKS`, in the order in which they came due.
        answered: The ids of steps and wins of which the question is answered.
        positions: Every position of the review, in order.
    """

    review: Review
    back: ThingBack | None
    steps: tuple[Step, ...]
    sort: SortList
    looks: tuple[Win, ...]
    answered: frozenset[str]
    positions: tuple[Position, ...]


class ReviewState(Struct, frozen=True):
    """What the person is asked: the journal, the agenda of the review, and where on it they are."""

    journal: Journal
    agenda: Agenda
    position: Position
    today: date
    settings: Settings


def review_state(journal: Journal, review: Review, today: date, settings: Settings) -> ReviewState:
    """Return where a review stands, as the journal has it."""
    agenda = build_agenda(journal, review, today, settings)
    return ReviewState(journal, agenda, resume_position(agenda), today, settings)


def build_agenda(journal: Journal, review: Review, today: date, settings: Settings) -> Agenda:
    """Return what a review asks, as the journal stands now."""
    if review.position.startswith(SHORT):
        return _short_agenda(journal, review, settings)
    back = find_thing_back(journal, review.week, today, settings.lookback_weeks)
    steps, looks = _steps(journal, review), _looks(journal, review, today, settings)
    sort = wins_to_sort(journal, review.week, settings.most_sorted, review)
    ended = frozenset(step.id for step in steps if step.state is not StepState.OPEN)
    looked = frozenset(_look(win) for win in looks if _answered_in(review, win))
    answered = ended | sort.called | looked
    current = parse_position(review.position)
    positions = (
        *([Position("back", back.win.id)] if back is not None else []),
        *(Position("recall", step.id) for step in steps),
        Position("recall"),
        *(position for win in sort.asked for position in _questions(win, current)),
        *(Position("look", win.id, REVEALED if _look(win) in answered else "") for win in looks),
        Position("next"),
        Position("close"),
    )
    return Agenda(review, back, tuple(steps), sort, tuple(looks), answered, positions)


def _short_agenda(journal: Journal, review: Review, settings: Settings) -> Agenda:
    """Return the short way back: what is written down in it, each with its call, one step, and a note."""
    whole = wins_to_sort(journal, review.week, settings.most_sorted, review)
    asked = tuple(win for win in whole.asked if win.created_at >= review.started_at)
    sort = SortList(asked, whole.called, whole.rest + len(whole.asked) - len(asked))
    calls = (Position("sort", win.id, CALL) for win in asked)
    positions = (Position("recall"), *calls, Position("next"), Position("close"))
    return Agenda(review, None, (), sort, (), sort.called, positions)


def _questions(win: Win, current: Position) -> list[Position]:
    """Return what is asked of a win: one question a test, or all six of the one where the person wants them."""
    mode = ALL_SIX if (current.item, current.mode) == (win.id, ALL_SIX) else ""
    asked = (*(question.id for question in assessment.questions(quick=not mode)), CALL)
    return [Position("sort", win.id, question, mode) for question in asked]


def _look(win: Win) -> str:
    return f"look:{win.id}"


def _steps(journal: Journal, review: Review) -> list[Step]:
    due = [step for step in journal.steps.values() if step.due_week <= review.week + SLACK]
    found = [step for step in due if step.state is StepState.OPEN or step.updated_at >= review.started_at]
    return sorted(found, key=lambda step: (step.due_week, step.created_at, step.id))


def _looks(journal: Journal, review: Review, today: date, settings: Settings) -> list[Win]:
    """Return the look-backs as they were due before any was answered, so that the list and its count stand still."""
    answered = [win for win in journal.live() if win.lookbacks and _answered_in(review, win)]
    unanswered = tuple(lookbacks.without_last(win) for win in answered)
    before = journal.apply(Changes(put=unanswered)) if unanswered else journal
    due = lookbacks.due_lookbacks(before, today, settings.lookback_weeks, lookbacks.MAX_LOOKBACKS)
    return [journal.wins[win.id] for win in due]


def _answered_in(review: Review, win: Win) -> bool:
    """Whether a look-back was answered in this review; a local date may be a day off a moment in UTC."""
    begun = shift_day(review.started_at.date(), -timedelta(days=1))
    return bool(win.lookbacks) and win.lookbacks[-1].on >= begun and win.updated_at >= review.started_at


def resume_position(agenda: Agenda) -> Position:
    """Return the position where a review continues: the very one it stood at, or the nearest that is still there."""
    if agenda.review.position.removeprefix(SHORT):
        return nearest_position(agenda, parse_position(agenda.review.position))
    return next(position for position in agenda.positions if not is_answered(agenda, position))


def nearest_position(agenda: Agenda, position: Position) -> Position:
    """Return a position that the review has; else the first of its win or step, or the first open one from there on."""
    item = [one for one in agenda.positions if (one.part, one.item) == (position.part, position.item)]
    begun = REVIEW_PARTS.index(position.part)
    still = [one for one in agenda.positions if REVIEW_PARTS.index(one.part) >= begun and not is_answered(agenda, one)]
    return position if position in agenda.positions else [*item, *still][0]


def is_answered(agenda: Agenda, position: Position) -> bool:
    """Whether the step, win or look-back of a position has its answer."""
    return (f"look:{position.item}" if position.part == "look" else position.item) in agenda.answered


def next_position(agenda: Agenda, position: Position) -> Position:
    """Return the next one, past what is answered already but for the win that is being sorted."""
    rest = _beyond(agenda.positions, position)
    found = (one for one in rest if one.item == position.item or not is_answered(agenda, one))
    return next(found, agenda.positions[-1])


def after_item(agenda: Agenda, position: Position) -> Position:
    """Return the next position that is about something else."""
    rest = [one for one in _beyond(agenda.positions, position) if one.item != position.item]
    return next((one for one in rest if not is_answered(agenda, one)), agenda.positions[-1])


def previous_position(agenda: Agenda, position: Position) -> Position:
    """Return the one before, answered or not; the first has none before and is its own."""
    earlier = _beyond(agenda.positions[::-1], position)
    return earlier[0] if earlier else agenda.positions[0]


def part_position(agenda: Agenda, position: Position, by: int) -> Position:
    """Return the first open one of the next part that has any (by = 1), or of the one before (by = -1)."""
    parts = [part for part in REVIEW_PARTS if any(one.part == part for one in agenda.positions)]
    return first_of_part(agenda, parts[min(max(parts.index(position.part) + by, 0), len(parts) - 1)])


def first_of_part(agenda: Agenda, part: str) -> Position:
    """Return the first open position of a part, or its first if all are answered."""
    positions = [one for one in agenda.positions if one.part == part]
    return next((one for one in positions if not is_answered(agenda, one)), positions[0])


def _beyond(positions: Sequence[Position], position: Position) -> Sequence[Position]:
    """Return the positions past a position; of one that is gone, those past its step or win, or its part."""
    exact = [index for index, one in enumerate(positions) if one == position]
    item = [index for index, one in enumerate(positions) if (one.part, one.item) == (position.part, position.item)]
    if exact or item:
        return positions[(exact or item)[-1] + 1 :]
    at = REVIEW_PARTS.index(position.part)
    forward = REVIEW_PARTS.index(positions[0].part) <= REVIEW_PARTS.index(positions[-1].part)
    parts = REVIEW_PARTS[at + 1 :] if forward else REVIEW_PARTS[:at]
    return [one for one in positions if one.part in parts]


def with_all_questions(position: Position, *, six: bool) -> Position:
    """Return a position with all six questions of its win, or with one a test again."""
    return structs.replace(position, mode=ALL_SIX if six else "")

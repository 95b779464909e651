"""What a review asks, as a path of stops: one question each, and how to go on from wherever it stands.

Everything but the place itself is read from the journal, so a review that was left, killed or continued on another day
asks what is still open by then, and shows what was answered in it already.
"""

from collections.abc import Sequence
from datetime import date, timedelta

from msgspec import Struct

from data.base.weeks import WEEK
from data.files.settings import Settings
from data.model import assessment as reflection
from data.model.journal import Journal
from data.model.records import Review, Step, StepState, Win
from data.review import lookbacks as lookback
from data.review.reviews import PARTS, QUICK, SLACK, TOLD, VERDICT, Place, parse


class Agenda(Struct, frozen=True):
    """What a review asks, settled things among them so that one can go back.

    Attributes:
        review: The review.
        quick: Whether it asks one question a test.
        steps: The steps to ask about, and those settled in this review.
        sort: The wins to sort, this week's first, and those sorted in this review.
        looks: The look-backs, at most `lookback.MOST`, those answered in this review first.
        settled: The ids of steps and wins of which the question is answered.
        stops: Every place of the review, in order.
    """

    review: Review
    quick: bool
    steps: tuple[Step, ...]
    sort: tuple[Win, ...]
    looks: tuple[Win, ...]
    settled: frozenset[str]
    stops: tuple[Place, ...]


class Desk(Struct, frozen=True):
    """What lies before the person: the journal, the path of the review, and where on it they stand."""

    journal: Journal
    plan: Agenda
    place: Place
    today: date
    settings: Settings


def agenda(journal: Journal, review: Review, today: date, settings: Settings) -> Agenda:
    """Return what a review asks, as the journal stands now."""
    quick = parse(review.position)[1]
    asked, sort, looks = _steps(journal, review), _sort(journal, review), _looks(journal, review, today, settings)
    settled = frozenset(
        [step.id for step in asked if step.state is not StepState.OPEN]
        + [win.id for win in sort if _sorted_in(review, win)]
        + [_look(win) for win in looks if _answered_in(review, win)]
    )
    stops = (
        *(Place("recall", step.id) for step in asked),
        Place("recall"),
        *(Place("sort", win.id, key) for win in sort for key in _asked(quick=quick)),
        *(Place("look", win.id, TOLD if _look(win) in settled else "") for win in looks),
        Place("next"),
        Place("close"),
    )
    return Agenda(review, quick, tuple(asked), tuple(sort), tuple(looks), settled, stops)


def _asked(*, quick: bool) -> tuple[str, ...]:
    return (*(question.id for question in reflection.questions(quick=quick)), VERDICT)


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
        return False  # the last decision is the latest, and most wins stop here
    own = lookback.own_decisions(win)
    return win.verdict is not None and bool(own) and own[-1].when >= review.started_at


def _looks(journal: Journal, review: Review, today: date, settings: Settings) -> list[Win]:
    answered = [win for win in journal.live() if win.lookbacks and _answered_in(review, win)]
    answered.sort(key=lambda win: (win.lookbacks[-1].on, win.id))
    waiting = lookback.due(
        journal, today, settings.lookback_weeks, lookback.MOST
    )  # an answered one is never due at once
    return [*answered, *waiting[: max(0, lookback.MOST - len(answered))]]


def _answered_in(review: Review, win: Win) -> bool:
    """Whether a look-back was answered in this review; a local date may be a day off a moment in UTC."""
    begun = review.started_at.date() - timedelta(days=1)
    return bool(win.lookbacks) and win.lookbacks[-1].on >= begun and win.updated_at >= review.started_at


def resume(plan: Agenda) -> Place:
    """Return the stop where a review goes on: the very one it stood at, or the nearest that is still there."""
    if plan.review.position.removesuffix(QUICK):
        return nearest(plan, parse(plan.review.position)[0])
    return next(stop for stop in plan.stops if not is_settled(plan, stop))


def nearest(plan: Agenda, place: Place) -> Place:
    """Return a place if it is a stop; else the first of its win or step, or the first open one from its part on."""
    item = [stop for stop in plan.stops if (stop.part, stop.item) == (place.part, place.item)]
    begun = PARTS.index(place.part)
    still = [stop for stop in plan.stops if PARTS.index(stop.part) >= begun and not is_settled(plan, stop)]
    return place if place in plan.stops else [*item, *still][0]


def is_settled(plan: Agenda, stop: Place) -> bool:
    """Whether the step, win or look-back of a stop has its answer."""
    return (f"look:{stop.item}" if stop.part == "look" else stop.item) in plan.settled


def after(plan: Agenda, place: Place) -> Place:
    """Return the next stop, past what is settled already but for the win that is being sorted."""
    rest = _beyond(plan.stops, place)
    return next((stop for stop in rest if stop.item == place.item or not is_settled(plan, stop)), plan.stops[-1])


def before(plan: Agenda, place: Place) -> Place:
    """Return the stop before, settled or not; the first has none before and is its own."""
    earlier = _beyond(plan.stops[::-1], place)
    return earlier[0] if earlier else plan.stops[0]


def part_from(plan: Agenda, place: Place, by: int) -> Place:
    """Return the first open stop of the next part that has any (by = 1), or of the one before (by = -1)."""
    parts = [part for part in PARTS if any(stop.part == part for stop in plan.stops)]
    wanted = parts[min(max(parts.index(place.part) + by, 0), len(parts) - 1)]
    stops = [stop for stop in plan.stops if stop.part == wanted]
    return next((stop for stop in stops if not is_settled(plan, stop)), stops[0])


def _beyond(stops: Sequence[Place], place: Place) -> Sequence[Place]:
    """Return the stops past a place; of one that is no stop by now, those past its step or win, or its part."""
    exact = [index for index, stop in enumerate(stops) if stop == place]
    item = [index for index, stop in enumerate(stops) if (stop.part, stop.item) == (place.part, place.item)]
    if exact or item:
        return stops[(exact or item)[-1] + 1 :]
    forward = stops[0].part == PARTS[0]
    parts = PARTS[PARTS.index(place.part) + 1 :] if forward else PARTS[: PARTS.index(place.part)]
    return [stop for stop in stops if stop.part in parts]

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.base.errors import NotAllowedError
from data.files.settings import Settings
from data.model import assessment as reflection
from data.model import edits
from data.model.journal import Journal
from data.model.records import StepState, Win
from data.model.verdict_scale import JUDGEMENTS, judgement
from data.review import agenda, reviews, steps
from data.review import moves as answering
from data.review.agenda import Desk
from data.review.moves import Move
from data.review.reviews import TOLD, VERDICT, Place

WEEK = date(2026, 11, 16)
FRIDAY = date(2026, 11, 20)
NOW = datetime(2026, 11, 20, 18, tzinfo=UTC)


def at(day: date) -> datetime:
    return datetime.combine(day, time(17), UTC)


def win(title: str, day: date) -> Win:
    return edits.new_win(title, happened_on=day, now=at(day))


def begun(unsorted: int, old: int, open_steps: int) -> Journal:
    """Return a journal with a review begun that asks about so many of each."""
    journal = Journal.of(
        reviews.new_review(Journal(), WEEK, at(FRIDAY)),
        *(win(f"Win {n}", WEEK) for n in range(unsorted)),
        *(steps.new_step(f"Step {n}", due_week=WEEK, now=at(WEEK)) for n in range(open_steps)),
    )
    for one in [win(f"Old {n}", FRIDAY - timedelta(weeks=5)) for n in range(old)]:
        journal = journal.apply(edits.add_win(one)(journal))
        decide = edits.set_verdict([one.id], judgement(4).verdict, at(one.happened_on), judgement(4).p)
        journal = journal.apply(decide(journal))
    return journal


def desk_of(journal: Journal, today: date = FRIDAY) -> Desk:
    """Return the desk where the review stands."""
    review = reviews.find_review(journal, WEEK)
    assert review is not None
    plan = agenda.agenda(journal, review, today, Settings())
    return Desk(journal, plan, agenda.resume(plan), today, Settings())


def made(desk: Desk, move: Move | None) -> Desk:
    """Return the desk after a move; it stands where the move says."""
    assert move is not None
    after = desk_of(desk.journal.apply(move.edit(desk.journal)))
    assert after.place == move.to
    return after


@given(st.integers(0, 3), st.integers(0, 6), st.integers(0, 2), st.data())
def test_whatever_is_answered_the_review_reaches_its_end_and_every_answer_is_kept(
    unsorted: int, old: int, open_steps: int, data: st.DataObject
) -> None:
    desk = desk_of(begun(unsorted, old, open_steps))
    given_answers: dict[tuple[str, str], int] = {}
    for _ in range(len(desk.plan.stops) * 2):
        if desk.place == Place("close"):
            break
        asks = (desk.place.part in ("sort", "look") and desk.place.question != TOLD) or bool(desk.place.item)
        if not asks or desk.place.question == TOLD:
            desk = made(desk, answering.pass_on(desk, NOW))
            continue
        key = data.draw(st.integers(2, 3) if desk.place.part == "recall" else st.integers(1, 5))
        given_answers[desk.place.item, desk.place.question] = key
        desk = made(desk, answering.answer(desk, key, NOW))
    assert desk.place == Place("close")
    for (item, question), key in given_answers.items():
        if question in reflection.BY_ID:
            kept = reflection.answer_to(desk.journal.wins[item].answers, reflection.BY_ID[question].id)
            assert kept == key
        elif question == VERDICT:
            assert desk.journal.wins[item].verdict == JUDGEMENTS[key - 1].verdict
    assert all(step.state is not StepState.OPEN or step.due_week > WEEK for step in desk.journal.steps.values())


def test_a_digit_does_nothing_where_nothing_is_asked() -> None:
    desk = desk_of(begun(0, 0, 0))
    assert desk.place == Place("recall")
    assert answering.answer(desk, 1, NOW) is None


def test_a_win_written_down_in_recall_is_asked_in_sort_next() -> None:
    desk = desk_of(begun(0, 0, 0))
    desk = made(desk, answering.enter(desk, win("New", FRIDAY), NOW))
    assert desk.place == Place("recall")
    assert made(desk, answering.pass_on(desk, NOW)).place.part == "sort"


def test_a_step_planned_for_a_week_that_is_long_over_is_for_this_one() -> None:
    journal = begun(0, 0, 0)
    desk = desk_of(journal, FRIDAY + timedelta(weeks=3))
    assert answering.next_week(desk) == WEEK + timedelta(weeks=3)
    assert answering.next_week(desk_of(journal)) == WEEK + timedelta(weeks=1)


def test_a_step_done_in_a_missed_week_is_dated_within_it() -> None:
    journal = begun(0, 0, 1)
    desk = desk_of(journal, FRIDAY + timedelta(weeks=3))
    move = answering.finish_step(desk, "Done", NOW)
    after = journal.apply(move.edit(journal))
    assert [one.happened_on for one in after.wins.values()] == [WEEK + timedelta(days=6)]


def test_a_step_without_words_is_refused_before_anything_changes() -> None:
    with pytest.raises(NotAllowedError):
        answering.plan_step(desk_of(begun(0, 0, 0)), "  ", None, NOW)


@given(st.integers(1, 3), st.integers(0, 6))
def test_changing_the_mode_keeps_the_win_and_changing_back_asks_all(unsorted: int, question: int) -> None:
    desk = desk_of(begun(unsorted, 0, 0))
    stop = [stop for stop in desk.plan.stops if stop.part == "sort"][question]
    desk = made(desk, answering.to_part(desk, stop, NOW))
    quick = made(desk, answering.change_mode(desk, NOW))
    assert quick.plan.quick
    assert quick.place.item == stop.item
    assert not made(quick, answering.change_mode(quick, NOW)).plan.quick


def test_straight_to_the_verdict_and_back() -> None:
    desk = desk_of(begun(1, 0, 0))
    desk = made(desk, answering.pass_on(desk, NOW))
    desk = made(desk, answering.to_verdict(desk, NOW))
    assert desk.place.question == VERDICT
    assert made(desk, answering.go_back(desk, NOW)).place.question == reflection.QUESTIONS[-1].id


def test_a_step_remembers_the_win_it_came_from() -> None:
    desk = desk_of(begun(1, 0, 0))
    origin = next(iter(desk.journal.wins))
    after = made(desk, answering.plan_step(desk, "If it is Monday, then I write", origin, NOW))
    assert [step.from_win for step in after.journal.steps.values()] == [origin]


@pytest.mark.parametrize(
    ("place", "to"),
    [("growth", "next_step"), ("stretch", "stretch"), (VERDICT, VERDICT)],
)
def test_quick_mode_goes_on_at_the_question_or_at_the_first_of_the_win(place: str, to: str) -> None:
    desk = desk_of(begun(1, 0, 0))
    win_id = next(iter(desk.journal.wins))
    standing = Desk(desk.journal, desk.plan, Place("sort", win_id, place), desk.today, desk.settings)
    assert answering.change_mode(standing, NOW).to == Place("sort", win_id, to)


def test_outside_of_sorting_the_mode_changes_in_place() -> None:
    desk = desk_of(begun(0, 1, 0))
    look = next(stop for stop in desk.plan.stops if stop.part == "look")
    standing = Desk(desk.journal, desk.plan, look, desk.today, desk.settings)
    assert answering.change_mode(standing, NOW).to == look

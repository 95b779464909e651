from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.base.errors import NotAllowedError
from data.files.settings import Settings
from data.model import assessment, edits
from data.model.journal import Journal
from data.model.records import StepState, Win
from data.model.verdict_scale import JUDGEMENTS, judgement
from data.review import agenda, moves, reviews, steps
from data.review.agenda import ReviewState
from data.review.moves import Move
from data.review.reviews import REVEALED, VERDICT, Position

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


def state_of(journal: Journal, today: date = FRIDAY) -> ReviewState:
    """Return the state where the review stands."""
    review = reviews.find_review(journal, WEEK)
    assert review is not None
    plan = agenda.build_agenda(journal, review, today, Settings())
    return ReviewState(journal, plan, agenda.resume_position(plan), today, Settings())


def made(state: ReviewState, move: Move | None) -> ReviewState:
    """Return the state after a move; it stands where the move says."""
    assert move is not None
    after = state_of(state.journal.apply(move.edit(state.journal)))
    assert after.position == move.to
    return after


@given(st.integers(0, 3), st.integers(0, 6), st.integers(0, 2), st.data())
def test_whatever_is_answered_the_review_reaches_its_end_and_every_answer_is_kept(
    unsorted: int, old: int, open_steps: int, data: st.DataObject
) -> None:
    state = state_of(begun(unsorted, old, open_steps))
    given_answers: dict[tuple[str, str], int] = {}
    for _ in range(len(state.agenda.positions) * 2):
        if state.position == Position("close"):
            break
        asks = (state.position.part in ("sort", "look") and state.position.question != REVEALED) or bool(
            state.position.item
        )
        if not asks or state.position.question == REVEALED:
            state = made(state, moves.pass_on(state, NOW))
            continue
        key = data.draw(st.integers(2, 3) if state.position.part == "recall" else st.integers(1, 5))
        given_answers[state.position.item, state.position.question] = key
        state = made(state, moves.answer(state, key, NOW))
    assert state.position == Position("close")
    for (item, question), key in given_answers.items():
        if question in assessment.QUESTION_BY_ID:
            kept = assessment.answer_to(state.journal.wins[item].answers, assessment.QUESTION_BY_ID[question].id)
            assert kept == key
        elif question == VERDICT:
            assert state.journal.wins[item].verdict == JUDGEMENTS[key - 1].verdict
    assert all(step.state is not StepState.OPEN or step.due_week > WEEK for step in state.journal.steps.values())


def test_a_digit_does_nothing_where_nothing_is_asked() -> None:
    state = state_of(begun(0, 0, 0))
    assert state.position == Position("recall")
    assert moves.answer(state, 1, NOW) is None


def test_a_win_written_down_in_recall_is_asked_in_sort_next() -> None:
    state = state_of(begun(0, 0, 0))
    state = made(state, moves.enter(state, win("New", FRIDAY), NOW))
    assert state.position == Position("recall")
    assert made(state, moves.pass_on(state, NOW)).position.part == "sort"


def test_a_step_planned_for_a_week_that_is_long_over_is_for_this_one() -> None:
    journal = begun(0, 0, 0)
    state = state_of(journal, FRIDAY + timedelta(weeks=3))
    assert moves.next_week(state) == WEEK + timedelta(weeks=3)
    assert moves.next_week(state_of(journal)) == WEEK + timedelta(weeks=1)


def test_a_step_done_in_a_missed_week_is_dated_within_it() -> None:
    journal = begun(0, 0, 1)
    state = state_of(journal, FRIDAY + timedelta(weeks=3))
    move = moves.complete_step(state, "Done", NOW)
    after = journal.apply(move.edit(journal))
    assert [one.happened_on for one in after.wins.values()] == [WEEK + timedelta(days=6)]


def test_a_step_without_words_is_refused_before_anything_changes() -> None:
    with pytest.raises(NotAllowedError):
        moves.plan_step(state_of(begun(0, 0, 0)), "  ", None, NOW)


@given(st.integers(1, 3), st.integers(0, 6))
def test_changing_the_mode_keeps_the_win_and_changing_back_asks_all(unsorted: int, question: int) -> None:
    state = state_of(begun(unsorted, 0, 0))
    position = [position for position in state.agenda.positions if position.part == "sort"][question]
    state = made(state, moves.to_part(state, position, NOW))
    quick = made(state, moves.change_mode(state, NOW))
    assert quick.agenda.quick
    assert quick.position.item == position.item
    assert not made(quick, moves.change_mode(quick, NOW)).agenda.quick


def test_straight_to_the_verdict_and_back() -> None:
    state = state_of(begun(1, 0, 0))
    state = made(state, moves.pass_on(state, NOW))
    state = made(state, moves.to_verdict(state, NOW))
    assert state.position.question == VERDICT
    assert made(state, moves.go_back(state, NOW)).position.question == assessment.QUESTIONS[-1].id


def test_a_step_remembers_the_win_it_came_from() -> None:
    state = state_of(begun(1, 0, 0))
    origin = next(iter(state.journal.wins))
    after = made(state, moves.plan_step(state, "If it is Monday, then I write", origin, NOW))
    assert [step.from_win for step in after.journal.steps.values()] == [origin]


@pytest.mark.parametrize(
    ("place", "to"),
    [("growth", "next_step"), ("stretch", "stretch"), (VERDICT, VERDICT)],
)
def test_quick_mode_goes_on_at_the_question_or_at_the_first_of_the_win(place: str, to: str) -> None:
    state = state_of(begun(1, 0, 0))
    win_id = next(iter(state.journal.wins))
    standing = ReviewState(state.journal, state.agenda, Position("sort", win_id, place), state.today, state.settings)
    assert moves.change_mode(standing, NOW).to == Position("sort", win_id, to)


def test_outside_of_sorting_the_mode_changes_in_place() -> None:
    state = state_of(begun(0, 1, 0))
    look = next(position for position in state.agenda.positions if position.part == "look")
    standing = ReviewState(state.journal, state.agenda, look, state.today, state.settings)
    assert moves.change_mode(standing, NOW).to == look

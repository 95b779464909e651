from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.base.errors import NotAllowedError
from data.files.settings import Settings
from data.model import assessment, edits
from data.model.journal import Journal
from data.model.records import StepState, Win
from data.model.verdict_scale import JUDGEMENTS, judgement, judgement_of_letter
from data.review import agenda, moves, reviews, steps
from data.review.agenda import ReviewState
from data.review.moves import Move
from data.review.reviews import ALL_SIX, CALL, REVEALED, Position

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
        reviews.new_review(WEEK, at(FRIDAY)),
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
        elif question == CALL:
            assert state.journal.wins[item].verdict == JUDGEMENTS[key - 1].verdict
    assert all(step.state is not StepState.OPEN or step.due_week > WEEK for step in state.journal.steps.values())


def test_a_digit_does_nothing_where_nothing_is_asked() -> None:
    state = state_of(begun(0, 0, 0))
    assert state.position == Position("recall")
    assert moves.answer(state, 1, NOW) is None


def test_a_win_written_down_in_recall_is_asked_in_sort_next() -> None:
    state = state_of(begun(0, 0, 0))
    state = made(state, moves.enter_lines(state, ["New"], FRIDAY, NOW))
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
        moves.plan_step(state_of(begun(0, 0, 0)), "  ", "tue 9", None, NOW)


@given(st.integers(1, 3), st.integers(0, 3))
def test_all_six_questions_are_asked_of_the_win_they_were_wanted_for_alone(unsorted: int, question: int) -> None:
    state = state_of(begun(unsorted, 0, 0))
    position = [position for position in state.agenda.positions if position.part == "sort"][question]
    state = made(state, moves.go_to(state, position, NOW))
    six = made(state, moves.ask_all_six(state, NOW))
    asked = [one.question for one in six.agenda.positions if one.item == position.item]
    assert asked == [*(one.id for one in assessment.QUESTIONS), CALL]
    assert six.position == Position("sort", position.item, "door", ALL_SIX)
    others = [one for one in six.agenda.positions if one.part == "sort" and one.item != position.item]
    assert len(others) == (unsorted - 1) * 4
    again = made(six, moves.ask_all_six(six, NOW))
    assert again.position == Position("sort", position.item, "next_step")


def test_straight_to_the_call_and_back() -> None:
    state = state_of(begun(1, 0, 0))
    state = made(state, moves.pass_on(state, NOW))
    state = made(state, moves.to_call(state, NOW))
    assert state.position.question == CALL
    assert made(state, moves.go_back(state, NOW)).position.question == assessment.QUICK_QUESTIONS[-1].id


@pytest.mark.parametrize("letter", "CcnrR")
def test_a_call_sorts_the_win_at_any_of_its_questions_and_goes_on_to_the_next_win(letter: str) -> None:
    state = state_of(begun(2, 0, 0))
    state = made(state, moves.pass_on(state, NOW))
    first = state.position.item
    given_call = judgement_of_letter(letter)
    after = made(state, moves.call(state, given_call, NOW))
    assert after.journal.wins[first].verdict == given_call.verdict
    assert (after.position.part, after.position.item != first) == ("sort", True)


def test_a_step_remembers_the_win_it_came_from() -> None:
    state = state_of(begun(1, 0, 0))
    origin = next(iter(state.journal.wins))
    after = made(state, moves.plan_step(state, "write", "mon 9", origin, NOW))
    (step,) = after.journal.steps.values()
    assert (step.from_win, step.text, step.cue) == (origin, "Write", "2026-11-23T09:00")
    assert step.due_week == WEEK + timedelta(weeks=1)


def test_a_step_is_let_go_by_its_own_key_alone() -> None:
    state = state_of(begun(0, 0, 1))
    assert moves.answer(state, 5, NOW) is None
    after = made(state, moves.answer(state, moves.STEP_DROPPED, NOW))
    assert [step.state for step in after.journal.steps.values()] == [StepState.DROPPED]

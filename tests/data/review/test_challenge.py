"""A move that the tests speak against is asked back about once, and never more."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from data.model import assessment, edits
from data.model.assessment import QUESTION_BY_ID
from data.model.journal import Journal
from data.model.records import Answers, Verdict, Win
from data.review.challenge import find_challenge
from data.review.naming_doors import name_door

DAY = date(2026, 11, 18)
NOW = datetime(2026, 11, 18, 9, tzinfo=UTC)
WHICH = "Its tests say candy. Which door did it open?"
LOW, CLOSE, HIGH = (
    Answers(next_step=value, direction=value, stretch=other) for value, other in ((1, 2), (3, 2), (5, 4))
)


def win(title: str = "200 likes", answers: Answers = LOW, **fields: object) -> Win:
    made = edits.new_win(title, happened_on=DAY, now=NOW)
    return structs.replace(made, answers=answers, **fields)


def moved(journal: Journal, identity: str, verdict: Verdict | None, p: float | None = None) -> tuple[Journal, str]:
    """Return the journal after a move, and what is asked back about it."""
    after = journal.apply(edits.set_verdict([identity], verdict, NOW + timedelta(minutes=1), p)(journal))
    return after, find_challenge(after, after.wins[identity])


@pytest.mark.parametrize(("answers", "asked"), [(LOW, WHICH), (CLOSE, ""), (HIGH, ""), (Answers(stretch=1), "")])
def test_real_against_the_tests_is_asked_back_about(answers: Answers, asked: str) -> None:
    one = win(answers=answers)
    assert moved(Journal.of(one), one.id, Verdict.REAL)[1] == asked


def test_candy_although_it_opened_a_door_is_asked_back_about() -> None:
    one = win("Email", answers=HIGH)
    call = win("A first call", opened_by=one.id)
    assert moved(Journal.of(one, call), one.id, Verdict.CANDY)[1] == "It opened “A first call”. Which door was that?"
    assert moved(Journal.of(one, call), one.id, Verdict.REAL)[1] == ""
    assert moved(Journal.of(one), one.id, Verdict.CANDY)[1] == ""


def test_a_win_with_a_door_is_no_candy_by_its_tests() -> None:
    one = win()
    assert moved(Journal.of(one, win("A first call", opened_by=one.id)), one.id, Verdict.REAL)[1] == ""


def test_what_is_answered_in_words_is_not_asked() -> None:
    one = win(door_note="a second call")
    assert moved(Journal.of(one), one.id, Verdict.REAL)[1] == ""


def test_a_call_in_a_review_is_not_asked_back_about() -> None:
    one = win()
    assert moved(Journal.of(one), one.id, Verdict.REAL, 0.95)[1] == ""


def test_the_answer_is_the_door_note_or_a_link() -> None:
    one, later = win(), win("A first call")
    journal = Journal.of(one, later)
    said = journal.apply(name_door(one.id, " a second call ", None, NOW)(journal))
    assert (said.wins[one.id].door_note, said.wins[one.id].answers.door) == ("a second call", 5)
    linked = journal.apply(name_door(one.id, "", later.id, NOW)(journal))
    assert linked.opens == {one.id: (later.id,)}


@given(
    moves=st.lists(st.sampled_from([None, Verdict.REAL, Verdict.CANDY]), min_size=1, max_size=12),
    answers=st.fixed_dictionaries({key: st.sampled_from([None, 1, 2, 5]) for key in QUESTION_BY_ID}),
    has_door=st.booleans(),
)
def test_no_win_is_asked_back_about_twice(
    moves: list[Verdict | None], answers: dict[str, int | None], *, has_door: bool
) -> None:
    one = win(answers=Answers(**answers))
    journal = Journal.of(one, *([win("A first call", opened_by=one.id)] if has_door else []))
    asked = []
    for verdict in moves:
        if journal.wins[one.id].verdict != verdict:
            journal, question = moved(journal, one.id, verdict)
            asked += [question] if question else []
    assert len(asked) <= 1
    amount = assessment.substance(assessment.with_evidence(one, has_door))
    against = Verdict.CANDY if has_door else Verdict.REAL
    assert bool(asked) == (against in moves and (has_door or (amount is not None and amount < 0.4)))

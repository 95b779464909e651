import itertools
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from data.model import assessment, edits
from data.model.journal import Journal
from data.model.records import Answers, Verdict, Win

NOW = datetime(2026, 11, 20, 17, tzinfo=UTC)
TODAY = date(2026, 11, 20)

some_answers = st.builds(Answers, **{q.id: st.none() | st.integers(1, 5) for q in assessment.QUESTIONS})
all_answers = st.builds(Answers, **{q.id: st.integers(1, 5) for q in assessment.QUESTIONS})
door_titles = st.lists(st.sampled_from(["First call", "Interview", "Offer"]), max_size=2)


def win(title: str = "Wrote to the recruiter", *, opened_by: str | None = None, answers: Answers | None = None) -> Win:
    made = edits.new_win(title, happened_on=TODAY, now=NOW, opened_by=opened_by)
    return structs.replace(made, answers=answers or Answers())


def test_each_test_has_two_questions_and_each_answer_says_something_else() -> None:
    assert [q.test for q in assessment.QUESTIONS] == [t for t in assessment.TESTS for _ in range(2)]
    assert {q.id for q in assessment.QUESTIONS} == set(Answers.__struct_fields__)
    assert len({phrase for q in assessment.QUESTIONS for phrase in q.phrases}) == 30


def test_quick_mode_asks_one_question_of_each_test() -> None:
    assert [q.test for q in assessment.questions(quick=True)] == list(assessment.TESTS)
    assert assessment.questions() == assessment.QUESTIONS


def test_the_win_of_the_specification_adds_up_as_written() -> None:
    answers = Answers(door=5, next_step=4, direction=5, motive=5, stretch=3, growth=3)
    assert assessment.test_scores(answers) == {"Momentum": 0.875, "Alignment": 1.0, "Stretch": 0.5}
    assert assessment.substance(answers) == pytest.approx(2.375 / 3)


@given(some_answers)
def test_substance_is_within_0_and_1_and_there_only_once_every_test_has_an_answer(answers: Answers) -> None:
    amount = assessment.substance(answers)
    tests = {q.test for q in assessment.QUESTIONS if assessment.answer_to(answers, q.id) is not None}
    assert (amount is not None) == (len(tests) == 3)
    assert amount is None or 0 <= amount <= 1


@given(some_answers, st.sampled_from(assessment.QUESTIONS), st.integers(1, 4))
def test_a_higher_answer_never_lowers_substance(answers: Answers, question: assessment.Question, answer: int) -> None:
    low = assessment.substance(structs.replace(answers, **{question.id: answer}))
    high = assessment.substance(structs.replace(answers, **{question.id: answer + 1}))
    assert (low is None) == (high is None)
    assert low is None or high is None or high > low


@given(some_answers, st.permutations(assessment.QUESTIONS))
def test_the_order_of_answering_changes_nothing(answers: Answers, order: list[assessment.Question]) -> None:
    journal = Journal.of(one := win())
    for question in order:
        edit = edits.answer_question(one.id, question.id, assessment.answer_to(answers, question.id), NOW)
        journal = journal.apply(edit(journal))
    assert journal.wins[one.id].answers == answers
    assert assessment.suggestion_for(journal, journal.wins[one.id]) == assessment.suggest(answers)


@given(all_answers, st.sampled_from(assessment.QUESTIONS), st.integers(1, 5), door_titles)
def test_the_suggestion_flips_only_across_the_threshold(
    answers: Answers, question: assessment.Question, answer: int, doors: list[str]
) -> None:
    before = assessment.suggest(answers, doors)
    after = assessment.suggest(structs.replace(answers, **{question.id: answer}), doors)
    assert before is not None
    assert after is not None
    crossed = (before.substance >= 0.5) != (after.substance >= 0.5)
    assert (before.verdict != after.verdict) == crossed


@given(some_answers, door_titles)
def test_a_suggestion_comes_with_reasons_that_are_whole_sentences(answers: Answers, doors: list[str]) -> None:
    view = assessment.suggest(answers, doors)
    if view is None:
        return
    assert view.close == (0.4 <= view.substance <= 0.6)
    assert all(reason[0].isupper() and reason.endswith(".") for reason in view.reasons)
    named = {t: any(q.test == t and _says(q, answers, view) for q in assessment.QUESTIONS) for t in assessment.TESTS}
    assert all(said for test, said in named.items() if not (doors and test == "Momentum"))


def _says(question: assessment.Question, answers: Answers, view: assessment.Suggestion) -> bool:
    answer = assessment.answer_to(answers, question.id)
    return (
        answer is not None
        and question.phrases[answer - 1].lower().removeprefix("it ") in " ".join(view.reasons).lower()
    )


def test_the_reasons_name_what_speaks_for_it_and_what_against() -> None:
    view = assessment.suggest(Answers(door=5, next_step=4, direction=5, motive=5, stretch=2, growth=2))
    assert view is not None
    assert view.headline == "It looks like a real win."
    assert view.reasons == (
        "It leads straight where you want to go and opened a door.",
        "It came easily.",
    )


def test_candy_is_told_by_what_it_lacks() -> None:
    view = assessment.suggest(Answers(door=1, direction=1, motive=4, stretch=1))
    assert view is not None
    assert view.headline == "It looks like cotton candy."
    assert view.reasons == ("It was a passing high, took no effort and leads somewhere else.",)


def test_discomfort_never_vetoes() -> None:
    view = assessment.suggest(Answers(next_step=5, direction=5, stretch=1))
    assert view is not None
    assert view.verdict is Verdict.REAL


def test_halfway_is_a_close_call() -> None:
    view = assessment.suggest(Answers(next_step=3, direction=3, stretch=3))
    assert view is not None
    assert (view.verdict, view.close) == (Verdict.REAL, True)
    assert view.headline == "A close call: it leans towards a real win."


def test_a_later_win_counts_as_a_door_and_is_named() -> None:
    first = win(answers=Answers(door=1, direction=2, stretch=3))
    call = win("First call\x1b[2J", opened_by=first.id)
    alone, linked = Journal.of(first), Journal.of(first, structs.replace(call, title="First\x1b call"))
    before, after = assessment.suggestion_for(alone, first), assessment.suggestion_for(linked, first)
    assert before is not None
    assert after is not None
    assert (before.verdict, after.verdict) == (Verdict.CANDY, Verdict.REAL)
    assert after.reasons[0].startswith("It opened “First call”")
    assert after.substance == assessment.substance(assessment.with_evidence(first, opened_a_door=True))


def test_a_later_win_in_the_trash_is_no_door() -> None:
    first = win(answers=Answers(door=1, direction=2, stretch=3))
    gone = structs.replace(win("First call", opened_by=first.id), deleted_at=NOW)
    assert assessment.suggestion_for(Journal.of(first, gone), first) == assessment.suggest(first.answers)


def test_several_doors_are_counted_and_a_long_title_is_shortened() -> None:
    view = assessment.suggest(Answers(direction=5, stretch=5), ["x" * 200, "b", "c"])
    assert view is not None
    assert view.reasons[0].startswith(f"It opened “{'x' * 47}…” and 2 more")


@given(all_answers, door_titles)
def test_the_turning_answer_turns_it_and_no_smaller_change_of_one_answer_does(
    answers: Answers, doors: list[str]
) -> None:
    view, tip = assessment.suggest(answers, doors), assessment.tipping_answer(answers, doors)
    assert view is not None
    turned = {
        (q.id, other)
        for q, other in itertools.product(assessment.QUESTIONS, range(1, 6))
        if (then := assessment.suggest(structs.replace(answers, **{q.id: other}), doors))
        and then.verdict != view.verdict
    }
    assert (tip is not None) == bool(turned)
    if tip is not None:
        assert (tip.question.id, tip.answer) in turned
        sizes = [abs(other - (assessment.answer_to(answers, q) or 0)) for q, other in turned]
        assert abs(tip.answer - (assessment.answer_to(answers, tip.question.id) or 0)) == min(sizes)


def test_the_same_answer_again_changes_nothing() -> None:
    one = win(answers=Answers(door=3))
    assert edits.answer_question(one.id, "door", 3, NOW)(Journal.of(one)).put == ()


def test_edits_together_build_on_each_other_and_change_each_record_once() -> None:
    one = win()
    both = edits.combine_edits(
        edits.answer_question(one.id, "door", 3, NOW), edits.answer_question(one.id, "motive", 4, NOW)
    )
    changes = both(Journal.of(one))
    assert [record.answers for record in changes.put if isinstance(record, Win)] == [Answers(door=3, motive=4)]


def test_a_door_that_opened_stands_for_the_whole_test_in_the_reasons() -> None:
    view = assessment.suggest(Answers(next_step=1, direction=5, stretch=5), ["Offer"])
    assert view is not None
    assert view.reasons == ("It opened “Offer”, leads straight where you want to go and stretched you.",)
    candy = assessment.suggest(Answers(next_step=1, direction=1, stretch=1), ["Offer"])
    assert candy is not None
    assert candy.reasons == ("It leads somewhere else and took no effort.", "It opened “Offer”.")


@pytest.mark.parametrize(("doors", "more"), [(["a"], ""), (["a", "b"], " and 1 more")])
def test_doors_beyond_the_first_are_counted(doors: list[str], more: str) -> None:
    view = assessment.suggest(Answers(direction=5, stretch=5), doors)
    assert view is not None
    assert view.reasons[0].startswith(f"It opened “a”{more},")


@pytest.mark.parametrize(
    ("title", "shown"),
    [("x" * 48, "x" * 48), ("x" * 49, "x" * 47 + "…"), ("  " + "x" * 46 + " yyy", "x" * 46 + "…")],
)
def test_a_title_is_shortened_only_where_it_is_too_long(title: str, shown: str) -> None:
    view = assessment.suggest(Answers(direction=5, stretch=5), [title])
    assert view is not None
    assert f"“{shown}”" in view.reasons[0]


@pytest.mark.parametrize(
    ("answers", "close"),
    [
        (Answers(next_step=3, direction=2, stretch=3), True),
        (Answers(door=4, next_step=3, direction=4, motive=3, stretch=4, growth=2), True),
        (Answers(next_step=3, direction=3, stretch=5), False),
        (Answers(next_step=2, direction=2, stretch=3), False),
    ],
)
def test_near_the_middle_is_a_close_call_and_further_out_is_none(answers: Answers, *, close: bool) -> None:
    view = assessment.suggest(answers)
    assert view is not None
    assert view.close is close


def test_what_evidence_answers_is_no_answer_to_change() -> None:
    answers = Answers(door=1, direction=1, stretch=5)
    tip = assessment.tipping_answer(answers, ["Offer"])
    assert tip is not None
    assert tip.question.id != "door"
    assert assessment.tipping_answer(Answers()) is None
    alone = assessment.tipping_answer(Answers(door=2, direction=2, stretch=4))
    assert alone is not None
    assert alone.question.id == "door"


def test_before_every_test_has_an_answer_no_answer_turns_anything() -> None:
    assert assessment.tipping_answer(Answers(door=5, direction=5)) is None


def test_what_speaks_against_is_said_by_the_answer_that_speaks_most_against_it() -> None:
    real = assessment.suggest(Answers(door=5, direction=5, stretch=2, growth=1))
    assert real is not None
    assert real.reasons[1] == "It only looks good."
    candy = assessment.suggest(Answers(door=1, direction=1, stretch=4, growth=5))
    assert candy is not None
    assert candy.reasons[1] == "You stand firmer for it."


def test_reasons_share_their_it_only_next_to_each_other() -> None:
    view = assessment.suggest(Answers(door=2, direction=4, motive=4, stretch=4, growth=4))
    assert view is not None
    assert view.reasons[-1] == "It hasn't opened much yet."
    firm = assessment.suggest(Answers(door=5, direction=4, growth=5))
    assert firm is not None
    assert firm.reasons == ("It opened a door, you stand firmer for it and it leads where you want to go.",)

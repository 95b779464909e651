from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.files.settings import Settings
from data.model import assessment, edits
from data.model.journal import Edit, Journal
from data.model.records import Review, Win
from data.model.verdict_scale import judgement
from data.review import agenda, lookbacks, reviews, steps
from data.review.agenda import Agenda
from data.review.reviews import CALL, REVEALED, Position

WEEK = date(2026, 11, 16)
FRIDAY = date(2026, 11, 20)
LATER = datetime(2026, 11, 20, 18, tzinfo=UTC)


def at(day: date) -> datetime:
    return datetime.combine(day, time(17), UTC)


def win(title: str, day: date = FRIDAY) -> Win:
    return edits.new_win(title, happened_on=day, now=at(day))


def decide(journal: Journal, one: Win, key: int, when: datetime) -> Journal:
    answer = judgement(key)
    return journal.apply(edits.set_verdict([one.id], answer.verdict, when, answer.p)(journal))


class Session:
    """A journal with a review begun, and edits applied to it one after the other."""

    def __init__(self, unsorted: int = 2, old: int = 1, open_steps: int = 1) -> None:
        self.wins = [win(f"Win {n}", WEEK + timedelta(days=n % 5)) for n in range(unsorted)]
        self.old = [win(f"Old {n}", FRIDAY - timedelta(weeks=6)) for n in range(old)]
        self.steps = [steps.new_step(f"Step {n}", due_week=WEEK, now=at(WEEK)) for n in range(open_steps)]
        self.journal = Journal.of(*self.wins, *self.old, *self.steps, reviews.new_review(WEEK, at(FRIDAY)))
        for one in self.old:
            self.journal = decide(self.journal, one, 4, at(one.happened_on))

    @property
    def review(self) -> Review:
        """The review as the journal has it now."""
        found = reviews.find_review(self.journal, WEEK)
        assert found is not None
        return found

    @property
    def plan(self) -> Agenda:
        """What it asks now."""
        return agenda.build_agenda(self.journal, self.review, FRIDAY, Settings())

    def do(self, edit: Edit) -> None:
        """Apply an edit."""
        self.journal = self.journal.apply(edit(self.journal))

    def stand(self, place: Position) -> None:
        """Let the review stand at a place."""
        self.do(reviews.move_to(WEEK, place, LATER))


def test_a_review_goes_from_recall_to_close() -> None:
    desk = Session()
    parts = list(dict.fromkeys(stop.part for stop in desk.plan.positions))
    assert parts == ["recall", "sort", "look", "next", "close"]
    assert agenda.resume_position(desk.plan) == Position("recall", desk.steps[0].id)


def test_each_win_is_asked_one_question_a_test_and_for_a_call() -> None:
    desk = Session(unsorted=1)
    asked = [position.question for position in desk.plan.positions if position.part == "sort"]
    assert asked == [*(q.id for q in assessment.QUICK_QUESTIONS), CALL]


def test_with_nothing_to_sort_there_are_still_a_recall_a_step_and_a_note() -> None:
    assert [stop.part for stop in Session(0, 0, 0).plan.positions] == ["recall", "next", "close"]


@given(st.integers(0, 3), st.integers(0, 7), st.integers(0, 3), st.data())
def test_any_stop_is_resumed_at_exactly(
    unsorted: int,
    old: int,
    open_steps: int,
    data: st.DataObject,
) -> None:
    desk = Session(unsorted, old, open_steps)
    desk.stand(Position())
    stop = data.draw(st.sampled_from(desk.plan.positions))
    desk.stand(stop)
    assert agenda.resume_position(desk.plan) == stop


@given(st.integers(0, 3), st.integers(0, 7), st.integers(0, 3))
def test_going_on_visits_every_stop_once_and_going_back_returns(unsorted: int, old: int, open_steps: int) -> None:
    plan = Session(unsorted, old, open_steps).plan
    walked = [plan.positions[0]]
    while walked[-1] != Position("close"):
        walked.append(agenda.next_position(plan, walked[-1]))
    assert walked == list(plan.positions)
    assert [agenda.previous_position(plan, stop) for stop in walked[1:]] == walked[:-1]
    assert agenda.previous_position(plan, walked[0]) == walked[0]
    assert agenda.next_position(plan, walked[-1]) == walked[-1]


def test_a_win_that_is_sorted_is_passed_going_on_and_met_going_back() -> None:
    desk = Session(unsorted=3)
    first, second, third = desk.wins
    desk.journal = decide(desk.journal, second, 5, LATER)
    assert agenda.next_position(desk.plan, Position("sort", first.id, CALL)) == Position("sort", third.id, "next_step")
    assert agenda.previous_position(desk.plan, Position("sort", third.id, "next_step")) == Position(
        "sort", second.id, CALL
    )
    assert agenda.next_position(desk.plan, Position("sort", second.id, "next_step")) == Position(
        "sort", second.id, "direction"
    )


def test_this_weeks_wins_come_before_older_ones_and_later_ones_are_not_asked() -> None:
    left, later = win("left", FRIDAY - timedelta(weeks=2)), win("later", WEEK + timedelta(weeks=1))
    desk = Session(unsorted=1)
    desk.do(edits.add_win(left))
    desk.do(edits.add_win(later))
    assert [one.title for one in desk.plan.sort.asked] == ["Win 0", "left"]


def test_a_win_sorted_before_the_review_is_not_asked() -> None:
    desk = Session(unsorted=2)
    desk.journal = decide(desk.journal, desk.wins[0], 5, at(FRIDAY) - timedelta(hours=1))
    assert [one.title for one in desk.plan.sort.asked] == ["Win 1"]


def test_never_more_than_five_lookbacks_a_review_even_when_it_is_resumed() -> None:
    desk = Session(old=8)
    for _ in range(lookbacks.MAX_LOOKBACKS):
        asked = [one for one in desk.plan.looks if f"look:{one.id}" not in desk.plan.answered]
        desk.do(lookbacks.record_lookback(asked[0].id, judgement(4), FRIDAY, LATER))
        assert len(desk.plan.looks) == lookbacks.MAX_LOOKBACKS
    assert all(stop.question == REVEALED for stop in desk.plan.positions if stop.part == "look")


def test_an_answered_lookback_is_told_and_never_asked_again_in_the_same_review() -> None:
    desk = Session(old=2)
    one = desk.plan.looks[0]
    desk.do(lookbacks.record_lookback(one.id, judgement(3), FRIDAY, LATER))
    desk.stand(Position("look", one.id, REVEALED))
    assert agenda.resume_position(desk.plan) == Position("look", one.id, REVEALED)
    assert agenda.next_position(desk.plan, Position("look", one.id, REVEALED)).item == desk.plan.looks[1].id


def test_a_win_removed_elsewhere_is_left_out_and_the_review_goes_on_after_it() -> None:
    desk = Session(unsorted=2)
    desk.stand(Position("sort", desk.wins[0].id, "growth"))
    desk.do(edits.trash_wins([desk.wins[0].id], LATER))
    assert agenda.resume_position(desk.plan) == Position("sort", desk.wins[1].id, "next_step")


def test_a_question_that_quick_mode_leaves_out_resumes_with_the_same_win() -> None:
    desk = Session(unsorted=2)
    desk.stand(Position("sort", desk.wins[1].id, "growth"))
    assert agenda.resume_position(desk.plan).item == desk.wins[1].id


@pytest.mark.parametrize(
    ("part", "by", "expected"), [("recall", 1, "sort"), ("look", 1, "next"), ("close", 1, "close")]
)
def test_the_next_part_that_has_anything_can_be_gone_to(part: reviews.ReviewPart, by: int, expected: str) -> None:
    plan = Session().plan
    stop = next(stop for stop in plan.positions if stop.part == part)
    assert agenda.part_position(plan, stop, by).part == expected
    assert agenda.part_position(Session(0, 0, 0).plan, Position("next"), -1) == Position("recall")


def test_from_a_place_that_is_gone_one_goes_to_its_neighbours() -> None:
    gone = Position("sort", "gone", "next_step")
    for plan in (Session().plan, Session(open_steps=0).plan):
        assert agenda.next_position(plan, gone).part == "look"
        assert agenda.previous_position(plan, gone) == Position("recall")


def test_what_was_settled_before_this_review_is_not_asked_and_what_it_settled_is() -> None:
    desk = Session(unsorted=2, old=0, open_steps=2)
    before, during = desk.steps
    desk.do(steps.drop_step(before.id, at(FRIDAY) - timedelta(hours=1)))
    desk.do(steps.finish_step(during.id, win("done"), at(FRIDAY)))
    assert [one.id for one in desk.plan.steps] == [during.id]
    desk.journal = decide(desk.journal, desk.wins[0], 5, at(FRIDAY))
    assert [one.id for one in desk.plan.sort.asked][:2] == [one.id for one in desk.wins]
    assert desk.plan.answered == {during.id, desk.wins[0].id}


def test_a_step_for_a_later_week_is_not_asked_yet() -> None:
    desk = Session(0, 0, 0)
    near, far = (
        steps.new_step("If, then", due_week=WEEK + reviews.SLACK + timedelta(days=days), now=at(WEEK))
        for days in (0, 1)
    )
    desk.journal = desk.journal.apply(edits.combine_edits(steps.add_step(far), steps.add_step(near))(desk.journal))
    assert desk.plan.steps == (near,)


def test_steps_and_wins_are_asked_oldest_first_whatever_their_order_in_the_file() -> None:
    desk = Session(0, 0, 0)
    late, soon = (steps.new_step("If", due_week=week, now=at(WEEK)) for week in (WEEK, WEEK - timedelta(weeks=1)))
    wins = [win(str(days), WEEK + timedelta(days=days)) for days in (3, 1, 2)]
    for one in wins:
        desk.do(edits.add_win(one))
    for step in (late, soon):
        desk.do(steps.add_step(step))
    assert desk.plan.steps == (soon, late)
    assert [one.title for one in desk.plan.sort.asked] == ["1", "2", "3"]


def test_a_verdict_that_a_look_back_turned_is_not_sorted_again() -> None:
    desk = Session(unsorted=0, old=1)
    desk.do(lookbacks.record_lookback(desk.old[0].id, judgement(1), FRIDAY, LATER))
    assert desk.plan.sort.asked == ()
    assert desk.plan.answered == {f"look:{desk.old[0].id}"}


def test_a_win_sorted_again_after_a_look_back_is_among_those_sorted() -> None:
    desk = Session(unsorted=1, old=0)
    one = desk.wins[0]
    desk.journal = decide(desk.journal, one, 4, LATER)
    desk.journal = decide(desk.journal, one, 3, LATER)
    assert one.id not in desk.plan.answered
    desk.journal = decide(desk.journal, one, 1, LATER)
    assert one.id in desk.plan.answered


@pytest.mark.parametrize(("days", "told"), [(-2, False), (-1, True), (0, True)])
def test_a_local_date_may_be_a_day_off_the_start_of_the_review(days: int, *, told: bool) -> None:
    desk = Session(unsorted=0, old=1)
    on = FRIDAY + timedelta(days=days)
    desk.do(lookbacks.record_lookback(desk.old[0].id, judgement(4), on, at(FRIDAY)))
    assert (f"look:{desk.old[0].id}" in desk.plan.answered) is told
    before = Session(unsorted=0, old=1)
    before.do(lookbacks.record_lookback(before.old[0].id, judgement(4), FRIDAY, at(FRIDAY) - timedelta(hours=1)))
    assert before.plan.looks == ()


@given(st.permutations(range(5)), st.integers(0, 7))
def test_look_backs_stand_and_count_as_they_were_due_however_they_are_answered(order: list[int], old: int) -> None:
    desk = Session(unsorted=0, old=old)
    asked = [one.id for one in desk.plan.looks]
    for index in [index for index in order if index < len(asked)]:
        desk.do(lookbacks.record_lookback(asked[index], judgement(index + 1), FRIDAY, LATER))
        assert [one.id for one in desk.plan.looks] == asked
    assert desk.plan.answered == {f"look:{one}" for one in asked}


def test_a_review_begins_at_the_first_step_that_is_open() -> None:
    desk = Session(open_steps=2)
    first, second = desk.plan.steps
    desk.do(steps.drop_step(first.id, LATER))
    assert agenda.resume_position(desk.plan) == Position("recall", second.id)
    desk.stand(Position())
    assert agenda.resume_position(desk.plan) == Position("recall")


def test_from_a_place_that_is_gone_the_nearest_is_found() -> None:
    desk = Session(unsorted=2)
    first, second = desk.plan.sort.asked
    assert agenda.nearest_position(desk.plan, Position("sort", second.id, "gone")) == Position(
        "sort", second.id, "next_step"
    )
    assert agenda.nearest_position(desk.plan, Position("look", "gone")).part == "look"
    desk.journal = decide(desk.journal, first, 5, LATER)
    assert agenda.nearest_position(desk.plan, Position("sort", "gone")) == Position("sort", second.id, "next_step")
    desk.journal = decide(desk.journal, second, 5, LATER)
    assert agenda.nearest_position(desk.plan, Position("sort", "gone")).part == "look"
    desk.do(lookbacks.record_lookback(desk.old[0].id, judgement(4), FRIDAY, LATER))
    assert agenda.nearest_position(desk.plan, Position("sort", "gone")) == Position("next")
    empty = Session(0, 0, 0).plan
    assert agenda.nearest_position(empty, Position("sort", "gone")) == Position("next")
    assert agenda.nearest_position(empty, Position("recall", "gone")) == Position("recall")


def test_a_part_is_gone_to_at_its_first_open_stop() -> None:
    desk = Session(unsorted=2)
    first, second = desk.plan.sort.asked
    desk.journal = decide(desk.journal, first, 5, LATER)
    assert agenda.part_position(desk.plan, Position("recall"), 1) == Position("sort", second.id, "next_step")
    desk.journal = decide(desk.journal, second, 5, LATER)
    assert agenda.part_position(desk.plan, Position("recall"), 1) == Position("sort", first.id, "next_step")


def test_going_on_from_a_question_that_quick_mode_leaves_out_passes_its_win() -> None:
    desk = Session(unsorted=2)
    first, second = desk.plan.sort.asked
    desk.stand(Position("sort", first.id, "growth"))
    assert agenda.next_position(desk.plan, Position("sort", first.id, "growth")) == Position(
        "sort", second.id, "next_step"
    )
    assert agenda.previous_position(desk.plan, Position("sort", second.id, "growth")) == Position(
        "sort", first.id, CALL
    )


def test_a_win_that_was_sorted_once_before_is_among_those_sorted_in_the_review() -> None:
    desk = Session(unsorted=2, old=0)
    one = desk.wins[0]
    for key, when in ((5, at(WEEK)), (3, at(WEEK) + timedelta(hours=1)), (1, LATER)):
        desk.journal = decide(desk.journal, one, key, when)
    assert [win.id for win in desk.plan.sort.asked] == [win.id for win in desk.wins]
    assert one.id in desk.plan.answered

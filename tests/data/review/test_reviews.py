from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from data.base.errors import NotFoundError
from data.files.settings import Settings
from data.model import edits
from data.model.journal import Journal
from data.model.records import Review, Verdict, Win
from data.model.verdict_scale import judgement
from data.review import lookbacks, reviews, steps
from data.review.reviews import Position

WEEK = date(2026, 11, 16)
FRIDAY = date(2026, 11, 20)
SETTINGS = Settings()


def at(day: date) -> datetime:
    return datetime.combine(day, time(17), UTC)


def win(day: date = FRIDAY, verdict: Verdict | None = None) -> Win:
    return structs.replace(edits.new_win("A win", happened_on=day, now=at(day)), verdict=verdict)


def reviewed(week: date, on: date) -> Review:
    return Review(id=edits.new_id(), week=week, started_at=at(on), finished_at=at(on), updated_at=at(on))


def due_on(day: date, *records: Win | Review, settings: Settings = SETTINGS) -> reviews.Due:
    return reviews.what_is_due(Journal.of(*records), settings, day)


@given(
    st.sampled_from(reviews.REVIEW_PARTS), st.sampled_from(["", edits.new_id()]), st.sampled_from(["", reviews.ALL_SIX])
)
def test_a_position_is_kept_as_text_and_read_back(part: reviews.ReviewPart, item: str, mode: str) -> None:
    position = Position(part, item, "stretch", mode) if item else Position(part)
    assert reviews.parse_position(reviews.format_position(position)) == position


@given(st.text(max_size=30))
def test_a_position_nobody_understands_is_the_start_of_a_part(position: str) -> None:
    assert reviews.parse_position(position).part in reviews.REVIEW_PARTS


def test_two_reviews_of_one_week_continue_the_first() -> None:
    first, second = (reviews.new_review(WEEK, at(FRIDAY)) for _ in range(2))
    journal = Journal.of(first)
    assert reviews.start_review(second)(journal).put == ()
    both = Journal.of(structs.replace(second, started_at=at(FRIDAY + timedelta(days=1))), first)
    assert reviews.find_review(both, WEEK) == first


def test_a_review_remembers_where_it_was_until_it_is_done() -> None:
    journal = Journal.of(reviews.new_review(WEEK, at(FRIDAY)))
    for edit in (
        reviews.move_to(WEEK, Position("sort", "x", "door"), at(FRIDAY)),
        reviews.set_note(WEEK, " Braver than last week.\n", at(FRIDAY)),
    ):
        journal = journal.apply(edit(journal))
    (found,) = journal.reviews.values()
    assert (found.position, found.note) == ("sort:x:door", "Braver than last week.")
    later = at(FRIDAY) + timedelta(hours=1)
    (done,) = journal.apply(reviews.finish_review(WEEK, later)(journal)).reviews.values()
    assert (done.position, done.finished_at, done.updated_at) == ("", later, later)


def test_a_review_removed_elsewhere_is_said_to_be_gone() -> None:
    with pytest.raises(NotFoundError):
        reviews.move_to(WEEK, Position(), at(FRIDAY))(Journal())


def test_a_review_is_due_on_its_day_until_it_is_done() -> None:
    begun = win(WEEK)
    assert not due_on(FRIDAY - timedelta(days=1), begun).due
    assert due_on(FRIDAY, begun).due
    assert due_on(FRIDAY + timedelta(days=1), begun).due
    after = due_on(FRIDAY, begun, reviewed(WEEK, FRIDAY))
    assert (after.due, after.on) == (False, FRIDAY + timedelta(weeks=1))
    assert not due_on(FRIDAY + timedelta(days=6), begun, reviewed(WEEK, FRIDAY)).due
    assert due_on(FRIDAY + timedelta(days=7), begun, reviewed(WEEK, FRIDAY)).due


def test_a_missed_week_stays_due_until_the_next_review_day_takes_over() -> None:
    tuesday = FRIDAY + timedelta(days=4)
    missed = due_on(tuesday, win(WEEK))
    assert (missed.due, missed.week, missed.on) == (True, WEEK, FRIDAY)
    assert due_on(FRIDAY + timedelta(days=7), win(WEEK)).week == WEEK + timedelta(weeks=1)


def test_a_week_reviewed_early_is_not_due_on_its_day() -> None:
    assert not due_on(FRIDAY, win(WEEK), reviewed(WEEK, FRIDAY - timedelta(days=2))).due


def test_nothing_is_due_before_a_person_began() -> None:
    tuesday = FRIDAY + timedelta(days=4)
    earlier = structs.replace(win(WEEK), created_at=at(tuesday))
    assert not due_on(tuesday, earlier).due
    assert not due_on(FRIDAY).due


def test_the_review_day_and_the_first_day_of_the_week_are_settings() -> None:
    sunday = Settings(week_start=6, review_day=6)
    found = due_on(date(2026, 11, 22), win(WEEK), settings=sunday)
    assert (found.due, found.week, found.on) == (True, date(2026, 11, 22), date(2026, 11, 22))


def test_a_review_is_found_again_after_weeks_begin_on_another_day() -> None:
    journal = Journal.of(reviewed(WEEK, FRIDAY), win(WEEK))
    sunday = WEEK - timedelta(days=1)
    assert reviews.find_review(journal, sunday) is not None
    assert reviews.find_review(journal, sunday - timedelta(weeks=1)) is None
    assert not reviews.what_is_due(journal, Settings(week_start=6), FRIDAY).due


def test_what_waits_is_counted() -> None:
    journal = Journal.of(win(), win(WEEK), win(FRIDAY, Verdict.REAL), win(FRIDAY + timedelta(days=9)))
    for _ in range(7):
        old = win(FRIDAY - timedelta(weeks=6))
        journal = journal.apply(edits.add_win(old)(journal))
        decide = edits.set_verdict([old.id], Verdict.CANDY, at(old.happened_on), judgement(2).p)
        journal = journal.apply(decide(journal))
    journal = journal.apply(steps.add_step(steps.new_step("A step", due_week=WEEK, now=at(FRIDAY)))(journal))
    later = steps.new_step("A later step", due_week=WEEK + timedelta(weeks=1), now=at(FRIDAY))
    journal = journal.apply(steps.add_step(later)(journal))
    found = reviews.what_is_due(journal, SETTINGS, FRIDAY)
    assert (found.unsorted, found.lookbacks, found.steps) == (2, lookbacks.MAX_LOOKBACKS, 1)
    assert reviews.describe_waiting(found) == "2 wins to sort, 5 to look back on, 1 plan to check"
    assert found.minutes == 3  # 14 questions of 8 seconds, and 80 seconds of writing


@pytest.mark.parametrize(("days", "found"), [(-4, False), (-3, True), (3, True), (4, False)])
def test_a_review_is_that_of_a_week_that_begins_at_most_three_days_off(days: int, *, found: bool) -> None:
    one = reviewed(WEEK, FRIDAY)
    assert reviews.find_review(Journal.of(one), WEEK + timedelta(days=days)) == (one if found else None)


def test_a_review_that_was_begun_and_not_done_stays_due() -> None:
    begun = structs.replace(reviewed(WEEK, FRIDAY), finished_at=None)
    assert due_on(FRIDAY, win(), begun).due
    assert not due_on(FRIDAY, win(), reviewed(WEEK - timedelta(days=reviews.SLACK.days), FRIDAY)).due


def test_what_waits_ends_with_the_week_that_is_due() -> None:
    assert due_on(FRIDAY, win(WEEK + timedelta(days=6))).unsorted == 1
    assert due_on(FRIDAY, win(), win(WEEK + timedelta(days=7))).unsorted == 1


def test_a_position_is_written_without_what_it_lacks() -> None:
    positions = [Position("close"), Position("recall", "x"), Position("sort", "x", "door")]
    assert [reviews.format_position(one) for one in positions] == ["close", "recall:x", "sort:x:door"]


@pytest.mark.parametrize(("days", "waits"), [(3, 1), (4, 0)])
def test_a_step_waits_for_a_week_that_begins_within_three_days(days: int, waits: int) -> None:
    step = steps.new_step("If, then", due_week=WEEK + timedelta(days=days), now=at(FRIDAY))
    assert reviews.what_is_due(Journal.of(win(), step), SETTINGS, FRIDAY).steps == waits


def test_the_first_review_of_one_who_begins_between_two_review_days_is_on_the_next() -> None:
    tuesday = FRIDAY + timedelta(days=4)
    begun = win(tuesday)
    assert (due_on(tuesday, begun).due, due_on(tuesday, begun).on) == (False, FRIDAY + timedelta(weeks=1))


def test_the_short_way_back_is_for_a_week_whose_review_has_not_begun() -> None:
    last = WEEK - timedelta(weeks=3)
    old = win(last, Verdict.REAL), reviewed(last, last + timedelta(days=4))
    away = Journal.of(*old, win())
    assert reviews.is_away(away, due_on(FRIDAY, *old, win()))
    begun = structs.replace(reviewed(WEEK, FRIDAY), finished_at=None)
    assert not reviews.is_away(Journal.of(*old, win(), begun), due_on(FRIDAY, *old, win(), begun))
    newer = reviewed(WEEK - timedelta(weeks=2), WEEK)
    assert not reviews.is_away(Journal.of(*old, newer), due_on(FRIDAY, *old, newer))

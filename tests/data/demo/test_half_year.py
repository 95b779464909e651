from datetime import UTC, date, datetime, timedelta

import pytest

from data.base.weeks import WEEK, week_of
from data.demo.half_year import demo_records
from data.demo.story import DEMO_NOTES, SCENES
from data.figures import calibration, momentum
from data.model import doors
from data.model.journal import Journal
from data.model.records import Verdict
from data.review import lookbacks

DAYS = [date(2026, 11, 16) + timedelta(days=index) for index in range(7)]


def half_year(today: date) -> Journal:
    return Journal.of(*demo_records(today, datetime.combine(today, datetime.min.time(), UTC) + timedelta(hours=9)))


@pytest.mark.parametrize("today", [*DAYS, date(2027, 1, 1), date(2028, 2, 29)])
def test_nothing_in_the_demo_is_still_to_come(today: date) -> None:
    journal = half_year(today)
    now = datetime.combine(today, datetime.min.time(), UTC) + timedelta(hours=9)
    assert max(win.happened_on for win in journal.live()) <= today
    assert max(win.created_at for win in journal.live()) <= now
    assert min(win.happened_on for win in journal.live()) >= today - timedelta(weeks=27)


def test_the_demo_is_the_same_every_time() -> None:
    assert demo_records(DAYS[4], datetime(2026, 11, 20, 9, tzinfo=UTC)) == demo_records(
        DAYS[4], datetime(2026, 11, 20, 9, tzinfo=UTC)
    )


def test_the_demo_has_something_for_every_chart() -> None:
    journal = half_year(DAYS[4])
    course = momentum.week_series(journal.days, DAYS[4])
    found = calibration.calibrate(journal)
    assert len(course.weeks) == 27
    assert course.trend is momentum.Trend.RISING
    assert sum(not week.tally.total for week in course.weeks) >= 2
    assert found.enough
    assert 0.7 < (found.kept or 0) < 0.95
    assert all(row.n for row in found.forecasts)
    assert 4 <= doors.door_stats(journal, DAYS[4]).longest_chain <= 9
    assert sum(win.verdict is None for win in journal.live()) == 4
    assert {win.goal for win in journal.live()} >= set(journal.goals)
    assert any(step.state == "dropped" for step in journal.steps.values())


def test_all_that_was_made_up_is_told() -> None:
    journal = half_year(DAYS[4])
    assert {(scene.title, scene.story) for scene in SCENES} <= {(win.title, win.story) for win in journal.live()}
    assert {scene.goal for scene in SCENES} == {"", "Clim", "Spea", "Stay"}
    for scene in SCENES:
        (win,) = (win for win in journal.live() if win.title == scene.title)
        assert journal.goal_name(win)[:4] == scene.goal
    assert {review.note for review in journal.reviews.values()} == {"", *DEMO_NOTES}


def test_every_review_of_the_demo_went_as_a_review_goes() -> None:
    journal = half_year(DAYS[4])
    for review in journal.reviews.values():
        assert review.finished_at is not None
        assert timedelta() < review.finished_at - review.started_at < timedelta(hours=1)
        looked_back = [back for win in journal.live() for back in win.lookbacks if back.on == review.started_at.date()]
        assert len(looked_back) <= lookbacks.MAX_LOOKBACKS
    assert sum(not review.note for review in journal.reviews.values()) > len(journal.reviews) / 2
    for step in journal.steps.values():
        assert step.due_week == week_of(step.created_at.date()) + WEEK


def test_the_email_led_to_a_call_and_that_to_the_interview() -> None:
    journal = half_year(DAYS[4])
    interview = next(win for win in journal.live() if win.title.startswith("Interview for the job"))
    titles = [win.title for win in doors.trace_back(journal, interview.id)]
    assert titles[1] == "The email led to a call"
    assert titles[2].startswith("Wrote the email to the recruiter")
    assert all(win.verdict is Verdict.REAL for win in list(doors.trace_back(journal, interview.id))[:3])

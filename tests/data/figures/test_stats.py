"""Every figure at once, of a whole journal and of the part that a filter asks for."""

from datetime import UTC, date, datetime

from data.figures.stats import compute_stats
from data.files.settings import Settings
from data.model import edits
from data.model.journal import Journal
from data.review import steps
from data.search.filters import Filter

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
TODAY = date(2026, 11, 20)


def test_the_steps_of_a_goal_are_those_that_came_from_its_wins() -> None:
    goal = edits.new_goal("Climate", NOON)
    inside, outside = (edits.new_win("A win", happened_on=TODAY, now=NOON, goal=pointed) for pointed in (goal.id, None))
    journal = Journal.of(goal, inside, outside)
    for origin in (inside.id, outside.id, None):
        step = steps.new_step("If, then", due_week=TODAY, now=NOON, from_win=origin)
        journal = journal.apply(edits.combine_edits(steps.add_step(step), steps.drop_step(step.id, NOON))(journal))
    assert compute_stats(journal, TODAY, Settings()).steps == steps.StepRate(0, 3, None)
    assert compute_stats(journal, TODAY, Settings(), wanted=Filter(goal=goal.id)).steps == steps.StepRate(0, 1, None)

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.base.errors import NotAllowedError, NotFoundError
from data.model import edits
from data.model.journal import Journal
from data.model.records import Step, StepState
from data.review import steps

NOW = datetime(2026, 11, 20, 17, tzinfo=UTC)
TODAY = date(2026, 11, 20)
NEXT = date(2026, 11, 23)


def step(words: str = "If it is Monday, then I write to Ana", *, from_win: str | None = None) -> Step:
    return steps.new_step(words, due_week=NEXT, now=NOW, from_win=from_win)


@pytest.mark.parametrize(
    ("cue", "act"),
    [
        ("it is Monday at nine", "I write to Ana"),
        ("If it is Monday at nine,", "then I write to Ana."),
        ("  when it is Monday at nine", "Then, I write to Ana"),
    ],
)
def test_the_form_helps_with_the_wording(cue: str, act: str) -> None:
    assert steps.wording(act, cue) == "If it is Monday at nine, then I write to Ana"


def test_words_that_only_begin_like_if_are_kept() -> None:
    assert steps.wording("thenceforth I rest", "iffy weather") == "If iffy weather, then thenceforth I rest"


def test_a_step_that_does_not_say_what_to_do_is_refused() -> None:
    with pytest.raises(NotAllowedError, match="What will you do"):
        steps.wording(" then. ", "Monday")


def test_without_a_moment_a_step_is_what_to_do() -> None:
    assert steps.wording("then call Priya.") == "Call Priya"


@given(st.text(max_size=60), st.text(max_size=60))
def test_whatever_is_typed_the_wording_is_one_clean_line_or_refused(cue: str, act: str) -> None:
    try:
        words = steps.wording(act, cue)
    except NotAllowedError:
        return
    assert words.startswith("If ") == (", then " in words) or not cue
    assert words.isprintable() or not words.isascii()


def test_three_open_steps_are_enough() -> None:
    journal = Journal.of(*(step(f"Step {n}") for n in range(3)))
    with pytest.raises(NotAllowedError, match="Three steps"):
        steps.add_step(step())(journal)
    dropped = journal.apply(steps.drop_step(next(iter(journal.steps)), NOW)(journal))
    assert len(steps.open_steps(dropped.apply(steps.add_step(step())(dropped)))) == 3


def test_a_step_that_was_done_becomes_a_win_that_its_win_opened() -> None:
    goal = edits.new_goal("Climate work", NOW)
    coffee = edits.new_win("Coffee with a mentor", happened_on=TODAY, now=NOW, goal=goal.id)
    plan = step(from_win=coffee.id)
    journal = Journal.of(goal, coffee, plan)
    made = edits.new_win(steps.act_of(plan), happened_on=date(2026, 11, 25), now=NOW)
    after = journal.apply(steps.finish_step(plan.id, made, NOW)(journal))
    win = after.wins[made.id]
    assert (win.title, win.happened_on) == ("Write to Ana", date(2026, 11, 25))
    assert (win.opened_by, win.goal) == (coffee.id, goal.id)
    assert (after.steps[plan.id].state, after.steps[plan.id].done_win) == (StepState.DONE, made.id)
    assert after.opens[coffee.id] == (made.id,)


def test_a_step_whose_win_is_gone_for_good_still_becomes_a_win() -> None:
    plan = step(from_win=edits.new_id())
    made = edits.new_win("Wrote to Ana", happened_on=TODAY, now=NOW)
    after = Journal.of(plan).apply(steps.finish_step(plan.id, made, NOW)(Journal.of(plan)))
    assert after.wins[made.id].opened_by is None


def test_a_step_still_on_moves_to_the_later_week() -> None:
    plan = step()
    later = NOW + timedelta(days=7)
    after = Journal.of(plan).apply(steps.keep_step(plan.id, NEXT + timedelta(weeks=1), later)(Journal.of(plan)))
    kept = after.steps[plan.id]
    assert (kept.state, kept.due_week, kept.updated_at) == (StepState.OPEN, date(2026, 11, 30), later)


def test_a_step_removed_elsewhere_is_said_to_be_gone() -> None:
    with pytest.raises(NotFoundError):
        steps.drop_step(edits.new_id(), NOW)(Journal())


def settled(done: int, dropped: int, when: datetime = NOW) -> Journal:
    journal = Journal()
    for index in range(done + dropped):
        plan = step(f"Step {index}")
        win = edits.new_win("Done", happened_on=TODAY, now=when)
        end = steps.finish_step(plan.id, win, when) if index < done else steps.drop_step(plan.id, when)
        journal = journal.apply(edits.combine_edits(steps.add_step(plan), end)(journal))
    return journal


def test_the_share_of_steps_done_counts_the_last_twelve_weeks() -> None:
    assert steps.step_rate(settled(3, 1), TODAY) == steps.StepRate(3, 1, None)
    assert steps.step_rate(settled(3, 2), TODAY) == steps.StepRate(3, 2, 0.6)
    assert steps.step_rate(settled(3, 2, NOW - timedelta(weeks=13)), TODAY) == steps.StepRate(0, 0, None)


def test_few_settled_steps_are_too_few_to_say() -> None:
    assert (
        steps.describe_rate(steps.step_rate(settled(3, 1), TODAY))
        == "Too few steps settled in twelve weeks to say (4)."
    )
    assert steps.describe_rate(steps.step_rate(settled(4, 1), TODAY)) == "4 of 5 steps done in twelve weeks."


@pytest.mark.parametrize("typed", ["I write to Ana.", "Then: I write to Ana;", "I write to Ana , "])
def test_stray_marks_around_a_half_are_dropped(typed: str) -> None:
    assert steps.wording(typed, "it is Monday, ").startswith("If it is Monday, then ")
    assert not steps.wording(typed, "it is Monday").endswith((".", ";", ",", " "))


@pytest.mark.parametrize(
    ("words", "act"),
    [
        ("If it is Monday, then I will write to Ana", "Write to Ana"),
        ("If I ask, then I say hello, then I will go", "Say hello, then I will go"),
        ("Write to Ana", "Write to Ana"),
        ("I write what I will ", "Write what I will"),
    ],
)
def test_what_was_planned_is_the_first_wording_of_the_win(words: str, act: str) -> None:
    assert steps.act_of(step(words)) == act


def test_open_steps_are_listed_by_the_week_they_are_for() -> None:
    later, sooner = (steps.new_step("If, then", due_week=week, now=NOW) for week in (NEXT, NEXT - timedelta(weeks=1)))
    assert steps.open_steps(Journal.of(later, sooner)) == [sooner, later]


def test_a_step_becomes_no_win_that_was_opened_by_one_that_is_gone() -> None:
    plan = step()
    made = edits.new_win("Wrote to Ana", happened_on=TODAY, now=NOW, opened_by=edits.new_id())
    with pytest.raises(NotFoundError):
        steps.finish_step(plan.id, made, NOW)(Journal.of(plan))


def test_a_step_let_go_is_open_again_once_it_is_kept() -> None:
    plan = step()
    journal = Journal.of(plan)
    for edit in (steps.drop_step(plan.id, NOW), steps.keep_step(plan.id, NEXT, NOW)):
        journal = journal.apply(edit(journal))
    assert steps.open_steps(journal)[0].id == plan.id


def test_the_share_counts_from_the_very_day_twelve_weeks_ago() -> None:
    assert steps.step_rate(settled(3, 2, NOW - timedelta(weeks=12)), TODAY) == steps.StepRate(3, 2, 0.6)
    assert steps.step_rate(settled(3, 2, NOW - timedelta(weeks=12, days=1)), TODAY) == steps.StepRate(0, 0, None)

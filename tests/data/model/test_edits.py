"""What a change leaves behind: when it was made, what stood beside it, and nothing that was not meant."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from msgspec import structs

from data.base.errors import NotAllowedError, NotFoundError
from data.model import edits
from data.model.journal import Edit, Journal
from data.model.records import Answers, Step, StepState, Verdict, Win
from data.model.win_content import WinContent, save_win
from data.review import steps
from data.search.references import find_win

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
LATER = NOON + timedelta(days=3)


def win(title: str = "Wrote to the recruiter", **fields: object) -> Win:
    made = edits.new_win(title, happened_on=date(2026, 11, 19), now=NOON)
    return structs.replace(made, **fields)


FIRST = win("Coffee with a mentor")
SECOND = win("Panel talk")
AWAY = win("Badge", deleted_at=NOON)
GOAL, OTHER = edits.new_goal("Climate", NOON), structs.replace(edits.new_goal("Teaching", NOON), order=1)
STEP = steps.new_step("If it is Monday, then I write", due_week=date(2026, 11, 23), now=NOON)
ALL = Journal.of(FIRST, SECOND, AWAY, GOAL, OTHER, STEP)


@pytest.mark.parametrize(
    "edit",
    [
        lambda: edits.change_win(FIRST, structs.replace(FIRST, title="Coffee"), LATER),
        lambda: edits.link_win(SECOND.id, FIRST.id, LATER),
        lambda: edits.set_verdict([FIRST.id], Verdict.REAL, LATER),
        lambda: edits.answer_question(FIRST.id, "door", 4, LATER),
        lambda: edits.trash_wins([FIRST.id], LATER),
        lambda: edits.restore_wins([AWAY.id], LATER),
        lambda: edits.set_goal([FIRST.id], GOAL.id, LATER),
        lambda: edits.change_goal(GOAL.id, "Climate data", "", LATER),
        lambda: edits.archive_goal(GOAL.id, archived=True, now=LATER),
        lambda: edits.order_goals([OTHER.id], LATER),
        lambda: steps.keep_step(STEP.id, date(2026, 11, 30), LATER),
        lambda: steps.drop_step(STEP.id, LATER),
    ],
)
def test_every_change_says_when_it_was_made(edit: Callable[[], Edit]) -> None:
    put = edit()(ALL).put
    assert put
    assert all(record.updated_at == LATER for record in put)


def test_a_link_and_a_restored_win_are_what_was_asked_for() -> None:
    linked = ALL.apply(edits.link_win(SECOND.id, FIRST.id, LATER)(ALL))
    assert linked.wins[SECOND.id].opened_by == FIRST.id
    assert ALL.apply(edits.restore_wins([AWAY.id], LATER)(ALL)).wins[AWAY.id].deleted_at is None
    aimed = ALL.apply(edits.set_goal([FIRST.id], GOAL.id, LATER)(ALL))
    assert aimed.wins[FIRST.id].goal == GOAL.id


def test_a_win_keeps_its_story() -> None:
    assert edits.new_win("A", story=" It went well.\n", happened_on=NOON.date(), now=NOON).story == "It went well."


def test_a_win_opened_by_one_that_is_gone_is_not_added() -> None:
    with pytest.raises(NotFoundError, match="no longer in the journal"):
        edits.add_win(win(opened_by=edits.new_id()))(ALL)


def test_the_same_verdict_again_is_a_decision_only_with_a_forecast() -> None:
    once = ALL.apply(edits.set_verdict([FIRST.id], Verdict.REAL, NOON)(ALL))
    assert not edits.set_verdict([FIRST.id], Verdict.REAL, LATER)(once).put
    again = once.apply(edits.set_verdict([FIRST.id], Verdict.REAL, LATER, 0.95)(once))
    assert [one.p for one in again.wins[FIRST.id].decided] == [None, 0.95]


def test_a_decision_remembers_what_was_suggested_when_it_was_made() -> None:
    answered = win(answers=Answers(next_step=5, direction=5, stretch=5))
    journal = Journal.of(answered, FIRST)
    after = journal.apply(edits.set_verdict([answered.id, FIRST.id], Verdict.CANDY, LATER)(journal))
    decision, bare = after.wins[answered.id].decided[0], after.wins[FIRST.id].decided[0]
    assert (decision.suggestion, decision.substance) == (Verdict.REAL, 1.0)
    assert (bare.suggestion, bare.substance) == (None, None)


def a_step(from_win: Win | None, done_win: Win | None) -> Step:
    made = steps.new_step("If it is Monday, then I write", due_week=date(2026, 11, 23), now=NOON)
    return structs.replace(
        made,
        state=StepState.DONE,
        from_win=from_win.id if from_win else None,
        done_win=done_win.id if done_win else None,
    )


def test_emptying_the_trash_takes_away_links_to_what_is_gone_and_no_other() -> None:
    orphan, child, gone_child = win(opened_by=AWAY.id), win(opened_by=FIRST.id), win(opened_by=AWAY.id, deleted_at=NOON)
    plans = [a_step(AWAY, FIRST), a_step(FIRST, AWAY), a_step(FIRST, SECOND), a_step(None, None)]
    journal = Journal.of(FIRST, SECOND, AWAY, orphan, child, gone_child, *plans)
    changes = edits.empty_trash()(journal)
    after = journal.apply(changes)
    assert {record.id for record in changes.put} == {orphan.id, plans[0].id, plans[1].id}
    assert set(after.wins) == {FIRST.id, SECOND.id, orphan.id, child.id}
    assert [after.wins[key].opened_by for key in (orphan.id, child.id)] == [None, FIRST.id]
    left = [(after.steps[plan.id].from_win, after.steps[plan.id].done_win) for plan in plans]
    assert left == [(None, FIRST.id), (FIRST.id, None), (FIRST.id, SECOND.id), (None, None)]


@pytest.mark.parametrize("name", ["Climate", "CLIMATE", "  climate ", "Clímate"])
def test_a_goal_of_a_name_that_is_taken_is_not_added(name: str) -> None:
    with pytest.raises(NotAllowedError, match="A goal with that name already exists"):
        edits.add_goal(edits.new_goal(name, NOON))(ALL)
    found = edits.find_goal(ALL, name)
    assert found is not None
    assert found.id == GOAL.id


def test_a_new_goal_comes_after_the_others() -> None:
    goal = edits.new_goal("Writing", LATER)
    assert ALL.apply(edits.add_goal(goal)(ALL)).goals[goal.id].order == 2


def test_goals_that_are_not_named_keep_their_order_whatever_it_is_in_the_file() -> None:
    third = structs.replace(edits.new_goal("Writing", NOON), order=2)
    journal = Journal.of(third, OTHER, GOAL)
    after = journal.apply(edits.order_goals([third.id], LATER)(journal))
    assert sorted(after.goals, key=lambda key: after.goals[key].order) == [third.id, GOAL.id, OTHER.id]


@pytest.mark.parametrize("name", ["", "  ", "\x1b"])
def test_a_goal_without_a_name_is_no_goal(name: str) -> None:
    made: list[str | None] = []

    def make(goal: str | None) -> Edit:
        made.append(goal)
        return edits.combine_edits()

    edits.in_goal(name, NOON, make)(ALL)
    assert made == [None]


def test_the_trash_lists_what_was_removed_last_first() -> None:
    wins = [win(str(day), deleted_at=NOON + timedelta(days=day)) for day in (1, 3, 2)]
    assert [one.title for one in Journal.of(FIRST, *wins).trash()] == ["3", "2", "1"]


@pytest.mark.parametrize("typed", [str.upper, lambda key: f" {key} ", lambda key: key[:8]])
def test_a_win_is_found_by_its_id_however_it_was_pasted(typed: Callable[[str], str]) -> None:
    lettered = win(id="abcdef01-0000-4000-8000-00000000000a")
    assert find_win([lettered, FIRST], typed(lettered.id)) == lettered


def test_a_whole_id_names_its_win_even_where_others_begin_with_it() -> None:
    longer = structs.replace(FIRST, id=f"{FIRST.id}0")
    assert find_win([longer, FIRST], FIRST.id) == FIRST


def test_a_form_saves_the_same_on_the_screen_and_in_the_file() -> None:
    form = WinContent(title="First call", happened_on=date(2026, 11, 18), goal_name="Design", opened_by=FIRST.id)
    for edit in (save_win(form, None, LATER), save_win(form, SECOND, LATER)):
        shown = ALL.apply(edit(ALL))
        assert shown == ALL.apply(edit(ALL))
        (saved,) = (win for win in shown.live() if win.title == "First call")
        assert (saved.opened_by, shown.goal_name(saved), saved.updated_at) == (FIRST.id, "Design", LATER)


def test_a_form_that_names_a_known_goal_makes_no_second_one() -> None:
    form = WinContent(title="First call", happened_on=date(2026, 11, 18), goal_name="CLIMATE")
    after = ALL.apply(save_win(form, SECOND, LATER)(ALL))
    assert (after.wins[SECOND.id].goal, after.goals) == (GOAL.id, ALL.goals)

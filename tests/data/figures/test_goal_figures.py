"""What the wins of each goal add up to, and the edits that change goals."""

from datetime import UTC, date, datetime, timedelta

import pytest
from msgspec import structs

from data.base.errors import LoopError, NotAllowedError, NotFoundError
from data.figures.goal_figures import all_goal_figures, goals_in_order, only_candy
from data.files.settings import Settings
from data.model import edits
from data.model.journal import Journal, Tally
from data.model.records import Goal, Verdict, Win

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
TODAY = date(2026, 11, 20)
CLIMATE = edits.new_goal("Climate", NOON, "It matters")
TEACHING = structs.replace(edits.new_goal("Teaching", NOON), order=1)


def win(
    days_ago: int, verdict: Verdict | None = Verdict.REAL, goal: Goal | None = CLIMATE, by: Win | None = None
) -> Win:
    """A win so many days ago."""
    made = edits.new_win("A win", happened_on=TODAY - timedelta(days=days_ago), now=NOON)
    return structs.replace(made, verdict=verdict, goal=goal.id if goal else None, opened_by=by.id if by else None)


def names(journal: Journal) -> list[str]:
    """The open goals in order."""
    return [goal.name for goal in goals_in_order(journal)]


def test_each_goal_has_its_own_figures_and_the_rest_is_counted_too() -> None:
    first = win(30)
    journal = Journal.of(
        CLIMATE, TEACHING, first, win(20, by=first), win(10, Verdict.CANDY), win(3, None, None), win(5, goal=TEACHING)
    )
    climate, teaching, none = all_goal_figures(journal, TODAY, Settings())
    assert climate.tally == Tally(real=2, candy=1)
    assert climate.doors == 1
    assert climate.last == TODAY - timedelta(days=10)
    assert teaching.tally == Tally(real=1)
    assert none.goal is None
    assert none.tally == Tally(unsorted=1)


def test_momentum_of_a_goal_counts_its_wins_only() -> None:
    journal = Journal.of(CLIMATE, TEACHING, win(7), win(7, goal=TEACHING), win(8, goal=TEACHING))
    climate, teaching, _ = all_goal_figures(journal, TODAY, Settings())
    assert climate.series.headline is not None
    assert teaching.series.headline is not None
    assert (climate.series.headline.momentum, teaching.series.headline.momentum) == (1, 2)


def test_a_win_of_a_goal_that_is_gone_counts_as_without_one() -> None:
    journal = Journal.of(TEACHING, win(1, goal=CLIMATE))
    assert all_goal_figures(journal, TODAY, Settings())[1].tally == Tally(real=1)


def test_archived_goals_come_last_and_are_not_warned_about() -> None:
    away = structs.replace(CLIMATE, archived_at=NOON)
    found = all_goal_figures(Journal.of(away, TEACHING, win(1, Verdict.CANDY)), TODAY, Settings())
    assert [one.goal for one in found] == [TEACHING, None, away]
    assert found[-1].only_candy == 0


def test_only_candy_for_four_weeks_is_told_with_its_count() -> None:
    assert only_candy([win(3, Verdict.CANDY), win(20, Verdict.CANDY), win(40)], TODAY) == 2
    assert only_candy([win(0, Verdict.CANDY)], TODAY) == 1


def test_nothing_is_told_when_a_real_or_an_unsorted_win_was_among_them() -> None:
    assert only_candy([win(3, Verdict.CANDY), win(27)], TODAY) == 0
    assert only_candy([win(3, Verdict.CANDY), win(4, None)], TODAY) == 0
    assert only_candy([win(3, Verdict.CANDY), win(0)], TODAY) == 0
    assert only_candy([win(3, Verdict.CANDY), win(28)], TODAY) == 1
    assert only_candy([], TODAY) == 0


def test_a_goal_gets_another_name_and_reason() -> None:
    journal = Journal.of(CLIMATE, TEACHING)
    after = journal.apply(edits.change_goal(CLIMATE.id, "Climate data", "New", NOON)(journal))
    assert (after.goals[CLIMATE.id].name, after.goals[CLIMATE.id].why) == ("Climate data", "New")


def test_two_goals_never_share_a_name_but_a_goal_may_change_its_case() -> None:
    journal = Journal.of(CLIMATE, TEACHING)
    with pytest.raises(NotAllowedError, match="A goal with that name already exists"):
        edits.change_goal(CLIMATE.id, "TEACHING", "", NOON)(journal)
    assert edits.change_goal(CLIMATE.id, "CLIMATE", "", NOON)(journal).put


def test_a_goal_goes_away_and_comes_back_with_its_wins() -> None:
    journal = Journal.of(CLIMATE, TEACHING, win(1))
    away = journal.apply(edits.archive_goal(CLIMATE.id, archived=True, now=NOON)(journal))
    assert names(away) == ["Teaching"]
    back = away.apply(edits.archive_goal(CLIMATE.id, archived=False, now=NOON)(away))
    assert names(back) == ["Climate", "Teaching"]
    assert all_goal_figures(back, TODAY, Settings())[0].tally.real == 1


def test_goals_are_put_in_order_and_those_not_named_come_after() -> None:
    third = structs.replace(edits.new_goal("Writing", NOON), order=2)
    journal = Journal.of(CLIMATE, TEACHING, third)
    after = journal.apply(edits.order_goals([third.id, CLIMATE.id, "gone"], NOON)(journal))
    assert names(after) == ["Writing", "Climate", "Teaching"]
    assert not edits.order_goals([third.id], NOON)(after).put


def test_wins_are_pointed_at_a_goal_together() -> None:
    one, two = win(1, goal=None), win(2)
    journal = Journal.of(CLIMATE, TEACHING, one, two)
    changes = edits.set_goal([one.id, two.id], CLIMATE.id, NOON)(journal)
    assert [record.id for record in changes.put] == [one.id]
    with pytest.raises(NotFoundError):
        edits.set_goal([one.id], "gone", NOON)(journal)


def test_a_link_that_closes_a_loop_changes_nothing() -> None:
    first = win(5)
    later = win(1, by=first)
    with pytest.raises(LoopError):
        edits.link_win(first.id, later.id, NOON)(Journal.of(CLIMATE, first, later))


def test_linking_again_what_is_linked_changes_nothing() -> None:
    first = win(5)
    later = win(1, by=first)
    journal = Journal.of(CLIMATE, first, later)
    assert not edits.link_win(later.id, first.id, NOON)(journal).put
    assert edits.link_win(later.id, None, NOON)(journal).put


def test_wins_can_be_taken_off_their_goal() -> None:
    first, second = win(3), win(4, goal=None)
    journal = Journal.of(CLIMATE, first, second)
    changes = edits.set_goal([first.id, second.id], None, NOON)(journal)
    assert [(one.id, one.goal) for one in changes.put if isinstance(one, Win)] == [(first.id, None)]


def test_two_goals_never_share_a_name_whatever_its_case_and_accents() -> None:
    with pytest.raises(NotAllowedError, match="with that name already exists"):
        edits.add_goal(edits.new_goal("CLIMÁTE", NOON))(Journal.of(CLIMATE))


def test_goals_of_the_same_place_stand_by_name_whatever_their_case() -> None:
    made = [edits.new_goal(name, NOON) for name in ("writing", "Teaching", "climate")]
    assert names(Journal.of(*made)) == ["climate", "Teaching", "writing"]

from datetime import UTC, date, datetime, timedelta

import pytest
from msgspec import structs

from data.model import edits
from data.model.journal import Journal
from data.model.records import Changes, Verdict
from data.search.filters import PERIODS, Filter, Period, newest_first, next_period, period_start

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
TALK = structs.replace(
    edits.new_win(
        "Said yes to the Café panel",
        happened_on=date(2026, 11, 18),
        now=NOW,
        story="They asked twice.",
        goal="g1",
        tags=["Público"],
    ),
    verdict=Verdict.REAL,
)


@pytest.mark.parametrize(
    "wanted",
    [
        Filter(),
        Filter(since=date(2026, 11, 18), until=date(2026, 11, 18)),
        Filter(verdict="real"),
        Filter(goal="g1"),
        Filter(tag="publico"),
        Filter(search="cafe"),
        Filter(search="PANEL said"),
        Filter(search="asked yes publico"),
        Filter(verdict="real", goal="g1", tag="Público", search="twice"),
    ],
)
def test_a_win_is_found_by_what_it_is(wanted: Filter) -> None:
    assert wanted.matches(TALK)


@pytest.mark.parametrize(
    "wanted",
    [
        Filter(since=date(2026, 11, 19)),
        Filter(until=date(2026, 11, 17)),
        Filter(verdict="candy"),
        Filter(verdict="unsorted"),
        Filter(goal="g2"),
        Filter(tag="pub"),
        Filter(search="panel interview"),
    ],
)
def test_a_win_is_left_out_when_one_thing_differs(wanted: Filter) -> None:
    assert not wanted.matches(TALK)


def test_unsorted_means_no_verdict_yet() -> None:
    assert Filter(verdict="unsorted").matches(structs.replace(TALK, verdict=None))


def test_what_is_in_the_trash_is_never_selected() -> None:
    journal = Journal.of(TALK)
    assert Filter(search="panel").select(journal) == [TALK]
    trashed = journal.apply(Changes(put=(structs.replace(TALK, deleted_at=NOW),)))
    assert Filter().select(trashed) == Filter(search="panel").select(trashed) == []


def test_periods_end_today_and_begin_with_a_week() -> None:
    today = date(2026, 11, 19)  # a Thursday
    assert period_start("week", today, 0) == date(2026, 11, 16)
    assert period_start("week", today, 6) == date(2026, 11, 15)
    assert period_start("4 weeks", today, 0) == date(2026, 10, 26)
    assert period_start("year", today, 0) == date(2025, 11, 24)
    assert period_start("all", today, 0) is None


def test_the_periods_come_round_again() -> None:
    seen = [PERIODS[0]]
    for _ in PERIODS:
        seen.append(next_period(seen[-1]))
    assert seen == [*PERIODS, PERIODS[0]]


def test_wins_are_listed_by_date_and_then_by_when_they_were_added() -> None:
    early = structs.replace(TALK, id=edits.new_id(), created_at=datetime(2026, 11, 20, tzinfo=UTC))
    later = structs.replace(TALK, id=edits.new_id(), happened_on=date(2026, 11, 21))
    assert newest_first([early, TALK, later]) == [later, TALK, early]


def test_every_word_of_a_search_has_to_be_there_be_it_in_the_story() -> None:
    assert not Filter(search="asked thrice").matches(TALK)
    assert not Filter(search="thrice").matches(structs.replace(TALK, story=""))
    accented = structs.replace(TALK, story="À Zoë")
    assert Filter(search="a ZOE").matches(accented)
    assert Filter(goal="").matches(structs.replace(TALK, goal=None))
    assert not Filter(goal="").matches(TALK)


@pytest.mark.parametrize(("period", "weeks"), [("week", 0), ("4 weeks", 3), ("12 weeks", 11), ("year", 51)])
def test_a_period_ends_with_this_week(period: Period, weeks: int) -> None:
    assert period_start(period, date(2026, 11, 20), 0) == date(2026, 11, 16) - timedelta(weeks=weeks)

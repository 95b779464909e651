"""One settled win comes back, and never one whose verdict is still to be asked."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from data.model import edits
from data.model.journal import Journal
from data.model.records import Verdict, Win
from data.model.verdict_scale import judgement
from data.review import lookbacks
from data.review.one_thing_back import find_thing_back

WEEK = date(2026, 11, 16)
FRIDAY = date(2026, 11, 20)
WAITS = (4, 12)


def at(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 9, tzinfo=UTC)


def settled(weeks_ago: int, *keys: int, title: str = "A win", opened_by: str | None = None) -> Win:
    """Return a win with a call and look-backs by these keys, four and twelve weeks later."""
    day = FRIDAY - timedelta(weeks=weeks_ago)
    win = edits.new_win(title, happened_on=day, now=at(day), opened_by=opened_by)
    journal = Journal.of(win)
    given_call = judgement(keys[0])
    journal = journal.apply(edits.set_verdict([win.id], given_call.verdict, at(day), given_call.p)(journal))
    for weeks, key in zip(WAITS, keys[1:], strict=False):
        on = day + timedelta(weeks=weeks)
        journal = journal.apply(lookbacks.record_lookback(win.id, judgement(key), on, at(on))(journal))
    return journal.wins[win.id]


def back(*wins: Win, week: date = WEEK) -> tuple[str, str] | None:
    found = find_thing_back(Journal.of(*wins), week, FRIDAY, WAITS)
    return (found.win.title, found.why) if found is not None else None


def test_once_candy_with_a_door_since_comes_first() -> None:
    candy = settled(30, 1, 5, 5, title="Coffee")
    door = settled(10, 5, title="Talk", opened_by=candy.id)
    real = settled(40, 5, 5, 5, title="Old")
    assert back(candy, door, real) == ("Coffee", "You once called it candy. Since then it opened: Talk.")


def test_else_a_real_one_not_seen_for_eight_weeks() -> None:
    assert back(settled(40, 5, 5, 5)) == ("A win", "A real one, 40 weeks ago.")
    assert back(settled(18, 5, 5, 5)) is None


def test_else_this_week_in_another_year() -> None:
    assert back(settled(52, 1, 1, 1)) == ("A win", "This week, one year ago.")


def test_another_one_comes_back_each_week() -> None:
    wins = [settled(40 + number, 5, 5, 5, title=f"Win {number}") for number in range(3)]
    seen = {back(*wins, week=WEEK + timedelta(weeks=count)) for count in range(3)}
    assert len(seen) == 3


@pytest.mark.parametrize("keys", [(5,), (5, 5), (1, 3)])
def test_a_win_still_to_be_asked_about_never_comes_back(keys: tuple[int, ...]) -> None:
    assert back(settled(52, *keys)) is None


@given(
    st.lists(st.tuples(st.integers(0, 60), st.lists(st.integers(1, 5), min_size=1, max_size=3)), min_size=1, max_size=6)
)
def test_no_verdict_still_to_be_asked_is_ever_told(drawn: list[tuple[int, list[int]]]) -> None:
    """Law: whatever comes back has no look-back to come."""
    wins = [settled(weeks, *keys, title=f"Win {number}") for number, (weeks, keys) in enumerate(drawn)]
    linked = [structs.replace(win, opened_by=wins[0].id) if number else win for number, win in enumerate(wins)]
    found = find_thing_back(Journal.of(*linked), WEEK, FRIDAY, WAITS)
    if found is not None:
        assert found.win.verdict in (Verdict.REAL, Verdict.CANDY)
        assert lookbacks.next_due(found.win, [timedelta(weeks=count) for count in WAITS]) is None


def test_years_are_counted() -> None:
    assert back(settled(104, 1, 1, 1)) == ("A win", "This week, two years ago.")


def test_what_lies_in_the_trash_stays_there() -> None:
    candy = settled(30, 1, 5, 5, title="Coffee")
    door = settled(10, 5, title="Talk", opened_by=candy.id)
    assert back(structs.replace(candy, deleted_at=at(FRIDAY)), door) is None

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from data.figures.reasons import reasons_to_read
from data.files.settings import Settings
from data.model import edits
from data.model.journal import Journal
from data.model.records import Verdict, Win

FRIDAY = date(2026, 11, 20)
NOW = datetime(2026, 11, 20, 17, tzinfo=UTC)
GOAL = edits.new_goal("Climate work", NOW, why="Because my children ask.\nAnd I do.")


def wins(counts: list[int]) -> list[Win]:
    """Return so many real wins of each week up to the last complete one, oldest week first."""
    found = []
    for back, count in enumerate(reversed(counts), 1):
        day = FRIDAY - timedelta(weeks=back)
        found += [
            structs.replace(edits.new_win("A win", happened_on=day, now=NOW), verdict=Verdict.REAL)
            for _ in range(count)
        ]
    return found


def read(counts: list[int], today: date = FRIDAY) -> str:
    return reasons_to_read(Journal.of(GOAL, *wins(counts)), today, Settings())


def test_why_is_read_again_after_two_weeks_of_falling_momentum_in_full() -> None:
    assert read([4, 1, 1]) == "Climate work: Because my children ask.\nAnd I do."


def test_one_bad_week_or_a_rise_is_no_reason() -> None:
    assert read([4, 4, 1]) == ""
    assert read([1, 2, 3]) == ""
    assert read([]) == ""


def test_without_a_why_there_is_nothing_to_read() -> None:
    bare = structs.replace(GOAL, why="")
    assert reasons_to_read(Journal.of(bare, *wins([4, 1, 1])), FRIDAY, Settings()) == ""


@given(st.lists(st.integers(0, 5), min_size=1, max_size=20))
def test_it_is_never_read_twice_in_a_month(counts: list[int]) -> None:
    journal = Journal.of(GOAL, *wins([1, *counts]))
    last = FRIDAY - timedelta(weeks=len(counts))
    days = [last + timedelta(weeks=index) for index in range(len(counts) + 1)]
    shown = [index for index, day in enumerate(days) if reasons_to_read(journal, day, Settings())]
    assert all(after - before > 4 for before, after in pairwise(shown))


def test_several_goals_are_read_in_the_persons_order_without_the_archived() -> None:
    second = structs.replace(edits.new_goal("Teaching", NOW, why="For the children."), order=2)
    first = structs.replace(GOAL, why="It is late.", order=1)
    gone = structs.replace(edits.new_goal("Law", NOW, why="Once."), archived_at=NOW)
    journal = Journal.of(second, first, gone, *wins([4, 1, 1]))
    assert reasons_to_read(journal, FRIDAY, Settings()) == "Climate work: It is late.\nTeaching: For the children."

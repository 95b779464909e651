from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from data.figures.week_recap import describe_recap, honour_week, recap_week
from data.files.settings import Settings
from data.model import edits
from data.model.journal import Journal
from data.model.records import Answers, Verdict, Win

WEEK = date(2026, 11, 16)
TODAY = date(2026, 11, 20)
NOW = datetime(2026, 11, 20, 17, tzinfo=UTC)


def win(day: date, verdict: Verdict | None = Verdict.REAL, opened_by: str | None = None) -> Win:
    return structs.replace(edits.new_win("A win", happened_on=day, now=NOW, opened_by=opened_by), verdict=verdict)


def said(*wins: Win) -> str:
    return describe_recap(recap_week(Journal.of(*wins), WEEK, TODAY, Settings()))


def test_a_week_is_one_line_of_figures() -> None:
    earlier = win(WEEK - timedelta(days=2))
    now = [win(TODAY, opened_by=earlier.id), win(TODAY), win(WEEK, Verdict.CANDY), win(TODAY, None)]
    assert said(earlier, *now) == "2 real, 1 candy, 1 not sorted · 1.5 a week · 1 new door"


def test_what_there_is_none_of_is_left_out() -> None:
    assert said() == ""
    assert said(win(TODAY, Verdict.CANDY)) == "1 candy"
    assert said(win(TODAY)) == "1 real · 1 a week"


def test_a_week_outside_of_all_weeks_has_no_figures() -> None:
    assert describe_recap(recap_week(Journal.of(win(TODAY)), WEEK - timedelta(weeks=9), TODAY, Settings())) == ""


@given(st.integers(0, 4), st.integers(0, 9))
def test_no_week_is_counted_down_against_another(now: int, before: int) -> None:
    wins = [win(TODAY) for _ in range(now)] + [win(WEEK - timedelta(days=2)) for _ in range(before)]
    assert not {"fewer", "less", "down", "only"} & set(said(*wins).split())


def test_a_week_is_honoured_by_its_win_its_chain_and_its_figures() -> None:
    earlier = win(WEEK - timedelta(days=2))
    brave = structs.replace(win(TODAY, opened_by=earlier.id), answers=Answers(stretch=5, direction=5))
    lines = honour_week(Journal.of(earlier, brave), WEEK, TODAY, Settings()).lines()
    assert lines == [
        "The win of your week: A win. It took courage (5 of 5) and leads where you want to go.",
        "It belongs to a chain: A win, then A win.",
        "A brave week: you did something uncomfortable.",
        "1 real, 1 a week, 1 new door.",
    ]


def test_a_week_without_a_real_win_has_its_figures_alone() -> None:
    honoured = honour_week(Journal.of(win(TODAY, Verdict.CANDY)), WEEK, TODAY, Settings())
    assert (honoured.win, honoured.why, honoured.chain) == (None, "", ())
    assert honoured.lines() == ["1 candy."]


def test_a_door_counts_from_the_first_day_of_its_week_to_the_last() -> None:
    earlier = win(WEEK - timedelta(days=2))
    days = [WEEK - timedelta(days=1), WEEK, WEEK + timedelta(days=6), WEEK + timedelta(days=7)]
    doors = [win(day, None, opened_by=earlier.id) for day in days]
    assert recap_week(Journal.of(earlier, *doors), WEEK, WEEK + timedelta(days=9), Settings()).doors == 2

from datetime import UTC, date, datetime, timedelta

from msgspec import structs

from data.figures import week_recap as closing
from data.files.settings import Settings
from data.model import edits
from data.model.journal import Journal
from data.model.records import Verdict, Win

WEEK = date(2026, 11, 16)
TODAY = date(2026, 11, 20)
NOW = datetime(2026, 11, 20, 17, tzinfo=UTC)


def win(day: date, verdict: Verdict | None = Verdict.REAL, opened_by: str | None = None) -> Win:
    return structs.replace(edits.new_win("A win", happened_on=day, now=NOW, opened_by=opened_by), verdict=verdict)


def said(*wins: Win) -> tuple[str, str, str]:
    return closing.describe_recap(closing.recap_week(Journal.of(*wins), WEEK, TODAY, Settings()))


def test_the_first_week_has_nothing_beside_it() -> None:
    assert said(win(TODAY), win(TODAY, Verdict.CANDY)) == (
        "One real win in your first week.",
        "One of 2 sorted wins was candy (50 %).",
        "No win came through a door that an earlier one opened.",
    )


def test_a_week_is_put_beside_the_one_before() -> None:
    earlier = [win(WEEK - timedelta(days=2)), win(WEEK - timedelta(days=3), Verdict.CANDY)]
    now = [win(TODAY, opened_by=earlier[0].id), win(TODAY), win(WEEK), win(TODAY, Verdict.CANDY), win(TODAY, None)]
    assert said(*earlier, *now) == (
        "Three real wins, two more than the week before; momentum 2.1 a week, up from 1.",
        "One of 4 sorted wins was candy (25 %), after 50 % the week before.",
        "One win came through a door that an earlier one opened, after none the week before.",
    )


def test_an_empty_week_is_said_without_blame() -> None:
    assert said(win(WEEK - timedelta(days=2))) == (
        "No real wins, one fewer than the week before; momentum 0.5 a week, down from 1.",
        "Nothing of the week is sorted, so there is no sugar to tell of.",
        "No win came through a door that an earlier one opened, nor the week before.",
    )


def test_a_single_sorted_win_and_a_week_without_candy_are_said_plainly() -> None:
    earlier = win(WEEK - timedelta(days=2), Verdict.CANDY)
    assert said(earlier, win(TODAY))[1] == "The one sorted win was no candy, after 100 % the week before."
    assert said(win(WEEK - timedelta(days=2)), win(TODAY), win(TODAY))[1] == (
        "None of 2 sorted wins was candy, as the week before."
    )


def test_a_journal_without_wins_has_sentences_too() -> None:
    assert said()[0] == "No real wins yet."


def test_a_week_goes_from_its_first_day_to_its_last() -> None:
    first = win(WEEK - timedelta(days=9))
    inside = [win(WEEK + timedelta(days=days), opened_by=first.id) for days in (0, 6)]
    outside = [win(WEEK + timedelta(days=days), opened_by=first.id) for days in (-1, 7)]
    assert said(first, *inside, *outside)[2] == (
        "Two wins came through a door that an earlier one opened, after one the week before."
    )


def test_a_week_like_the_one_before_is_said_to_be_like_it() -> None:
    before = [win(WEEK - timedelta(days=2)), win(WEEK - timedelta(days=2))]
    assert said(*before, win(TODAY), win(TODAY))[0] == (
        "Two real wins, as many as the week before; momentum 2 a week, as before."
    )


def test_a_week_before_the_first_win_has_no_figures() -> None:
    found = closing.recap_week(Journal.of(win(TODAY)), WEEK - timedelta(weeks=2), TODAY, Settings())
    assert (found.momentum, found.tally.total, found.before) == (0, 0, None)

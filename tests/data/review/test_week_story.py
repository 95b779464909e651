from datetime import UTC, date, datetime, timedelta

from msgspec import structs

from data.model import edits
from data.model.journal import Journal
from data.model.records import Answers, Verdict, Win
from data.review import week_story

WEEK = date(2026, 11, 16)


def win(title: str, days: int = 0, verdict: Verdict | None = Verdict.REAL, **fields: object) -> Win:
    day = WEEK + timedelta(days=days)
    made = edits.new_win(title, happened_on=day, now=datetime(day.year, day.month, day.day, 9, tzinfo=UTC))
    return structs.replace(made, verdict=verdict, **fields)


def test_the_win_of_the_week_is_the_real_one_with_the_most_substance() -> None:
    candy = win("Candy", verdict=Verdict.CANDY, answers=Answers(next_step=5, direction=5, stretch=5))
    strong = win("Strong", answers=Answers(next_step=5, direction=5, stretch=4))
    weak = win("Weak", 3, answers=Answers(next_step=3, direction=3, stretch=3))
    assert week_story.win_of_the_week(Journal.of(candy, strong, weak), WEEK) == strong
    assert week_story.win_of_the_week(Journal.of(candy), WEEK) is None


def test_of_equals_the_one_with_more_doors_then_the_newest_stands_for_the_week() -> None:
    early, late = win("Early"), win("Late", 2)
    assert week_story.win_of_the_week(Journal.of(early, late), WEEK) == late
    opened = win("Opened", 8, opened_by=early.id)
    assert week_story.win_of_the_week(Journal.of(early, late, opened), WEEK) == early


def test_why_says_at_most_two_things_that_speak_for_it() -> None:
    one = win("Talk", answers=Answers(stretch=5, direction=5))
    doors = [win(f"Door {n}", 1, opened_by=one.id) for n in range(2)]
    journal = Journal.of(one, *doors)
    assert week_story.describe_why(journal, one) == "It took courage (5 of 5) and already opened two doors."
    assert week_story.describe_why(journal, doors[0]) == "You called it real."


def test_a_chain_runs_from_what_led_to_it_to_what_it_opened() -> None:
    first, second = win("First", -9), win("Second")
    second = structs.replace(second, opened_by=first.id)
    third = win("Third", 2, opened_by=second.id)
    journal = Journal.of(first, second, third)
    assert week_story.chain_of(journal, second) == [first, second, third]
    assert week_story.chain_of(Journal.of(first), first) == []


def test_a_week_is_brave_where_anything_was_uncomfortable() -> None:
    assert week_story.is_brave(Journal.of(win("Talk", answers=Answers(stretch=4))), WEEK)
    assert not week_story.is_brave(Journal.of(win("Walk", answers=Answers(stretch=3))), WEEK)


def test_four_weeks_of_real_wins_without_a_door_are_asked_about() -> None:
    wins = [win(f"Week {n}", -7 * n) for n in range(4)]
    assert week_story.is_without_doors(Journal.of(*wins), WEEK)
    assert not week_story.is_without_doors(Journal.of(*wins[:3]), WEEK)
    said = structs.replace(wins[2], door_note="a second call")
    assert not week_story.is_without_doors(Journal.of(*wins[:2], said, wins[3]), WEEK)
    assert not week_story.is_without_doors(Journal.of(*wins, win("Door", 1, opened_by=wins[3].id)), WEEK)


def test_why_counts_a_four_and_no_three() -> None:
    four = win("Course", answers=Answers(stretch=3, direction=4, next_step=4))
    assert (
        week_story.describe_why(Journal.of(four), four) == "It leads where you want to go and changed what you do next."
    )
    three = win("Badge", answers=Answers(stretch=3, direction=3, next_step=3))
    assert week_story.describe_why(Journal.of(three), three) == "You called it real."


def test_a_chain_goes_on_with_the_newest_door_and_skips_the_trash() -> None:
    gone = win("Gone", -9, deleted_at=datetime(2026, 11, 20, tzinfo=UTC))
    talk = win("Talk", opened_by=gone.id)
    doors = [win(title, days, opened_by=talk.id) for title, days in (("Newest", 3), ("Older", 1))]
    assert week_story.chain_of(Journal.of(gone, talk, *doors), talk) == [talk, doors[0]]

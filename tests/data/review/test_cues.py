from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.review import cues

FRIDAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("words", "cue"),
    [
        ("tue 9:00", "2026-11-24T09:00"),
        ("Tuesday at 9", "2026-11-24T09:00"),
        ("on Monday", "2026-11-23"),
        ("friday", "2026-11-27"),
        ("next wed 2pm", "2026-11-25T14:00"),
        ("today 18:30", "2026-11-20T18:30"),
        ("tomorrow", "2026-11-21"),
        ("at 12 am", "2026-11-21T00:00"),
        ("24 nov", "2026-11-24"),
        ("Jan 5, 8:15", "2027-01-05T08:15"),
        ("2026-12-01 14:30", "2026-12-01T14:30"),
        ("after lunch", None),
        ("tue 25:00", None),
        ("31 feb", None),
        ("", None),
    ],
)
def test_days_and_hours_are_understood_as_people_say_them(words: str, cue: str | None) -> None:
    assert cues.parse_cue(words, FRIDAY) == cue


@given(st.dates(date(2020, 2, 28), date(2030, 1, 1)), st.sampled_from(["mon", "thu", "sunday", "fri 9"]))
def test_a_weekday_is_the_next_one_and_never_today(today: date, words: str) -> None:
    cue = cues.parse_cue(words, today)
    assert cue is not None
    day = cues.cue_day(cue)
    assert day is not None
    assert timedelta(days=1) <= day - today <= timedelta(days=7)


@given(st.text(max_size=40))
def test_whatever_is_typed_a_cue_is_a_day_or_nothing(words: str) -> None:
    cue = cues.parse_cue(words, FRIDAY)
    assert cue is None or cues.cue_day(cue) is not None


@pytest.mark.parametrize(
    ("cue", "said"),
    [
        ("2026-11-24T09:00", "Tue 9:00"),
        ("2026-11-20T09:00", "today 9:00"),
        ("2026-11-21", "tomorrow"),
        ("2026-12-08T14:30", "Tue 8 Dec 14:30"),
        ("2026-11-02", "2 Nov"),
        ("2026-99-99", ""),
    ],
)
def test_a_cue_is_told_as_one_says_it(cue: str, said: str) -> None:
    assert cues.describe_cue(cue, FRIDAY) == said


def test_what_is_no_cue_is_not_spelled_out() -> None:
    assert cues.spell_cue("2026-11-24T09:00") == "Tue 24 Nov, 9:00"
    assert cues.spell_cue("2026-11-24") == "Tue 24 Nov"
    assert cues.spell_cue("") == cues.describe_cue("", FRIDAY) == ""

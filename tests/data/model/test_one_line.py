"""One line of title, date, tag and goal: what is understood, what stays, and the laws of both."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from data.base.text import clean_line
from data.model.edits import new_goal
from data.model.journal import Journal
from data.model.one_line import OneLine, escape_line, goal_names, parse_line

TODAY = date(2026, 11, 20)
THURSDAY = date(2026, 11, 19)
NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
GOALS = ("Climate work", "Climbing", "Work", "Élan", "Reading (papers)")


def parsed(line: str) -> OneLine:
    return parse_line(line, GOALS, TODAY)


def test_one_line_is_a_title_a_date_a_tag_and_a_goal() -> None:
    found = parsed("yesterday: coffee with a mentor #people @Climate")
    assert found == OneLine("coffee with a mentor", THURSDAY, "Climate work", ("people",))
    assert found.describe(TODAY) == "Thu 19 Nov · Climate work · #people"


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("coffee", OneLine("coffee")),
        ("2026-11-18: coffee", OneLine("coffee", date(2026, 11, 18))),
        ("3 days ago: coffee", OneLine("coffee", date(2026, 11, 17))),
        ("#people coffee, #Talk.", OneLine("coffee,", tags=("people", "Talk"))),
        ("coffee #people #people", OneLine("coffee", tags=("people",))),
        ("coffee @climate WORK now", OneLine("coffee now", goal="Climate work")),
        ("coffee @work.", OneLine("coffee", goal="Work")),
        ("coffee @elan", OneLine("coffee", goal="Élan")),
        ("coffee @climb", OneLine("coffee", goal="Climbing")),
        ("coffee @work @climb", OneLine("coffee @climb", goal="Work")),
        ("coffee @reading (papers)", OneLine("coffee", goal="Reading (papers)")),
    ],
)
def test_what_is_understood(line: str, expected: OneLine) -> None:
    assert parsed(line) == expected


@pytest.mark.parametrize(
    "line",
    [
        "coffee @cl",  # two goals begin so
        "coffee @Ada",  # no goal
        "wrote to ada@climate.org",
        "fixed issue #12, #1 of #3",
        "learned C# and F#",
        "at 10:30 coffee",
        "tomorrow: coffee",
        "note: coffee",
        "2026-11-31: coffee",
        "yesterday:coffee",
        "# coffee @ noon",
        "#people @Climate",  # nothing would be left to be the title
        "yesterday:",
        "coffee #" + "x" * 51,
        "C:\\temp \\ and \\n",
    ],
)
def test_what_is_not_understood_stays_in_the_title(line: str) -> None:
    assert parsed(line) == OneLine(line)
    assert parsed(line).describe(TODAY) == ""


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("coffee \\#people", "coffee #people"),
        ("coffee \\@climate", "coffee @climate"),
        ("coffee \\\\#people", "coffee \\#people"),
        ("yesterday\\: coffee", "yesterday: coffee"),
    ],
)
def test_a_backslash_keeps_the_sign(line: str, title: str) -> None:
    assert parsed(line) == OneLine(title)


def test_an_archived_goal_is_not_meant() -> None:
    kept, away = new_goal("Climate", NOON), structs.replace(new_goal("Climbing", NOON), archived_at=NOON)
    assert goal_names(Journal.of(kept, away)) == ("Climate",)


_WORDS = st.sampled_from(
    ["coffee", "#people", "@climate", "@climb,", "work", "yesterday:", "fri\\:", "\\#a", "\\\\@b", "#1", "@", "#", "x:"]
)
_LINES = st.one_of(st.lists(_WORDS, min_size=1).map(" ".join), st.text(min_size=1))


@given(_LINES)
def test_an_escaped_title_comes_back_as_it_is(line: str) -> None:
    title = clean_line(line)
    assert parsed(escape_line(title, GOALS, TODAY)) == OneLine(title)


@given(st.text(alphabet=st.characters(blacklist_characters="#@:\\")))
def test_a_text_without_signs_is_stored_as_it_is(line: str) -> None:
    assert parsed(line) == OneLine(clean_line(line))


@given(_LINES)
def test_every_word_is_kept_or_understood(line: str) -> None:
    found = parsed(line)
    assert found.title or not clean_line(line)
    assert found.understood == bool(found.describe(TODAY))


def test_another_year_is_said() -> None:
    assert parsed("2025-11-20: coffee").describe(TODAY) == "Thu 20 Nov 2025"


def test_the_longest_of_the_goals_that_are_named_is_meant() -> None:
    for goals in (("Climate", "Climate work"), ("Climate work", "Climate")):
        assert parse_line("Coffee @Climate work", goals, TODAY).goal == "Climate work"

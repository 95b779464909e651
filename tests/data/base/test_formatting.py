"""Counts, dates and shares in words and figures."""

from datetime import date

import pytest

from data.base.formatting import (
    MIN_FOR_PERCENT,
    capitalise,
    cell_count,
    format_days,
    format_rate,
    long_date,
    month_year,
    number_word,
    percent,
    plural,
    share_of,
    shorten,
    sparkline,
    weekday_date,
)

DAY = date(2026, 9, 3)


def test_a_plural_has_an_s_or_a_word_of_its_own() -> None:
    assert [plural(count, "win") for count in (0, 1, 2, 1234)] == ["0 wins", "1 win", "2 wins", "1,234 wins"]
    assert plural(2, "tag or goal", "tags and goals") == "2 tags and goals"


def test_small_counts_are_words_and_larger_ones_figures() -> None:
    assert [number_word(count) for count in (0, 1, 10, 11, 1234)] == ["no", "one", "ten", "11", "1,234"]


def test_a_sentence_begins_with_a_capital_and_keeps_the_others() -> None:
    assert [capitalise(text) for text in ("", "a win by BBC", "Ähm")] == ["", "A win by BBC", "Ähm"]


@pytest.mark.parametrize(("line", "short"), [("ten letters", "ten letters"), ("ten letters more", "ten…"), ("", "")])
def test_a_line_that_is_too_long_ends_in_an_ellipsis(line: str, short: str) -> None:
    assert shorten(line, 11 if short == line else 5) == short


def test_a_day_is_written_without_asking_the_locale() -> None:
    assert weekday_date(DAY) == weekday_date(DAY, DAY) == "Thu 3 Sep"
    assert weekday_date(DAY, date(2027, 1, 1)) == "Thu 3 Sep 2026"
    assert (month_year(DAY), long_date(DAY)) == ("Sep 2026", "3 September 2026")


def test_a_tiny_rate_is_never_a_zero() -> None:
    assert [format_rate(value) for value in (0, 0.01, 1, 1.25, 12)] == ["0", "under 0.1", "1", "1.2", "12"]


def test_days_and_shares() -> None:
    assert [format_days(count) for count in (1, 2.5, 14)] == ["1 day", "2.5 days", "14 days"]
    assert percent(0.5) == "50 %"
    assert share_of(3, MIN_FOR_PERCENT - 1) == "3 of 9"
    assert share_of(3, MIN_FOR_PERCENT) == "3 of 10 (30 %)"


def test_wide_characters_take_two_cells() -> None:
    assert [cell_count(text) for text in ("abc", "面接", "é")] == [3, 4, 1]


def test_a_sparkline_has_a_block_for_each_value_and_a_blank_for_none() -> None:
    assert sparkline([0, 1, 2, 4, 8]) == " ▁▂▄█"
    assert sparkline([0, 0]) == "  "
    assert sparkline([]) == ""

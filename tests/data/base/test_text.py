"""What a person types is cleaned at the door and held to its limits, to the last character."""

import json
import sys
import unicodedata
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.base import text
from data.base.errors import NotAllowedError


@pytest.mark.parametrize(
    ("typed", "clean"),
    [
        ("  two  blanks\tand a tab ", "two blanks and a tab"),
        ("é  \u2003 wide ", "é wide"),
        ("line\nline", "line line"),
        ("e\u0301", "é"),
        ("a\x1b[31mb\x7f", "a[31mb"),
        ("a\u202eb\ufeff", "ab"),
    ],
)
def test_a_line_is_one_line_without_anything_a_terminal_obeys(typed: str, clean: str) -> None:
    assert text.clean_line(typed) == clean


@pytest.mark.parametrize(
    ("typed", "clean"), [("a\r\nb\rc\u2028d", "a\nb\nc\nd"), ("e\u0301\x1b", "é"), ("a\x07b", "ab")]
)
def test_a_text_keeps_its_lines(typed: str, clean: str) -> None:
    assert text.clean_text(typed) == clean


def test_a_title_has_500_characters_and_a_story_100_000_bytes_at_most() -> None:
    assert text.accept_line("é" * 500) == "é" * 500
    with pytest.raises(NotAllowedError, match="has 501 characters, and 500 is the most"):
        text.accept_line("é" * 501)
    assert len(text.accept_story(" " + "é" * 50_000 + "\x1b\n")) == 50_000
    with pytest.raises(NotAllowedError, match="has 100,001 bytes, and 100,000 is the most"):
        text.accept_story("é" * 50_000 + "a")
    with pytest.raises(NotAllowedError, match="The goal is empty"):
        text.accept_line(" \x1b ", "goal")


@pytest.mark.parametrize(
    ("typed", "tags"),
    [
        (("b", "a", "b"), ("a", "b")),
        ((" #a ", "# b", "#"), ("a", "b")),
        (("c#", "a\x1bb"), ("ab", "c#")),
        (("t" * 50,), ("t" * 50,)),
    ],
)
def test_tags_are_cleaned_sorted_and_unique(typed: tuple[str, ...], tags: tuple[str, ...]) -> None:
    assert text.accept_tags(typed) == tags


def test_a_tag_has_50_characters_at_most() -> None:
    with pytest.raises(NotAllowedError, match="The tag has 51 characters"):
        text.accept_tags(("t" * 51,))


@pytest.mark.parametrize(("one", "other"), [("Café", "CAFE"), ("STRASSE", "straße"), ("Ångström", "angstrom")])
def test_search_knows_no_case_and_no_accents(one: str, other: str) -> None:
    assert text.fold(one) == text.fold(other)


@pytest.mark.parametrize(
    ("given", "drawn"),
    [
        ("👩\u200d👩\u200d👧", "👩"),
        ("👍🏽", "👍"),
        ("🇸🇪", "SE"),
        ("a" + "\u0301" * 9, "a\u0301\u0301\u0301"),
        ("plain", "plain"),
    ],
)
def test_what_terminals_draw_differently_is_drawn_plainly(given: str, drawn: str) -> None:
    assert text.fixed_width(given) == drawn


def test_json_on_a_terminal_says_the_same_and_obeys_nothing() -> None:
    said = '{"a": "\x1b[31m\u202e é"}'
    escaped = text.escape_json(said)
    assert escaped == '{"a": "\\u001b[31m\\u202e é"}'
    assert json.loads(escaped) == json.loads(said, strict=False)


UNSEEN = "\u200b\u200c\u200d\u2060\u2061\u00ad\u034f\u115f\u1160\u17b4\u180e\u2800\u3164\uffa0\ufe0f\ufeff\u200e\u200f"
UNSEEN += " \u00a0\t\U0001d173\U000e0041\U000e0100"


@given(st.text(st.sampled_from(UNSEEN), max_size=20))
def test_what_nobody_can_see_is_nothing(unseen: str) -> None:
    assert text.clean_line(unseen) == ""
    for what in ("title", "goal", "step"):
        with pytest.raises(NotAllowedError, match=f"The {what} is empty"):
            text.accept_line(unseen, what)
    assert text.accept_tags((unseen, f"#{unseen}", "a")) == ("a",)


@given(st.text(max_size=20), st.text(st.sampled_from(UNSEEN), max_size=5))
def test_one_letter_that_can_be_seen_makes_a_title_of_it(around: str, unseen: str) -> None:
    assert "x" in text.accept_line(f"{unseen}{around}x{unseen}")


@pytest.mark.parametrize("whole", ["👩‍👩‍👧", "👍🏽 from Ana", "❤️", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "می‌خواهم", "क्‍ष", "co­operate"], ids=ascii)
def test_what_joins_or_parts_what_can_be_seen_stays(whole: str) -> None:
    assert text.accept_line(whole) == whole


@pytest.mark.parametrize("blank", "\u3000\u00a0\u202f\u2009")
def test_a_space_of_another_script_stays_where_it_parts_words(blank: str) -> None:
    assert text.accept_line(f"面接{blank}合格") == f"面接{blank}合格"
    assert text.accept_line(f"{blank}a {blank} b{blank}") == "a b"
    assert text.fold(f"Bravo{blank}Ada") == "bravo ada"


@pytest.mark.parametrize("unseen", "\u200c\u200d\u00ad\ufe0f")
def test_search_does_without_what_nobody_types(unseen: str) -> None:
    assert text.fold(f"co{unseen}operaté") == text.fold("cooperate")


@given(st.text("ae\u0300\u0323\u0345\u3099\u034f", max_size=120))
def test_a_pile_of_marks_keeps_them_all_and_is_parted_once(pile: str) -> None:
    clean = text.clean_text(pile)
    assert text.clean_text(clean) == clean
    assert unicodedata.normalize("NFD", clean).replace("\u034f", "").translate(
        {0x300: None, 0x323: None}
    ) == unicodedata.normalize("NFD", pile).replace("\u034f", "").translate({0x300: None, 0x323: None})
    assert sum(map(unicodedata.normalize("NFD", clean).count, "\u0300\u0323")) == sum(map(pile.count, "\u0300\u0323"))


LETTERS: Final = "aée\u0301의\u3164の👨\u200d\ufe0f🇩 \t🏽\u0300"
"""Some that a title is made of, and some that are drawn with the one before them, or not at all."""


def test_no_character_passes_by_being_alone_that_is_held_back_among_others() -> None:
    """Plain text takes a short way: beside a mark that is dropped, which forces the long one, the same comes out."""
    for alone in filter(str.isprintable, map(chr, range(sys.maxunicode + 1))):
        assert text.clean_text(alone) == text.clean_text(f"\u200e{alone}")
        assert text.clean_line(alone) == text.clean_line(f"\u200e{alone}")
        assert text.fixed_width(alone * 5) == text.fixed_width(f"\u00ad{alone * 5}")


@given(st.text(LETTERS))
def test_no_text_takes_the_short_way_that_needs_the_long_one(typed: str) -> None:
    assert text.clean_line(typed) == text.clean_line(f"\u200e{typed}")
    assert text.clean_line(text.clean_line(typed)) == text.clean_line(typed)
    assert text.fixed_width(typed) == text.fixed_width(f"\u00ad{typed}")

from datetime import UTC, date, datetime

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs
from rich.cells import cell_len

from data.base.formatting import weekday_date
from data.model import edits
from data.model.records import Answers, Win
from widgets.board import card
from widgets.board.card import CardFacts

TODAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
FAMILY = "\U0001f469\u200d\U0001f469\u200d\U0001f467"
HOSTILE = (
    "[@click=app.quit]x[/]",
    "東京のチームと話した、次の面接が決まった",
    f"Lunch with the {FAMILY} family {FAMILY}",
    "e\u0301\u0301\u0301\u0301\u0301\u0301 piled",
    "w" * 500,
    "\u0301 begins with a mark",
    "\U0001f1e9\U0001f1ea flag \u2764\ufe0f heart \U0001f44d\U0001f3fd thumb 1\ufe0f\u20e3",
    "zero\u200bwidth\u2060and\u00adsoft",
    "hi\x1b]52;c;x\x07there",
)
TITLES = st.one_of(st.sampled_from(HOSTILE), st.text(max_size=120))


def win(title: str = "Coffee", day: date = TODAY, answers: Answers | None = None) -> Win:
    made = edits.new_win("x", happened_on=day, now=NOW)
    return structs.replace(made, title=title, answers=answers or made.answers)


def text(line: card.CardLine) -> str:
    return "".join(part for part, _ in line)


WINS = st.builds(win, TITLES, st.dates(), st.sampled_from([None, Answers(door=1), Answers(door=5, motive=2)]))
FACTS = st.builds(CardFacts, TITLES, st.integers(0, 120))


@settings(max_examples=150)
@given(one=WINS, facts=FACTS, width=st.integers(2, 80))
def test_every_line_of_a_card_is_exactly_as_wide_as_was_asked(one: Win, facts: CardFacts, width: int) -> None:
    drawn = card.draw_card(one, facts, TODAY, width)
    assert [cell_len(text(line)) for line in drawn] == [width] * len(drawn)


@given(title=TITLES, width=st.integers(2, 60))
def test_the_height_is_the_number_of_lines_drawn_and_a_title_takes_three_at_most(title: str, width: int) -> None:
    drawn = card.draw_card(win(title), CardFacts(), TODAY, width)
    assert card.card_height(title, width) == len(drawn)
    assert len(card.title_lines(title, width)) <= card.TITLE_LINES


def test_a_title_breaks_between_words() -> None:
    assert card.title_lines("Applied without every requirement", 16) == ["Applied without", "every", "requirement"]


def test_a_long_title_ends_in_an_ellipsis_on_its_third_line() -> None:
    assert card.title_lines("one two three four five", 5) == ["one", "two", "thre…"]


def test_a_word_longer_than_the_line_is_broken() -> None:
    assert card.title_lines("w" * 500, 10) == ["w" * 10, "w" * 10, "w" * 9 + "…"]


def test_a_wide_character_that_does_not_fit_goes_to_the_next_line() -> None:
    assert card.title_lines("東京の会社", 5) == ["東京", "の会", "社"]


def test_a_combining_mark_stays_with_its_letter() -> None:
    # n with a tilde below has no composed form, so NFC keeps the two apart.
    assert card.title_lines("n\u0330" * 6, 5) == ["n\u0330" * 5, "n\u0330"]


def test_a_joined_emoji_is_drawn_as_its_first_member() -> None:
    assert card.title_lines(f"The {FAMILY} came", 20) == ["The \U0001f469 came"]


def test_nothing_that_a_terminal_would_obey_is_drawn() -> None:
    drawn = card.draw_card(win("hi\x1b]52;c;x\x07\x9b31mthere\u202e"), CardFacts("go\x1b[2Jal"), TODAY, 40)
    assert all(part.isprintable() for line in drawn for part, _ in line)


def test_the_line_below_names_date_goal_tests_and_doors() -> None:
    answers = Answers(door=4, direction=5, stretch=5)
    drawn = card.draw_card(win("Applied", date(2026, 11, 19), answers), CardFacts("climate", 2), TODAY, 40)
    assert text(drawn[1]) == "Thu 19 Nov  climate          M█ A█ S█ ⇢2"


def test_a_test_without_an_answer_shows_a_dot_and_a_win_without_answers_no_tests() -> None:
    assert "M▁ A· S·" in text(card.draw_card(win(answers=Answers(door=1)), CardFacts(), TODAY, 40)[1])
    assert text(card.draw_card(win(), CardFacts(), TODAY, 12)[1]) == "22 Nov      "


def test_a_date_of_another_year_says_so() -> None:
    assert weekday_date(date(2025, 3, 1), TODAY) == "Sat 1 Mar 2025"


def test_where_room_is_short_the_goal_goes_first_then_the_letters_of_the_tests() -> None:
    one = win("Applied", TODAY, Answers(door=5, direction=5, stretch=5))
    assert text(card.draw_card(one, CardFacts("climate", 1), TODAY, 24)[1]) == "Sun 22 Nov   M█ A█ S█ ⇢1"
    assert text(card.draw_card(one, CardFacts("climate", 1), TODAY, 20)[1]) == "Sun 22 Nov    ███ ⇢1"


def matches(title: str, *words: str) -> list[str]:
    line = card.draw_card(win(title), CardFacts(), TODAY, 60)[0]
    assert text(card.with_matches(line, words)) == text(line)
    return [part for part, role in card.with_matches(line, words) if role == "match"]


def test_what_a_search_found_is_marked_whatever_case_and_accents() -> None:
    assert matches("Said yes to the Café panel", "cafe", "pan") == ["Café", "pan"]
    assert matches("Call after call", "call") == ["Call", "call"]
    assert matches("Straße", "strasse") == []
    assert matches("Nothing of it", "zebra") == []


@given(st.integers(20, 60))
def test_the_line_above_the_cards_names_the_tests_of_their_marks(width: int) -> None:
    line = text(card.draw_legend(width))
    assert cell_len(line) == width
    assert [word[0] for word in line.split()][:3] == ["M", "A", "S"]

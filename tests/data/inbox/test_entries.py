"""What an inbox says: lines, stories, and the ids that come from them."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from data.base.text import clean_line, clean_text
from data.inbox.entries import InboxEntry, InboxText, plan_inbox, read_entries
from data.model.edits import new_goal
from data.model.journal import Journal
from data.model.records import Changes, Win

NOW = datetime(2026, 11, 20, 17, 30, tzinfo=UTC)
FRIDAY = NOW.date()
GOAL = new_goal("Climate work", NOW)


def text(  # noqa: PLR0913 - all by name
    said: str, *, day: date = FRIDAY, written: datetime = NOW, key: str = "", is_copy: bool = False, grew: bool = False
) -> InboxText:
    return InboxText("inbox.txt", said[:9], day, written, read_entries(said), key, is_copy, grew)


def brought_in(journal: Journal, *texts: InboxText, at: datetime = NOW) -> tuple[Journal, tuple[Win, ...]]:
    """Return the journal after some texts, and what came in."""
    known = {win.id: win.created_at for win in journal.wins.values()}
    wins = plan_inbox(journal, texts, known, at).wins
    return journal.apply(Changes(put=wins)), wins


def titles(wins: tuple[Win, ...]) -> list[str]:
    return [win.title for win in wins]


def test_a_line_is_a_win_and_indented_lines_are_its_story() -> None:
    found = read_entries("\nFirst call\n  They rang.\n\n  I said yes.\n    And danced.\nCoffee\n")
    assert found == (InboxEntry(2, "First call", "They rang.\n\nI said yes.\n  And danced."), InboxEntry(7, "Coffee"))


def test_a_story_without_a_line_above_it_is_a_win() -> None:
    assert read_entries("   Coffee\n") == (InboxEntry(1, "Coffee"),)


def test_the_grammar_of_add_is_read() -> None:
    _, (win,) = brought_in(Journal.of(GOAL), text("yesterday: coffee with a mentor #people @Climate\n"))
    assert (win.title, win.happened_on) == ("coffee with a mentor", date(2026, 11, 19))
    assert (win.goal, win.tags) == (GOAL.id, ("people",))


def test_a_line_without_a_date_happened_on_the_day_it_was_written() -> None:
    _, wins = brought_in(Journal(), text("Coffee\nyesterday: call\n", day=date(2026, 11, 17)))
    assert [win.happened_on for win in wins] == [date(2026, 11, 17), date(2026, 11, 16)]


def test_the_same_text_again_brings_nothing_in_unless_it_was_written_again() -> None:
    journal, _ = brought_in(Journal(), text("Ran\nRan\n", written=NOW - timedelta(minutes=1)))
    assert brought_in(journal, text("Ran\nRan\n", written=NOW - timedelta(minutes=1)))[1] == ()
    later, wins = brought_in(journal, text("Ran\n", written=NOW + timedelta(minutes=1)), at=NOW + timedelta(minutes=2))
    assert titles(wins) == ["Ran"]
    assert len(later.wins) == 3


def test_a_file_that_came_back_with_a_line_more_brings_in_that_line() -> None:
    journal, _ = brought_in(Journal(), text("Ran\n"))
    assert titles(brought_in(journal, text("Ran\nCalled\n", written=NOW + timedelta(hours=1)))[1]) == ["Called"]
    assert brought_in(journal, text("Ran\n", written=NOW + timedelta(hours=1), grew=True))[1] == ()


def test_one_that_only_begins_alike_is_another_one() -> None:
    journal, _ = brought_in(Journal(), text("Ran\nCoffee\n"))
    assert titles(brought_in(journal, text("Ran\nCalled\n"))[1]) == ["Ran", "Called"]
    assert titles(brought_in(journal, text("Called\nRan\n"))[1]) == ["Called", "Ran"]
    assert titles(brought_in(Journal(), text("Ran\nCoffee\n"), text("Ran\nCalled\n"))[1]) == [
        "Ran", "Coffee", "Ran", "Called"
    ]  # fmt: skip


def test_conflict_copies_are_joined_and_files_of_a_folder_are_not() -> None:
    both = brought_in(Journal(), text("Ran\nA\n"), text("Ran\nB\n", is_copy=True))[1]
    assert sorted(titles(both)) == ["A", "B", "Ran"]
    journal = Journal.of(*both)
    assert brought_in(journal, text("Ran\nB\n", is_copy=True, written=NOW + timedelta(hours=1)))[1] == ()
    assert titles(brought_in(journal, text("Ran\nA\nC\n"))[1]) == ["C"]
    assert titles(brought_in(Journal(), text("Ran\n", key="a"), text("Ran\nB\n", key="b"))[1]) == ["Ran", "Ran", "B"]


def test_what_cannot_be_a_win_is_named_by_its_line_and_never_by_its_words() -> None:
    plan = plan_inbox(Journal(), [text(f"Good\n{'x' * 501}\n  a story\n")], {}, NOW)
    assert titles(plan.wins) == ["Good"]
    assert [one.describe() for one in plan.refused] == [
        "Line 2 of inbox.txt: The title has 501 characters, and 500 is the most. Shorten it, or move it to the story."
    ]
    assert plan.refused[0].entry.text() == f"{'x' * 501}\n  a story"


lines = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\n"), max_size=30)


@given(st.lists(lines, max_size=12))
def test_no_visible_line_is_lost_and_every_id_is_one_of_its_own(said: list[str]) -> None:
    found = read_entries("\n".join(said))
    kept = "".join(clean_line(part) for one in found for part in (one.words, *one.story.split("\n")))
    assert sorted(kept.replace(" ", "")) == sorted("".join(map(clean_line, map(clean_text, said))).replace(" ", ""))
    plan = plan_inbox(Journal(), [text("\n".join(said))], {}, NOW)
    assert len({win.id for win in plan.wins}) == len(plan.wins) == len(found) - len(plan.refused)


@given(st.lists(lines, max_size=12))
def test_what_is_put_back_says_the_same_again(said: list[str]) -> None:
    found = read_entries("\n".join(said))
    again = read_entries("".join(f"{entry.text()}\n" for entry in found))
    assert [(one.words, one.story) for one in again] == [(one.words, one.story) for one in found]


def test_the_ids_are_the_same_on_every_computer_and_in_every_version() -> None:
    _, wins = brought_in(Journal(), text("Coffee\n  With Ada.\nyesterday: call\n"))
    assert [win.id for win in wins] == ["327324e0-6751-80ca-9141-3bf9b04c103d", "9d9aef6c-1e34-810d-8a33-3bf9b04c103d"]

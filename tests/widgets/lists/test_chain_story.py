"""The newest chain as a story: what is shown at any width, and what is copied."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from data.model import edits
from data.model.doors import newest_chain
from data.model.journal import Journal
from data.model.records import Verdict, Win
from widgets.base.cells import cells
from widgets.lists.chain_story import story_lines, story_text

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
FIRST = date(2026, 9, 1)


def chain_of(*titles: str, gap: int = 2) -> list[Win]:
    """Return wins that each led to the next one, so many days later."""
    wins: list[Win] = []
    for place, title in enumerate(titles):
        before = wins[-1].id if wins else None
        made = edits.new_win(title, happened_on=FIRST + timedelta(days=gap * place), now=NOW, opened_by=before)
        wins.append(structs.replace(made, verdict=Verdict.REAL))
    return wins


def test_the_first_arrow_names_days_and_the_story_ends_in_the_open_step() -> None:
    (line,) = story_lines(chain_of("four drafts", "coffee with Ada", "talk"), "call Priya", 120)
    assert line.plain == "◆ four drafts ──2 days──▸ ◆ coffee with Ada ──2──▸ ◆ talk ──▸ ? call Priya"


def test_the_same_day_is_an_arrow_without_a_number() -> None:
    (line,) = story_lines(chain_of("email", "reply", gap=0), "", 120)
    assert line.plain == "◆ email ──▸ ◆ reply ──▸ ?"


@given(st.lists(st.text(min_size=1, max_size=60), min_size=2, max_size=12), st.text(max_size=40), st.integers(30, 200))
def test_it_takes_two_lines_at_most_and_never_breaks_out_of_its_width(titles: list[str], step: str, width: int) -> None:
    chain = chain_of(*(f"x{title}" for title in titles))
    lines = story_lines(chain, step, width)
    assert 1 <= len(lines) <= 2
    assert all(cells(line.plain) <= width for line in lines)
    assert "?" in lines[-1].plain


def test_a_long_chain_leaves_its_beginning_out_and_keeps_its_end() -> None:
    chain = chain_of(*(f"win number {n}" for n in range(12)))
    text = "".join(line.plain for line in story_lines(chain, "", 60))
    assert text.startswith("…")
    assert "win number 11" in text
    assert "win number 0 " not in text
    assert text.count("days") == 1
    assert all(win.title in story_text(chain, "") for win in chain)


def test_the_newest_chain_ends_in_the_newest_win_that_came_through_a_door() -> None:
    older, newer = chain_of("a", "b", "c"), chain_of("d", "e", gap=30)
    journal = Journal.of(*older, *newer, edits.new_win("alone", happened_on=date(2026, 11, 19), now=NOW))
    assert [win.title for win in newest_chain(journal)] == ["d", "e"]
    assert newest_chain(Journal.of(older[0])) == ()

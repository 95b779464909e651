"""Tags that differ by case are one, as goals are."""

from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from data.base.text import fold
from data.figures.insights import sweetest_group
from data.model import edits
from data.model.journal import Edit, Journal
from data.model.records import Verdict, Win
from data.model.tags import merge_spellings, respell

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)


def win(*tags: str) -> Win:
    return edits.new_win("Read", happened_on=date(2026, 11, 19), now=NOW, tags=tags)


def made(*changes: Edit) -> Journal:
    journal = Journal()
    for edit in changes:
        journal = journal.apply(edit(journal))
    return journal


def test_a_new_win_spells_its_tags_as_the_journal_does() -> None:
    journal = made(*(edits.add_win(win(tag)) for tag in ("Study", "study", "STUDY")))
    assert [one.tags for one in journal.live()] == [("Study",)] * 3
    assert journal.tags == {"Study": 3}


def test_a_win_has_a_tag_once_in_the_spelling_that_came_first() -> None:
    assert win("Study", "study", "brave").tags == ("Study", "brave")
    assert win("caf\u00e9", "CAFE").tags == ("caf\u00e9",)


def test_a_changed_win_spells_new_tags_as_others_do_and_its_own_as_it_likes() -> None:
    first, second = win("Study"), win("talk")
    journal = made(edits.add_win(first), edits.add_win(second))
    to = structs.replace(second, tags=("STUDY", "Talk"))
    after = journal.apply(edits.change_win(second, to, NOW)(journal))
    assert after.wins[second.id].tags == ("Study", "Talk")
    again = journal.apply(edits.change_win(first, structs.replace(first, tags=("study",)), NOW)(journal))
    assert again.wins[first.id].tags == ("study",)


def test_a_journal_with_several_spellings_counts_them_as_one() -> None:
    journal = Journal.of(win("Study"), win("study"), win("study"), win("talk"))
    assert journal.tags == {"study": 3, "talk": 1}
    assert journal.spellings == {"Study": 1, "study": 2, "talk": 1}


def test_insights_compare_a_tag_with_all_its_spellings() -> None:
    wins = [structs.replace(win(tag), verdict=Verdict.CANDY) for tag in ["Praise", "praise"] * 6]
    wins += [structs.replace(win("talk"), verdict=Verdict.REAL) for _ in range(12)]
    assert "#Praise" in sweetest_group(Journal.of(*wins), wins).text


COUNTS = st.dictionaries(st.text("aAbB\u00e9e", min_size=1, max_size=3), st.integers(1, 9), max_size=8)


@given(COUNTS, st.lists(st.text("aAbB\u00e9e", min_size=1, max_size=3), max_size=4))
def test_merging_keeps_the_sum_and_one_spelling_each(counts: dict[str, int], tags: list[str]) -> None:
    merged = merge_spellings(counts)
    assert sum(merged.values()) == sum(counts.values())
    assert len({fold(tag) for tag in merged}) == len(merged)
    assert {fold(tag) for tag in merged} == {fold(tag) for tag in counts}
    assert {fold(tag) for tag in respell(tags, counts)} == {fold(tag) for tag in tags}
    assert set(respell(tags, counts)) <= {*merged, *tags}

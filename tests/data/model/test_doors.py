"""Doors: trees of wins, what they add up to, and loops."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from data.base.errors import LoopError, NotFoundError
from data.model import doors
from data.model.doors import check_link, door_stats, forest
from data.model.journal import Journal
from data.model.records import Verdict, Win
from tests.support.two_chains import ALONE, CALL, CHAINS, COFFEE, EMAIL, INTERVIEW, NOON, TALK, win

TODAY = date(2026, 11, 20)


def titles(journal: Journal, keys: tuple[str, ...]) -> list[str]:
    """The titles of these wins."""
    return [journal.wins[key].title for key in keys]


def test_the_longest_chain_comes_first_and_wins_without_doors_stay_away() -> None:
    got = forest(CHAINS)
    assert titles(CHAINS, got.roots) == ["Wrote to the recruiter", "Coffee with a mentor"]
    assert got.longest[EMAIL.id] == 3
    assert got.size[EMAIL.id] == 2
    assert got.longest_chain == 3


def test_the_figures_of_a_small_journal() -> None:
    got = door_stats(CHAINS, TODAY)
    assert (got.opened, got.longest_chain) == (3, 3)
    assert got.rate == 3 / 5  # email, call and coffee, of all but the talk, which is too young
    assert got.median_days == 14  # 7, 14 and 35


def test_candy_opens_no_counted_door_but_its_days_are_known() -> None:
    candy = win("Badge", date(2026, 9, 1), verdict=Verdict.CANDY)
    got = door_stats(Journal.of(candy, win("Chat", date(2026, 9, 3), candy)), TODAY)
    assert got.opened == 0
    assert got.median_days == 2


def test_an_empty_journal_has_nothing_to_say() -> None:
    got = door_stats(Journal(), TODAY)
    assert (got.opened, got.rate, got.median_days, got.longest_chain) == (0, None, None, 0)


def test_a_real_win_counts_in_the_rate_from_its_28th_day() -> None:
    young = Journal.of(win("A", TODAY - timedelta(days=27)))
    old = Journal.of(win("A", TODAY - timedelta(days=28)))
    assert door_stats(young, TODAY).rate is None
    assert door_stats(old, TODAY).rate == 0


def test_the_win_that_opened_the_most() -> None:
    second = win("Second talk", date(2026, 11, 6), COFFEE)
    journal = Journal.of(*CHAINS.wins.values(), second)
    assert forest(journal).opened_most == COFFEE.id
    assert forest(Journal()).opened_most is None


def test_a_win_whose_opener_is_in_the_trash_begins_a_tree_of_its_own() -> None:
    journal = Journal.of(structs.replace(EMAIL, deleted_at=NOON), CALL, INTERVIEW)
    assert titles(journal, forest(journal).roots) == ["First call"]
    assert not door_stats(journal, TODAY).longest_chain > 2


def test_a_link_that_would_close_a_loop_is_refused_and_spelled_out() -> None:
    with pytest.raises(LoopError) as caught:
        check_link(CHAINS, EMAIL.id, INTERVIEW.id)
    assert "2026-09-03 → 2026-09-10 → 2026-09-24 → 2026-09-03" in str(caught.value)
    assert titles(CHAINS, caught.value.loop) == [
        "Wrote to the recruiter",
        "First call",
        "Interview",
        "Wrote to the recruiter",
    ]
    assert "recruiter" not in str(caught.value)


def test_a_win_cannot_open_itself() -> None:
    with pytest.raises(LoopError, match=r"^A win can't open itself\. "):
        check_link(CHAINS, EMAIL.id, EMAIL.id)


def test_a_link_to_nothing_is_refused() -> None:
    with pytest.raises(NotFoundError):
        check_link(CHAINS, EMAIL.id, "gone")
    check_link(CHAINS, EMAIL.id, None)
    check_link(CHAINS, EMAIL.id, COFFEE.id)


def test_a_loop_in_the_file_is_cut_before_its_oldest_win_and_reported() -> None:
    looped = structs.replace(EMAIL, opened_by=INTERVIEW.id)
    aside = win("Thank-you note", date(2026, 9, 11), CALL)
    journal = Journal.of(aside, CALL, INTERVIEW, looped, COFFEE, TALK)
    got = forest(journal)
    assert [titles(journal, loop) for loop in got.loops] == [["Wrote to the recruiter", "First call", "Interview"]]
    assert titles(journal, got.roots) == ["Wrote to the recruiter", "Coffee with a mentor"]
    assert got.size[EMAIL.id] == 3


def test_a_win_that_opens_itself_in_the_file_is_reported() -> None:
    own = structs.replace(ALONE, opened_by=ALONE.id)
    got = forest(Journal.of(own))
    assert got.loops == ((own.id,),)
    assert (got.opens, got.opened_most) == ({}, None)


def test_without_a_door_there_is_no_chain() -> None:
    assert forest(Journal.of(ALONE)).longest_chain == 0
    assert door_stats(CHAINS, TODAY, [TALK, ALONE]).longest_chain == 0


def test_the_doors_of_a_win_are_listed_oldest_first_however_they_were_written_down() -> None:
    days = (date(2026, 11, 9), date(2026, 11, 7), date(2026, 11, 8))
    later = [win(str(day), day, COFFEE) for day in days]
    got = forest(Journal.of(COFFEE, *later)).opens[COFFEE.id]
    assert got == (later[1].id, later[2].id, later[0].id)


def test_of_two_doors_the_older_one_is_listed_first() -> None:
    later, sooner = (win(str(day), date(2026, 11, day), COFFEE) for day in (9, 7))
    assert forest(Journal.of(COFFEE, later, sooner)).opens[COFFEE.id] == (sooner.id, later.id)


def test_of_trees_as_tall_the_latest_comes_first() -> None:
    journal = Journal.of(EMAIL, structs.replace(CALL, id="0" * 36), COFFEE, TALK)
    assert titles(journal, forest(journal).roots) == ["Coffee with a mentor", "Wrote to the recruiter"]
    assert door_stats(Journal.of(COFFEE, TALK, win("Sooner", date(2026, 10, 3), COFFEE)), TODAY).median_days == 2


def test_only_the_wins_of_the_loop_itself_are_spelled_out() -> None:
    assert doors.find_loop(CHAINS, CALL.id, INTERVIEW.id) == (CALL.id, INTERVIEW.id, CALL.id)
    assert doors.find_loop(CHAINS, COFFEE.id, INTERVIEW.id) == ()


def test_a_chain_of_ten_thousand_wins_is_walked_without_recursion() -> None:
    last: Win | None = None
    chain = [last := win("Step", TODAY, last) for _ in range(10_000)]
    assert forest(Journal.of(*chain)).longest_chain == 10_000


parents = st.lists(st.integers(-1, 30), min_size=1, max_size=31)


@given(parents)
def test_every_linked_win_stands_in_the_forest_exactly_once_loops_or_not(links: list[int]) -> None:
    wins = [win(str(n), TODAY - timedelta(days=n % 7)) for n in range(len(links))]
    wins = [
        structs.replace(one, opened_by=wins[link].id if 0 <= link < len(wins) else None)
        for one, link in zip(wins, links, strict=True)
    ]
    journal = Journal.of(*wins)
    got = forest(journal)
    linked = {one.id for one in wins if one.opened_by or one.id in journal.opens}
    below = [key for keys in got.opens.values() for key in keys]
    assert sorted([*got.roots, *below]) == sorted(linked)
    for loop in got.loops:
        following = (*loop[1:], loop[0])
        assert all(journal.wins[after].opened_by == key for key, after in zip(loop, following, strict=True))
    assert len(got.loops) == count_loops(links)


def count_loops(links: list[int]) -> int:
    """How many loops these links close, found by stepping from each far enough to be in one."""
    found = set()
    for start in range(len(links)):
        at = start
        for _ in links:
            at = links[at] if 0 <= at < len(links) else -1
        walked = []
        while 0 <= at < len(links) and at not in walked:
            walked.append(at)
            at = links[at]
        found.add(frozenset(walked) if at in walked else frozenset())
    return len(found - {frozenset()})


def test_the_chain_back_ends_at_a_loop() -> None:
    looped = structs.replace(EMAIL, opened_by=INTERVIEW.id)
    journal = Journal.of(looped, CALL, INTERVIEW)
    assert len(list(doors.trace_back(journal, CALL.id))) == 3


def test_the_doors_of_some_wins_may_lead_to_any() -> None:
    got = door_stats(CHAINS, TODAY, [CALL, ALONE])
    assert (got.opened, got.rate, got.longest_chain) == (1, 0.5, 2)
    assert door_stats(CHAINS, TODAY, []).longest_chain == 0


@given(st.lists(st.tuples(st.integers(0, 6), st.integers(-1, 9), st.booleans()), min_size=1, max_size=9))
def test_what_is_offered_as_a_link_is_what_can_be_one(made: list[tuple[int, int, bool]]) -> None:
    wins: list[Win] = []
    for place, (day, opener, live) in enumerate(made):
        opened_by = wins[opener].id if 0 <= opener < place else None
        one = structs.replace(win(str(place), TODAY + timedelta(days=day)), opened_by=opened_by)
        wins.append(one if live else structs.replace(one, deleted_at=NOON))
    journal = Journal.of(*wins)
    for one in wins:
        earlier, later = doors.possible_openers(journal, one.happened_on, one.id), doors.possible_doors(journal, one)
        for other in wins:
            if other.deleted_at is None:
                fits = not doors.find_loop(journal, one.id, other.id) and other.happened_on <= one.happened_on
                assert (other in earlier) == fits
                fits = not doors.find_loop(journal, other.id, one.id) and other.happened_on >= one.happened_on
                assert (other in later) == (fits and other.opened_by != one.id)
            else:
                assert other not in earlier
                assert other not in later

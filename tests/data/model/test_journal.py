from datetime import UTC, date, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs

from data.model.journal import Journal, combine_changes, diff_journals
from data.model.records import Changes, Verdict, Win

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
IDS = [f"00000000-0000-4000-8000-{number:012}" for number in range(6)]


@st.composite
def wins(draw: st.DrawFn) -> Win:
    return Win(
        id=draw(st.sampled_from(IDS)),
        title="a win",
        happened_on=date(2026, 11, 1) + timedelta(days=draw(st.integers(0, 3))),
        tags=tuple(sorted(draw(st.sets(st.sampled_from(["course", "people", "talk"]))))),
        opened_by=draw(st.none() | st.sampled_from(IDS)),
        verdict=draw(st.none() | st.sampled_from(Verdict)),
        created_at=NOW,
        updated_at=NOW,
        deleted_at=draw(st.sampled_from([None, None, NOW])),
    )


def unique(records: list[Win]) -> tuple[Win, ...]:
    return tuple({record.id: record for record in records}.values())


some_wins = st.lists(wins(), max_size=6).map(unique)


@settings(max_examples=150)
@given(some_wins, some_wins, st.sets(st.sampled_from(IDS)))
def test_what_is_carried_from_journal_to_journal_is_what_would_be_made_anew(
    first: tuple[Win, ...], then: tuple[Win, ...], gone: set[str]
) -> None:
    before = Journal.of(*first)
    assert before.opens is not None
    assert before.days is not None
    assert before.tags is not None
    assert before.spellings is not None
    drop = tuple(win for win in before.wins.values() if win.id in gone and win not in then)
    after = before.apply(Changes(put=then, drop=drop))
    anew = Journal(wins=dict(after.wins))
    assert after.days == anew.days
    assert (after.tags, after.spellings) == (anew.tags, anew.spellings)
    assert {key: set(found) for key, found in after.opens.items()} == {k: set(v) for k, v in anew.opens.items()}


@settings(max_examples=150)
@given(some_wins, some_wins)
def test_the_difference_of_two_journals_leads_from_one_to_the_other(
    first: tuple[Win, ...], then: tuple[Win, ...]
) -> None:
    before, after = Journal.of(*first), Journal.of(*then)
    changes = diff_journals(before, after)
    assert before.apply(changes) == after
    assert all(before.wins.get(record.id) != record for record in changes.put)


def test_equal_records_that_are_other_objects_are_no_difference() -> None:
    win = Win(id=IDS[0], title="a win", happened_on=NOW.date(), created_at=NOW, updated_at=NOW)
    assert diff_journals(Journal.of(win), Journal.of(structs.replace(win))) == Changes()


@st.composite
def some_changes(draw: st.DrawFn) -> Changes:
    put = draw(some_wins)
    left = [key for key in IDS if key not in {win.id for win in put}]
    gone = draw(st.sets(st.sampled_from(left))) if left else set()
    return Changes(put=put, drop=tuple(structs.replace(draw(wins()), id=key) for key in gone))


@settings(max_examples=100)
@given(some_wins, st.lists(some_changes(), max_size=3))
def test_several_changes_joined_do_what_they_did_one_by_one(first: tuple[Win, ...], parts: list[Changes]) -> None:
    journal = Journal.of(*first)
    one_by_one = journal
    for part in parts:
        one_by_one = one_by_one.apply(part)
    whole = combine_changes(parts)
    assert journal.apply(whole) == one_by_one
    assert {win.id for win in whole.put}.isdisjoint(win.id for win in whole.drop), "its last state alone counts"

"""Laws of the table of records: whatever is done to it, it is what a dictionary would be after the same."""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from data.model.record_map import MAX_OVERLAY, RecordMap
from data.model.records import Win

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
Step = tuple[list[Win], list[Win]]


def win(number: int, title: str = "Called back") -> Win:
    identity = str(UUID(int=number))
    return Win(id=identity, title=title, happened_on=date(2026, 11, 20), created_at=NOON, updated_at=NOON)


FEW = st.builds(win, st.integers(0, 7), st.sampled_from(["Called back", "Said no", "Asked"]))
MANY = st.integers(0, 3).map(lambda start: [win(number) for number in range(start, MAX_OVERLAY + 5)])
STEPS = st.lists(st.tuples(st.lists(FEW, max_size=4) | MANY, st.lists(FEW, max_size=2)), max_size=8)
TABLES = st.lists(FEW, max_size=6).map(lambda wins: {one.id: one for one in wins})


def after(known: Mapping[str, Win], steps: Iterable[Step]) -> dict[str, Win]:
    """Return what a dictionary would be."""
    table = dict(known)
    for put, drop in steps:
        for one in put:
            table[one.id] = one
        for one in drop:
            table.pop(one.id, None)
    return table


def through(known: Mapping[str, Win], steps: Iterable[Step]) -> RecordMap[Win]:
    table = RecordMap.of(known)
    for put, drop in steps:
        table = table.changed(put, drop)
    return table


@given(TABLES, STEPS)
def test_it_is_what_a_dictionary_would_be_in_the_same_order(known: dict[str, Win], steps: list[Step]) -> None:
    found, wanted = through(known, steps), after(known, steps)
    assert list(found.items()) == list(wanted.items())
    assert list(found.values()) == list(wanted.values())
    assert list(found) == list(found.keys()) == list(wanted)
    assert len(found) == len(wanted)
    assert [found.get(win(number).id) for number in range(9)] == [wanted.get(win(number).id) for number in range(9)]
    assert [win(number).id in found for number in range(9)] == [win(number).id in wanted for number in range(9)]
    assert found == wanted
    assert found == RecordMap.of(wanted)


@given(TABLES, STEPS, STEPS)
def test_a_change_leaves_the_table_before_it_as_it_was(
    known: dict[str, Win], steps: list[Step], more: list[Step]
) -> None:
    before = through(known, steps)
    for put, drop in more:
        before.changed(put, drop)
    assert list(before.items()) == list(after(known, steps).items())


@given(TABLES, STEPS, STEPS)
def test_the_difference_leads_from_one_to_the_other(known: dict[str, Win], one: list[Step], two: list[Step]) -> None:
    """Whether they have a past in common or none, and it names nothing that is alike."""
    for old, new in (
        (through(known, one), through(known, two)),
        (through(known, one), RecordMap.of(after(known, two))),
        (through(known, one), through(known, [*one, *two])),
    ):
        put, drop = old.difference(new)
        assert old.changed(put, drop) == new
        assert (old == new) == (not put and not drop)
        assert all(old.get(record.id) != record for record in put)
        assert all(record.id in old and record.id not in new for record in drop)


@given(TABLES, STEPS, STEPS, STEPS)
def test_two_that_were_found_alike_tell_apart_what_they_become(
    known: dict[str, Win], past: list[Step], one: list[Step], two: list[Step]
) -> None:
    table, twin = through(known, past), RecordMap(after(known, past))
    assert table.changed_keys(twin) is None
    assert table == twin
    assert table.changed_keys(twin) is not None
    old, new = through(table, one), through(twin, two)
    assert (old == new) == (dict(old) == dict(new))
    put, drop = old.difference(new)
    assert dict(old.changed(put, drop)) == dict(new)


def test_two_tables_are_apart_by_any_field() -> None:
    table = RecordMap.of({win(1).id: win(1)})
    other = table.changed([structs.replace(win(1), story="More of it")])
    assert other != table
    assert other.changed([win(1)]) == table
    assert table != [win(1)]

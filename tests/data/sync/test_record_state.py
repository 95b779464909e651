"""Laws of the join, on states that random histories of writes, repairs, removals and exchanges lead to."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from data.sync.record_state import NOTHING, RecordState, join, mark_gone, write
from data.sync.stamps import covers, stamp_after

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
COPIES = 3
FIELDS = ("title", "story", "tags/people")
Step = tuple[str, int, int, int]
steps: st.SearchStrategy[list[Step]] = st.lists(
    st.tuples(
        st.sampled_from(["write", "write", "write", "repair", "mark_gone", "take"]),
        st.integers(0, COPIES - 1),
        st.integers(0, COPIES - 1),
        st.integers(-3, 3),
    ),
    max_size=25,
)


def states(history: list[Step]) -> list[RecordState]:
    """Return the states of three copies after such a history; each write has an actor of its own."""
    copies = [NOTHING] * COPIES
    for number, (what, here, there, hours) in enumerate(history):
        own = copies[here]
        stamp = stamp_after(NOON + timedelta(hours=hours), f"{number:08x}", own.newest)
        if what == "take":
            copies[here] = join(own, copies[there])
        elif what == "mark_gone":
            copies[here] = mark_gone(own)
        else:
            copies[here] = write(own, {FIELDS[number % 3]: number}, stamp, keep=what == "repair")
    return copies


@given(steps)
def test_a_join_does_not_depend_on_order_or_repetition(history: list[Step]) -> None:
    one, two, three = states(history)
    assert join(one, two) == join(two, one)
    assert join(join(one, two), three) == join(one, join(two, three))
    assert join(one, one) == one
    assert join(one, join(one, two)) == join(one, two)


@given(steps)
def test_a_write_beats_all_that_its_writer_had_seen(history: list[Step]) -> None:
    one, two, _ = states(history)
    after = write(one, {"title": "mine"}, stamp_after(NOON - timedelta(days=4000), "f" * 8, one.newest))
    assert after.values()["title"] == "mine"
    assert join(after, one) == after
    unseen = {stamp for stamp in two.fields.get("title", {}) if not covers(one.seen, stamp)}
    assert set(join(after, two).fields["title"]) >= {stamp for stamp in unseen if not covers(one.gone, stamp)}


@given(steps)
def test_a_removal_takes_what_its_copy_had_seen_and_nothing_else(history: list[Step]) -> None:
    one, two, _ = states(history)
    joined = join(mark_gone(one), two)
    for name, register in joined.fields.items():
        assert not any(covers(one.seen, stamp) for stamp in register), name
    unseen = {s for register in two.fields.values() for s in register if not covers(one.seen, s)}
    assert unseen - {s for s in unseen if covers(one.gone, s)} <= {s for r in joined.fields.values() for s in r}


def test_the_value_that_gives_way_unseen_is_an_aside() -> None:
    start = write(NOTHING, {"title": "talk"}, stamp_after(NOON, "a" * 8))
    mine = write(start, {"title": "talk in Rome"}, stamp_after(NOON + timedelta(hours=1), "b" * 8, start.newest))
    theirs = write(start, {"title": "talk in Bonn"}, stamp_after(NOON + timedelta(hours=2), "c" * 8, start.newest))
    both = join(mine, theirs)
    assert both.values() == {"title": "talk in Bonn"}
    assert [list(values.values()) for values in both.asides().values()] == [["talk in Rome"]]


def test_a_repair_keeps_what_it_replaces() -> None:
    start = write(NOTHING, {"opened_by": "x"}, stamp_after(NOON, "a" * 8))
    after = write(start, {"opened_by": None}, stamp_after(NOON, "b" * 8, start.newest), keep=True)
    assert after.values() == {"opened_by": None}
    assert list(after.asides()["opened_by"].values()) == ["x"]


def test_of_one_stamp_with_two_values_every_copy_takes_the_same() -> None:
    stamp = stamp_after(NOON, "a" * 8)
    one, other = (write(NOTHING, {"title": title}, stamp) for title in ("a", "b"))
    assert join(one, other) == join(other, one)
    assert join(one, other).values() == {"title": "b"}

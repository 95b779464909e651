from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from data.sync.stamps import actor_of, context_of, covers, is_stamp, new_actor, stamp_after, together

moments = st.datetimes(datetime(1900, 1, 1), datetime(2300, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - with a zone
actors = st.integers(0, 16**8 - 1).map(lambda number: f"{number:08x}")
stamps = st.builds(stamp_after, moments, actors)


@given(stamps, moments, actors)
def test_a_write_is_later_than_all_its_writer_knew(newest: str, moment: datetime, actor: str) -> None:
    stamp = stamp_after(moment, actor, newest)
    assert stamp > newest
    assert is_stamp(stamp)
    assert actor_of(stamp) == actor


def test_stamps_stand_in_the_order_of_time() -> None:
    noon = datetime(2026, 11, 20, 12, tzinfo=UTC)
    assert stamp_after(noon, "f" * 8) < stamp_after(noon + timedelta(milliseconds=1), "0" * 8)


def test_a_stamp_is_milliseconds_a_counter_and_who() -> None:
    second = datetime.fromtimestamp(1, UTC)
    assert stamp_after(second, "b" * 8) == f"{1_000:011x}0000{'b' * 8}"
    assert stamp_after(second, "b" * 8, f"{1_000:011x}0003{'a' * 8}") == f"{1_000:011x}0004{'b' * 8}"


def test_a_full_counter_goes_on_in_the_next_millisecond() -> None:
    full = f"{5:011x}ffff{'a' * 8}"
    assert stamp_after(datetime.fromtimestamp(0, UTC), "b" * 8, full) == f"{6:011x}0000{'b' * 8}"


@given(st.lists(stamps))
def test_a_context_covers_what_was_seen_and_nothing_later(seen: list[str]) -> None:
    context = context_of(seen)
    assert all(covers(context, stamp) for stamp in seen)
    assert not any(covers(context, stamp_after(datetime(2400, 1, 1, tzinfo=UTC), actor_of(s))) for s in seen)
    assert together(context, context) == context


def test_actors_are_made_anew() -> None:
    assert len({new_actor() for _ in range(100)}) == 100


def test_what_only_looks_like_a_stamp_is_none() -> None:
    assert not any(map(is_stamp, ("", "x" * 23, "0" * 22, "0" * 24, "0" * 22 + "A", "0" * 23 + "\n")))

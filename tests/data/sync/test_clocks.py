"""Clocks that differ by more than ten minutes are said, once a day, and by how much."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from data.sync.batches import FORMAT, Head
from data.sync.clocks import NO_CLOCKS, Clocks, look_at_clocks
from tests.support.devices import Device, World, folder_between

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


def head(*, sent: datetime | None, heard: datetime | None = None, device: str = "laptop") -> Head:
    return Head(FORMAT, device, sent=sent, heard=heard)


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        (NOON + timedelta(minutes=9), ()),
        (NOON - timedelta(days=400), ()),  # it was only long on its way
        (NOON + timedelta(minutes=20), ("This computer's clock is 20 minutes behind laptop's.",)),
        (NOON + timedelta(hours=3), ("This computer's clock is 3 hours behind laptop's.",)),
        (NOON + timedelta(days=400), ("This computer's clock is 400 days behind laptop's.",)),
        (None, ()),
    ],
)
def test_a_batch_from_the_future_tells_that_this_clock_is_behind(sent: datetime | None, said: tuple[str, ...]) -> None:
    assert look_at_clocks(NO_CLOCKS, [head(sent=sent)], NOON)[1] == said


def test_an_answer_older_than_its_question_tells_that_this_clock_is_ahead() -> None:
    known = NO_CLOCKS.after_sending(NOON)
    answer = head(sent=NOON - timedelta(hours=3), heard=NOON, device="")
    _, said = look_at_clocks(known, [answer], NOON + timedelta(minutes=1))
    assert said == ("This computer's clock is 3 hours ahead of another device's.",)
    of_another = head(sent=NOON - timedelta(hours=3), heard=NOON - timedelta(hours=1))
    assert look_at_clocks(known, [of_another], NOON)[1] == ()


def test_it_is_said_once_a_day() -> None:
    first, said = look_at_clocks(NO_CLOCKS, [head(sent=NOON + timedelta(hours=3))], NOON)
    assert said
    later = head(sent=NOON + timedelta(hours=9))
    assert look_at_clocks(first, [later], NOON + timedelta(hours=5))[1] == ()
    tomorrow = head(sent=NOON + timedelta(days=2))
    assert look_at_clocks(first, [tomorrow], NOON + timedelta(days=1))[1]


def test_only_the_last_moments_are_remembered() -> None:
    clocks = Clocks()
    for minute in range(50):
        clocks = clocks.after_sending(NOON + timedelta(minutes=minute))
    assert len(clocks.sent) == 20
    assert clocks.heard == NOON + timedelta(minutes=49)


def test_both_devices_are_told_of_a_clock_that_is_ahead(tmp_path: Path) -> None:
    world, between = World(), folder_between(tmp_path / "between")
    one, other = (Device(tmp_path / name, world, between) for name in ("laptop", "desktop"))
    one.clock_is_off = timedelta(hours=3)
    one.add("Said yes to the talk")
    one.sync()
    other.add("Coffee with Ada")
    assert "This computer's clock is 3 hours behind laptop's." in other.sync().notes
    assert "This computer's clock is 3 hours ahead of desktop's." in one.sync().notes
    assert one.titles() == other.titles()

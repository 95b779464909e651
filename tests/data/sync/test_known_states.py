"""What a device knows of records that did not change for long lies in a file of its own, written seldom."""

import zlib
from pathlib import Path

import msgspec
import pytest

from data.sync.digests import digest_in
from data.sync.exchange import Base
from data.sync.known_states import KnownStates, decode_states, encode_states
from data.sync.record_state import NOTHING, RecordState, write
from data.sync.stamps import stamp_after
from tests.support.device_pairs import same, set_fields, settle
from tests.support.devices import Device, World, folder_between
from tests.support.fake_disk import NOON

HEAD = write(NOTHING, {"title": "Talk"}, stamp_after(NOON, "a" * 8))


@pytest.fixture
def devices(tmp_path: Path) -> tuple[Device, Device]:
    """Return two devices whose bases hold two records at most, and share four wins."""
    world, between = World(), folder_between(tmp_path / "between")
    one, other = (Device(tmp_path / name, world, between) for name in "ab")
    one.most_changed = other.most_changed = 2
    for number in range(4):
        one.add(f"win {number}")
    settle(one, other)
    return one, other


def kept(device: Device) -> list[Path]:
    return sorted(device.folder.path.glob("records-*"))


def base_of(device: Device) -> Base:
    base = device.folder.base(device.store.contents.base)
    assert base is not None
    return base


def test_records_that_did_not_change_are_not_written_again(devices: tuple[Device, Device]) -> None:
    one, other = devices
    (before,) = kept(one)
    one.add("win 4")
    settle(one, other)
    assert kept(one) == [before]
    assert [len(base_of(one).states.changed), len(base_of(one).states)] == [1, 5]
    assert list(base_of(one).states.values()) == list(map(base_of(one).states.__getitem__, base_of(one).states))
    set_fields(other, next(iter(other.wins().values())), title="Talk in Bonn")
    other.add("win 5")
    settle(one, other)
    assert len(kept(one)) == 1
    assert kept(one) != [before]
    assert same(one, other)
    assert one.sync().sent == other.sync().sent == 0


def test_a_record_removed_since_is_known_to_be_removed(devices: tuple[Device, Device]) -> None:
    one, other = devices
    one.store.undo()
    settle(one, other)
    assert other.titles() == ["win 0", "win 1", "win 2"]
    known = base_of(one)
    (gone,) = [key for key in known.states if not digest_in(known.digests, key)]
    assert known.states[gone].gone
    assert not known.states[gone].fields
    one.store.redo()
    settle(one, other)
    assert other.titles() == ["win 0", "win 1", "win 2", "win 3"]


def test_without_that_file_it_meets_the_others_anew(devices: tuple[Device, Device]) -> None:
    one, other = devices
    (path,) = kept(one)
    path.write_bytes(b"garbled")
    one.add("win 4")
    settle(one, other)
    assert same(one, other)
    assert len(other.titles()) == 5
    (new,) = kept(one)
    assert new != path


def test_states_that_changed_come_before_the_kept_ones() -> None:
    states = KnownStates().with_changes({("wins", "a"): HEAD})
    assert states.with_changes({}) is states
    later = states.with_changes({("wins", "a"): NOTHING, ("goals", "b"): HEAD})
    assert dict(later) == {("wins", "a"): NOTHING, ("goals", "b"): HEAD}
    assert ("wins", "b") not in later
    assert states.get(("wins", "b")) is None
    assert isinstance(states["wins", "a"], RecordState)


def test_a_file_of_states_holds_all_of_them_or_is_damaged() -> None:
    known = KnownStates({("wins", str(number)): HEAD for number in range(40)}).with_changes({("goals", "g"): NOTHING})
    data = encode_states(known, {"wins": {"3": "digest"}})
    kept = decode_states(data)
    assert kept is not None
    assert dict(KnownStates(kept=kept)) == dict(known)
    assert (kept.digests["wins"]["3"], kept.digests["wins"]["4"]) == ("digest", "")
    again = KnownStates({("wins", "3"): NOTHING}, kept)
    assert dict(again) == {**known, ("wins", "3"): NOTHING}
    assert encode_states(again, {}) != data
    strange = msgspec.msgpack.encode({"digests": 7})
    for damaged in (b"", data[:-1], data[:9] + b"x" + data[10:], strange + zlib.crc32(strange).to_bytes(4, "big")):
        assert decode_states(damaged) is None

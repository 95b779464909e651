"""What grows for years: large journals go in parts, many batches become one, and an emptied remote is filled again."""

import subprocess
from datetime import timedelta
from pathlib import Path

import pytest

from data.sync.batches import FORMAT, Batch, Head, decode_batch, encode_batches
from data.sync.folder_remote import FolderRemote
from data.sync.git_remote import GitRemote
from data.sync.record_state import NOTHING, write
from data.sync.remote import KEY_FILE, MARK_FILE, RefusedError
from data.sync.sealing import new_seal
from data.sync.stamps import stamp_after
from tests.support.devices import Device, World, folder_between
from tests.support.fake_disk import NOON


class _FewFiles(FolderRemote):
    """A folder in which four batches are too many."""

    most_files = 4


@pytest.fixture
def pair(tmp_path: Path) -> tuple[Device, Device]:
    """Return two devices over a folder in which four batches are too many."""
    world = World()
    (tmp_path / "between").mkdir()
    one, other = (Device(tmp_path / name, world, _FewFiles(tmp_path / "between")) for name in "ab")
    return one, other


def test_a_large_journal_goes_in_parts_that_hold_all_of_it() -> None:
    state = write(NOTHING, {"title": "x" * 100}, stamp_after(NOON, "a" * 8))
    states = {("wins", str(number)): state for number in range(50)}
    head = Head(FORMAT, "laptop", replaces=("a" * 40,), sent=NOON)
    parts = [decode_batch(data) for data in encode_batches(Batch(head, states), part=2000)]  # type: ignore[arg-type]
    assert len(parts) > 3
    assert {key for part in parts for key in part.states} == states.keys()
    assert [part.head.replaces for part in parts] == [()] * (len(parts) - 1) + [("a" * 40,)]
    assert {part.head.sent for part in parts} == {NOON}
    assert len(encode_batches(Batch(head, {}))) == 1


def test_many_batches_become_one_and_the_old_ones_go_after_a_month(pair: tuple[Device, Device]) -> None:
    one, other = pair
    for number in range(5):
        one.add(f"win {number}")
        one.sync()
    assert len(one.remote.look()) == 5  # the fifth holds all, and the four that it replaces still lie there
    other.sync()
    one.world.moment += timedelta(days=29)
    one.add("win 5")
    one.sync()
    assert len(one.remote.look()) == 6
    one.world.moment += timedelta(days=2)
    one.add("win 6")
    one.sync()
    assert len(one.remote.look()) == 3
    for device in (other, Device(other.home.with_name("fresh"), one.world, one.remote)):
        device.sync()
        assert device.titles() == [f"win {number}" for number in range(7)]
        assert device.sync().sent == 0


def test_a_branch_drops_them_in_the_same_commit(tmp_path: Path) -> None:
    world = World()
    remote = GitRemote(str(tmp_path / "wins.git"), tmp_path / "a" / "repo.git")
    remote.most_files = 2
    subprocess.run(["git", "init", "--quiet", "--bare", str(tmp_path / "wins.git")], check=True)  # noqa: S603, S607
    one = Device(tmp_path / "one", world, remote)
    for number in range(3):
        one.add(f"win {number}")
        one.sync()
    assert len(remote.look()) == 1
    fresh = Device(tmp_path / "fresh", world, GitRemote(str(tmp_path / "wins.git"), tmp_path / "b" / "repo.git"))
    fresh.sync()
    assert fresh.titles() == one.titles()


def test_an_emptied_folder_is_filled_again_at_once_with_all_that_lay_there(tmp_path: Path) -> None:
    one = Device(tmp_path / "a", World(), folder_between(tmp_path / "between"))
    one.folder.keep_sealed_key(b"the key under the code")
    one.add("Said yes to the talk")
    one.sync()
    (tmp_path / "between" / "smallwins").rename(tmp_path / "lost")
    assert one.sync().sent == 1
    assert one.remote.read(KEY_FILE) == b"the key under the code"
    assert one.remote.read(MARK_FILE) == one.seal.mark
    assert one.sync().sent == 0


def test_a_remote_of_another_key_is_refused_before_anything_is_sent(tmp_path: Path) -> None:
    between = folder_between(tmp_path / "between")
    Device(tmp_path / "a", World(), between, seal=new_seal()).sync()
    one = Device(tmp_path / "b", World(), between)
    one.add("Said yes to the talk")
    between.send({MARK_FILE: new_seal().mark})
    with pytest.raises(RefusedError, match="another journal"):
        one.sync()
    assert len(between.look()) == 0
    between.send({MARK_FILE: b"garbled"})
    assert one.sync().sent == 1
    assert between.read(MARK_FILE) == one.seal.mark


def test_where_nothing_changed_the_journal_is_not_even_opened(tmp_path: Path) -> None:
    one = Device(tmp_path / "a", World(), folder_between(tmp_path / "between"))
    one.add("Said yes to the talk")
    one.sync()
    one.sync()
    base = next(one.folder.path.glob("base-*"))
    sealed = base.read_bytes()
    base.write_bytes(b"garbled, and not looked at")
    one.sync()
    assert base.read_bytes() == b"garbled, and not looked at"
    base.write_bytes(sealed)
    one.add("Coffee with Ada")
    assert one.sync().sent == 1


def test_how_many_records_wait_is_counted_where_the_remote_is_away(tmp_path: Path) -> None:
    one = Device(tmp_path / "a", World(), folder_between(tmp_path / "between"))
    one.add("Said yes to the talk")
    one.sync()
    (tmp_path / "between").rename(tmp_path / "away")
    for title in ("Coffee with Ada", "Call"):
        one.add(title)
    with pytest.raises(Exception, match="not there"):
        one.sync()
    status = one.folder.status
    assert status is not None
    assert (status.to_send, status.offline) == (2, True)

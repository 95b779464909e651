"""Setting up again: a journal that was kept elsewhere joins another one's devices."""

import platform
from pathlib import Path

import pytest

from data.base.errors import NotAllowedError
from data.model import edits
from data.model.records import Win
from data.sync.sealing import new_seal
from data.sync.setup import set_up, sync_pass
from data.sync.sync_folder import SyncConfig
from tests.support.device_pairs import set_fields
from tests.support.devices import ABOUT, CODE, Device, World, folder_between


def join(device: Device, between: Path) -> None:
    """Set a device up at a folder that is under `CODE`."""
    set_up(device.store, device.folder, str(between), remote=folder_between(between), ask_code=lambda: CODE)


def sync(device: Device) -> tuple[str, ...]:
    """Make a pass as it was set up, and return what the person is told."""
    return sync_pass(lambda: device.store, device.folder, device.now).run().notes


@pytest.fixture
def shared(tmp_path: Path) -> Path:
    """Return a synced folder that somebody has set up, under `CODE`."""
    folder_between(tmp_path / "shared").send(ABOUT)
    return tmp_path / "shared"


def test_a_journal_that_was_kept_under_another_key_brings_all_it_has(shared: Path, tmp_path: Path) -> None:
    world, elsewhere = World(), folder_between(tmp_path / "elsewhere")
    moved = Device(tmp_path / "moved", world, elsewhere, seal=new_seal())
    moved.folder.set_up(SyncConfig(str(tmp_path / "elsewhere")), moved.seal.key)
    moved.add("Sent there")
    moved.sync()
    other = Device(tmp_path / "other", world, folder_between(shared))
    other.add("Of the others")
    other.sync()
    join(moved, shared)
    sync(moved)
    other.sync()
    assert other.titles() == moved.titles() == ["Of the others", "Sent there"]


def two_with_a_win(shared: Path, tmp_path: Path) -> tuple[Device, Device, Win]:
    """Return two computers that keep one journal, and the win in it."""
    one, other = (Device(tmp_path / name, World(), folder_between(shared)) for name in "ab")
    for device in (one, other):
        join(device, shared)
    win = one.add("Said yes to the talk")
    for device in (one, other):
        sync(device)
    return one, other, win


def test_set_up_again_at_the_same_place_it_remembers_what_was_removed(shared: Path, tmp_path: Path) -> None:
    one, other, win = two_with_a_win(shared, tmp_path)
    other.change(edits.trash_wins([win.id], other.now()))
    other.change(edits.empty_trash())
    sync(other)
    join(one, shared)
    for device in (one, other):
        sync(device)
    assert one.wins() == other.wins() == {}


def test_the_others_are_told_which_computer_changed_a_win_too(shared: Path, tmp_path: Path) -> None:
    one, other, win = two_with_a_win(shared, tmp_path)
    set_fields(one, win, title="Talk in Rome")
    set_fields(other, win, title="Talk in Bonn")
    sync(one)
    (note,) = sync(other)
    assert f"changed on {platform.node()} too" in note


def test_without_a_setup_or_a_key_there_is_no_pass(tmp_path: Path) -> None:
    one = Device(tmp_path / "one", World(), folder_between(tmp_path / "between"))
    with pytest.raises(NotAllowedError, match="not set up"):
        sync(one)
    one.folder.set_up(SyncConfig(str(tmp_path / "between")), "")
    with pytest.raises(NotAllowedError, match="not set up"):
        sync(one)

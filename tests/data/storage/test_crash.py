"""Kills and power cuts at every step: the file is the old one or the new one, and what was acknowledged is the new."""

import os
import signal
from pathlib import Path

import pytest

from data.base.errors import SaveError
from data.files.export_file import write_export
from data.model import edits
from data.storage import backups
from data.storage.store import Store
from tests.support.child_process import exit_code_of
from tests.support.fake_disk import Calls, Clock, a_win, broken
from tests.support.power_cut_model import Recorder, SyncFolder, broken_promises, states


def live(path: Path, disk: Recorder) -> None:
    """Make changes of every kind over two days."""
    clock = Clock()
    store = Store(path, clock, disk=disk)
    win = a_win("A long one", "word " * 10_000)

    def tomorrow() -> None:
        clock.pass_days(1)
        store.change("add a win", edits.add_win(a_win()))

    for turn in (
        lambda: store.change("add a win", edits.add_win(win)),
        lambda: store.change("remove", edits.trash_wins([win.id], clock())),
        store.undo,
        tomorrow,
        lambda: store.change("empty the trash", edits.empty_trash()),
    ):
        turn()
        disk.acknowledge(path)


def test_no_power_cut_leaves_anything_but_the_old_file_or_the_new_one(tmp_path: Path) -> None:
    path = tmp_path / "new" / "wins.json"
    disk = Recorder()
    live(path, disk)
    assert len({cut for cut, _ in states(disk.events, path, None)}) > 30
    assert list(broken_promises(disk.events, path, None)) == []


def test_without_syncing_the_file_a_power_cut_would_damage_it(tmp_path: Path) -> None:
    path = tmp_path / "new" / "wins.json"
    disk = Recorder(files=False)
    live(path, disk)
    assert any(broken_promises(disk.events, path, None))


def test_without_syncing_the_folder_a_power_cut_loses_saves(tmp_path: Path) -> None:
    path = tmp_path / "new" / "wins.json"
    disk = Recorder(folders=False)
    live(path, disk)
    assert any(broken_promises(disk.events, path, None))


@pytest.mark.parametrize("force", [False, True], ids=["new", "replaced"])
def test_no_power_cut_leaves_an_export_torn_or_missing(tmp_path: Path, *, force: bool) -> None:
    path = tmp_path / "wins.csv"
    if force:
        path.write_bytes(b"the old one")
    start = path.read_bytes() if force else None
    disk = Recorder()
    write_export(path, b"title,date\n" * 1000, journal=tmp_path / "wins.json", force=force, disk=disk)
    disk.acknowledge(path)
    assert list(broken_promises(disk.events, path, start)) == []


def test_no_power_cut_loses_a_journal_that_is_written_again(tmp_path: Path) -> None:
    path = tmp_path / "wins.json"
    disk = Recorder()
    store = Store(path, Clock(), disk=disk)
    store.change("add a win", edits.add_win(a_win()))
    path.write_bytes(b"{damaged")
    disk.events.clear()
    store.write_again()
    disk.acknowledge(path)
    assert list(broken_promises(disk.events, path, b"{damaged")) == []


def test_a_write_in_place_would_be_seen_to_be_unsafe(tmp_path: Path) -> None:
    path = tmp_path / "wins.json"
    disk = Recorder()
    fd = disk.create(path)
    disk.write(fd, memoryview(b"{}"))
    disk.sync(fd)
    disk.close(fd)
    disk.acknowledge(path)
    assert any(broken_promises(disk.events, path, None))


def test_a_folder_whose_name_was_not_synced_is_made_again_at_the_next_try(tmp_path: Path) -> None:
    path = tmp_path / "new" / "wins.json"
    with pytest.raises(SaveError):
        Store(path, Clock(), disk=broken("sync_folder")).change("add a win", edits.add_win(a_win()))
    disk = Recorder()
    live(path, disk)
    assert list(broken_promises(disk.events, path, None)) == []
    assert SyncFolder(tmp_path) in disk.events


def steps_of(path: Path) -> int:
    """Return how many calls a change makes that comes on a new day."""
    names: list[str] = []
    change_tomorrow(path, Calls(names.append))
    return len(names)


def change_tomorrow(path: Path, disk: Calls) -> None:
    """Add a win on the day after, with the day's backup."""
    clock = Clock()
    clock.pass_days(1)
    Store(path, clock, disk=disk).change("add a win", edits.add_win(a_win()))


def kill_at(path: Path, step: int) -> None:
    """Make the change in a child that is killed just before one of its calls."""
    left = [step]

    def tell(_: str) -> None:
        left[0] -= 1
        if left[0] < 0:
            os.kill(os.getpid(), signal.SIGKILL)

    assert exit_code_of(lambda: change_tomorrow(path, Calls(tell))) == -signal.SIGKILL


@pytest.mark.terminal
@pytest.mark.parametrize("fresh", [True, False], ids=["first win", "later"])
def test_a_kill_at_any_step_leaves_a_whole_file_and_no_lock(tmp_path: Path, *, fresh: bool) -> None:
    model = tmp_path / "model" / "wins.json"
    if not fresh:
        Store(model, Clock()).change("add a win", edits.add_win(a_win()))
    steps = steps_of(model)
    assert steps > 8
    for step in range(steps):
        path = tmp_path / str(step) / "wins.json"
        if not fresh:
            Store(path, Clock()).change("add a win", edits.add_win(a_win()))
        before = path.read_bytes() if path.exists() else None
        kill_at(path, step)
        wins = len(Store(path, Clock()).journal.wins)
        assert wins in (range(2) if fresh else range(1, 3))
        assert wins > (not fresh) or (path.read_bytes() if path.exists() else None) == before
        Store(path, Clock(), timeout=0.2).change("add a win", edits.add_win(a_win()))
        assert len(Store(path, Clock()).journal.wins) == wins + 1
        assert list(path.parent.rglob("*.tmp")) == []
        assert all(not backups.check_backup(backup).trouble for backup in backups.list_backups(path))

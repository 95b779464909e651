"""A disk that fails at any step: the file is old or new, memory equals it, nothing is left behind, and it is said."""

import errno
import os
import resource
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from msgspec import structs

from data.base.errors import SaveError
from data.files.disk import DISK, Disk
from data.model import edits
from data.model.records import Changes
from data.storage import backups
from data.storage.encoder import ROWS_A_PIECE
from data.storage.store import Saved, Store
from tests.support.child_process import exit_code_of
from tests.support.fake_disk import Calls, Clock, a_win, broken, failing

WORDS = {
    errno.ENOSPC: "the disk is full",
    errno.EIO: "the disk reports an error",
    errno.EROFS: "the disk is read-only",
    errno.EDQUOT: "your disk quota is used up",
}


def tomorrow() -> Clock:
    """Return the clock of the next day, when a backup is due."""
    clock = Clock()
    clock.pass_days(1)
    return clock


def attempt(store: Store, story: str = "") -> Saved | SaveError:
    """Add a win, or return why it could not be."""
    try:
        return store.change("add a win", edits.add_win(a_win(story=story)))
    except SaveError as error:
        return error


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "deep" / "data" / "wins.json"
    Store(path, Clock()).change("add a win", edits.add_win(a_win()))
    return path


@pytest.mark.parametrize("number", WORDS, ids=errno.errorcode.get)
def test_an_error_at_any_step_of_a_change(path: Path, number: int) -> None:
    place, calls = -1, ["at the first"]
    while len(calls) > place:
        place += 1
        disk, calls = failing(number, place)
        fault(path, disk, calls, WORDS[number])
    assert place > 12


def fault(path: Path, disk: Calls, calls: list[str], words: str) -> None:
    """Make a change on a failing disk, and see that all is well afterwards."""
    for backup in backups.list_backups(path):
        backup.path.unlink()
    before = path.read_bytes()
    store = Store(path, tomorrow(), disk=disk)
    wins = len(store.journal.wins)
    done = attempt(store)
    if isinstance(done, SaveError):
        assert words in done.message
        assert "not saved" in done.message
        assert path.read_bytes() == before
        assert len(store.journal.wins) == wins
    else:
        assert len(done.journal.wins) == wins + 1
        assert all(words in note for note in done.notes)
        assert done.confirmed != any("did not confirm" in note for note in done.notes)
    assert store.journal == Store(path, Clock()).journal
    assert calls[-1] == "remove" or list(path.parent.rglob("*.tmp")) == []
    Store(path, tomorrow(), timeout=0.2).change("lock is free", edits.trash_wins([], tomorrow()()))


@pytest.mark.parametrize("number", WORDS, ids=errno.errorcode.get)
def test_an_error_at_any_step_of_the_first_save_of_all(tmp_path: Path, number: int) -> None:
    names: list[str] = []
    attempt(Store(tmp_path / "model" / "deep" / "wins.json", Clock(), disk=Calls(names.append)))
    assert len(names) > 8
    for place in range(len(names)):
        path = tmp_path / str(place) / "deep" / "wins.json"
        store = Store(path, Clock(), disk=failing(number, place)[0])
        done = attempt(store)
        assert WORDS[number] in (done.notes[0] if isinstance(done, Saved) else done.message)
        assert isinstance(done, Saved) == (len(store.journal.wins) == 1) == path.exists()
        assert store.journal == Store(path, Clock()).journal
        assert isinstance(attempt(store), Saved)
        assert store.journal == Store(path, Clock()).journal


def test_trying_again_confirms_what_the_disk_did_not_confirm(path: Path) -> None:
    calls: list[str] = []

    def tell(name: str) -> None:
        calls.append(name)
        if calls.count("sync_folder") in {1, 2} and name == "sync_folder":
            raise OSError(errno.EIO, os.strerror(errno.EIO))

    win = a_win()
    Store(path, Clock()).change("the day's backup is made", edits.add_win(a_win()))
    store = Store(path, Clock(), disk=Calls(tell))
    for confirmed in (False, False, True):
        saved = store.change("add a win", edits.add_win(win))
        assert saved.confirmed == confirmed
        assert any("Saved, but the disk did not confirm it" in note for note in saved.notes) == (not confirmed)
    assert calls.count("sync_folder") == 3
    assert store.change("add a win", edits.add_win(win)).confirmed
    assert calls.count("sync_folder") == 3, "there is nothing left to confirm"
    assert len(Store(path, Clock()).journal.wins) == 3


def test_the_same_change_can_be_tried_again_when_there_is_room(path: Path) -> None:
    win = a_win()
    full = Store(path, Clock(), disk=broken("write"))
    for _ in range(3):
        with pytest.raises(SaveError, match=r"^The change was not saved: the disk is full\. Free some space"):
            full.change("add a win", edits.add_win(win))
        assert win.id not in full.journal.wins
    saved = Store(path, Clock()).change("add a win", edits.add_win(win))
    assert win.id in saved.journal.wins


def test_an_acknowledged_change_in_doubt_is_not_made_twice_when_it_is_tried_again(path: Path) -> None:
    win = a_win()
    store = Store(path, Clock(), disk=broken("sync_folder", number=errno.EIO))
    assert not store.change("add a win", edits.add_win(win)).confirmed
    assert win.id in store.journal.wins
    again = Store(path, Clock())
    again.change("add a win", edits.add_win(win))
    assert len(again.journal.wins) == 2
    assert len(again.history) == 2


@pytest.mark.terminal
def test_any_limit_on_the_size_of_files_leaves_the_old_file_or_the_new_one(path: Path) -> None:
    def sweep() -> None:
        size = path.stat().st_size
        for limit in range(0, 3 * size, 37):
            before = path.read_bytes()
            store = Store(path, tomorrow())
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))
            done = attempt(store)
            if isinstance(done, SaveError):
                assert "larger than this system allows" in done.message
                assert path.read_bytes() == before
            else:
                assert limit >= path.stat().st_size
                resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
                path.write_bytes(before)
            assert list(path.parent.rglob("*.tmp")) == []
            assert store.refresh() is None or store.journal.wins

    assert exit_code_of(sweep) == 0


def small_disk(folder: Path, *command: str) -> "subprocess.CompletedProcess[str]":
    """Run a command with a real disk of 64 kB at a folder; it is mounted in a namespace that ends with the command."""
    mount = 'mount -t tmpfs -o size=64k tmpfs "$0" && exec "$@"'
    way = ["unshare", "-m"] if os.geteuid() == 0 else ["unshare", "-rm"]
    return subprocess.run(  # noqa: S603  # our own command
        [*way, "sh", "-c", mount, str(folder), *command], check=False, capture_output=True, text=True
    )


def may_mount(folder: Path) -> bool:
    """Return whether this system lets a test have a disk of its own."""
    return shutil.which("unshare") is not None and small_disk(folder, "true").returncode == 0


@pytest.mark.terminal
def test_a_disk_that_is_full(path: Path, tmp_path: Path) -> None:
    if not may_mount(tmp_path):
        fill(path, broken("write"))
        return
    code = (
        "import sys; from pathlib import Path; from tests.data.storage.test_faults import fill; fill(Path(sys.argv[1]))"
    )
    done = small_disk(tmp_path, sys.executable, "-c", code, str(tmp_path / "wins.json"))
    assert done.returncode == 0, done.stderr


def fill(path: Path, disk: Disk = DISK) -> None:
    """Add long wins until there is no room."""
    store = Store(path, Clock(), disk=disk)
    for _ in range(60):
        before = path.read_bytes() if path.exists() else None
        done = attempt(store, "long " * 1000)
        if isinstance(done, SaveError):
            assert "the disk is full" in done.message
            assert (path.read_bytes() if path.exists() else None) == before
            assert store.journal == Store(path, Clock()).journal
            assert list(path.parent.glob("*.tmp")) == []
            return
    pytest.fail("It was never full.")


def test_a_file_system_that_knows_no_modes_and_syncs_no_folders_still_saves(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As USB sticks and some network folders: the system's own calls refuse."""
    real = os.fsync

    def fsync(fd: int) -> None:
        if stat.S_ISDIR(os.fstat(fd).st_mode):
            raise OSError(errno.EINVAL, os.strerror(errno.EINVAL))
        real(fd)

    def fchmod(*_: object) -> None:
        raise PermissionError(errno.EPERM, os.strerror(errno.EPERM))

    monkeypatch.setattr(os, "fsync", fsync)
    monkeypatch.setattr(os, "fchmod", fchmod)
    monkeypatch.setattr("data.files.disk._FULL_FSYNC", 9999)  # a Mac's kind of sync, unknown here
    Store(path, Clock()).change("add a win", edits.add_win(a_win()))
    assert len(Store(path, Clock()).journal.wins) == 2


def test_an_old_file_that_can_t_be_read_any_more_does_not_stop_a_change(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried: list[object] = []

    def pread(*asked: object) -> bytes:
        tried.append(asked)
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    store = Store(path, Clock())
    more = tuple(a_win() for _ in range(ROWS_A_PIECE))
    store.change("import", lambda _: Changes(put=more))
    monkeypatch.setattr(os, "pread", pread)
    store.change("add a win", edits.add_win(a_win()))
    assert tried
    assert len(Store(path, Clock()).journal.wins) == ROWS_A_PIECE + 2


def test_an_interrupt_in_the_middle_leaves_memory_equal_to_the_file(path: Path) -> None:
    def interrupt(name: str) -> None:
        if name == "replace":
            raise KeyboardInterrupt

    store = Store(path, Clock(), disk=Calls(interrupt))
    before = store.journal
    with pytest.raises(KeyboardInterrupt):
        store.change("add a win", edits.add_win(a_win()))
    assert store.journal is before
    assert list(path.parent.glob(".*.tmp")) == []


def test_text_that_can_t_be_written_changes_nothing(path: Path) -> None:
    store = Store(path, Clock())
    before = path.read_bytes()
    half = structs.replace(a_win(), title="half a character \ud83d")
    with pytest.raises(SaveError, match="half a character"):
        store.change("add a win", edits.add_win(half))
    assert path.read_bytes() == before
    assert len(store.journal.wins) == 1
    assert list(path.parent.glob(".*.tmp")) == []

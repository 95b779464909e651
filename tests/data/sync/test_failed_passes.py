"""Passes that come to no end: what is said of them, and that nothing is lost."""

from collections.abc import Callable, Collection, Mapping
from pathlib import Path

import pytest
from msgspec import structs

from data.base.errors import BusyError, SmallWinsError
from data.files.disk import Disk
from data.model import edits
from data.sync.folder_remote import FolderRemote
from data.sync.remote import RacedError
from data.sync.sync_folder import SyncFolder
from tests.support.devices import Device, QuickDisk, World, folder_between


def test_a_pass_that_fails_says_how_much_waits(tmp_path: Path) -> None:
    one = Device(tmp_path / "a", World(), folder_between(tmp_path / "between"))
    one.add("Said yes to the talk")
    one.sync()
    one.add("Coffee with Ada")
    (tmp_path / "between").rename(tmp_path / "elsewhere")
    with pytest.raises(SmallWinsError, match="not there"):
        one.sync()
    status = one.folder.status
    assert status is not None
    assert status.offline
    assert status.synced is not None
    (tmp_path / "elsewhere").rename(tmp_path / "between")
    assert one.sync().sent == 1


def between(tmp_path: Path) -> Path:
    path = tmp_path / "between"
    path.mkdir(exist_ok=True)
    return path


class _Raced(FolderRemote):
    """A remote at which somebody else is always quicker."""

    def send(self, files: Mapping[str, bytes], drop: Collection[str] = ()) -> None:  # noqa: ARG002 - they never get there
        raise RacedError

    def send_instead(self, files: Mapping[str, bytes]) -> None:  # noqa: ARG002 - the same
        raise RacedError


def test_who_is_never_quick_enough_gives_up_and_keeps_what_is_to_be_sent(tmp_path: Path) -> None:
    one = Device(tmp_path / "a", World(), _Raced(between(tmp_path)))
    one.add("Said yes to the talk")
    with pytest.raises(SmallWinsError, match="same moment"):
        one.sync()
    assert len(one.folder.outbox()) == 1


class _RacedOnce(FolderRemote):
    """A remote at which somebody else is quicker the first time."""

    tries = 0

    def send(self, files: Mapping[str, bytes], drop: Collection[str] = ()) -> None:
        self.tries += 1
        if self.tries == 1:
            raise RacedError
        super().send(files, drop)


def test_what_both_tries_of_a_pass_find_is_said_once(tmp_path: Path) -> None:
    strange = between(tmp_path) / "smallwins" / "2026" / "11" / ("a" * 40)
    strange.parent.mkdir(parents=True)
    strange.write_bytes(b"half of a batch")
    one = Device(tmp_path / "a", World(), _RacedOnce(between(tmp_path)))
    one.add("Said yes to the talk")
    report = one.sync()
    assert report.sent == 1
    assert report.notes == ("1 part has not arrived yet; the rest is here.",)


def test_forgetting_is_refused_where_another_is_quicker(tmp_path: Path) -> None:
    one = Device(tmp_path / "a", World(), folder_between(tmp_path / "between"))
    one.add("Said yes to the talk")
    one.sync()
    one.remote = _Raced(between(tmp_path))
    with pytest.raises(SmallWinsError, match="Try again"):
        one.pass_().forget()


class _KilledError(BaseException):
    """The program was killed."""


class _Deadly(Disk):
    """A disk at whose nth replacement of a file the program dies, before or after it."""

    def __init__(self, number: int, *, after: bool) -> None:
        self.left = number
        self._after = after

    def replace(self, source: Path, target: Path) -> None:
        """Replace, or die."""
        self.left -= 1
        if self.left or self._after:
            super().replace(source, target)
        if not self.left:
            raise _KilledError


@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize("number", [1, 2, 3, 4])
def test_a_pass_killed_at_any_step_ends_as_if_nothing_had_been(tmp_path: Path, number: int, *, after: bool) -> None:
    world, between = World(), folder_between(tmp_path / "between")
    one, other = (Device(tmp_path / name, world, between, disk=QuickDisk()) for name in "ab")
    win = one.add("Said yes to the talk")
    for device in (one, other, one):
        device.sync()
    other.change(edits.change_win(win, structs.replace(win, title="Talk in Bonn"), other.now()))
    other.sync()
    one.add("Coffee with Ada")
    disk = _Deadly(number, after=after)
    with pytest.raises(_KilledError):  # the batch, the base, the journal, how it ended
        one.pass_on(disk).run()
    for device in (one, other, one, other):
        device.sync()
    assert one.titles() == other.titles() == ["Coffee with Ada", "Talk in Bonn"]
    assert one.store.journal == other.store.journal
    assert one.folder.outbox() == {}
    assert len(list(one.folder.path.glob("base-*"))) == 1
    assert one.sync().sent == other.sync().sent == 0


def test_files_of_the_program_that_syncs_are_no_batches(tmp_path: Path) -> None:
    one = Device(tmp_path / "a", World(), folder_between(tmp_path / "between"))
    one.add("Said yes to the talk")
    one.sync()
    (path,) = one.remote.look().values()
    batch = tmp_path / "between" / "smallwins" / path
    name = batch.name
    for odd in (
        f"{name}.sync-conflict-20261120-120000-ABCDEFG",
        f".{name}.icloud",
        f".syncthing.{name}.tmp",
        name[:39],
    ):
        batch.with_name(odd).write_bytes(b"part of a")
    batch.with_name("c" * 40).symlink_to("/etc/passwd")
    other = Device(tmp_path / "b", one.world, one.remote)
    assert other.sync().missing == 0
    assert other.titles() == ["Said yes to the talk"]


def test_one_pass_runs_at_a_time(tmp_path: Path) -> None:
    folder = SyncFolder(tmp_path / "wins.json", patience=0.0)
    with folder.running(), pytest.raises(BusyError, match="pass of sync is under way"), folder.running():
        pass
    with pytest.raises(BusyError, match="of another"), folder.running():
        raise BusyError("This is of another.")


class _Faulty(FolderRemote):
    """A remote with a fault of its own."""

    def look(self, *_meanwhile: Callable[[], object]) -> dict[str, str]:
        """Fail as no remote should."""
        raise ZeroDivisionError


def test_a_fault_of_the_program_is_not_passed_over_in_silence(tmp_path: Path) -> None:
    one = Device(tmp_path / "a", World(), _Faulty(between(tmp_path)))
    one.add("Said yes to the talk")
    with pytest.raises(ZeroDivisionError):
        one.sync()
    status = one.folder.status
    assert status is not None
    assert "fault of the program (ZeroDivisionError)" in status.trouble
    assert (status.to_send, status.offline) == (1, False)

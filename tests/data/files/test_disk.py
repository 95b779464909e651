"""What the program asks of a disk: to keep what it is given, and to say so when it does not."""

import errno
import fcntl
import os
import shlex
from pathlib import Path

import pytest

from data.files.disk import (
    DISK,
    Disk,
    explain,
    find_temp_files,
    make_folders,
    remove_temp_files,
    replace_file,
    shell_name,
)
from tests.support.fake_disk import Calls


def refuse(code: int) -> OSError:
    return OSError(code, os.strerror(code))


@pytest.mark.parametrize("code", [errno.EIO, errno.ENOSPC])
def test_a_disk_that_does_not_keep_what_was_written_is_heard(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    def fsync(_: int) -> None:
        raise refuse(code)

    monkeypatch.setattr(os, "fsync", fsync)
    fd = DISK.create(tmp_path / "file")
    with pytest.raises(OSError, match=os.strerror(code)):
        DISK.sync(fd)
    DISK.close(fd)
    with pytest.raises(OSError, match=os.strerror(code)):
        DISK.sync_folder(tmp_path)


def test_a_file_system_that_can_not_sync_folders_is_no_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []

    def fsync(fd: int) -> None:
        asked.append(fd)
        raise refuse(errno.EINVAL)

    monkeypatch.setattr(os, "fsync", fsync)
    DISK.sync_folder(tmp_path)
    assert len(asked) == 1
    with pytest.raises(OSError, match="Bad file"):
        os.fstat(asked[0])


def test_only_a_folder_is_synced_as_one(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(NotADirectoryError):
        DISK.sync_folder(tmp_path / "file")


def test_only_temporary_files_of_the_very_file_are_swept(tmp_path: Path) -> None:
    path, token = tmp_path / "wins.json", "0123456789abcdef"
    ours = tmp_path / f".wins.json.{token}.tmp"
    others = [
        tmp_path / name
        for name in (
            f".wins.json.{token}0.tmp",
            f".wins.json.{token}.tmq",
            f".wons.json.{token}.tmp",
            f"..wins.json.{token}.tmp",
        )
    ]
    for one in (path, ours, *others):
        one.touch()
    assert find_temp_files(path) == [ours]
    remove_temp_files(path)
    assert {one for one in tmp_path.iterdir() if one.is_file()} == {path, *others}
    assert find_temp_files(tmp_path / "none" / "wins.json") == []


def test_folders_that_are_missing_are_made_private(tmp_path: Path) -> None:
    make_folders(tmp_path / "a" / "b")
    assert [(tmp_path / name).stat().st_mode & 0o777 for name in ("a", "a/b")] == [0o700, 0o700]


def test_an_error_without_a_number_or_without_words_of_ours_is_still_a_sentence() -> None:
    assert explain(refuse(errno.EXDEV)).message == "The change was not saved: invalid cross-device link."
    assert explain(OSError()).message == "The change was not saved: success."


class Measured(Disk):
    """A disk that knows how much it was given in each call."""

    def __init__(self) -> None:
        self.sizes: list[int] = []

    def write(self, fd: int, data: memoryview) -> int:
        """Write, and remember how much."""
        self.sizes.append(len(data))
        return super().write(fd, data)


def test_a_large_file_is_written_by_the_megabyte(tmp_path: Path) -> None:
    """Neither a call for each small piece, nor the whole of it in memory."""
    disk, chunks = Measured(), [bytes([number]) * 30_000 for number in range(150)]
    replace_file(tmp_path / "file", chunks, disk)
    assert (tmp_path / "file").read_bytes() == b"".join(chunks)
    assert len(disk.sizes) == 5
    assert all(1_000_000 < size < 1_100_000 for size in disk.sizes[:-1])


FULL = 51
"""What `fcntl.F_FULLFSYNC` is on a Mac."""


def test_on_a_mac_the_drive_itself_is_asked_to_keep_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[int, int]] = []
    monkeypatch.setattr("data.files.disk._FULL_FSYNC", FULL)
    monkeypatch.setattr(fcntl, "fcntl", lambda fd, what: asked.append((fd, what)))
    fd = DISK.create(tmp_path / "file")
    DISK.sync(fd)
    DISK.close(fd)
    assert asked == [(fd, FULL)]


def test_on_a_mac_a_drive_that_does_not_keep_it_is_heard(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: int) -> None:
        raise refuse(errno.EIO)

    monkeypatch.setattr("data.files.disk._FULL_FSYNC", FULL)
    monkeypatch.setattr(fcntl, "fcntl", fail)
    fd = DISK.create(tmp_path / "file")
    with pytest.raises(OSError, match=os.strerror(errno.EIO)):
        DISK.sync(fd)
    DISK.close(fd)


def test_a_folder_that_another_program_makes_in_this_moment_is_taken(tmp_path: Path) -> None:
    path = tmp_path / "a" / "b"

    def meanwhile(name: str) -> None:
        if name == "make_folder":
            path.mkdir(parents=True, exist_ok=True)

    make_folders(path, Calls(meanwhile))
    assert path.is_dir()
    (tmp_path / "file").write_text("")
    with pytest.raises(OSError, match="Not a directory"):
        make_folders(tmp_path / "file" / "c")


@pytest.mark.parametrize("name", ["", "/a-b_c.json", "a b", "it's", "a\nb", "é", "$(x)", "~/x", "a;b", "@%+=:,./-"])
def test_a_name_is_quoted_for_the_shell_as_shlex_does(name: str) -> None:
    assert shell_name(name) == shlex.quote(name)

"""Where an export may be put, and where not."""

import errno
import os
from pathlib import Path

import pytest

from data.base.errors import NotAllowedError, SaveError, SmallWinsError
from data.files.disk import Disk
from data.files.export_file import write_export
from tests.support.fake_disk import Calls, broken, failing


@pytest.mark.parametrize("force", [False, True])
def test_a_folder_and_the_journal_are_never_replaced(tmp_path: Path, *, force: bool) -> None:
    journal = tmp_path / "wins.json"
    journal.write_text("{}")
    (tmp_path / "link.json").symlink_to(journal)
    for name, said in ((".", "That is a folder"), ("wins.json", "the journal itself"), ("link.json", "journal itself")):
        with pytest.raises(NotAllowedError, match=said):
            write_export(tmp_path / name, b"wins", journal=journal, force=force)
    assert journal.read_text() == "{}"


def test_what_is_there_is_replaced_only_when_told_to(tmp_path: Path) -> None:
    path = tmp_path / "sheet.html"
    write_export(path, b"first", journal=tmp_path / "wins.json", force=False)
    with pytest.raises(NotAllowedError, match="--force"):
        write_export(path, b"second", journal=tmp_path / "wins.json", force=False)
    assert path.read_bytes() == b"first"
    write_export(path, b"second", journal=tmp_path / "wins.json", force=True)
    assert path.read_bytes() == b"second"
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_half_written_export_is_taken_away_again(tmp_path: Path) -> None:
    path = tmp_path / "sheet.html"
    with pytest.raises(TypeError):
        write_export(path, "no bytes", journal=tmp_path / "wins.json", force=False)  # type: ignore[arg-type]
    assert not path.exists()


def steps_of(path: Path, *, force: bool) -> list[str]:
    """Return the calls of the system that an export makes."""
    calls: list[str] = []
    write_export(path, b"wins", journal=path.with_name("wins.json"), force=force, disk=Calls(calls.append))
    return calls


def test_an_export_is_synced_before_it_is_named(tmp_path: Path) -> None:
    assert steps_of(tmp_path / "new.csv", force=False) == [
        *("create", "protect", "write", "sync", "close", "link", "remove", "sync_folder"),
    ]
    assert steps_of(tmp_path / "new.csv", force=True) == [
        *("create", "protect", "write", "sync", "close", "replace", "sync_folder"),
    ]


def exported(path: Path, disk: Disk, *, force: bool) -> str:
    """Export, and return what is said of it."""
    try:
        return write_export(path, b"wins", journal=path.with_name("j"), force=force, disk=disk).describe()
    except SaveError as error:
        return error.message


@pytest.mark.parametrize("force", [False, True])
def test_whatever_call_fails_the_export_is_whole_or_not_there(tmp_path: Path, *, force: bool) -> None:
    for place in range(8):
        path = tmp_path / f"{place}.csv"
        disk, calls = failing(errno.EIO, place)
        said = exported(path, disk, force=force)
        failed = calls[place] if place < len(calls) else ""
        assert path.exists() == (failed in {"", "remove", "sync_folder"})
        assert said.startswith("Wrote" if path.exists() else "Nothing was written: the disk reports an error.")
        assert ("did not confirm" in said) == (failed == "sync_folder")
        assert failed == "remove" or list(tmp_path.glob(f".{place}.*.tmp")) == []


def test_where_a_file_can_t_have_two_names_a_new_export_still_replaces_nothing(tmp_path: Path) -> None:
    path = tmp_path / "stick.csv"
    written = write_export(path, b"wins", journal=tmp_path / "j", force=False, disk=broken("link", number=errno.EPERM))
    assert (written.private, path.read_bytes()) == (True, b"wins")

    def late(name: str) -> None:
        if name == "link":
            (tmp_path / "late.csv").write_bytes(b"of another program")
            raise OSError(errno.EPERM, os.strerror(errno.EPERM))

    with pytest.raises(NotAllowedError, match="already exists"):
        write_export(tmp_path / "late.csv", b"wins", journal=tmp_path / "j", force=False, disk=Calls(late))
    assert (tmp_path / "late.csv").read_bytes() == b"of another program"


def test_another_program_that_is_faster_is_not_written_over(tmp_path: Path) -> None:
    path = tmp_path / "sheet.html"

    def faster(name: str) -> None:
        if name == "link":
            path.write_bytes(b"of another program")

    with pytest.raises(NotAllowedError, match="already exists"):
        write_export(path, b"wins", journal=tmp_path / "j", force=False, disk=Calls(faster))
    assert path.read_bytes() == b"of another program"
    assert list(tmp_path.glob(".*.tmp")) == []


class NoModes(Disk):
    """A disk without owners and modes, as exFAT."""

    def create(self, path: Path) -> int:
        """Make a file that everybody can read."""
        fd = super().create(path)
        path.chmod(0o755)
        return fd

    def protect(self, fd: int) -> None:
        """Do nothing."""


def test_readable_only_by_you_is_said_only_where_it_is_so(tmp_path: Path) -> None:
    said = [
        write_export(tmp_path / f"{number}.csv", b"", journal=tmp_path / "j", force=False, disk=disk).describe()
        for number, disk in enumerate((Disk(), NoModes(), broken("sync_folder", number=errno.EIO)))
    ]
    assert said == [
        f"Wrote {tmp_path}/0.csv (readable only by you).",
        f"Wrote {tmp_path}/1.csv. Others on this computer can read it.",
        f"Wrote {tmp_path}/2.csv (readable only by you). The disk did not confirm it: the disk reports an error.",
    ]


def test_a_path_can_t_colour_the_terminal(tmp_path: Path) -> None:
    path = tmp_path / "\x1b[31mred.csv"
    assert "\x1b" not in write_export(path, b"", journal=tmp_path / "j", force=False).describe()


@pytest.mark.parametrize("force", [False, True])
def test_a_pipe_or_an_unreachable_folder_is_said_in_a_sentence(tmp_path: Path, *, force: bool) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(NotAllowedError, match="not a regular file"):
        write_export(tmp_path / "pipe", b"", journal=tmp_path / "j", force=force)
    with pytest.raises(SmallWinsError):
        write_export(tmp_path / ("n" * 300), b"", journal=tmp_path / "j", force=force)

"""Who may read the files, and what a planted link can do: nothing."""

import os
import stat
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from data.base.errors import JournalFileError, ReadOnlyError, SaveError, SmallWinsError
from data.files.drafts import Draft
from data.model import edits
from data.storage import backups
from data.storage.store import Store
from tests.support.child_process import exit_code_of
from tests.support.fake_disk import Clock, a_win
from tests.support.one_draft import drop_draft, load_draft, save_draft

NOBODY = 65534


def add(path: Path) -> None:
    Store(path, Clock()).change("add a win", edits.add_win(a_win()))


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "wins.json"


@pytest.fixture(params=[0o000, 0o022, 0o077, 0o777], ids=oct)
def umask(request: pytest.FixtureRequest) -> Iterator[None]:
    before = os.umask(request.param)
    yield
    os.umask(before)


@pytest.mark.usefixtures("umask")
def test_folder_and_files_are_private_under_any_umask(path: Path) -> None:
    add(path)
    Store(path, Clock()).back_up("asked")
    add(path)
    assert mode(path.parent) == mode(backups.backup_folder(path)) == 0o700
    files = [found for found in path.parent.rglob("*") if found.is_file()]
    assert len(files) == 4
    assert {mode(found) for found in files} == {0o600}


def test_a_file_that_others_could_read_is_private_after_a_change(path: Path) -> None:
    add(path)
    path.chmod(0o644)
    add(path)
    assert mode(path) == 0o600


def test_a_journal_that_is_a_link_stays_one(path: Path, tmp_path: Path) -> None:
    link = tmp_path / "link.json"
    link.symlink_to(path)
    add(link)
    add(path)
    add(link)
    assert link.is_symlink()
    assert not path.is_symlink()
    assert len(Store(link, Clock()).journal.wins) == 3
    assert not link.with_name(".link.json.lock").exists()


def test_a_link_and_its_target_share_one_lock_and_one_ring_of_backups(path: Path, tmp_path: Path) -> None:
    add(path)
    link = tmp_path / "link.json"
    link.symlink_to(path)
    made = Store(link, Clock()).back_up("asked")
    assert made is not None
    assert backups.list_backups(path) == [made]


def test_a_planted_lock_harms_nothing_and_is_named(path: Path, tmp_path: Path) -> None:
    add(path)
    lock, target = path.with_name(".wins.json.lock"), tmp_path / "precious"
    target.write_text("precious")
    lock.unlink()
    lock.symlink_to(target)
    before = path.read_bytes()
    with pytest.raises(SaveError, match=r"it is a symbolic link"):
        add(path)
    assert target.read_text() == "precious"
    assert path.read_bytes() == before
    assert len(Store(path, Clock()).journal.wins) == 1


def test_a_link_planted_at_the_temporary_path_harms_nothing(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(path)
    first, second = a_win(), a_win()
    monkeypatch.setattr(os, "urandom", bytes)  # so that the name can be foreseen
    target = tmp_path / "precious"
    target.write_text("precious")
    temp = path.with_name(f".wins.json.{bytes(8).hex()}.tmp")
    store = Store(path, Clock())
    store.change("add a win", edits.add_win(first))
    temp.symlink_to(target)
    before = path.read_bytes()
    with pytest.raises(SaveError):
        store.change("add a win", edits.add_win(second))
    assert target.read_text() == "precious"
    assert path.read_bytes() == before
    assert store.journal == Store(path, Clock()).journal


def as_somebody_else(check: Callable[[], None]) -> None:
    """Run a check in a child that is another user than the owner of the files."""

    def work() -> None:
        os.setgid(NOBODY)
        os.setuid(NOBODY)
        check()

    assert exit_code_of(work) == 0


def open_up(path: Path) -> None:
    """Let everybody enter the folders above a path."""
    for folder in path.parents[:-2]:
        folder.chmod(0o755)


def test_a_journal_of_another_user_is_refused(path: Path) -> None:
    add(path)
    before = path.read_bytes()
    if os.geteuid() == 0:
        os.chown(path, NOBODY, NOBODY)
        with pytest.raises(JournalFileError, match="belongs to another user"):
            Store(path, Clock())
    else:
        with pytest.raises(JournalFileError, match="belongs to another user"):
            Store(Path("/etc/passwd"), Clock())
    assert path.read_bytes() == before


@pytest.mark.parametrize("protected", ["folder", "file"])
def test_what_is_write_protected_opens_for_reading(path: Path, protected: str) -> None:
    add(path)

    def check() -> None:
        store = Store(path, Clock())
        assert len(store.journal.wins) == 1
        assert "read-only" in store.read_only
        with pytest.raises(ReadOnlyError):
            store.change("add a win", edits.add_win(a_win()))
        assert len(store.journal.wins) == 1

    if os.geteuid() == 0:
        os.chown(path, NOBODY, NOBODY)
        os.chown(path.parent, NOBODY, NOBODY)
        open_up(path)
    path.parent.chmod(0o555 if protected == "folder" else 0o755)
    path.chmod(0o600 if protected == "folder" else 0o400)
    if os.geteuid() == 0:
        as_somebody_else(check)
    else:
        check()
    path.parent.chmod(0o700)


def test_what_may_not_be_read_is_said_with_its_name(path: Path) -> None:
    add(path)

    def check() -> None:
        with pytest.raises(JournalFileError) as caught:
            Store(path, Clock())
        assert str(caught.value).startswith(f"You don't have permission to read the journal. Check who owns {path} ")

    path.chmod(0)
    if os.geteuid() == 0:
        os.chown(path, NOBODY, NOBODY)
        open_up(path)
        as_somebody_else(check)
    else:
        check()


@pytest.mark.parametrize("make", [os.mkfifo, os.mkdir], ids=["pipe", "folder"])
def test_what_is_no_plain_file_is_refused_at_once(path: Path, make: Callable[[Path], None]) -> None:
    path.parent.mkdir()
    make(path)
    with pytest.raises(JournalFileError, match="not a regular file"):
        Store(path, Clock())


def test_a_path_through_a_file_is_refused_in_words(path: Path) -> None:
    add(path)
    with pytest.raises(SmallWinsError):
        add(path / "wins.json")


def test_a_name_too_long_is_refused_in_words(tmp_path: Path) -> None:
    with pytest.raises(SmallWinsError, match="file name is too long"):
        Store(tmp_path / ("x" * 300), Clock())


@pytest.mark.parametrize("sudo", [True, False], ids=["sudo", "a container's root"])
def test_what_root_writes_for_another_stays_the_owner_s(
    path: Path, monkeypatch: pytest.MonkeyPatch, *, sudo: bool
) -> None:
    path.parent.mkdir()
    owner = os.geteuid() or NOBODY
    os.chown(path.parent, owner, -1)
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    if sudo:
        monkeypatch.setenv("SUDO_UID", str(owner))
    add(path)
    made = Store(path, Clock()).back_up("asked")
    assert made is not None
    backups.restore_journal(path, made.path, Clock()())
    save_draft(path, Draft({"title": "typed"}))
    found = [path, *path.parent.rglob("*")]
    assert len(found) >= 7
    assert {each.name: each.stat().st_uid for each in found} == {each.name: owner for each in found}
    assert load_draft(path) == Draft({"title": "typed"})
    drop_draft(path)


def test_root_without_sudo_still_refuses_what_somebody_else_owns(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    add(path)
    monkeypatch.setattr(os, "geteuid", lambda: path.stat().st_uid + 1)
    monkeypatch.setenv("SUDO_UID", str(path.stat().st_uid))
    with pytest.raises(JournalFileError, match="belongs to another user"):
        Store(path, Clock())

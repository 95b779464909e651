"""The way back to a backup."""

import errno
import os
from pathlib import Path

import pytest

from data.base.errors import BusyError, JournalFileError, SaveError
from data.files.known_journals import remember_journal
from data.storage import backups
from data.storage.store import Store
from tests.support.fake_disk import NOON, Calls, Clock, add_a_win, broken


def test_restore_brings_back_what_was_lost(store: Store, clock: Clock) -> None:
    good = store.path.read_bytes()
    made = store.back_up("import")
    assert made is not None
    add_a_win(store)
    latest = store.path.read_bytes()
    done = backups.restore_journal(store.path, made.path, clock())
    assert store.path.read_bytes() == good
    assert done.wins == 1
    assert done.replaced is not None
    assert done.replaced.path.read_bytes() == latest
    journal = store.refresh()
    assert journal is not None
    assert len(journal.wins) == 1


def test_restore_keeps_a_damaged_journal_aside(store: Store, clock: Clock) -> None:
    made = store.back_up("import")
    store.path.write_bytes(b"{half of")
    with pytest.raises(JournalFileError) as caught:
        Store(store.path, clock)
    assert made is not None
    assert f"restore {made.path.name}" in caught.value.hint
    done = backups.restore_journal(store.path, made.path, clock())
    assert done.replaced is not None
    assert done.replaced.path.read_bytes() == b"{half of"
    assert len(Store(store.path, clock).journal.wins) == 1


def test_the_advice_passes_over_damaged_backups(store: Store, clock: Clock) -> None:
    first, second = store.back_up("import"), store.back_up("asked")
    assert first is not None
    assert second is not None
    second.path.write_bytes(b"")
    store.path.write_bytes(b"")
    with pytest.raises(JournalFileError, match=first.path.name):
        Store(store.path, clock)
    assert backups.check_backup(second).trouble == "The file is empty."


def test_a_backup_that_is_no_journal_is_never_restored(store: Store, clock: Clock, tmp_path: Path) -> None:
    before = store.path.read_bytes()
    other = tmp_path / "package.json"
    other.write_text('{"name": "something else"}')
    with pytest.raises(JournalFileError, match="That backup can't be used"):
        backups.restore_journal(store.path, other, clock())
    assert store.path.read_bytes() == before
    assert backups.list_backups(store.path) == []


def test_nothing_is_restored_when_what_it_replaces_can_t_be_kept(store: Store, clock: Clock, tmp_path: Path) -> None:
    before = store.path.read_bytes()
    copy = tmp_path / "copy.json"
    copy.write_bytes(before)
    add_a_win(store)
    before = store.path.read_bytes()
    with pytest.raises(SaveError, match="No backup could be made"):
        backups.restore_journal(store.path, copy, clock(), broken("sync"))
    assert store.path.read_bytes() == before


def test_restore_makes_the_folder_of_a_journal_that_is_gone_with_it(store: Store, clock: Clock, tmp_path: Path) -> None:
    elsewhere = tmp_path / "new" / "deep" / "wins.json"
    done = backups.restore_journal(elsewhere, store.path, clock())
    assert (done.wins, done.replaced) == (1, None)
    assert elsewhere.read_bytes() == store.path.read_bytes()
    assert elsewhere.parent.stat().st_mode & 0o777 == 0o700


def test_a_backup_that_can_t_be_opened_restores_nothing_and_says_so(store: Store, clock: Clock, tmp_path: Path) -> None:
    before = store.path.read_bytes()
    with pytest.raises(SaveError, match=r"^Nothing was restored: "):
        backups.restore_journal(store.path, tmp_path, clock())
    assert store.path.read_bytes() == before


def test_a_pipe_among_the_backups_keeps_nobody_waiting(store: Store) -> None:
    good = store.back_up("asked")
    assert good is not None
    pipe = good.path.with_name("2027-01-01T000000.000000Z-7-asked.json")
    os.mkfifo(pipe)
    assert "not a regular file" in backups.check_backup(backups.list_backups(store.path)[0]).trouble
    with pytest.raises(SaveError, match="Nothing was restored"):
        backups.restore_journal(store.path, pipe, NOON)
    assert good.path.name in backups.restore_advice(store.path)


def test_a_restore_that_the_disk_did_not_confirm_is_said_to_be_done(store: Store, clock: Clock, tmp_path: Path) -> None:
    copy = tmp_path / "copy.json"
    copy.write_bytes(store.path.read_bytes())
    add_a_win(store)

    def tell(name: str) -> None:
        calls.append(name)
        if calls[-2:] == ["replace", "sync_folder"] and store.path.read_bytes() == copy.read_bytes():
            raise OSError(errno.EIO, os.strerror(errno.EIO))

    calls: list[str] = []
    done = backups.restore_journal(store.path, copy, clock(), Calls(tell))
    assert done.doubt == "The disk did not confirm it: the disk reports an error."
    assert store.path.read_bytes() == copy.read_bytes()


def test_what_a_sync_engine_brings_during_a_restore_is_not_lost(store: Store, clock: Clock, tmp_path: Path) -> None:
    copy, other = tmp_path / "copy.json", tmp_path / "other.json"
    copy.write_bytes(store.path.read_bytes())
    add_a_win(store)
    other.write_bytes(store.path.read_bytes() + b" ")

    def tell(name: str) -> None:
        calls.append(name)
        if name == "sync" and calls.count("sync") == 2:
            other.replace(store.path)

    calls: list[str] = []
    with pytest.raises(BusyError, match="another program changed the journal meanwhile"):
        backups.restore_journal(store.path, copy, clock(), Calls(tell))
    assert store.path.read_bytes().endswith(b" ")


def test_nothing_is_restored_below_a_disk_that_is_not_mounted(
    store: Store, clock: Clock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "mount" / "deep" / "wins.json"
    really = os.path.ismount
    monkeypatch.setattr(os.path, "ismount", lambda place: Path(place) == tmp_path / "mount" or really(place))
    remember_journal(path)
    monkeypatch.setattr(os.path, "ismount", really)
    with pytest.raises(JournalFileError, match="not mounted"):
        backups.restore_journal(path, store.path, clock())
    assert not path.parent.exists()

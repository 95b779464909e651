"""A synced folder that other accounts use, too: two people's accounts, or the program that syncs."""

import os
from pathlib import Path

import pytest

from data.base.errors import SaveError
from data.sync.folder_remote import FolderRemote
from data.sync.remote import MARK_FILE, RefusedError
from data.sync.sync_folder import SyncFolder
from tests.support.devices import folder_between

NAME = "2026/11/" + "a" * 40


@pytest.mark.parametrize(("above", "folders", "files"), [(0o770, 0o770, 0o660), (0o700, 0o700, 0o600)])
def test_whoever_may_read_the_folder_may_read_what_is_sealed_in_it(
    tmp_path: Path, above: int, folders: int, files: int
) -> None:
    between = folder_between(tmp_path / "between")
    (tmp_path / "between").chmod(above)
    between.send({NAME: b"sealed", MARK_FILE: b"mark"})
    found = {path: path.stat().st_mode & 0o777 for path in (tmp_path / "between").rglob("*")}
    assert {mode for path, mode in found.items() if path.is_dir()} == {folders}
    assert {mode for path, mode in found.items() if path.is_file()} == {files}


def test_what_this_account_may_not_read_or_write_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    between = folder_between(tmp_path)
    between.send({NAME: b"sealed"})

    def refuse(path: object, *_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "open", refuse)
    monkeypatch.setattr(os, "open", refuse)
    with pytest.raises(RefusedError, match="can't be read by this account") as read:
        between.read(NAME)
    with pytest.raises(RefusedError, match="can't be written by this account") as written:
        FolderRemote(tmp_path).send({MARK_FILE: b"mark"})
    assert read.value.hint == written.value.hint == f"Give it the right to read and write {tmp_path}."


def test_a_pipe_in_the_place_of_a_file_is_never_waited_for(tmp_path: Path) -> None:
    between, own = folder_between(tmp_path), SyncFolder(tmp_path / "wins.json")
    between.send({NAME: b"sealed"})
    own.put_out("a", b"sealed")
    for path in (tmp_path / "smallwins" / NAME, own.path / "outbox" / "a", own.path / "config.json"):
        path.unlink(missing_ok=True)
        os.mkfifo(path)
    assert between.read(NAME) == b""
    assert own.outbox() == {}
    with pytest.raises(SaveError, match="The folder of sync can't be read: not a regular file"):
        _ = own.config

"""A file system that stumbles: what was saved is there, what was not is said, and no call ends the program."""

import errno
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import pytest

from data.base.errors import JournalFileError, SaveError, SmallWinsError
from data.files.disk import Disk
from data.files.drafts import Draft
from data.files.export_file import write_export
from data.files.settings import read_settings, setting_lines, write_setting
from data.model import edits
from data.storage import backups, doctor
from data.storage.store import Store
from tests.support.fake_disk import NOON, Clock, a_win
from tests.support.one_draft import drop_draft, load_draft, save_draft

ERRORS: Final = (errno.EIO, errno.ESTALE, errno.EACCES)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "stick" / "wins.json"
    Store(path, Clock()).change("add a win", edits.add_win(a_win()))
    return path


@contextmanager
def stumbling(folder: Path, number: int, *names: str) -> Iterator[None]:
    """Let these calls of the system fail for everything in a folder, as a network disk that hangs or a pulled stick."""
    with pytest.MonkeyPatch.context() as patch:
        for name in names:
            patch.setattr(os, name, _failing(getattr(os, name), folder, number))
        yield


def _failing(real: Callable[..., Any], folder: Path, number: int) -> Callable[..., Any]:
    def call(path: Any, *args: Any, **options: Any) -> Any:  # noqa: ANN401  # whatever the system's call takes
        if isinstance(path, str | Path) and str(path).startswith(str(folder)):
            raise OSError(number, os.strerror(number), str(path))
        return real(path, *args, **options)

    return call


@pytest.mark.parametrize("number", ERRORS, ids=errno.errorcode.get)
@pytest.mark.parametrize("names", [("stat", "lstat"), ("open",), ("stat", "lstat", "open", "scandir", "listdir")])
def test_a_change_that_can_t_be_saved_is_said_and_can_be_saved_later(
    path: Path, number: int, names: tuple[str, ...]
) -> None:
    store, win = Store(path, Clock()), a_win()
    before = path.read_bytes()
    with stumbling(path.parent, number, *names):
        assert isinstance(store.read_only, str)
        for ask in (store.undo, store.redo, store.write_again, lambda: store.back_up("asked")):
            with pytest.raises(SmallWinsError):
                ask()
        with pytest.raises(SaveError, match="not saved"):
            store.change("add a win", edits.add_win(win))
        assert len(store.journal.wins) == 1
    assert path.read_bytes() == before
    assert win.id in store.change("add a win", edits.add_win(win)).journal.wins
    assert len(Store(path, Clock()).journal.wins) == 2


@pytest.mark.parametrize("number", ERRORS, ids=errno.errorcode.get)
def test_a_journal_that_can_t_be_looked_at_is_said_in_a_sentence(path: Path, number: int) -> None:
    store = Store(path, Clock())
    with stumbling(path.parent, number, "stat", "lstat", "open", "scandir", "listdir"):
        with pytest.raises(JournalFileError):
            store.refresh()
        assert store.file_problem()
        with pytest.raises(JournalFileError):
            Store(path, Clock())
        findings = doctor.check_journal(path, Clock())
        assert findings
        assert all(isinstance(finding.what, str) for finding in findings)
        assert backups.list_backups(path) == []
        with pytest.raises(SmallWinsError):
            backups.restore_journal(path, path, NOON)
    assert store.file_problem() == ""


@pytest.mark.parametrize("number", ERRORS, ids=errno.errorcode.get)
def test_what_is_beside_the_journal_stumbles_in_sentences_too(path: Path, tmp_path: Path, number: int) -> None:
    config = tmp_path / "stick" / "config.toml"
    with stumbling(path.parent, number, "stat", "lstat", "open", "scandir", "listdir"):
        assert load_draft(path) is None
        save_draft(path, Draft({"title": "in the state folder"}))
        assert load_draft(path) == Draft({"title": "in the state folder"})
        assert len(read_settings(config)[1]) == 1
        assert setting_lines(config) == {}
        with pytest.raises(SmallWinsError):
            write_setting(config, "theme", "nord")
        with pytest.raises(SmallWinsError):
            write_export(path.parent / "x.csv", b"", journal=path, force=False)
    drop_draft(path)


@pytest.mark.parametrize("number", ERRORS, ids=errno.errorcode.get)
def test_a_change_that_reached_the_file_is_never_said_to_have_failed(path: Path, number: int) -> None:
    """The disk goes away in the moment after the new file took its place."""
    patch = pytest.MonkeyPatch()

    class Pulled(Disk):
        """A disk that is pulled out right after."""

        def replace(self, source: Path, target: Path) -> None:
            """Replace, and be gone."""
            super().replace(source, target)
            for name in ("stat", "lstat", "open"):
                patch.setattr(os, name, _failing(getattr(os, name), path.parent, number))

    Store(path, Clock()).back_up("day")
    store = Store(path, Clock(), disk=Pulled())
    try:
        saved = store.change("add a win", edits.add_win(a_win()))
    finally:
        patch.undo()
    assert not saved.confirmed
    assert "Saved, but the disk did not confirm it" in saved.notes[-1]
    assert len(saved.journal.wins) == 2
    assert Store(path, Clock()).journal == saved.journal
    assert store.refresh() is None or store.journal == saved.journal

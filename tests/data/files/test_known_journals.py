"""Journals that were there before: one whose disk or folder is gone is not begun anew in silence."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from data.base.errors import JournalFileError
from data.files.known_journals import remember_journal, unmounted_disk, why_gone
from data.files.locations import state_path
from data.model import edits
from data.storage.store import Store
from tests.support.fake_disk import Clock, a_win


def test_a_journal_whose_folder_is_gone_is_not_begun_anew_in_silence(tmp_path: Path) -> None:
    path = tmp_path / "stick" / "wins.json"
    Store(path, Clock()).change("add a win", edits.add_win(a_win()))
    shutil.move(path.parent, tmp_path / "away")
    with pytest.raises(JournalFileError, match="The folder of the journal is gone") as caught:
        Store(path, Clock())
    assert f"mkdir -p {path.parent}" in caught.value.hint
    assert not path.parent.exists()
    path.parent.mkdir()
    assert Store(path, Clock()).journal.wins == {}, "whoever makes the folder means it"


def test_a_new_journal_in_a_new_folder_begins(tmp_path: Path) -> None:
    Store(tmp_path / "a" / "wins.json", Clock()).change("add a win", edits.add_win(a_win()))
    Store(tmp_path / "b" / "wins.json", Clock()).change("add a win", edits.add_win(a_win()))
    assert why_gone(tmp_path / "c" / "wins.json") is None


def test_a_journal_on_a_disk_that_is_not_mounted_is_not_begun_on_the_one_below(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mount = tmp_path / "stick"
    path = mount / "journal" / "wins.json"
    path.parent.mkdir(parents=True)
    really = os.path.ismount
    monkeypatch.setattr(os.path, "ismount", lambda place: Path(place) == mount or really(place))
    remember_journal(path)
    assert unmounted_disk(path) == ""
    monkeypatch.setattr(os.path, "ismount", really)
    assert unmounted_disk(path) == str(mount)
    with pytest.raises(JournalFileError, match=f"The disk of the journal is not mounted: {mount}"):
        Store(path, Clock())


DAMAGES: dict[str, Callable[[Path], object]] = {
    "not JSON": lambda file: file.write_text("{"),
    "pipe": os.mkfifo,
    "folder": Path.mkdir,
    "link to itself": lambda file: file.symlink_to(file),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_what_is_remembered_may_be_damaged(tmp_path: Path, damage: str) -> None:
    path = tmp_path / "deep" / "wins.json"
    remembered = state_path().with_name("journals.json")
    remembered.parent.mkdir(parents=True)
    DAMAGES[damage](remembered)
    store = Store(path, Clock())
    assert store.change("add a win", edits.add_win(a_win())).notes == ()


def test_only_so_many_are_remembered_and_each_once(tmp_path: Path) -> None:
    for number in range(230):
        remember_journal(tmp_path / str(number) / "wins.json")
    remember_journal(tmp_path / "229" / "wins.json")
    assert why_gone(tmp_path / "0" / "wins.json") is None
    assert why_gone(tmp_path / "40" / "wins.json") is not None
    assert why_gone(tmp_path / "229" / "wins.json") is not None
    text = state_path().with_name("journals.json").read_text()
    assert text.count("/229/") == 1

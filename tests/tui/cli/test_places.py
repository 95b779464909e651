"""Files and folders that are not what a newcomer takes them for: each ends in a sentence, and none is touched."""

import os
import pwd
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NoReturn

import pytest
from click.testing import CliRunner, Result

from tests.support.cli_runner import Calls
from tui.cli.main import cli

FOREIGN: Final = {
    "notes.txt": b"Buy milk\n",
    "picture.png": b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
    "package.json": b'{"name": "x", "version": "1.0"}',
    "todo.json": b'{"_default": {"1": {"task": "buy milk"}}}',
    "array.json": b"[]",
    "nothing": b"",
}


def run(*words: str) -> Result:
    return CliRunner().invoke(cli, words)


@pytest.mark.parametrize("name", FOREIGN)
@pytest.mark.parametrize("words", [(), ("list",), ("add", "First"), ("import", "-")], ids=" ".join)
def test_a_file_of_another_program_is_left_alone(tmp_path: Path, name: str, words: tuple[str, ...]) -> None:
    path = tmp_path / name
    path.write_bytes(FOREIGN[name])
    result = CliRunner().invoke(cli, ["--file", str(path), *words], input='{"smallwins": 1, "schema": 1}')
    assert result.exit_code == 1
    assert "If it belongs to another program, name a file of your own with --file" in result.stderr
    assert path.read_bytes() == FOREIGN[name]
    assert {found.name for found in tmp_path.iterdir()} == {"home", name}


@pytest.mark.parametrize("device", ["/dev/null", "/dev/zero", "/dev/full"])
def test_a_device_is_no_journal_and_is_not_read(device: str) -> None:
    for words in (("list",), ("add", "First")):
        result = run("--file", device, *words)
        assert (result.exit_code, result.stdout) == (1, "")
        assert "not a regular file" in result.stderr


def test_a_file_where_a_folder_should_be_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    said = Calls(tmp_path / "file" / "wins.json")("list", code=1).stderr
    assert "a file is in the way of a folder" in said
    assert str(tmp_path / "file") in said


@pytest.fixture
def homeless(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Be a user whom the system knows by a number alone, as in many containers."""

    def nobody(_: int) -> NoReturn:
        raise KeyError

    for name in ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(pwd, "getpwuid", nobody)
    yield
    monkeypatch.undo()


@pytest.mark.usefixtures("homeless")
@pytest.mark.parametrize("words", [("list",), ("add", "First"), (), ("where",), ("--file", "~/wins.json", "list")])
def test_a_user_without_a_home_is_told_to_set_one(words: tuple[str, ...]) -> None:
    result = run(*words)
    assert result.exit_code == 1
    assert result.stderr == "smallwins: This user has no home folder.\nSet HOME to a folder of your own.\n"


@pytest.mark.usefixtures("homeless")
def test_a_user_without_a_home_can_name_a_file(tmp_path: Path) -> None:
    for words in (("add", "First"), ("list",)):
        assert run("--file", str(tmp_path / "wins.json"), *words).exit_code == 0


def test_a_home_of_nobody_is_one_sentence() -> None:
    result = run("--file", "~no-such-user/wins.json", "list")
    assert result.exit_code == 1
    assert "no home folder" in result.stderr


def test_a_home_that_is_not_there_yet_is_made(home: Path) -> None:
    home.rmdir()
    assert run("add", "First").exit_code == 0
    assert (home / ".local/share/smallwins/wins.json").exists()


def test_without_a_folder_for_temporary_files_the_demo_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    monkeypatch.setattr("tempfile.tempdir", None)
    monkeypatch.setattr("tempfile._candidate_tempdir_list", lambda: [str(gone)])
    result = run("demo")
    assert result.exit_code == 1
    assert "Set TMPDIR" in result.stderr


def test_a_backup_of_no_journal_is_nothing_to_make_a_folder_for(calls: Calls) -> None:
    assert "nothing to back up" in calls("backup", code=1).stderr
    assert not os.path.lexists(calls.path.parent)


@pytest.mark.parametrize("words", [("--file", "", "list"), ("import", ""), ("export", "--output", "")], ids=" ".join)
def test_an_empty_name_is_called_empty_and_no_folder(words: tuple[str, ...]) -> None:
    result = run(*words)
    assert result.exit_code == 2
    assert "The file name is empty." in result.stderr
    assert "folder" not in result.stderr

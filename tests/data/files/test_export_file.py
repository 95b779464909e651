"""Where an export may be put, and where not."""

from pathlib import Path

import pytest

from data.base.errors import NotAllowedError
from data.files.export_file import write_export


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

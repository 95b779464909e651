import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support.cli_runner import Calls


@pytest.fixture
def full(calls: Calls) -> Calls:
    """Return a caller on a journal of a chain of two and one piece of candy."""
    mail = calls.add("Mail", "--on", "2026-10-27", "--goal", "Climate work", "--story", "=HYPERLINK(1)")
    call = calls.add("Call", "--on", "2026-11-10", "--after", mail, "--goal", "Climate work")
    for identity in (mail, call):
        calls("sort", identity, "real")
    calls("sort", calls.add("=1+1 badge", "--on", "2026-11-11", "--tag", "a,b"), "candy")
    return calls


def test_json_goes_out_and_in_again_byte_for_byte(full: Calls, tmp_path: Path) -> None:
    out = tmp_path / "out.json"
    full("export", "-o", str(out))
    other = Calls(tmp_path / "other.json")
    other("import", str(out))
    assert other("export").stdout_bytes == out.read_bytes()
    assert other.data("list") == full.data("list")


def test_the_journal_of_somebody_else_can_be_imported_as_it_is(full: Calls, tmp_path: Path) -> None:
    other = Calls(tmp_path / "other.json")
    other("import", str(full.path))
    assert other.data("list") == full.data("list")


def test_a_table_keeps_formulas_still(full: Calls) -> None:
    text = full("export", "--format", "csv").stdout
    assert "'=1+1 badge" in text
    assert "'=HYPERLINK(1)" in text
    assert '"""a,b"""' in text


def test_a_sheet_tells_real_wins_unless_something_else_is_asked_for(full: Calls) -> None:
    text = full("export", "--format", "md").stdout
    assert "### Mail → Call" in text
    assert "badge" not in text
    assert "badge" in full("export", "--format", "md", "--verdict", "candy").stdout
    everything = full("export", "--format", "md", "--verdict", "all").stdout
    assert everything.startswith("# Wins")
    assert "badge" in everything
    assert "Mail" in everything
    assert "badge" in full("export", "--format", "csv").stdout


def test_filters_are_those_of_list(full: Calls) -> None:
    wins = json.loads(full("export", "--since", "2026-11-01", "--goal", "climate work").stdout)["wins"]
    assert [win["title"] for win in wins] == ["Call"]
    assert "No goal has that name" in full("export", "--goal", "x", code=1).stderr


def test_the_format_follows_the_name_and_the_file_is_private(full: Calls, tmp_path: Path) -> None:
    out = tmp_path / "sheet.html"
    before = os.umask(0)
    try:
        result = full("export", "-o", str(out))
    finally:
        os.umask(before)
    assert result.stdout == ""
    assert out.read_text().startswith("<!doctype html>")
    assert out.stat().st_mode & 0o777 == 0o600


def test_nothing_is_overwritten_without_force(full: Calls, tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    out.write_text("precious")
    assert "--force" in full("export", "-o", str(out), code=1).stderr
    assert out.read_text() == "precious"
    full("export", "-o", str(out), "--force")
    assert out.read_bytes().startswith(b"\xef\xbb\xbfdate,title")
    assert out.stat().st_mode & 0o777 == 0o600


def test_a_link_to_nowhere_is_not_followed(full: Calls, tmp_path: Path) -> None:
    link = tmp_path / "out.csv"
    link.symlink_to(tmp_path / "elsewhere")
    full("export", "-o", str(link), code=1)
    assert not (tmp_path / "elsewhere").exists()


def test_the_journal_itself_is_never_the_target(full: Calls, tmp_path: Path) -> None:
    before = full.path.read_bytes()
    alias = tmp_path / "alias.json"
    alias.symlink_to(full.path)
    for target in (full.path, alias):
        assert "journal itself" in full("export", "-o", str(target), "--force", code=1).stderr
    assert full.path.read_bytes() == before


def test_a_folder_that_is_not_there_is_said_plainly(full: Calls, tmp_path: Path) -> None:
    result = full("export", "-o", str(tmp_path / "no" / "where.csv"), code=1)
    assert f"The folder {tmp_path / 'no'} doesn't exist." in result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize("make", [os.mkfifo, os.mkdir], ids=["pipe", "folder"])
@pytest.mark.parametrize("force", [(), ("--force",)], ids=["gently", "by force"])
def test_what_is_no_plain_file_is_never_replaced(
    full: Calls, tmp_path: Path, make: Callable[[Path], None], force: tuple[str, ...]
) -> None:
    place = tmp_path / "place.csv"
    make(place)
    before = place.stat()
    advice = "Name a file in it." if make is os.mkdir else "Choose the name of a new one."
    assert advice in full("export", "-o", str(place), *force, code=1).stderr
    assert (place.stat().st_ino, place.stat().st_mode) == (before.st_ino, before.st_mode)


def test_an_ending_that_is_no_format_is_asked_about(full: Calls, tmp_path: Path) -> None:
    out = tmp_path / "wins.pdf"
    assert "Unknown format .pdf" in full("export", "-o", str(out), code=2).stderr
    assert not out.exists()
    full("export", "-o", str(out), "--format", "html")
    full("export", "-o", str(tmp_path / "wins"))
    assert (tmp_path / "wins").read_text().startswith("{")

"""Names of files as terminals write them when files are dropped onto them."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui.dialogs.exchange.typed_paths import typed_paths


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder of files with names that a shell has to quote."""
    for name in ("My wins.csv", "It's.csv", "a&b (1).md", "plain.md", "50%25.md", "50%.md", "日記.md"):
        (tmp_path / name).write_text("x")
    return tmp_path


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("{}/plain.md", ["plain.md"]),
        ("  {}/plain.md \n", ["plain.md"]),
        ("{}/My wins.csv", ["My wins.csv"]),
        ("'{}/My wins.csv' ", ["My wins.csv"]),
        ('"{}/My wins.csv"', ["My wins.csv"]),
        ("{}/My\\ wins.csv", ["My wins.csv"]),
        ("'{}/It'\\''s.csv'", ["It's.csv"]),
        ("{}/It's.csv", ["It's.csv"]),
        ("{}/a\\&b\\ \\(1\\).md", ["a&b (1).md"]),
        ("file://{}/My%20wins.csv", ["My wins.csv"]),
        ("file://localhost{}/My%20wins.csv", ["My wins.csv"]),
        ("FILE://{}/plain.md", ["plain.md"]),
        ("file://{}/50%2525.md", ["50%25.md"]),
        ("{}/50%25.md", ["50%25.md"]),
        ("'{}/日記.md'", ["日記.md"]),
        ("file://{}/%E6%97%A5%E8%A8%98.md", ["日記.md"]),
        ("'{0}/plain.md' '{0}/My wins.csv'", ["plain.md", "My wins.csv"]),
        ("{0}/plain.md {0}/My\\ wins.csv", ["plain.md", "My wins.csv"]),
        ("file://{0}/plain.md\nfile://{0}/My%20wins.csv", ["plain.md", "My wins.csv"]),
        ("file://{0}/plain.md file://{0}/It's.csv", ["plain.md", "It's.csv"]),
    ],
)
def test_a_file_that_is_dropped_is_found_however_it_is_quoted(folder: Path, typed: str, names: list[str]) -> None:
    assert typed_paths(typed.format(folder)) == [folder / name for name in names]


def test_a_name_that_is_nowhere_stays_as_it_was_typed(folder: Path) -> None:
    for name in (f"{folder}/no such file.md", f"'{folder}/no.md", "~nobody-of-this-name/x.md", "file://[", "\0"):
        assert typed_paths(name) == [Path(name)]


def test_the_home_may_be_written_as_a_tilde(home: Path) -> None:
    (home / "wins.md").write_text("x")
    assert typed_paths("~/wins.md") == [home / "wins.md"]


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=30))
def test_anything_can_be_typed(text: str) -> None:
    assert typed_paths(text)

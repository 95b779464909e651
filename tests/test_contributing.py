"""What CONTRIBUTING says of the code is so."""

import re
from pathlib import Path
from typing import Final

import pytest

from tests.support.house_map import CONTRIBUTING, with_map
from tests.support.syntax import ROOT

PAGES: Final = [page for page in sorted((ROOT / "docs").glob("*.md")) if page.name != "neighbours.md"]
"""Those that name files of ours, and not of other programs."""
PATH: Final = re.compile(r"`((?:data|widgets|tui|tests|docs|\.ci)/[^`*\s]*)`")


def test_the_map_of_the_house_is_what_the_imports_say() -> None:
    """`python -m tests.support.house_map` brings it up to date."""
    text = CONTRIBUTING.read_text(encoding="utf-8")
    assert with_map(text) == text
    assert "| `data/base/` |" in text


@pytest.mark.parametrize("document", [CONTRIBUTING, *PAGES], ids=lambda path: path.name)
def test_every_file_that_is_named_is_there(document: Path) -> None:
    named = PATH.findall(document.read_text(encoding="utf-8"))
    assert named or document != CONTRIBUTING
    assert [path for path in named if not re.search(r"NAME|FOLDER", path) and not (ROOT / path).exists()] == []


def test_every_name_of_code_it_gives_is_in_the_code() -> None:
    """Words in backticks that look like a class or a constant."""
    text = CONTRIBUTING.read_text(encoding="utf-8")
    named = {*re.findall(r"`(_?[A-Z]\w+)(?:\(|`|\.)", text), *re.findall(r"`[A-Z]\w+\.([A-Z]\w+)", text)}
    code = "\n".join(
        path.read_text(encoding="utf-8")
        for folder in ("data", "widgets", "tui", "tests")
        for path in (ROOT / folder).rglob("*.py")
    )
    assert sorted(name for name in named if not re.search(rf"\b{name}\b", code)) == []

"""The house rules that no linter here knows: how long a file and a function may be."""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

ROOT: Final = Path(__file__).parents[1]
FOLDERS: Final = ("data", "widgets", "tui", "tests", "docs")
ENDINGS: Final = {".py", ".tcss", ".jinja"}
LONGEST_FILE: Final = 400
LONGEST_FUNCTION: Final = 40
"""Lines, from the first decorator to the last line of the body."""


def sources(folder: str) -> list[Path]:
    return sorted(path for path in (ROOT / folder).rglob("*") if path.suffix in ENDINGS)


def lengths(source: str) -> Iterator[tuple[str, int]]:
    """Yield each function with its lines."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            first = min([node.lineno, *(decorator.lineno for decorator in node.decorator_list)])
            yield node.name, (node.end_lineno or node.lineno) - first + 1


@pytest.mark.parametrize("folder", FOLDERS)
def test_no_file_is_longer_than_a_person_reads_at_once(folder: str) -> None:
    found = {str(path.relative_to(ROOT)): len(path.read_text().splitlines()) for path in sources(folder)}
    assert found
    assert {name: lines for name, lines in found.items() if lines > LONGEST_FILE} == {}


@pytest.mark.parametrize("folder", FOLDERS)
def test_no_function_is_longer_than_a_screen(folder: str) -> None:
    found = [(path, *one) for path in sources(folder) if path.suffix == ".py" for one in lengths(path.read_text())]
    assert found
    assert [(str(path.relative_to(ROOT)), name, lines) for path, name, lines in found if lines > LONGEST_FUNCTION] == []


def test_decorators_methods_and_functions_in_functions_count() -> None:
    source = "class A:\n    @one\n    @two\n    async def b(self):\n        def c():\n            return 1\n"
    assert dict(lengths(source)) == {"b": 5, "c": 2}

"""The house rules that no linter here knows: lengths, one meaning a name, private members, rooms."""

import ast
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Final

import pytest

from tests.support import textual_privates
from tests.support.syntax import PRODUCT, ROOT, Use, foreign_uses, public_names, trees

FOLDERS: Final = ("data", "widgets", "tui", "tests", "docs")
ENDINGS: Final = {".py", ".tcss", ".jinja"}
LONGEST_FILE: Final = 400
LONGEST_APP: Final = 299
"""Lines of the app itself: it is made of parts, and a new thing it can do is one of them."""
LONGEST_FUNCTION: Final = 40
"""Lines, from the first decorator to the last line of the body."""
LONGEST_TEST_NAME: Final = 80
SHORTEST_DOCSTRING: Final = 8
"""Words that a folder needs to say what is in it, and what it must not know."""
MAX_PRIVATES_OF_TEXTUAL: Final = 12
PLOTEXT: Final = {("widgets/charts/chart.py", name) for name in ("_figure_class", "_limit_size", "_set_size")}
"""Private names of plotext, at its one door: it makes no figure a widget may call its own in public."""
DOCUMENTED: Final = {("tui/app/exit_guard.py", "_exit")}
"""Names that only look private: Python documents `os._exit`."""


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


def test_the_app_is_made_of_parts() -> None:
    assert len((ROOT / "tui/app/app.py").read_text(encoding="utf-8").splitlines()) <= LONGEST_APP


@pytest.mark.parametrize("folder", FOLDERS)
def test_no_function_is_longer_than_a_screen(folder: str) -> None:
    found = [(path, *one) for path in sources(folder) if path.suffix == ".py" for one in lengths(path.read_text())]
    assert found
    assert [(str(path.relative_to(ROOT)), name, lines) for path, name, lines in found if lines > LONGEST_FUNCTION] == []


def test_decorators_methods_and_functions_in_functions_count() -> None:
    source = "class A:\n    @one\n    @two\n    async def b(self):\n        def c():\n            return 1\n"
    assert dict(lengths(source)) == {"b": 5, "c": 2}


def test_a_tests_name_says_one_behaviour() -> None:
    """What needs more letters is two tests, or a story."""
    names = {name for path in sources("tests") if path.suffix == ".py" for name, _ in lengths(path.read_text())}
    assert [name for name in names if name.startswith("test_") and len(name) > LONGEST_TEST_NAME] == []


def test_a_public_name_means_one_thing() -> None:
    """A name that only its module uses begins with an underscore; another meaning needs another name."""
    found = defaultdict(list)
    for file, tree in trees().items():
        for name in public_names(tree):
            found[name].append(file)
    assert {name: files for name, files in found.items() if len(files) > 1} == {}


def test_no_file_uses_a_private_member_of_another() -> None:
    """Also not of a parent class in another file, which is why parts are held and not inherited."""
    found = [use for file in trees() if file not in textual_privates.FENCES for use in foreign_uses(file)]
    assert [use for use in found if (use.file, use.name) not in PLOTEXT | DOCUMENTED] == []


@cache
def uses_of_textual() -> list[Use]:
    """Return where private names of Textual are used, or replaced by a class of ours."""
    found = [use for file in trees() for use in textual_privates.uses(file)]
    return [use for use in found if (use.file, use.name) not in DOCUMENTED]


def test_private_names_of_textual_stay_within_their_fences() -> None:
    """Each costs a look at every new Textual: what it buys stands beside it in `textual_internals.py`."""
    assert [use for use in uses_of_textual() if use.file not in textual_privates.FENCES] == []
    assert len({use.name for use in uses_of_textual()}) <= MAX_PRIVATES_OF_TEXTUAL


def test_textual_still_has_the_private_names() -> None:
    used = sorted({use.name for use in uses_of_textual() if use.file in textual_privates.FENCES})
    assert [name for name in used if not _is_there(name)] == []


def _is_there(name: str) -> bool:
    if name.startswith("textual."):
        return find_spec(name) is not None
    return name in textual_privates.names_of_textual()


def folders(under: str) -> list[Path]:
    """Return the folders with Python files of ours in it, from the root of the project."""
    found = {path.parent.relative_to(ROOT) for path in (ROOT / under).rglob("*.py")}
    return sorted({folder for path in found for folder in (path, *path.parents) if folder.is_relative_to(under)})


@pytest.mark.parametrize("folder", [folder for name in PRODUCT for folder in folders(name)], ids=str)
def test_a_folder_says_what_is_in_it_and_what_it_must_not_know(folder: Path) -> None:
    tree = ast.parse((ROOT / folder / "__init__.py").read_text(encoding="utf-8"))
    says = ast.get_docstring(tree) or ""
    assert len(says.split()) >= SHORTEST_DOCSTRING, f"{folder}/__init__.py says too little: {says!r}"
    assert "not " in says or folder.name == "tui", f"{folder}/__init__.py does not say what it must not know"
    if folder.name not in PRODUCT:
        assert len(tree.body) == 1, f"{folder}/__init__.py holds more than a docstring"


@pytest.mark.parametrize("folder", [folder for name in PRODUCT for folder in folders(f"tests/{name}")], ids=str)
def test_tests_stand_where_what_they_test_stands(folder: Path) -> None:
    room = ROOT / folder.relative_to("tests")
    assert room.is_dir() or room.with_suffix(".py").exists(), f"{room.relative_to(ROOT)} is not there"

"""Which private names of Textual the product uses: takes, sets, replaces in a class of its own, or imports."""

import ast
import inspect
import re
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Final

import textual

from tests.support.syntax import Use, foreign_uses, is_private, private_names, trees

FENCES: Final = ("tui/app/textual_internals.py", "widgets/base/textual_internals.py")
"""Where private names of Textual may be used."""
_DEFINED: Final = re.compile(r"(?:\bdef |\bclass |\bself\.|^    )(_[a-z]\w*)", re.MULTILINE)


@cache
def names_of_textual() -> frozenset[str]:
    """Return the private names of members that Textual defines anywhere."""
    files = Path(textual.__file__).parent.rglob("*.py")
    return frozenset(name for file in files for name in _DEFINED.findall(file.read_text(encoding="utf-8")))


@cache
def names_of_ours() -> frozenset[str]:
    """Return the private names that the product defines anywhere."""
    return frozenset(name for tree in trees().values() for name in private_names(tree))


def uses(file: str) -> list[Use]:
    """Return where a file uses a private name of Textual."""
    taken = [use for use in foreign_uses(file) if use.name in names_of_textual() - names_of_ours()]
    return [*taken, *_imported(file), *_replaced(file)]


def _imported(file: str) -> Iterator[Use]:
    for node in ast.walk(trees()[file]):
        if isinstance(node, ast.ImportFrom) and re.match(r"textual\b.*\._", node.module or ""):
            yield Use(file, node.lineno, node.module or "")


def _replaced(file: str) -> Iterator[Use]:
    """Yield what classes define that a class of Textual under them has too: it is called, or lost, without a word."""
    nodes = [node for node in trees()[file].body if isinstance(node, ast.ClassDef)]
    if not nodes or file.endswith("__main__.py"):
        return
    module = import_module(file.removesuffix(".py").removesuffix("/__init__").replace("/", "."))
    for node in nodes:
        inherited = {name for base in getattr(module, node.name).__mro__ for name in _names_of(base)}
        yield from (Use(file, node.lineno, name) for name in sorted(private_names(node) & inherited))


@cache
def _names_of(base: type) -> frozenset[str]:
    """Return the private names that a class of Textual defines itself."""
    if base.__module__.partition(".")[0] != "textual":
        return frozenset()
    return frozenset(name for name in _DEFINED.findall(inspect.getsource(base)) if is_private(name))

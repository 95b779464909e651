"""The product as syntax trees, to ask what its names are and who uses them."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

ROOT: Final = Path(__file__).parents[2]
PRODUCT: Final = ("data", "widgets", "tui")


class Use(NamedTuple):
    """Where a private name is used.

    Attributes:
        file: The file, from the root of the project.
        line: The line in it.
        name: The name.
    """

    file: str
    line: int
    name: str


@cache
def trees() -> dict[str, ast.Module]:
    """Return the tree of each file of the product, by its path from the root."""
    found = (path for folder in PRODUCT for path in sorted((ROOT / folder).rglob("*.py")))
    return {path.relative_to(ROOT).as_posix(): ast.parse(path.read_text(encoding="utf-8")) for path in found}


def is_private(name: str) -> bool:
    """Return whether a name begins with one underscore; those with two belong to the language."""
    return name.startswith("_") and not name.startswith("__") and name != "_"


def public_names(tree: ast.Module) -> set[str]:
    """Return the public functions, classes, nested classes and constants that a module defines."""
    return {name for node in tree.body for name in _bound(node) if not name.startswith("_")}


def _bound(node: ast.stmt) -> Iterator[str]:
    match node:
        case ast.ClassDef():
            yield node.name
            yield from (inner.name for inner in node.body if isinstance(inner, ast.ClassDef))
        case ast.FunctionDef() | ast.AsyncFunctionDef():
            yield node.name
        case ast.Assign():
            yield from (name.id for target in node.targets for name in ast.walk(target) if isinstance(name, ast.Name))
        case ast.AnnAssign(target=ast.Name(id=name)):
            yield name


def private_names(tree: ast.AST) -> set[str]:
    """Return the private names that a tree defines: functions, classes, variables, attributes of `self` and `cls`."""
    return {name for node in ast.walk(tree) for name in _defined(node) if is_private(name)}


def _defined(node: ast.AST) -> Iterator[str]:
    match node:
        case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
            yield node.name
        case ast.Attribute(value=ast.Name(id="self" | "cls"), ctx=ast.Store()):
            yield node.attr
        case ast.Name(ctx=ast.Store()):
            yield node.id


def foreign_uses(file: str) -> list[Use]:
    """Return where a file uses a private name that it does not define itself."""
    tree = trees()[file]
    own = private_names(tree)
    return [
        Use(file, getattr(node, "lineno", 0), name)
        for node in ast.walk(tree)
        for name in _used(node)
        if is_private(name) and name not in own
    ]


def _used(node: ast.AST) -> Iterator[str]:
    match node:
        case ast.Attribute():
            yield node.attr
        case ast.ImportFrom():
            yield from (alias.name for alias in node.names)

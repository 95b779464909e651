"""The map of the house in CONTRIBUTING, made from the imports: `python -m tests.support.house_map` writes it."""

import ast
import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Final

from tests.support.syntax import PRODUCT, ROOT, trees

CONTRIBUTING: Final = ROOT / "CONTRIBUTING.md"
_BETWEEN: Final = re.compile(r"(<!-- map -->\n).*?(\n<!-- /map -->)", re.DOTALL)


def folder_of(file: str) -> str:
    """Return the folder of a file, as it is written in the map."""
    return PurePosixPath(file).parent.as_posix()


def _imported(tree: ast.AST) -> Iterator[str]:
    """Yield the folders of ours that a tree imports from, also inside functions."""
    for node in ast.walk(tree):
        match node:
            case ast.Import():
                names = [alias.name for alias in node.names]
            case ast.ImportFrom(module=str(module)):
                names = [f"{module}.{alias.name}" for alias in node.names]
            case _:
                continue
        yield from (_folder(name) for name in names if name.partition(".")[0] in PRODUCT)


def _folder(name: str) -> str:
    """Return the deepest folder that a dotted name lies in."""
    parts = name.split(".")
    return next(
        "/".join(parts[:length])
        for length in range(len(parts), 0, -1)
        if (ROOT.joinpath(*parts[:length]) / "__init__.py").exists()
    )


def arrows() -> dict[str, set[str]]:
    """Return which other folders each folder of the product imports from."""
    found: dict[str, set[str]] = {folder_of(file): set() for file in trees()}
    for file, tree in trees().items():
        found[folder_of(file)] |= {folder for folder in _imported(tree) if folder != folder_of(file)}
    return found


def house_map() -> str:
    """Return the map as a table: each folder, what its docstring says, which folders it uses."""
    lines = ["", "| folder | what is in it | uses |", "| --- | --- | --- |"]
    for folder, used in sorted(arrows().items()):
        says = " ".join((ast.get_docstring(trees()[f"{folder}/__init__.py"]) or "").split())
        lines.append(f"| `{folder}/` | {says} | {_uses(used)} |")
    return "\n".join([*lines, ""])


def _uses(folders: set[str]) -> str:
    """Return folders grouped by the top one: `data: base, model`."""
    groups = {top: sorted(each.partition("/")[2] for each in folders if each.startswith(f"{top}/")) for top in PRODUCT}
    return "; ".join(f"{top}: {', '.join(inside)}" for top, inside in groups.items() if inside)


def with_map(text: str) -> str:
    """Return CONTRIBUTING with the map as it should be."""
    return _BETWEEN.sub(lambda found: found[1] + house_map() + found[2], text)


if __name__ == "__main__":
    CONTRIBUTING.write_text(with_map(CONTRIBUTING.read_text(encoding="utf-8")), encoding="utf-8")

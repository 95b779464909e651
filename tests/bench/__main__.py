"""Run benchmarks: `python -m tests.bench [store …]`; exit code 1 when a figure is over its limit."""

import sys
from importlib import import_module
from pathlib import Path

from tests.bench.figures import Figure


def main(names: list[str]) -> int:
    """Run the named benchmarks, or all, and print their figures."""
    here = Path(__file__).parent
    known = sorted(path.stem for path in here.glob("*.py") if path.stem not in {"__main__", "figures", "crowd"})
    figures: list[Figure] = []
    for name in names or known:
        for figure in import_module(f"tests.bench.{name}").run():
            mark = "ok" if figure.ratio <= figure.limit else "OVER"
            print(f"{figure.ratio:6.2f}x  at most {figure.limit:4.2f}x  {mark:4}  {name}: {figure.what}")  # noqa: T201
            figures.append(figure)
    return int(any(figure.ratio > figure.limit for figure in figures))


sys.exit(main(sys.argv[1:]))

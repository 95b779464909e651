"""Run benchmarks: `python -m tests.bench [store …] [--json] [--against FILE]`; exit code 1 when one is over its limit.

Every figure is a ratio of medians measured in one run. `--json` prints them for machines (keep that as FILE), and
`--against` compares with such a run.
"""

import argparse
import json
import os
import sys
from importlib import import_module
from pathlib import Path

from tests.bench.figures import Figure

APART = {"__main__", "figures", "crowd"}
"""Files here that are no benchmarks."""


def main() -> int:
    """Run the named benchmarks, or all, and print their figures."""
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # programs are compiled once, as everywhere else
    known = sorted(path.stem for path in Path(__file__).parent.glob("*.py") if path.stem not in APART)
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("names", nargs="*", choices=[*known, []], metavar="NAME", help=" ".join(known))
    parser.add_argument("--json", action="store_true", help="print the figures as JSON, tables go to stderr")
    parser.add_argument("--against", type=Path, metavar="FILE", help="an earlier run's JSON to compare with")
    wanted = parser.parse_args()
    earlier = json.loads(wanted.against.read_text(encoding="utf-8")) if wanted.against else {}
    out, sys.stdout = sys.stdout, sys.stderr if wanted.json else sys.stdout
    figures = {}
    for name in wanted.names or known:
        for figure in import_module(f"tests.bench.{name}").run():
            figures[f"{name}: {figure.what}"] = figure
            tell(f"{name}: {figure.what}", figure, earlier)
    if wanted.json:
        json.dump(
            {what: {**figure._asdict(), "ratio": figure.ratio} for what, figure in figures.items()}, out, indent=1
        )
    return int(any(figure.ratio > figure.limit for figure in figures.values()))


def tell(what: str, figure: Figure, earlier: dict[str, dict[str, float]]) -> None:
    """Print one figure, and what it was before where that is known."""
    mark = "ok" if figure.ratio <= figure.limit else "OVER"
    before = f"  was {earlier[what]['ratio']:.2f}x" if what in earlier else ""
    print(f"{figure.ratio:6.2f}x  at most {figure.limit:5.2f}x  {mark:4}  {what}{before}")  # noqa: T201


sys.exit(main())

"""Run benchmarks: `python -m tests.bench [store …] [--json] [--against FILE]`; exit code 1 when one is over its limit.

Every figure is a ratio of medians, measured side by side in one run. `--json` prints them for machines (keep that as
FILE), and `--against` compares with such a run. jrnl is compared with where it is installed:
`uv run --with "jrnl>=4" python -m tests.bench`.
"""

import argparse
import json
import math
import os
import platform
import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import Any, Final

from tests.bench.figures import Figure

NAMES: Final = ("start", "shell", "board", "review", "store", "inbox", "sync", "sync_offline", "charts")
"""The benchmarks, in the order in which they run."""
ROW: Final = "| {:<52} | {:>6} | {:<44} | {:>7} | {} |"


def main() -> int:
    """Run the named benchmarks, or all, and print their figures as one table."""
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # programs are compiled once, as everywhere else
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("names", nargs="*", choices=[*NAMES, []], metavar="NAME", help=" ".join(NAMES))
    parser.add_argument("--json", action="store_true", help="print the figures as JSON, the table goes to stderr")
    parser.add_argument("--against", type=Path, metavar="FILE", help="an earlier run's JSON to compare with")
    wanted = parser.parse_args()
    earlier = json.loads(wanted.against.read_text(encoding="utf-8"))["figures"] if wanted.against else {}
    out, sys.stdout = sys.stdout, sys.stderr if wanted.json else sys.stdout
    print(f"{datetime.now(UTC):%d %B %Y}, {machine()}\n")  # noqa: T201 - a table is what this prints
    say("what", "times", "of", "at most", "before" if earlier else "")
    say("---", "---:", "---", "---:", "---")
    figures: dict[str, Figure] = {}
    for name in wanted.names or NAMES:
        for figure in import_module(f"tests.bench.{name}").run():
            figures[figure.what] = figure
            tell(figure, earlier)
    if wanted.json:
        json.dump(
            {"machine": machine(), "figures": {what: _plain(one) for what, one in figures.items()}}, out, indent=1
        )
    return int(any(figure.ratio > figure.limit for figure in figures.values()))


def machine() -> str:
    """Return what the figures were measured on, and how busy it was."""
    busy = os.getloadavg()[0]
    python = platform.python_version()
    return f"{os.cpu_count()} cores, {platform.system()} {platform.machine()}, Python {python}, load {busy:.1f}"


def tell(figure: Figure, earlier: Mapping[str, Mapping[str, float]]) -> None:
    """Print one figure, and what it was before where that is known."""
    before = f"{earlier[figure.what]['ratio']:.2f}" if figure.what in earlier else ""
    limit = "" if math.isinf(figure.limit) else f"{figure.limit:g}"
    over = " OVER" if figure.ratio > figure.limit else ""
    say(figure.what, f"{figure.ratio:.2f}", figure.of, limit, f"{before}{over}")


def say(*cells: str) -> None:
    """Print a row of the table."""
    print(ROW.format(*cells), flush=True)  # noqa: T201 - as above


def _plain(figure: Figure) -> dict[str, Any]:
    limit = None if math.isinf(figure.limit) else figure.limit
    return {"of": figure.of, "ours": figure.ours, "base": figure.base, "limit": limit, "ratio": figure.ratio}


sys.exit(main())

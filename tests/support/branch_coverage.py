"""Check branch coverage by folder: `coverage json -o - | python -m tests.support.branch_coverage`.

`coverage report --fail-under` adds lines and branches up, and lines hide branches; this counts branches alone.
"""

import sys
from pathlib import PurePath
from typing import Final

import msgspec
from msgspec import Struct

FLOORS: Final = {"data": 97.0, "widgets": 90.0, "tui": 90.0}
"""Percent of the branches of each folder that have to be taken."""


class Summary(Struct):
    """How many branches of a file there are, and how many were taken."""

    covered_branches: int
    num_branches: int


class File(Struct):
    """A measured file."""

    summary: Summary


class Report(Struct):
    """What `coverage json` prints, as far as it matters here."""

    files: dict[str, File]


def shares(report: Report) -> dict[str, float]:
    """Return the percent of its branches that was taken of each folder; nothing measured is 0."""
    found: dict[str, float] = {}
    for folder in FLOORS:
        files = [file.summary for name, file in report.files.items() if PurePath(name).parts[0] == folder]
        there = sum(file.num_branches for file in files)
        found[folder] = 100 * sum(file.covered_branches for file in files) / there if there else 0.0
    return found


def main() -> int:
    """Print a line a folder; return 1 when one is under its floor."""
    found = shares(msgspec.json.decode(sys.stdin.buffer.read(), type=Report))
    for folder, share in found.items():
        sys.stdout.write(f"{folder + '/':<9} {share:.1f} % of its branches, at least {FLOORS[folder]:.0f} % wanted\n")
    return 0 if all(share >= FLOORS[folder] for folder, share in found.items()) else 1


if __name__ == "__main__":
    sys.exit(main())

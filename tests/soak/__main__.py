"""Put journals through trouble for as long as you like: `python -m tests.soak --minutes 10 [--seed N]`.

Prints what was tried and what was lost; exit code 1 if anything was.
"""

import argparse
import sys
import time
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from tests.soak.rounds import ROUNDS, Tally


def main() -> int:
    """Run rounds in turn until the time is up, at least one of each."""
    parser = argparse.ArgumentParser(prog="python -m tests.soak", description=__doc__)
    parser.add_argument("--minutes", type=float, default=1.0)
    parser.add_argument("--seed", type=int, default=time.time_ns() % 1_000_000, help="the same trouble again")
    options = parser.parse_args()
    chance = Random(options.seed)  # noqa: S311  # trouble, no secret
    until = time.monotonic() + 60 * options.minutes
    totals = dict.fromkeys(ROUNDS, Tally(0, 0))
    first = True
    while first or time.monotonic() < until:
        for name, trouble in ROUNDS.items():
            if first or time.monotonic() < until:
                with TemporaryDirectory(prefix="smallwins-soak-") as folder:
                    found = trouble(Path(folder), chance)
                totals[name] = Tally(totals[name].tries + found.tries, totals[name].lost + found.lost)
        first = False
    return say(totals, options.seed)


def say(totals: dict[str, Tally], seed: int) -> int:
    """Print the table, and return the exit code."""
    lines = [f"{'fault':58} {'tries':>8} {'lost':>6}"]
    lines += [f"{name:58} {tally.tries:8,} {tally.lost:6,}" for name, tally in totals.items()]
    print("\n".join([*lines, f"seed {seed}"]))  # noqa: T201  # what it is for
    return int(any(tally.lost for tally in totals.values()))


sys.exit(main())

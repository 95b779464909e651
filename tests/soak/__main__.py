"""Put the whole program through trouble: `python -m tests.soak --minutes 60 [--seed N]`.

Prints what was tried, what was lost and how often ctrl+q was not heard; exit code 1 if anything was. Each kind of
trouble has a round in turn, and all have one at least.
"""

import argparse
import sys
import time
from collections.abc import Callable
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Final

from tests.soak.importers import nonsense
from tests.soak.inbox_kills import inbox_kills
from tests.soak.long_life import long_life
from tests.soak.monkey import monkey
from tests.soak.rounds import ROUNDS, Tally
from tests.soak.terminal_bytes import terminal_bytes

TROUBLES: Final[dict[str, Callable[[Path, Random], Tally]]] = {
    **ROUNDS,
    "an inbox drained by programs that are killed": inbox_kills,
    "nonsense for every importer": nonsense,
    "bytes from a terminal, then ctrl+q": terminal_bytes,
    "keys, clicks, pastes and resizes without sense": monkey,
    "edits in an app that stays open": long_life,
}
"""What happens to it, in turns."""


def main() -> int:
    """Run rounds in turn until the time is up, at least one of each."""
    parser = argparse.ArgumentParser(prog="python -m tests.soak", description=__doc__)
    parser.add_argument("--minutes", type=float, default=60.0)
    parser.add_argument("--seed", type=int, default=time.time_ns() % 1_000_000, help="the same trouble again")
    options = parser.parse_args()
    chance = Random(options.seed)  # noqa: S311  # trouble, no secret
    began = time.monotonic()
    until = began + 60 * options.minutes
    totals = dict.fromkeys(TROUBLES, Tally(0, 0))
    first = True
    while first or time.monotonic() < until:
        for name, trouble in TROUBLES.items():
            if first or time.monotonic() < until:
                with TemporaryDirectory(prefix="smallwins-soak-") as folder:
                    found = trouble(Path(folder), chance)
                totals[name] = Tally(*map(sum, zip(totals[name], found, strict=True)))
        first = False
        print(f"{(time.monotonic() - began) / 60:.0f} min: {summary(totals)}", flush=True)  # noqa: T201  # what it is for
    lines = [f"{'trouble':58} {'tries':>8} {'lost':>6} {'deaf':>6}"]
    lines += [f"{name:58} {tally.tries:8,} {tally.lost:6,} {tally.deaf:6,}" for name, tally in totals.items()]
    print("\n".join([*lines, f"{summary(totals)}, seed {options.seed}"]))  # noqa: T201  # as above
    return int(any(tally.lost or tally.deaf for tally in totals.values()))


def summary(totals: dict[str, Tally]) -> str:
    """Return what was lost and not heard of all that was tried."""
    tries, lost, deaf = (sum(numbers) for numbers in zip(*totals.values(), strict=True))
    return f"{tries:,} tries, {lost:,} lost, {deaf:,} deaf"


sys.exit(main())

"""`python -m tests.soak.sync_lives 20000 [FIRST]`: so many random lives of devices that keep one journal."""

import argparse
import os
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.support.sync_simulator import lives

_MEMORY = "/dev/shm"  # noqa: S108 - a folder of its own in it


def main(count: int, first: int = 0) -> int:
    """Live them, print the faults and how long it took; return how many had any."""
    began, bad = time.monotonic(), 0
    os.environ["XDG_STATE_HOME"] = os.devnull  # these journals are nobody's
    with TemporaryDirectory(prefix="smallwins-lives-", dir=_MEMORY if os.access(_MEMORY, os.W_OK) else None) as folder:
        for seed, faults in lives(range(first, first + count), Path(folder)):
            if faults:
                bad += 1
                print(seed, sorted(set(faults)), flush=True)  # noqa: T201 - what it is for
    print(f"{count:,} lives, {bad} with faults, {time.monotonic() - began:,.0f} s")  # noqa: T201 - the same
    return bad


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m tests.soak.sync_lives", description=__doc__)
    parser.add_argument("count", type=int, help="how many lives")
    parser.add_argument("first", type=int, nargs="?", default=0, help="the number of the first, to live it again")
    sys.exit(bool(main(**vars(parser.parse_args()))))

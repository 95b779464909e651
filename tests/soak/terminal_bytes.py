"""Random bytes from a terminal, then ctrl+q: `python -m tests.soak.terminal_bytes --tries 100000 [--seed N]`."""

import argparse
import sys
import time
from codecs import getincrementaldecoder
from collections.abc import Sequence
from pathlib import Path
from random import Random
from typing import Final

from textual.events import Key
from textual.message import Message

from tests.soak.rounds import Tally
from tui.app.terminal_driver import MessageReader

_PARTS: Final = (b"\x1b", b"\x1b[", b"\x1b[200~", b"\x1b[201~", b"\x1b[20", b"0~", b"1~", b"\x1b[<0;", b";5M", b"\x1bO")
_PAUSES: Final = (0.0, 0.04, 0.2, 1.0)
"""Seconds between two pieces."""


def ctrl_q_is_heard(sent: Sequence[bytes], pauses: Sequence[float] = (0.04,)) -> bool:
    """Return whether ctrl+q is heard behind pieces of bytes, in the time that a person waits for it."""
    heard: list[Message] = []
    reader, decode, now = MessageReader(0.1), getincrementaldecoder("utf-8")("replace").decode, 10.0
    for place, piece in enumerate((*sent, b"\x11")):
        heard = reader.feed(decode(piece), now)
        now += pauses[place % len(pauses)]
        heard += reader.tick(now)
    heard += reader.tick(now + 2.5) + reader.tick(now + 5)
    return any(isinstance(message, Key) and message.key == "ctrl+q" for message in heard)


def terminal_bytes(_folder: Path, chance: Random, tries: int = 1_000) -> Tally:
    """Try so many times, and print what was not heard."""
    deaf = 0
    for _ in range(tries):
        pieces = [chance.choice((chance.choice(_PARTS), chance.randbytes(chance.randint(1, 12)))) for _ in range(6)]
        if not ctrl_q_is_heard(pieces, chance.choices(_PAUSES, k=3)):
            deaf += 1
            print("deaf after", pieces)  # noqa: T201 - what it is for
    return Tally(tries, 0, deaf)


def main() -> int:
    """Try so many times, and print how many were not heard."""
    parser = argparse.ArgumentParser(prog="python -m tests.soak.terminal_bytes", description=__doc__)
    parser.add_argument("--tries", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=time.time_ns() % 1_000_000)
    options = parser.parse_args()
    found = terminal_bytes(Path(), Random(options.seed), options.tries)  # noqa: S311 - trouble, no secret
    print(f"{options.tries:,} tries, deaf {found.deaf}, seed {options.seed}")  # noqa: T201 - as above
    return int(found.deaf > 0)


if __name__ == "__main__":
    sys.exit(main())

"""How far a long run is, in one line that is written over: for a person at a terminal, and not for a log."""

import sys


def show_progress(words: str) -> None:
    """Write the line anew on stderr if that is a terminal."""
    if sys.stderr.isatty():
        print(f"\r{words}", end="", file=sys.stderr, flush=True)  # noqa: T201 - what it is for

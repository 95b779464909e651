"""What long runs share: what they are asked for, and how far they are."""

import argparse
import sys
from collections.abc import Iterable


def chosen_names(program: str, about: str | None, known: Iterable[str]) -> list[str]:
    """Return the names on the command line, or all where there is none; exits where one is not known."""
    all_ = list(known)
    parser = argparse.ArgumentParser(prog=program, description=about)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"one of: {', '.join(all_)}")
    names = parser.parse_args().names or all_
    if unknown := set(names) - set(all_):
        parser.error(f"no such name: {', '.join(sorted(unknown))}")
    return names


def show_progress(words: str) -> None:
    """Write the one line anew on stderr if that is a terminal, for a person, and not for a log."""
    if sys.stderr.isatty():
        print(f"\r{words}", end="", file=sys.stderr, flush=True)  # noqa: T201 - what it is for

"""Paths as they are typed, pasted, or dropped onto the terminal."""

import shlex
from pathlib import Path
from typing import Final
from urllib.parse import unquote, urlsplit

_URL: Final = "file://"


def typed_paths(text: str) -> list[Path]:
    r"""Return the files that a line names.

    A terminal writes the names of files that are dropped onto it as a shell would quote them ('My wins.csv' or
    My\ wins.csv), or as file:// addresses, one behind the other. A name that is there as it stands is that file.
    """
    plain = text.strip()
    whole = expanded_path(plain)
    if not plain or _exists(whole):
        return [whole]
    paths = [_path_of(word) for word in _words(plain)]
    alone = _path_of(plain)
    return [alone] if _exists(alone) or (not all(map(_exists, paths)) and len(paths) > 1) else paths


def _words(text: str) -> list[str]:
    if text.lower().startswith(_URL):  # in an address a blank is written as %20, and a quote may stand as it is
        return text.split()
    try:
        return shlex.split(text)
    except ValueError:  # a quote that is never closed: part of a name
        return [text]


def _path_of(word: str) -> Path:
    if not word.lower().startswith(_URL):
        return expanded_path(word)
    try:
        return Path(unquote(urlsplit(word).path))
    except ValueError:  # an address of no machine, such as file://[
        return Path(word)


def expanded_path(word: str) -> Path:
    """Return a path with the home that a tilde at its beginning stands for."""
    try:
        return Path(word).expanduser()
    except (RuntimeError, ValueError):  # the home of nobody
        return Path(word)


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):
        return False

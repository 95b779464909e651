"""What the command line costs beside an interpreter that does nothing; all is compiled, as after the first call."""

import os
import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from tests.bench.crowd import write_journal
from tests.bench.figures import Figure, compare
from tests.terminal import SMALLWINS

LIMIT_ADD: Final = 9.0
"""Times `python -c pass` that `smallwins add` may take."""
LIMIT_LIST: Final = 3.0
"""Times `smallwins add` to an empty journal that a list of 10,000 wins may take."""
TURNS: Final = 15


def run() -> Iterator[Figure]:
    """Yield what `add` and `list` take."""
    with TemporaryDirectory(prefix="smallwins-bench-") as folder:
        add = partial(call, *SMALLWINS, "--file", str(Path(folder) / "wins.json"), "add", "Wrote to the recruiter")
        add()  # compiles what is not compiled yet, and makes the file
        nothing = partial(call, sys.executable, "-c", "pass")
        yield compare("smallwins add against python -c pass", add, nothing, LIMIT_ADD, TURNS)
        many = Path(folder) / "many.json"
        write_journal(many, 10_000)
        listed = partial(call, *SMALLWINS, "--file", str(many), "list", "--week", "this")
        yield compare("smallwins list of 10,000 wins against add", listed, add, LIMIT_LIST, 7)


def call(*words: str) -> None:
    """Run a program to its end."""
    env = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    subprocess.run(words, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=env)  # noqa: S603 - ours

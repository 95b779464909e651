"""What the command line costs beside an interpreter that does nothing; all is compiled, as after the first call."""

import shutil
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
LIMIT_DUE: Final = 12.0
LIMIT_JRNL: Final = 0.5
TURNS: Final = 15
THOUSAND: Final = 1_000
JRNL: Final = """journals:
  default:
    journal: {journal}
version: v4.0
timeformat: "%Y-%m-%d %H:%M"
default_hour: 9
default_minute: 0
editor: ""
encrypt: false
highlight: false
indent_character: "|"
linewrap: 79
tagsymbols: "@"
template: false
colors: {{body: none, date: none, tags: none, title: none}}
"""
"""The settings of jrnl; it would ask for them at its first start."""


def run() -> Iterator[Figure]:
    """Yield what `add` and `list` take."""
    with TemporaryDirectory(prefix="smallwins-bench-") as folder:
        add = partial(call, *SMALLWINS, "--file", str(Path(folder) / "wins.json"), "add", "Wrote to the recruiter")
        add()  # compiles what is not compiled yet, and makes the file
        nothing = partial(call, sys.executable, "-c", "pass")
        yield compare("smallwins add against python -c pass", add, nothing, LIMIT_ADD, TURNS)
        many = Path(folder) / "many.json"
        write_journal(many, 10_000)
        due = partial(call, *SMALLWINS, "--file", str(many), "due")
        yield compare("smallwins due at 10,000 wins against python -c pass", due, nothing, LIMIT_DUE, TURNS)
        listed = partial(call, *SMALLWINS, "--file", str(many), "list", "--week", "this")
        yield compare("smallwins list of 10,000 wins against add", listed, add, LIMIT_LIST, 7)
        if shutil.which("jrnl"):
            yield _beside_jrnl(Path(folder))


def _beside_jrnl(home: Path) -> Figure:
    """Compare an addition at 1,000 wins with one to a jrnl journal of as many entries; jrnl is on PyPI."""
    journal = home / "journal.txt"
    entries = (f"[2026-01-{1 + n % 28:02} 08:{n % 60:02}] Wrote to recruiter {n}\n\n" for n in range(THOUSAND))
    journal.write_text("".join(entries), encoding="utf-8")
    config = home / "jrnl.yaml"
    config.write_text(JRNL.format(journal=journal), encoding="utf-8")
    write_journal(home / "thousand.json", THOUSAND)
    ours = partial(call, *SMALLWINS, "--file", str(home / "thousand.json"), "add", "Wrote to the recruiter")
    theirs = partial(call, "jrnl", "--config-file", str(config), "Wrote to the recruiter")
    return compare("smallwins add at 1,000 wins against jrnl", ours, theirs, LIMIT_JRNL, TURNS)


def call(*words: str) -> None:
    """Run a program to its end."""
    quiet = subprocess.DEVNULL
    subprocess.run(words, check=False, stdin=quiet, stdout=quiet, stderr=quiet)  # noqa: S603 - our own and the compared

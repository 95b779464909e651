"""What the command line costs beside an interpreter that does nothing; all is compiled, as after the first call."""

import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from tests.bench.crowd import write_journal
from tests.bench.figures import FREE, Figure, in_turns, timed
from tests.support.terminal import SMALLWINS

NOTHING: Final = "python -c pass"
COMMANDS: Final = {
    "add": (100, ("add", "Wrote to the recruiter"), 6.2),
    "list --week this": (10_000, ("list", "--week", "this"), FREE),
    "due": (10_000, ("due",), 12.0),
    "hook bash": (10_000, ("hook", "bash"), 9.0),
}
"""Each with the wins of its journal, what is called, and the most times that an idle interpreter it may take."""
THOUSAND: Final = 1_000
LIMIT_JRNL: Final = 0.5
TURNS: Final = 15
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
    """Call every command in turn; jrnl too, which is on PyPI, where it is installed."""
    with TemporaryDirectory(prefix="smallwins-bench-") as folder:
        home = Path(folder)
        calls = {NOTHING: timed(partial(call, sys.executable, "-c", "pass"))}
        calls |= {name: _ours(home, size, words) for name, (size, words, _) in COMMANDS.items()}
        if shutil.which("jrnl"):
            calls |= {"ours": _ours(home, THOUSAND, ("add", "Wrote to the recruiter")), "jrnl": _jrnl(home)}
        took = in_turns(calls, TURNS)
        for name, (size, _, limit) in COMMANDS.items():
            yield Figure(f"smallwins {name}, {size:,} wins", NOTHING, took[name], took[NOTHING], limit)
        if "jrnl" in took:
            said = f"jrnl, {THOUSAND:,} entries"
            yield Figure(f"smallwins add, {THOUSAND:,} wins", said, took["ours"], took["jrnl"], LIMIT_JRNL)


def _ours(home: Path, size: int, words: tuple[str, ...]) -> Callable[[], float]:
    path = home / f"{words[0]}-{size}.json"
    write_journal(path, size)
    return timed(partial(call, *SMALLWINS, "--file", str(path), *words))


def _jrnl(home: Path) -> Callable[[], float]:
    """Return an addition to a jrnl journal of a thousand entries."""
    journal = home / "journal.txt"
    entries = (f"[2026-01-{1 + n % 28:02} 08:{n % 60:02}] Wrote to recruiter {n}\n\n" for n in range(THOUSAND))
    journal.write_text("".join(entries), encoding="utf-8")
    config = home / "jrnl.yaml"
    config.write_text(JRNL.format(journal=journal), encoding="utf-8")
    return timed(partial(call, "jrnl", "--config-file", str(config), "Wrote to the recruiter"))


def call(*words: str) -> None:
    """Run a program to its end."""
    quiet = subprocess.DEVNULL
    subprocess.run(words, check=False, stdin=quiet, stdout=quiet, stderr=quiet)  # noqa: S603 - our own and the compared

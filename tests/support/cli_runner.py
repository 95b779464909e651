"""Calls of the command line in this process, on a Friday that never ends."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

from click.testing import CliRunner, Result

from tui.cli.main import cli

NOW = datetime(2026, 11, 20, 18, tzinfo=UTC)
"""A Friday; the local time of the clock is UTC."""


class Calls:
    """Calls `smallwins` on one journal, as a pipe would: stdin and stdout are no terminal.

    Attributes:
        path: The journal.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    def __call__(self, *words: str, stdin: str | bytes | IO[bytes] | None = None, code: int = 0) -> Result:
        """Run one command line and expect its exit code."""
        result = CliRunner().invoke(cli, ["--file", str(self.path), *words], input=stdin, obj=lambda: NOW)
        assert result.exit_code == code, (result.stdout, result.stderr, result.exception)
        return result

    def data(self, *words: str) -> Any:  # noqa: ANN401 - whatever the JSON holds
        """Run a command line with --json and return what it prints."""
        return json.loads(self(*words, "--json").stdout)

    def add(self, *words: str) -> str:
        """Add a win and return its id."""
        return self("add", *words).stdout.strip()

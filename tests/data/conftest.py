"""What the tests of the journal share."""

import os
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest


@pytest.fixture
def quick(tmp_path: Path) -> Iterator[Path]:
    """Return a journal in memory where there is such a disk: hundreds of syncs would take most of a test."""
    memory = Path("/dev/shm")  # noqa: S108  # a folder of its own in it
    if not os.access(memory, os.W_OK):
        yield tmp_path / "wins.json"
        return
    with TemporaryDirectory(dir=memory) as folder:
        yield Path(folder) / "wins.json"

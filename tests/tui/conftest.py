"""What the tests of the command line share, and those of the app in a terminal."""

from pathlib import Path

import pytest

from tests.support import quiet
from tests.support.app_host import store_with, win
from tests.support.cli_runner import Calls

quiet.install()


@pytest.fixture
def calls(tmp_path: Path) -> Calls:
    """Return a caller of the command line on a journal that is not there yet."""
    return Calls(tmp_path / "journal" / "wins.json")


@pytest.fixture
def journal(home: Path) -> Path:
    """Return a journal with one win in its usual place."""
    path = home / ".local/share/smallwins/wins.json"
    store_with(path, [win("the first win")])
    return path

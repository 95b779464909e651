"""What the tests of the command line share."""

from pathlib import Path

import pytest

from tests.shells import Calls


@pytest.fixture
def calls(tmp_path: Path) -> Calls:
    """Return a caller of the command line on a journal that is not there yet."""
    return Calls(tmp_path / "journal" / "wins.json")

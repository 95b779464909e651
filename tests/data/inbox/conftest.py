"""What the tests of the inbox begin with."""

from pathlib import Path

import pytest

from data.model.records import Changes
from tests.support.fake_disk import a_win
from tests.support.inbox_home import Home


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """Return a home whose journal holds one win."""
    made = Home(tmp_path)
    made.store.change("begin", lambda _: Changes(put=(a_win("First"),)))
    return made

"""What the tests of the journal's file share: a clock, and a store with a win."""

from pathlib import Path

import pytest

from data.storage.store import Store
from tests.support.fake_disk import Clock, add_a_win


@pytest.fixture
def clock() -> Clock:
    """Return a clock set by hand."""
    return Clock()


@pytest.fixture
def store(tmp_path: Path, clock: Clock) -> Store:
    """Return a store with one win."""
    store = Store(tmp_path / "wins.json", clock)
    add_a_win(store)
    return store

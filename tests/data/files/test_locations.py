"""Where things are kept when nobody names a place."""

from collections.abc import Callable
from pathlib import Path

import pytest

from data.files.locations import config_path, journal_path, state_path


@pytest.mark.parametrize(
    ("find", "name"), [(journal_path, "wins.json"), (config_path, "config.toml"), (state_path, "board.json")]
)
def test_everything_is_kept_in_a_folder_of_its_own_at_home(home: Path, find: Callable[[], Path], name: str) -> None:
    found = find()
    assert (found.name, found.parent.name) == (name, "smallwins")
    assert home in found.parents

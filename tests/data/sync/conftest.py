"""What the tests of sync share."""

from pathlib import Path

import pytest

from tests.support.device_pairs import Met, Pair, run_git, settle
from tests.support.devices import Device, World, folder_between, git_between


@pytest.fixture
def pair(request: pytest.FixtureRequest, tmp_path: Path) -> Pair:
    """Return two devices that have not met, over a folder if not said otherwise."""
    world = World()
    if getattr(request, "param", "folder") == "folder":
        remotes = [folder_between(tmp_path / "between")] * 2
        devices = [Device(tmp_path / name, world, remote) for name, remote in zip("ab", remotes, strict=True)]
    else:
        bare = tmp_path / "remote.git"
        run_git("init", "--quiet", "--bare", str(bare))
        devices = [
            Device(tmp_path / name, world, git_between(bare, tmp_path / name / "wins.json.sync" / "repo.git"))
            for name in "ab"
        ]
    return devices[0], devices[1]


@pytest.fixture
def met(pair: Pair) -> Met:
    """Return two devices that hold the same win."""
    one, other = pair
    win = one.add("Said yes to the talk")
    settle(one, other)
    return one, other, win

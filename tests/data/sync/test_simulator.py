"""Random lives of three devices and their clones; `tests.soak.sync_lives` lives thousands of them."""

from pathlib import Path

import pytest

from tests.support.sync_simulator import lives


@pytest.mark.parametrize("start", [0, 50, 100])
def test_whatever_happens_all_devices_end_with_the_same_and_nothing_is_lost(quick: Path, start: int) -> None:
    faults = {seed: found for seed, found in lives(range(start, start + 50), quick.parent) if found}
    assert faults == {}

from pathlib import Path

import pytest

from tests.soak.monkey import run


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize("seed", [1, 2])
async def test_keys_without_sense_fail_nowhere_and_ctrl_q_quits(tmp_path: Path, seed: int) -> None:
    assert await run(tmp_path, seed, 150) == ([], True)

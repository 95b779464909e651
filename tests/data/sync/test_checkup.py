"""What the doctor says of the last pass."""

from pathlib import Path

import pytest

from data.sync.checkup import sync_problems
from data.sync.sync_folder import SyncConfig, SyncFolder, SyncStatus
from tests.support.devices import SEAL
from tests.support.fake_disk import NOON


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (SyncStatus(NOON), []),
        (SyncStatus(NOON, trouble="The server can't be reached.", offline=True), []),
        (SyncStatus(NOON, trouble="No such repository."), ["The last pass of sync failed: No such repository."]),
    ],
    ids=["synced", "offline", "refused"],
)
def test_only_what_the_person_can_mend_is_a_problem(tmp_path: Path, status: SyncStatus, said: list[str]) -> None:
    folder = SyncFolder(tmp_path / "wins.json")
    folder.set_up(SyncConfig("/between"), SEAL.key)
    assert list(sync_problems(folder, "")) == []
    folder.set_status(status)
    assert list(sync_problems(folder, "")) == said

"""The text of a form outlives the app."""

import errno
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from data.base.errors import SaveError
from data.files.disk import Disk
from data.files.drafts import Draft, draft_path, drop_draft, load_draft, save_draft

TYPED = Draft(fields={"title": "Said yes to the pan", "story": "It scares me,\nand"}, win=None)


@pytest.fixture
def journal(tmp_path: Path) -> Path:
    return tmp_path / "data" / "wins.json"


def test_a_draft_comes_back_as_it_was_typed(journal: Path) -> None:
    save_draft(journal, Draft(fields={"title": "An older one"}))
    save_draft(journal, TYPED)
    assert load_draft(journal) == TYPED
    assert draft_path(journal).stat().st_mode & 0o777 == 0o600


@pytest.mark.terminal
def test_a_draft_survives_a_kill_of_the_program(journal: Path) -> None:
    code = (
        "import os, signal, sys\nfrom pathlib import Path\nfrom data.files.drafts import Draft, save_draft\n"
        "save_draft(Path(sys.argv[1]), Draft(fields={'title': 'Said yes'}))\nos.kill(os.getpid(), signal.SIGKILL)\n"
    )
    done = subprocess.run([sys.executable, "-c", code, str(journal)], check=False)  # noqa: S603  # our own program
    assert done.returncode == -signal.SIGKILL
    assert load_draft(journal) == Draft(fields={"title": "Said yes"})


def test_a_dropped_draft_is_gone(journal: Path) -> None:
    assert load_draft(journal) is None
    save_draft(journal, TYPED)
    drop_draft(journal)
    drop_draft(journal)
    assert load_draft(journal) is None


def test_half_a_character_does_not_stop_a_draft(journal: Path) -> None:
    save_draft(journal, Draft(fields={"title": "half \ud83d"}))
    assert load_draft(journal) == Draft(fields={"title": "half "})


@pytest.mark.parametrize("data", [b"", b"{", b"[]", b"\xff", b'{"fields":{"title":"\xff"}}', b'{"fields":{"title":3}}'])
def test_a_damaged_draft_is_no_draft(journal: Path, data: bytes) -> None:
    save_draft(journal, TYPED)
    draft_path(journal).write_bytes(data)
    assert load_draft(journal) is None


class FullDisk(Disk):
    """A disk without a free byte."""

    def sync(self, fd: int) -> None:
        """Refuse."""
        raise OSError(errno.ENOSPC, f"no room for {fd}")


def test_a_full_disk_is_said_in_plain_words_and_keeps_the_draft_before(journal: Path) -> None:
    save_draft(journal, TYPED)
    with pytest.raises(SaveError, match="the disk is full"):
        save_draft(journal, Draft(fields={"title": "newer"}), FullDisk())
    assert load_draft(journal) == TYPED
    assert len(list(journal.parent.iterdir())) == 1


def test_a_draft_that_can_t_be_removed_is_said(journal: Path) -> None:
    draft_path(journal).mkdir(parents=True)
    with pytest.raises(SaveError, match=r"^The draft could not be removed: "):
        drop_draft(journal)

"""Copies beside a journal: which are noticed, and what becomes of one that was taken in."""

import os
import shutil
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from data.base.errors import JournalFileError
from data.model import edits
from data.storage.store import Store
from data.sync.other_copy import read_copy
from data.sync.take_in import conflicts_with, put_away

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


@pytest.fixture
def journal(tmp_path: Path) -> Path:
    """Return a journal with one win."""
    path = tmp_path / "wins.json"
    win = edits.new_win("Said yes to the talk", happened_on=date(2026, 11, 19), now=NOON)
    Store(path, lambda: NOON).change("add a win", edits.add_win(win))
    return path


def test_a_copy_that_can_t_be_read_does_not_hide_the_next(journal: Path) -> None:
    journal.with_name("wins (1).json").write_text('{"wins":')
    copy = journal.with_name("wins (2).json")
    shutil.copy(journal, copy)
    mine = Store(journal, lambda: NOON).journal
    assert [path for path, _ in conflicts_with(mine, journal, NOON)] == [copy]


def test_what_is_put_away_is_the_copy_itself(journal: Path) -> None:
    copy = journal.with_name("wins (1).json")
    copy.write_bytes(b"what the other computer wrote")
    kept = put_away(journal, copy, NOON)
    assert kept.read_bytes() == b"what the other computer wrote"
    assert not copy.exists()


def test_a_copy_that_the_synced_folder_took_away_is_no_fault(journal: Path) -> None:
    gone = journal.with_name("wins (1).json")
    assert put_away(journal, gone, NOON) == gone


def test_a_file_too_large_for_a_journal_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "film.json"
    path.touch()
    os.truncate(path, 600_000_000)
    with pytest.raises(JournalFileError, match="too large"):
        read_copy(path, NOON)

"""What the tests of the doctor share: an odd journal, and what is found in it."""

from pathlib import Path

from data.model.records import Changes, Record
from data.storage import doctor
from data.storage.store import Store
from tests.support.fake_disk import Clock

GONE = "00000000-0000-4000-8000-00000000dead"
"""The id of no record."""


def put(path: Path, *records: Record) -> None:
    """Put records into a journal as they are, whatever the rules say."""
    Store(path, Clock()).change("put", lambda _: Changes(put=records))


def found(path: Path) -> list[str]:
    """Return what the doctor finds."""
    return [finding.what for finding in doctor.check_journal(path, Clock())]

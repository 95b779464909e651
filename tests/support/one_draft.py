"""One draft of a journal, for tests that need no more."""

from pathlib import Path

from data.files.disk import DISK, Disk
from data.files.drafts import Draft, load_drafts, save_drafts


def save_draft(journal: Path, draft: Draft, disk: Disk = DISK) -> None:
    """Save a draft as the only one."""
    save_drafts(journal, [draft], disk)


def load_draft(journal: Path) -> Draft | None:
    """Return the latest draft."""
    return next(iter(load_drafts(journal)[-1:]), None)


def drop_draft(journal: Path) -> None:
    """Drop all drafts."""
    save_drafts(journal, [])

"""The text of a form that is not saved yet: a file beside the journal that outlives a crash of the app."""

from pathlib import Path

import msgspec
from msgspec import Struct

from data.base.text import clean_text
from data.files.disk import DISK, Disk, explain, make_folders, replace_file


class Draft(Struct, frozen=True):
    """What a person had typed.

    Attributes:
        fields: The text of each field of the form, by the form's own names.
        win: The id of the win that was being edited, or None for a new one.
    """

    fields: dict[str, str]
    win: str | None = None


def draft_path(journal: Path) -> Path:
    """Return where the draft of a journal is."""
    return journal.with_name(f".{journal.name}.draft")


def save_draft(journal: Path, draft: Draft, disk: Disk = DISK) -> None:
    """Keep a draft; it takes the place of the one before.

    Args:
        journal: The path of the journal.
        draft: What was typed so far.
        disk: The calls of the operating system.

    Raises:
        SaveError: It can't be written.
    """
    path = draft_path(journal)
    fields = {name: clean_text(value) for name, value in draft.fields.items()}
    try:
        make_folders(path.parent, disk)
        replace_file(path, [msgspec.json.encode(Draft(fields, draft.win))], disk)
    except OSError as error:
        raise explain(error, "The draft could not be kept") from error


def load_draft(journal: Path) -> Draft | None:
    """Return the draft of a journal, or None where there is none that can be read."""
    try:
        return msgspec.json.decode(draft_path(journal).read_bytes(), type=Draft)
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError):
        return None


def drop_draft(journal: Path) -> None:
    """Remove the draft of a journal, if there is one, once its text is saved or dropped on purpose.

    Raises:
        SaveError: It can't be removed.
    """
    try:
        draft_path(journal).unlink(missing_ok=True)
    except OSError as error:
        raise explain(error, "The draft could not be removed") from error

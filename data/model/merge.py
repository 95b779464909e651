"""What becomes of an edited win when somebody else changed the same win in the meantime."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any, Final

from msgspec import Struct, structs

from data.model.records import Changes, Superseded, Win

_NEVER_EDITED: Final = {"id", "created_at", "updated_at"}
_WORDS: Final = {
    "happened_on": "date",
    "opened_by": "link to the win that opened it",
    "door_note": "door it opened",
    "deleted_at": "place in the trash",
}
_OURS: Final = "The {} was changed elsewhere too; yours is newer, the other is in the win's history."
_THEIRS: Final = "The {} was changed elsewhere since; that is newer, yours is in the win's history."


class Merged(Struct, frozen=True):
    """The fields to set, and those of both sides that gave way."""

    fields: dict[str, Any]
    overruled: tuple[str, ...]
    yielded: tuple[str, ...]


def changed_fields(before: Win, after: Win) -> dict[str, Any]:
    """Return the fields that a person changed in a form, by name."""
    names = (name for name in Win.__struct_fields__ if name not in _NEVER_EDITED)
    return {name: getattr(after, name) for name in names if getattr(after, name) != getattr(before, name)}


def merge_fields(before: Win, after: Win, current: Win, now: datetime) -> Merged:
    """Merge an edit into what the journal holds by now.

    Args:
        before: The win when the form was opened.
        after: The win as the person left the form.
        current: The win in the journal.
        now: When the person left the form; of two values of a field, the newer one is kept.
    """
    fields = changed_fields(before, after)
    clashes = [name for name in fields if getattr(current, name) not in {getattr(before, name), fields[name]}]
    if current.updated_at > now:
        kept = {name: value for name, value in fields.items() if name not in clashes}
        return Merged(kept, (), tuple(clashes))
    return Merged(fields, tuple(clashes), ())


def merge_changes(before: Win, after: Win, current: Win, now: datetime) -> Changes:
    """Return what an edit does to what the journal holds by now, and what to tell the person."""
    merged = merge_fields(before, after, current, now)
    new = structs.replace(current, **merged.fields, updated_at=max(now, current.updated_at))
    return Changes(
        put=(new,) if merged.fields else (),
        notes=tuple(_notes(merged)) + _trash_note(before, current),
        superseded=(Superseded(after, merged.yielded),) if merged.yielded else (),
    )


def _notes(merged: Merged) -> Iterator[str]:
    yield from (_OURS.format(_WORDS.get(name, name)) for name in merged.overruled)
    yield from (_THEIRS.format(_WORDS.get(name, name)) for name in merged.yielded)


def _trash_note(before: Win, current: Win) -> tuple[str, ...]:
    if before.deleted_at is None and current.deleted_at is not None:
        return ("The win was moved to the trash elsewhere; your changes are kept there.",)
    return ()

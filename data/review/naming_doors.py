"""Which door a win opened: a few words of the person, or a later win."""

from datetime import datetime
from typing import Final

from msgspec import structs

from data.base import text
from data.model import edits
from data.model.doors import possible_doors
from data.model.journal import Edit, Journal
from data.model.records import Changes, Win

_MOST_LATER: Final = 9
"""The most later wins that are offered as a door."""
_OPENED: Final = 5
"""The answer to "did it open a door?" once the person has said which."""


def later_wins(journal: Journal, win: Win) -> list[Win]:
    """Return the wins that this one may have opened: later ones that no win opened yet, the newest first."""
    found = [one for one in possible_doors(journal, win) if one.opened_by is None]
    found.sort(key=lambda one: (one.happened_on, one.created_at), reverse=True)
    return found[:_MOST_LATER]


def name_door(identity: str, note: str, later: str | None, now: datetime) -> Edit:
    """Keep which door a win opened; said in words, the question about it is answered with 5.

    Args:
        identity: The id of the win.
        note: A few words, as typed, or "".
        later: The id of the win it opened, or None.
        now: The moment, UTC.

    Raises:
        NotAllowedError: The words are too many.
    """
    words = text.clean_line(note)
    line = text.accept_line(words, "door") if words else ""
    doing = [_note_door(identity, line, now)]
    if line:
        doing.append(edits.answer_question(identity, "door", _OPENED, now))
    if later is not None:
        doing.append(edits.link_win(later, identity, now))
    return edits.combine_edits(*doing)


def _note_door(identity: str, note: str, now: datetime) -> Edit:
    def edit(journal: Journal) -> Changes:
        win = edits.get_win(journal, identity)
        if win.door_note == note:
            return Changes()
        return Changes(put=(structs.replace(win, door_note=note, updated_at=now),))

    return edit

"""Which win a person means who gives the beginning of its id, or words of its title."""

import re
from collections.abc import Iterable
from typing import Final

from data.base.errors import NotFoundError
from data.base.text import clean_line, fold
from data.model.journal import MIN_PREFIX
from data.model.records import Win
from data.search.filters import newest_first

MAX_LISTED: Final = 10
"""Most wins that are named where several are meant."""
_ID: Final = rf"[0-9a-f-]{{{MIN_PREFIX},}}"
_SHOWN_ID: Final = 8


def find_win(wins: Iterable[Win], reference: str) -> Win:
    """Return the one win that is meant.

    Args:
        wins: Those it may be.
        reference: The beginning of an id, of 4 characters or more; or words that all stand in the title, in any order,
            case and with or without accents. A whole title wins over titles that contain it.

    Raises:
        NotFoundError: It fits no win, or several; the hint lists those.
    """
    candidates = list(wins)
    wanted = clean_line(reference)
    found = _by_id(candidates, wanted.lower()) or _by_words(candidates, fold(wanted))
    if len(found) == 1:
        return found[0]
    if found:
        raise NotFoundError(f"That fits {len(found)} wins. Give the id of one, or more words:", _listed(found))
    raise NotFoundError(
        "No win has that id or those words in its title.",
        f"An id needs {MIN_PREFIX} characters or more. `smallwins list` shows the ids.",
    )


def _by_id(wins: list[Win], wanted: str) -> list[Win]:
    if not re.fullmatch(_ID, wanted):
        return []
    found = [win for win in wins if win.id.startswith(wanted)]
    return [win for win in found if win.id == wanted] or found


def _by_words(wins: list[Win], wanted: str) -> list[Win]:
    words = wanted.split()
    if not words:
        return []
    titles = [(fold(win.title), win) for win in wins]
    whole = [win for title, win in titles if title == wanted]
    return whole or [win for title, win in titles if all(word in title for word in words)]


def _listed(wins: list[Win]) -> str:
    shown = newest_first(wins)[:MAX_LISTED]
    lines = [f"{win.id[:_SHOWN_ID]} {win.happened_on} {clean_line(win.title)}" for win in shown]
    rest = len(wins) - len(shown)
    return "\n".join([*lines, *([f"and {rest:,} more"] if rest else [])])

"""The earlier values of a win's fields, in words."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any, Final

from data.base.formatting import shorten
from data.base.text import clean_line
from data.history.history import Revision
from data.model.journal import Journal

_WORDS: Final = {
    "title": "title",
    "story": "story",
    "happened_on": "date",
    "goal": "goal",
    "tags": "tags",
    "opened_by": "opened by",
}
"""The fields that are described, as the form names them; verdicts and look-backs have their own history."""
MAX_VALUE_CHARS: Final = 80
"""The most characters of an old value."""


def describe_revisions(
    past: Iterable[Revision], journal: Journal, longest: int = MAX_VALUE_CHARS
) -> Iterator[tuple[datetime, str]]:
    """Yield when a field was changed and its old value, and the value that lost when two programs changed it.

    Args:
        past: The changes of one win, oldest first.
        journal: For the names of goals and of the wins that opened it.
        longest: The most characters of an old value.
    """
    for step in past:
        for name, value in step.fields.before.items():
            if name in _WORDS:
                yield step.when, f"{_WORDS[name]} was: {_shown(name, value, journal, longest)}"
        for name, value in step.fields.aside.items():
            if name in _WORDS:
                yield step.when, f"{_WORDS[name]} gave way to a newer one: {_shown(name, value, journal, longest)}"


def _shown(name: str, value: Any, journal: Journal, longest: int) -> str:  # noqa: ANN401 - a value of JSON
    if name in {"goal", "opened_by"}:
        value = _named(name, value, journal)
    elif isinstance(value, list):
        value = ", ".join(map(str, value))
    line = clean_line(str(value or "")[: 4 * longest])
    short = shorten(line, longest)
    return f"“{short}”" if short else "nothing"


def _named(name: str, identity: object, journal: Journal) -> str:
    if name == "goal":
        goal = journal.goals.get(str(identity))
        return goal.name if goal else ""
    win = journal.wins.get(str(identity))
    return win.title if win else ""

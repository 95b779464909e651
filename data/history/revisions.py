"""The earlier values of a win's fields, in words."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any, Final

from data.base.formatting import shorten
from data.base.text import clean_line
from data.history.history import Revision
from data.model.journal import Journal
from data.model.records import Proof

_WORDS: Final = {
    "title": "title",
    "story": "story",
    "happened_on": "date",
    "goal": "goal",
    "tags": "tags",
    "opened_by": "opened by",
    **{part: part for part in Proof.__struct_fields__},
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
        now = dict(_parted(step.fields.after))
        for name, value in _parted(step.fields.before):
            if name in _WORDS and (name not in Proof.__struct_fields__ or value != now.get(name)):
                yield step.when, f"{_WORDS[name]} was: {_shown(name, value, journal, longest)}"
        for name, value in _parted(step.fields.aside):
            if name in _WORDS and (value or name not in Proof.__struct_fields__):
                yield step.when, f"{_WORDS[name]} gave way to a newer one: {_shown(name, value, journal, longest)}"


def _parted(fields: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Yield fields and their values; those of proof one by one, also where none was told."""
    for name, value in fields.items():
        if name == "proof":
            told = value or {}
            yield from ((part, told.get(part, "")) for part in Proof.__struct_fields__)
        else:
            yield name, value


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

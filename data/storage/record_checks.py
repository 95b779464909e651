"""Checking the records of a journal, and repairing what needs no guessing."""

from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from typing import Any, Final

from msgspec import Struct, structs

from data.base.errors import NotAllowedError
from data.base.loops import find_loops
from data.base.text import STORY_LIMIT, TITLE_LIMIT, accept_tags, clean_line, clean_text, fold
from data.base.weeks import FIRST_DATE, LAST_DATE
from data.model.bounds import find_out_of_range
from data.model.journal import Journal
from data.model.proof import clean_proof
from data.model.records import Changes, Goal, Record, Review, Step, Win, proof_of, table_of, with_proof


class Finding(Struct, frozen=True):
    """A problem.

    Attributes:
        what: The problem and its place, a sentence without the text of a win.
        remedy: What `doctor --fix` did about it, or "" if only the person can decide.
    """

    what: str
    remedy: str = ""


_LINES: Final[dict[type[Record], tuple[str, ...]]] = {Win: ("title",), Goal: ("name",), Step: ("text",), Review: ()}
_TEXTS: Final[dict[type[Record], tuple[str, ...]]] = {Win: ("story",), Goal: ("why",), Step: (), Review: ("note",)}
_LINKS: Final[dict[type[Record], dict[str, str]]] = {
    Win: {"opened_by": "wins", "goal": "goals"},
    Step: {"from_win": "wins", "done_win": "wins"},
    Goal: {},
    Review: {},
}


def check_records(journal: Journal) -> list[Finding]:
    """Return all problems of the records."""
    mended = [finding for record in _records(journal) for finding in _mend(journal, record)[1]]
    return [*mended, *_too_far(journal), *_too_long(journal), *_loops(journal), *_twins(journal)]


def repair_records(journal: Journal) -> Changes:
    """Return the repairs that need no guessing; this is an `Edit`."""
    pairs = ((record, _mend(journal, record)[0]) for record in _records(journal))
    return Changes(put=tuple(new for old, new in pairs if new is not old))


def _records(journal: Journal) -> Iterator[Record]:
    for table in (journal.wins, journal.goals, journal.steps, journal.reviews):
        yield from table.values()


def _mend(journal: Journal, record: Record) -> tuple[Record, list[Finding]]:
    """Return a record as it should be, the same object if it is fine, and its problems."""
    found: list[Finding] = []
    fields: dict[str, Any] = {}
    for name, value, what, remedy in _wrong(journal, record):
        fields[name] = value
        found.append(Finding(f"{_name(record)}: {what}.", remedy))
    return (structs.replace(record, **fields) if fields else record), found


def _name(record: Record) -> str:
    return f"{table_of(record).removesuffix('s').capitalize()} {record.id}"


def _wrong(journal: Journal, record: Record) -> Iterator[tuple[str, Any, str, str]]:
    """Yield each wrong field: its name, its right value, the problem, and the repair."""
    kind = type(record)
    yield from _unclean(record, _LINES[kind], clean_line)
    yield from _unclean(record, _TEXTS[kind], clean_text)
    for name, table in _LINKS[kind].items():
        target = getattr(record, name)
        if target is not None and (target not in getattr(journal, table) or target == record.id):
            yield name, None, f"its {name} doesn't exist", "Link cleared."
    if isinstance(record, Win) and (tags := _tags(record)) != record.tags:
        yield "tags", tags, "its tags aren't clean, sorted and unique", "Tags fixed."
    if isinstance(record, Win) and (proof := with_proof(record, clean_proof(proof_of(record))).proof) != record.proof:
        yield "proof", proof, "its proof contains control characters", "Removed."


def _unclean(record: Record, names: Iterable[str], clean: Callable[[str], str]) -> Iterator[tuple[str, Any, str, str]]:
    for name in names:
        value = getattr(record, name)
        least, most = (1, TITLE_LIMIT) if name in _LINES[type(record)] else (0, STORY_LIMIT)
        if (cleaned := clean(value)) != value and least <= len(cleaned) <= most:  # NFC can be longer
            yield name, cleaned, f"its {name} contains control characters", "Removed."


def _tags(win: Win) -> tuple[str, ...]:
    try:
        return accept_tags(win.tags)
    except NotAllowedError:
        return win.tags


def _too_far(journal: Journal) -> Iterator[Finding]:
    for record in _records(journal):
        if (path := find_out_of_range(record)) is not None:
            yield Finding(f"{_name(record)}: its {path} is not from {FIRST_DATE.year} to {LAST_DATE.year}.")


def _too_long(journal: Journal) -> Iterator[Finding]:
    for win in journal.wins.values():
        if len(win.story) * 4 > STORY_LIMIT and len(win.story.encode()) > STORY_LIMIT:
            yield Finding(f"{_name(win)}: its story has more than {STORY_LIMIT:,} bytes.")


def _loops(journal: Journal) -> Iterator[Finding]:
    """Yield loops of wins that opened each other; only the person knows which link is wrong."""
    for loop in find_loops({win.id: win.opened_by for win in journal.wins.values()}):
        if len(loop) > 1:  # one that opens itself is found with the links
            yield Finding(f"Wins that opened each other in a loop: {', '.join(loop)}.")


def _twins(journal: Journal) -> Iterator[Finding]:
    """Yield records that look like duplicates; they may not be, so they are only reported."""
    sorts: list[tuple[str, Iterable[Record], Callable[[Any], Any]]] = [
        (
            "Wins with the same day, title and story (`smallwins remove` deletes one)",
            list(journal.live()),
            lambda w: (str(w.happened_on), w.title, w.story),
        ),
        ("Goals with the same name", journal.goals.values(), lambda goal: fold(goal.name)),
        ("Reviews of the same week", journal.reviews.values(), lambda review: str(review.week)),
    ]
    for what, records, key in sorts:
        for _, group in groupby(sorted(records, key=key), key=key):
            if len(ids := [record.id for record in group]) > 1:
                yield Finding(f"{what}: {', '.join(ids)}.")

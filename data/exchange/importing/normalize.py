"""What a file holds, apart from any journal: cleaned, within its limits, and with ids.

A win of another program gets an id that follows from its id there, so that the same file again means the same wins.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Final
from uuid import UUID, uuid5

from msgspec import Struct, structs

from data.base import text
from data.base.errors import NotAllowedError, SmallWinsError
from data.base.weeks import FIRST_DATE
from data.exchange.importing.entry import ImportEntry, ImportItem, OwnRecord, Refused
from data.exchange.importing.source import MAX_ENTRIES
from data.model.edits import new_goal, new_id
from data.model.records import Decision, Goal, Record, Step, Win

_SPACE: Final = UUID("7f1f6f0e-0a8c-4f7e-9d55-6d61c5a0a2b4")
"""Names the ids that are made from those of other programs (RFC 9562, version 5)."""
_ELLIPSIS: Final = "…"


class Candidate(Struct, frozen=True, gc=False):
    """A win that may be imported: cleaned, without its goal and its opener yet.

    Attributes:
        line: Where it stands.
        win: The win.
        goal: The folded name of its goal, or "".
        opened_by: The id, in the file, of the win that led to it, or "".
    """

    line: int
    win: Win
    goal: str = ""
    opened_by: str = ""


class ImportContents(Struct, frozen=True):
    """What a file holds, apart from any journal.

    Attributes:
        candidates: Wins of other programs.
        kept: Records of our own.
        goals: A goal for each name in use, by its folded name.
        ids: Our ids by those of the other program.
        refused: What is no win, and why.
        left_out: How much is not done, and says so.
    """

    candidates: tuple[Candidate, ...]
    kept: tuple[OwnRecord, ...]
    goals: Mapping[str, Goal]
    ids: Mapping[str, str]
    refused: tuple[Refused, ...]
    left_out: int


def normalize_items(
    items: Iterable[ImportItem], kind: str, today: date, now: datetime, undated: date | None = None
) -> ImportContents:
    """Clean what a file holds and give it ids.

    Args:
        items: From a `ReadFormat`.
        kind: The name of the format: two programs may use the same id for different things.
        today: The local date; nothing after it has happened.
        now: The moment, UTC.
        undated: The date of those that have none; None refuses them.

    Raises:
        NotAllowedError: There are more than `MAX_ENTRIES`.
    """
    work = _Normalizing(kind, today, now, undated)
    for count, item in enumerate(items, 1):
        if count > MAX_ENTRIES:
            raise NotAllowedError(f"That is more than {MAX_ENTRIES:,} entries.", "Split it, and import the parts.")
        work.take(item)
    return work.done()


class _Normalizing:
    def __init__(self, kind: str, today: date, now: datetime, undated: date | None) -> None:
        self._kind = kind
        self._today = today
        self._now = now
        self._undated = undated
        self._candidates: list[Candidate] = []
        self._kept: list[OwnRecord] = []
        self._goals: dict[str, Goal] = {}
        self._ids: dict[str, str] = {}
        self._refused: list[Refused] = []
        self._left_out = 0

    def take(self, item: ImportItem) -> None:
        """Take one item in."""
        try:
            self._sort_in(item)
        except SmallWinsError as error:
            self._refused.append(Refused(item.line, error.message))

    def _sort_in(self, item: ImportItem) -> None:
        if isinstance(item, ImportEntry):
            self._candidates.append(self._candidate(item))
        elif isinstance(item, OwnRecord):
            self._kept.append(OwnRecord(item.line, _cleaned(item.record, self._today)))
        elif isinstance(item, Refused):
            self._refused.append(item)
        else:
            self._left_out += 1

    def done(self) -> ImportContents:
        """Return what was taken in."""
        refused = tuple(sorted(self._refused, key=lambda one: one.line))
        return ImportContents(
            tuple(self._candidates), tuple(self._kept), self._goals, self._ids, refused, self._left_out
        )

    def _candidate(self, entry: ImportEntry) -> Candidate:
        day = _checked(entry.day or self._undated, self._today)
        title, story = shorten(entry.title, entry.story)
        win = Win(
            id=self._id(entry.source),
            title=text.accept_line(title),
            story=text.accept_story(story),
            happened_on=day,
            tags=text.accept_tags(tuple(tag[: text.TAG_LIMIT] for tag in entry.tags)),
            verdict=entry.verdict,
            decided=(Decision(when=self._now, verdict=entry.verdict),) if entry.verdict is not None else (),
            created_at=self._now,
            updated_at=self._now,
        )
        return Candidate(entry.line, win, self._goal(entry.goal), entry.opened_by)

    def _id(self, source: str) -> str:
        if not source:
            return new_id()
        found = source if self._kind == "csv" and _is_ours(source) else str(uuid5(_SPACE, f"{self._kind}\n{source}"))
        self._ids[source] = found
        return found

    def _goal(self, name: str) -> str:
        short = text.clean_line(text.clean_line(name)[: text.TITLE_LIMIT])
        key = text.fold(short)
        if short and key not in self._goals:
            self._goals[key] = new_goal(short, self._now)
        return key


def _checked(day: date | None, today: date) -> date:
    if day is None:
        raise NotAllowedError("It has no date; say one for those without one (--on).")
    if day > today:
        raise NotAllowedError(f"{day} is still to come.")
    if day < FIRST_DATE:
        raise NotAllowedError(f"{day} is too long ago.")
    return day


def _is_ours(source: str) -> bool:
    try:
        return str(UUID(source)) == source
    except ValueError:
        return False


def _cleaned(record: Record, today: date) -> Record:
    """Return a record of our own with its texts cleaned; a hand may have been at the file.

    Raises:
        NotAllowedError: A text is empty or too long, or the win is still to come.
    """
    if isinstance(record, Win):
        _checked(record.happened_on, today)
        title, story = text.accept_line(record.title), text.accept_story(record.story)
        return structs.replace(record, title=title, story=story, tags=text.accept_tags(record.tags))
    if isinstance(record, Goal):
        return structs.replace(record, name=text.accept_line(record.name, "goal"), why=text.accept_story(record.why))
    if isinstance(record, Step):
        return structs.replace(record, text=text.accept_line(record.text, "step"))
    return structs.replace(record, note=text.accept_story(record.note))


def shorten(title: str, story: str) -> tuple[str, str]:
    """Return a title of one line within its limit, and the story with the whole of what did not fit before it."""
    first, _, rest = text.clean_text(title).strip().partition("\n")
    line = text.clean_line(first)
    if len(line) <= text.TITLE_LIMIT:
        return line, "\n\n".join(part for part in (rest.strip(), story) if part)
    short = line[: text.TITLE_LIMIT - 1].rsplit(" ", 1)[0] + _ELLIPSIS
    return short, "\n\n".join(part for part in (title.strip(), story) if part)

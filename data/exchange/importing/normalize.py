"""What a file holds, apart from any journal: cleaned, within its limits, and with ids.

A win of another program gets an id that follows from its id there, so that the same file again means the same wins.
"""

from collections import Counter
from collections.abc import Mapping
from datetime import date, datetime
from typing import Final
from uuid import UUID, uuid5

from msgspec import Struct, structs

from data.base import text
from data.base.errors import NotAllowedError, SmallWinsError
from data.base.weeks import FIRST_DATE
from data.exchange.importing.entry import ImportEntry, ImportItem, OwnRecord, Place, Refused, Skipped
from data.exchange.importing.source import MAX_IMPORT_ENTRIES
from data.model.bounds import find_out_of_range
from data.model.edits import new_goal
from data.model.records import Decision, Goal, Record, Step, Win

_SPACE: Final = UUID("7f1f6f0e-0a8c-4f7e-9d55-6d61c5a0a2b4")
"""Names the ids that are made from those of other programs (RFC 9562, version 5)."""
_ELLIPSIS: Final = "…"


class TooManyEntriesError(NotAllowedError):
    """More entries than a journal can take."""


class Candidate(Struct, frozen=True, gc=False):
    """A win that may be imported: cleaned, without its goal and its opener yet.

    Attributes:
        place: Where it stands.
        win: The win.
        source: Its id in the other program, or "".
        moment: The date and time as the file has them.
        goal: The folded name of its goal, or "".
        opened_by: The id, in the file, of the win that led to it, or "".
    """

    place: Place
    win: Win
    source: str = ""
    moment: str = ""
    goal: str = ""
    opened_by: str = ""


class ImportContents(Struct, frozen=True):
    """What one file or several hold, apart from any journal.

    Attributes:
        candidates: Wins of other programs.
        own: Records of our own, with their places.
        goals: A goal for each name in use, by its folded name.
        ids: Our ids by those of the other program.
        refused: What can't be imported, and why.
        skipped: What is not a win and does not claim to be.
        notes: Sentences on how it was read.
        title: The format, as people say it.
        columns: The names of a table's columns; none when it is not a table.
        encoding: How the text was understood.
    """

    candidates: tuple[Candidate, ...]
    own: tuple[tuple[Place, Record], ...]
    goals: Mapping[str, Goal]
    ids: Mapping[str, str]
    refused: tuple[Refused, ...]
    skipped: tuple[Skipped, ...]
    notes: tuple[str, ...] = ()
    title: str = ""
    columns: tuple[str, ...] = ()
    encoding: str = ""


class Normalizer:
    """Takes in what files hold, item by item: cleans it and gives it ids."""

    def __init__(self, today: date, now: datetime, undated: date | None = None) -> None:
        """Begin with nothing.

        Args:
            today: The local date; nothing after it has happened.
            now: The moment, UTC.
            undated: The date of entries without one; None refuses them.
        """
        self._today = today
        self._now = now
        self._undated = undated
        self._kind = ""
        self._file = ""
        self._count = 0
        self._candidates: list[Candidate] = []
        self._own: list[tuple[Place, Record]] = []
        self._goals: dict[str, Goal] = {}
        self._ids: dict[str, str] = {}
        self._entries: dict[str, tuple[str, ...]] = {}
        self._alike: Counter[tuple[str, ...]] = Counter()
        self._refused: list[Refused] = []
        self._skipped: list[Skipped] = []

    def begin_file(self, kind: str, file: str = "") -> None:
        """Say where the next items come from.

        Args:
            kind: The name of the format: two programs may use the same id for different things.
            file: The name of the file, where several are imported at once.
        """
        self._kind = kind
        self._file = file

    def take(self, item: ImportItem) -> None:
        """Take one item in.

        Raises:
            TooManyEntriesError: There are more than `MAX_IMPORT_ENTRIES`.
        """
        self._count += 1
        if self._count > MAX_IMPORT_ENTRIES:
            raise TooManyEntriesError(
                f"More than {MAX_IMPORT_ENTRIES:,} entries.", "Split the file, and import the parts."
            )
        try:
            self._sort_in(item)
        except SmallWinsError as error:
            self._refused.append(Refused(item.line, error.message, self._file))

    def _sort_in(self, item: ImportItem) -> None:
        if isinstance(item, ImportEntry):
            self._candidates.append(self._candidate(item))
        elif isinstance(item, OwnRecord):
            self._own.append((Place(self._file, item.line), _cleaned(item.record, self._today)))
        elif isinstance(item, Refused):
            self._refused.append(structs.replace(item, file=self._file))
        else:
            self._skipped.append(structs.replace(item, file=self._file))

    def done(self) -> ImportContents:
        """Return what was taken in."""
        return ImportContents(
            candidates=tuple(self._candidates),
            own=tuple(self._own),
            goals=self._goals,
            ids=self._ids,
            refused=tuple(self._refused),
            skipped=tuple(self._skipped),
        )

    def _candidate(self, entry: ImportEntry) -> Candidate:
        day = _checked(entry.day or self._undated, self._today)
        title, story = fit_title(entry.title, entry.story)
        win = Win(
            id=self._id(entry, day),
            title=text.accept_line(title),
            story=text.accept_story(story),
            happened_on=day,
            tags=text.accept_tags(tuple(tag[: text.TAG_LIMIT] for tag in entry.tags)),
            verdict=entry.verdict,
            decided=(Decision(when=self._now, verdict=entry.verdict),) if entry.verdict is not None else (),
            created_at=self._now,
            updated_at=self._now,
        )
        return Candidate(
            place=Place(self._file, entry.line),
            win=win,
            source=entry.source,
            moment=entry.moment,
            goal=self._goal(entry.goal),
            opened_by=entry.opened_by,
        )

    def _id(self, entry: ImportEntry, day: date) -> str:
        """Return the id of an entry: the same for the same entry of the same program, if it is read again.

        Read on two devices that keep one journal it is one win. An id that comes again with other words belongs to
        another win: some programs number per list, not per entry.
        """
        if not entry.source:
            alike = (self._kind, str(day), entry.title, entry.story, entry.moment)
            self._alike[alike] += 1
            return str(uuid5(_SPACE, "\n".join((*alike, str(self._alike[alike])))))
        words = (entry.title, entry.story, entry.moment)
        if self._entries.setdefault(entry.source, words) != words:
            return str(uuid5(_SPACE, "\n".join((self._kind, entry.source, *words))))
        ours = self._kind == "csv" and _is_ours(entry.source)
        found = entry.source if ours else str(uuid5(_SPACE, f"{self._kind}\n{entry.source}"))
        self._ids[entry.source] = found
        return found

    def _goal(self, name: str) -> str:
        short = text.clean_line(text.clean_line(name)[: text.TITLE_LIMIT])
        key = text.fold(short)
        if short and key not in self._goals:
            self._goals[key] = new_goal(short, self._now)
        return key


def _checked(day: date | None, today: date) -> date:
    if day is None:
        raise NotAllowedError("It has no date; give one for entries without a date (--on).")
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
        NotAllowedError: A text is empty or too long, the win is still to come, or a date is centuries away.
    """
    if (field := find_out_of_range(record)) is not None:
        raise NotAllowedError(f"Its {field} is out of range.")
    if isinstance(record, Win):
        _checked(record.happened_on, today)
        title, story = text.accept_line(record.title), text.accept_story(record.story)
        return structs.replace(record, title=title, story=story, tags=text.accept_tags(record.tags))
    if isinstance(record, Goal):
        return structs.replace(record, name=text.accept_line(record.name, "goal"), why=text.accept_story(record.why))
    if isinstance(record, Step):
        return structs.replace(record, text=text.accept_line(record.text, "step"))
    return structs.replace(record, note=text.accept_story(record.note))


def fit_title(title: str, story: str) -> tuple[str, str]:
    """Return a title of one line within its limit, and the story with the whole of what did not fit before it."""
    first, _, rest = text.clean_text(title).strip().partition("\n")
    line = text.clean_line(first)
    if len(line) <= text.TITLE_LIMIT:
        return line, "\n\n".join(part for part in (rest.strip(), story) if part)
    short = line[: text.TITLE_LIMIT - 1].rsplit(" ", 1)[0] + _ELLIPSIS
    return short, "\n\n".join(part for part in (title.strip(), story) if part)

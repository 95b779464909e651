"""What every importer yields, whatever it reads."""

from collections.abc import Callable, Iterable
from datetime import date, datetime

from msgspec import Struct

from data.exchange.importing.source import Source
from data.model.records import Record, Verdict

LocalDay = Callable[[datetime], date]
"""Gives the local date of a moment; a moment without a zone is local already."""


class ImportEntry(Struct, frozen=True, kw_only=True, gc=False):
    """One win as another program tells it, not cleaned yet.

    Attributes:
        line: Where it stands: a line of a text, or the how-manieth entry.
        title: One line, or more.
        day: When it happened, a local date, or None when it is not said.
        story: What else is said.
        goal: The name of a goal, or "".
        tags: As they are.
        verdict: Where the other program knows one.
        source: Its id in the other program, or "". The same id again is the same win.
        opened_by: The id, in the other program, of the win that led to this one, or "".
    """

    line: int
    title: str
    day: date | None
    story: str = ""
    goal: str = ""
    tags: tuple[str, ...] = ()
    verdict: Verdict | None = None
    source: str = ""
    opened_by: str = ""


class OwnRecord(Struct, frozen=True, gc=False):
    """A record of our own, as it is."""

    line: int
    record: Record


class Refused(Struct, frozen=True, gc=False):
    """Something that is no win, and why: a plain sentence that never holds its text."""

    line: int
    reason: str


class Skipped(Struct, frozen=True, gc=False):
    """Something that is no win and claims not to be: a task that is still to do."""

    line: int


ImportItem = ImportEntry | OwnRecord | Refused | Skipped


class ReadOptions(Struct, frozen=True, kw_only=True):
    """What a person said about the file.

    Attributes:
        local: Gives the local date of a moment.
        columns: Names of columns by field, such as {"title": "What"}; for CSV.
        dates: How dates are written, as `datetime.strptime` has it, such as "%d/%m/%Y"; "" to find out. For CSV.
    """

    local: LocalDay
    columns: dict[str, str] = {}
    dates: str = ""


class Reading(Struct, frozen=True):
    """A file that is being read.

    Attributes:
        items: What it holds, in order; read as it is asked for.
        total: How far `Item.line` goes, for a progress bar.
        unit: What `Item.line` counts: "line" or "entry".
    """

    items: Iterable[ImportItem]
    total: int
    unit: str = "entry"


class ReadFormat(Struct, frozen=True):
    """One format.

    Attributes:
        name: As `--format` has it.
        title: As people say it.
        detects: Whether a file seems to be in it, given its value as JSON, None when it is none.
        read: Reads it; raises a `SmallWinsError` when it is not in the format at all.
    """

    name: str
    title: str
    detects: Callable[[Source, object], bool]
    read: Callable[[Source, ReadOptions], Reading]


def dated(entry: ImportEntry, said: object) -> ImportItem:
    """Return an entry whose date was understood or not said; refuse one whose date says something else."""
    if entry.day is None and said not in (None, ""):
        return Refused(entry.line, "Its date can't be understood, or can be read in two ways; 2026-11-20 always can.")
    return entry

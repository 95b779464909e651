"""What every importer yields, whatever it reads."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date

from msgspec import Struct

from data.base.errors import NotAllowedError
from data.base.written_dates.reader import ToLocalDay
from data.exchange.importing.source import Source
from data.model.records import Record, Verdict


class ImportEntry(Struct, frozen=True, kw_only=True, gc=False):
    """One win as another program writes it, not cleaned yet.

    Attributes:
        line: Where it stands: the line of a text, or the number of the entry.
        title: One line, or more.
        day: When it happened, a local date, or None when the file does not say.
        moment: The date and time as the file has them; only compared, to tell two entries of one title apart.
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
    moment: str = ""
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


class Place(Struct, frozen=True, order=True, gc=False):
    """Where something stands: a line, or the number of an entry; with its file where several are imported at once.

    Attributes:
        file: The name of the file, or "".
        line: From 1; 0 for the file as a whole.
    """

    file: str
    line: int

    def __str__(self) -> str:
        """Return it as people write it, such as "notes.md:12"."""
        return ":".join(part for part in (self.file, str(self.line) if self.line else "") if part)


class Refused(Struct, frozen=True, gc=False):
    """Something that can't be imported, and why: a plain sentence that never holds its text.

    Attributes:
        line: Where it stands.
        reason: A sentence.
        file: The name of its file, where several are imported at once.
    """

    line: int
    reason: str
    file: str = ""

    @property
    def place(self) -> Place:
        """Where it stands."""
        return Place(self.file, self.line)


class Skipped(Struct, frozen=True, gc=False):
    """Something that is not a win and does not claim to be: a task to do, a paragraph between bullets.

    Attributes:
        line: Where it stands.
        reason: What it is, such as "not done".
        file: The name of its file, where several are imported at once.
    """

    line: int
    reason: str
    file: str = ""

    @property
    def place(self) -> Place:
        """Where it stands."""
        return Place(self.file, self.line)


ImportItem = ImportEntry | OwnRecord | Refused | Skipped


class ReadOptions(Struct, frozen=True, kw_only=True):
    """How a person wants files to be read.

    Attributes:
        local: Gives the local date of a moment.
        kind: The name of a format; None to detect.
        columns: Names of columns by field, such as {"title": "What"}; for tables.
        dates: How dates are written, as `DatePattern` has it; "" to detect.
        encoding: The name of the encoding; None to detect.
        undated: The date of entries without one; None refuses them.
    """

    local: ToLocalDay
    kind: str | None = None
    columns: dict[str, str] = {}
    dates: str = ""
    encoding: str | None = None
    undated: date | None = None


class Reading(Struct, frozen=True):
    """A file that is being read.

    Attributes:
        items: What it holds, in order; read as it is asked for.
        total: How far `ImportItem.line` goes, for a progress bar.
        notes: Sentences on how it is read, such as which column is which field.
        columns: The names of a table's columns; none when it is not a table.
    """

    items: Iterable[ImportItem]
    total: int
    notes: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()


class ColumnsError(NotAllowedError):
    """A table can't be read as long as nobody says what its columns are.

    Attributes:
        columns: Their names.
    """

    def __init__(self, message: str, hint: str, columns: Sequence[str]) -> None:
        super().__init__(message, hint)
        self.columns = tuple(columns)


class ReadFormat(Struct, frozen=True):
    """A format that can be read.

    Attributes:
        name: As `--format` has it.
        title: As people say it.
        detects: Whether a file seems to be in it, given its value as JSON, None when it is not JSON.
        read: Reads it; raises a `SmallWinsError` when it is not in the format at all.
    """

    name: str
    title: str
    detects: Callable[[Source, object], bool]
    read: Callable[[Source, ReadOptions], Reading]

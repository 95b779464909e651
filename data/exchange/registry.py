"""The file formats there are: those that can be read, in the order they are tried, and those that can be written."""

from collections.abc import Callable
from datetime import date
from typing import Final

from msgspec import Struct

from data.base.errors import NotAllowedError
from data.base.progress import OnProgress
from data.exchange.formats.csv_table import CSV, write_csv
from data.exchange.formats.dayone import DAY_ONE
from data.exchange.formats.google_keep import GOOGLE_KEEP
from data.exchange.formats.jrnl import JRNL_JSON, JRNL_TEXT
from data.exchange.formats.json_table import JSON_TABLE
from data.exchange.formats.markdown_notes import MARKDOWN
from data.exchange.formats.orgmode import ORG
from data.exchange.formats.smallwins_json import SMALLWINS_JSON, write_json
from data.exchange.formats.taskwarrior import TASKWARRIOR
from data.exchange.formats.todotxt import TODO_TXT
from data.exchange.formats.trello import TRELLO
from data.exchange.importing.entry import ReadFormat
from data.exchange.importing.foreign_json import peek_json
from data.exchange.importing.source import Source
from data.files.settings import Settings
from data.model.journal import Journal
from data.search.filters import Filter, newest_first

READ_FORMATS: Final = (
    SMALLWINS_JSON, TASKWARRIOR, DAY_ONE, JRNL_JSON, TRELLO, GOOGLE_KEEP, JSON_TABLE,
    JRNL_TEXT, TODO_TXT, ORG, CSV, MARKDOWN,
)  # fmt: skip
"""Those that can be told apart with certainty come first."""


_START: Final = 30
_OTHERS: Final = (
    (("<!doctype html", "<html"), "That is a web page. Save it as plain text or Markdown first."),
    (("begin:vcalendar",), "That is a calendar, which holds plans. Export the entries as CSV first."),
    (("<?xml", "<opml"), "That is XML. Export it as CSV, JSON or Markdown first."),
)
"""How texts begin that are in no format that can be read, and what they are."""
_YAML: Final = frozenset((".yaml", ".yml"))
_AS_TEXT: Final = "In a text, begin each win with a - and a space, or with its date."


class NoFormatError(NotAllowedError):
    """A file that is in no format that can be read."""


class Export(Struct, frozen=True, kw_only=True):
    """What is exported.

    Attributes:
        journal: The journal.
        wanted: Which wins. JSON without a filter is everything there is, the trash, steps and reviews too.
        today: The local date.
        settings: For the figures of a sheet.
        private: Whether what is for somebody else's eyes tells stories and the reasons of goals, too.
        progress: Called with the share done, 0 to 1; what it raises stops the export.
    """

    journal: Journal
    wanted: Filter
    today: date
    settings: Settings
    private: bool = False
    progress: OnProgress | None = None


class WriteFormat(Struct, frozen=True, kw_only=True):
    """A format that can be written.

    Attributes:
        name: As `--format` has it.
        title: As people say it.
        suffixes: Ends of file names that ask for it, the usual one first.
        write: Returns the text of the file.
        is_for_others: Whether it is for somebody else's eyes: real wins, unless others are asked for, and no story, no
            reason of a goal and no note, unless that is asked for. The other formats are the person's own, and whole.
    """

    name: str
    title: str
    suffixes: tuple[str, ...]
    write: Callable[[Export], str]
    is_for_others: bool = False


def _json(export: Export) -> str:
    wins = export.wanted.select(export.journal) if export.wanted else None
    return write_json(export.journal, wins, export.progress)


def _csv(export: Export) -> str:
    return write_csv(export.journal, newest_first(export.wanted.select(export.journal)), export.progress)


def _markdown_sheet(export: Export) -> str:
    from data.exchange.evidence.markdown import write_markdown_sheet  # noqa: PLC0415 - sheets alone need the figures
    from data.exchange.evidence.sheet import make_sheet  # noqa: PLC0415 - as above

    sheet = make_sheet(export.journal, export.wanted, export.today, export.settings, private=export.private)
    return write_markdown_sheet(sheet, export.progress)


def _html_sheet(export: Export) -> str:
    from data.exchange.evidence.html import write_html_sheet  # noqa: PLC0415 - it alone needs the template engine
    from data.exchange.evidence.sheet import make_sheet  # noqa: PLC0415 - as above

    sheet = make_sheet(export.journal, export.wanted, export.today, export.settings, private=export.private)
    return write_html_sheet(sheet, export.progress)


def _stories(export: Export) -> str:
    from data.exchange.evidence.bank import write_stories  # noqa: PLC0415 - as above

    return write_stories(export.journal, export.wanted, private=export.private, progress=export.progress)


def _bullets(export: Export) -> str:
    from data.exchange.evidence.bank import write_bullets  # noqa: PLC0415 - as above

    return write_bullets(export.journal, export.wanted, progress=export.progress)


WRITE_FORMATS: Final = (
    WriteFormat(
        name="html",
        title="Evidence sheet for a browser (HTML)",
        suffixes=(".html", ".htm"),
        write=_html_sheet,
        is_for_others=True,
    ),
    WriteFormat(
        name="md",
        title="Evidence sheet as text (Markdown)",
        suffixes=(".md", ".markdown"),
        write=_markdown_sheet,
        is_for_others=True,
    ),
    WriteFormat(
        name="stories",
        title="Stories for an interview (Markdown)",
        suffixes=(".md",),
        write=_stories,
        is_for_others=True,
    ),
    WriteFormat(
        name="bullets",
        title="Lines for a résumé (Markdown)",
        suffixes=(".md",),
        write=_bullets,
        is_for_others=True,
    ),
    WriteFormat(name="csv", title="Table for spreadsheets (CSV)", suffixes=(".csv",), write=_csv),
    WriteFormat(name="json", title="Everything, to import again (JSON)", suffixes=(".json",), write=_json),
)


def read_format(name: str) -> ReadFormat:
    """Return the format of `READ_FORMATS` that has a name."""
    return next(one for one in READ_FORMATS if one.name == name)


def write_format(name: str) -> WriteFormat:
    """Return the format of `WRITE_FORMATS` that has a name."""
    return next(one for one in WRITE_FORMATS if one.name == name)


def format_for_suffix(suffix: str) -> WriteFormat | None:
    """Return the first format that the end of a file's name asks for, such as ".csv"; None where it asks for none."""
    return next((one for one in WRITE_FORMATS if suffix.lower() in one.suffixes), None)


def detect_format(source: Source) -> ReadFormat:
    """Return the format that a file seems to be in.

    Raises:
        NoFormatError: It is in none.
    """
    if source.suffix in _YAML:  # its lists look like bullets
        raise NoFormatError("That is YAML. Export it as CSV, JSON or Markdown first.", _AS_TEXT)
    found = peek_json(source)
    for one in READ_FORMATS:
        if one.detects(source, found):
            return one
    if found is not None:
        raise NoFormatError("Unknown kind of JSON.", f"Supported: {', '.join(one.title for one in READ_FORMATS)}.")
    start = source.text.lstrip()[:_START].lower()
    what = next((what for marks, what in _OTHERS if start.startswith(marks)), "Unknown file format.")
    raise NoFormatError(what, _AS_TEXT)

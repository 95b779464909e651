"""The formats that can be written, by name."""

from datetime import date
from typing import Final, Literal, get_args

from data.base.progress import OnProgress
from data.exchange.formats import csv_table as csvtable
from data.exchange.formats import smallwins_json as own
from data.files.settings import Settings
from data.model.journal import Journal
from data.search.filters import Filter, newest_first

Written = Literal["json", "csv", "md", "html"]
WRITTEN: Final[tuple[Written, ...]] = get_args(Written)
SUFFIXES: Final[dict[str, Written]] = {
    ".json": "json",
    ".csv": "csv",
    ".md": "md",
    ".markdown": "md",
    ".html": "html",
    ".htm": "html",
}
"""The format that a file's name asks for."""
SHEETS: Final = ("md", "html")
"""Evidence sheets: real wins, where nothing else is asked for."""


def write(  # noqa: PLR0913 - what an export depends on
    journal: Journal, kind: Written, wanted: Filter, today: date, settings: Settings, *, seen: OnProgress | None = None
) -> str:
    """Return a journal, or some of it, in a format.

    Args:
        journal: The journal.
        kind: The format. JSON without a filter is all there is, the trash, steps and reviews too.
        wanted: Which wins.
        today: The local date.
        settings: For the figures of a sheet.
        seen: Is told how much is done, 0 to 1; what it raises ends the work.
    """
    if kind == "json":
        return own.write(journal, wanted.select(journal) if wanted else None, seen)
    if kind == "csv":
        return csvtable.write(journal, newest_first(wanted.select(journal)), seen)
    from data.exchange.evidence.sheet import make_sheet  # noqa: PLC0415 - sheets alone pay for the template engine

    sheet = make_sheet(journal, wanted, today, settings)
    if kind == "md":
        from data.exchange.evidence import markdown as sheet_markdown  # noqa: PLC0415

        return sheet_markdown.write(sheet, seen)
    from data.exchange.evidence import html as sheet_html  # noqa: PLC0415

    return sheet_html.write(sheet, seen)

"""The formats that can be written, by name."""

from datetime import date
from typing import Final, Literal, get_args

from data.exchange import csvtable, own
from data.filters import Filter, newest_first
from data.journal import Journal
from data.settings import Settings

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


def write(journal: Journal, kind: Written, wanted: Filter, today: date, settings: Settings) -> str:
    """Return a journal, or some of it, in a format.

    Args:
        journal: The journal.
        kind: The format. JSON without a filter is all there is, the trash, steps and reviews too.
        wanted: Which wins.
        today: The local date.
        settings: For the figures of a sheet.
    """
    if kind == "json":
        return own.write(journal, wanted.select(journal) if wanted else None)
    if kind == "csv":
        return csvtable.write(journal, newest_first(wanted.select(journal)))
    from data.exchange.sheet import make_sheet  # noqa: PLC0415 - sheets alone pay for the template engine

    sheet = make_sheet(journal, wanted, today, settings)
    if kind == "md":
        from data.exchange import sheet_markdown  # noqa: PLC0415

        return sheet_markdown.write(sheet)
    from data.exchange import sheet_html  # noqa: PLC0415

    return sheet_html.write(sheet)

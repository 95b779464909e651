"""The formats there are, and which one a file is in."""

from typing import Final

from data.base.errors import NotAllowedError
from data.exchange.formats import bullets, dayone, jrnl, taskwarrior, todotxt
from data.exchange.formats import csv_table as csvtable
from data.exchange.formats import smallwins_json as own
from data.exchange.importing.entry import Format
from data.exchange.importing.foreign_json import peek
from data.exchange.importing.source import Source

FORMATS: Final = (
    Format("json", "JSON of smallwins", own.detects, own.read),
    Format("taskwarrior", "Taskwarrior (task export)", taskwarrior.detects, taskwarrior.read),
    Format("dayone", "Day One JSON", dayone.detects, dayone.read),
    Format("jrnl-json", "jrnl JSON", jrnl.detects_json, jrnl.read_json),
    Format("jrnl", "jrnl text", jrnl.detects_text, jrnl.read_text),
    Format("todotxt", "todo.txt", todotxt.detects, todotxt.read),
    Format("csv", "CSV", csvtable.detects, csvtable.read),
    Format("bullets", "Markdown or plain-text bullets", bullets.detects, bullets.read),
)
"""In the order in which they are tried: those that can be told apart surely first."""
NAMES: Final = tuple(one.name for one in FORMATS)


def detect(source: Source) -> Format:
    """Return the format that a file seems to be in.

    Raises:
        NotAllowedError: It is in none.
    """
    found = peek(source)
    for one in FORMATS:
        if one.detects(source, found):
            return one
    what = "That is JSON of an unknown kind." if found is not None else "That is in no format that is known."
    raise NotAllowedError(what, f"Known are: {', '.join(NAMES)}.")


def named(name: str) -> Format:
    """Return the format of a name of `NAMES`."""
    return next(one for one in FORMATS if one.name == name)

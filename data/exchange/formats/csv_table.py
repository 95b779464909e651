"""CSV, as spreadsheets write it: columns found by their names, delimiters by a library; and our own table of wins.

A cell that a spreadsheet would take for a formula (it begins with = + - @, a tab or a return) is written with a quote
before it, which is taken away again when it is read.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from data.base.errors import NotAllowedError
from data.base.progress import OnProgress, ProgressCounter
from data.base.text import fold
from data.exchange.importing.entry import ImportEntry, ImportItem, ReadFormat, Reading, ReadOptions, Refused, dated
from data.exchange.importing.foreign_dates import said_day, written_day
from data.exchange.importing.source import MAX_FILE_BYTES, Source
from data.model.journal import Journal
from data.model.records import Verdict, Win

FIELDS: Final = ("date", "title", "verdict", "goal", "tags", "story", "opened_by", "id")
"""The columns of our own table, and what `--map` can name."""
_NAMES: Final[Mapping[str, tuple[str, ...]]] = {
    "date": (
        "happened_on",
        "happened on",
        "day",
        "when",
        "completed",
        "completed at",
        "done",
        "datum",
        "fecha",
        "created",
    ),
    "title": ("win", "what", "name", "task", "summary", "subject", "description", "accomplishment", "titel", "text"),
    "verdict": ("sorted", "real or candy", "kind"),
    "goal": ("project", "category", "list", "area", "ziel"),
    "tags": ("tag", "labels", "label", "keywords"),
    "story": ("notes", "note", "details", "body", "comment", "comments", "why", "notizen"),
    "opened_by": ("opened by", "after", "led by", "parent"),
    "id": ("uuid", "key"),
}
_VERDICTS: Final = {"real": Verdict.REAL, "candy": Verdict.CANDY, "unsorted": None, "": None}
_FORMULA: Final = re.compile(r"'*[=+\-@\t\r]")
_SAMPLE: Final = 20_000
_DELIMITERS: Final = ",;\t|"
csv.field_size_limit(MAX_FILE_BYTES)


def _detects(source: Source, found: object) -> bool:
    """Say whether its name ends in .csv or .tsv, or its first line has columns with names that are known."""
    if found is not None:
        return False
    return source.suffix in (".csv", ".tsv") or len(_columns(column_names(source), {})) > 1


def columns_said(text: str) -> dict[str, str]:
    """Return columns by field from "title=What, date=When"; the name of a column may hold commas.

    Raises:
        NotAllowedError: There is no such field, or no column is named for one.
    """
    pairs = [pair.partition("=") for pair in re.split(rf",\s*(?=(?:{'|'.join(FIELDS)})\s*=)", text) if pair.strip()]
    for field, _, name in pairs:
        if field.strip() not in FIELDS or not name.strip():
            raise NotAllowedError("Columns are said as title=What, date=When.", f"There are: {', '.join(FIELDS)}.")
    return {field.strip(): name.strip() for field, _, name in pairs}


def _read(source: Source, wishes: ReadOptions) -> Reading:
    """Read a table whose first row names its columns.

    Raises:
        NotAllowedError: No column is the title.
    """
    columns = _columns(column_names(source), wishes.columns)
    if "title" not in columns:
        raise NotAllowedError("No column of it is known to be the title.", "Name it: --map title=What.")
    return Reading(_items(source, columns, wishes), source.text.count("\n") + 1, "line")


def column_names(source: Source) -> list[str]:
    """Return the names of a table's columns; none when it is no table."""
    try:
        return next(csv.reader(io.StringIO(source.text), _dialect(source)), [])
    except csv.Error:
        return []


def _dialect(source: Source) -> type[csv.Dialect]:
    """Return how the table is written: by its name, by which delimiter parts known columns, else by the sniffer."""

    class Plain(csv.excel):
        delimiter = "\t" if source.suffix == ".tsv" else _delimiter(source.text)

    return Plain


def _delimiter(text: str) -> str:
    head = text.partition("\n")[0]
    known = {mark: len(_columns(next(csv.reader([head], delimiter=mark), []), {})) for mark in _DELIMITERS}
    best = max(known, key=lambda mark: known[mark])
    if known[best] > 1:
        return best
    try:
        return csv.Sniffer().sniff(text[:_SAMPLE], _DELIMITERS).delimiter
    except csv.Error:
        return best


def _columns(titles: Sequence[str], named: Mapping[str, str]) -> dict[str, int]:
    """Return where each field is: by what the person said, by its own name, by a name that is usual."""
    places = {fold(name.strip()): index for index, name in reversed(list(enumerate(titles)))}
    found: dict[str, int] = {}
    for field in FIELDS:
        names = (named[field],) if field in named else (field, *_NAMES[field])
        place = next((places[fold(name)] for name in names if fold(name) in places), None)
        if field in named and place is None:
            raise NotAllowedError(f"There is no column {named[field]!r}.", f"There are: {', '.join(titles)}.")
        if place is not None and place not in found.values():
            found[field] = place
    return found


def _items(source: Source, columns: Mapping[str, int], wishes: ReadOptions) -> Iterator[ImportItem]:
    table = csv.reader(io.StringIO(source.text), _dialect(source))
    next(table, None)
    for row in table:
        if any(row):
            yield _item(table.line_num, row, columns, wishes)


def _item(line: int, row: Sequence[str], columns: Mapping[str, int], wishes: ReadOptions) -> ImportItem:
    cells = {field: _plain(row[place]) for field, place in columns.items() if place < len(row)}
    day = cells.get("date", "")
    verdict = fold(cells.get("verdict", "").strip())
    if verdict not in _VERDICTS:
        return Refused(line, "Its verdict is not real, candy, unsorted or nothing.")
    entry = ImportEntry(
        line=line,
        title=cells.get("title", ""),
        day=said_day(day, wishes.dates) if wishes.dates else written_day(day, wishes.local),
        story=cells.get("story", ""),
        goal=cells.get("goal", ""),
        tags=tuple(_split(cells.get("tags", ""))),
        verdict=_VERDICTS[verdict],
        source=cells.get("id", "").strip(),
        opened_by=cells.get("opened_by", "").strip(),
    )
    return dated(entry, day.strip())


def _plain(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell


def _safe(cell: str) -> str:
    return f"'{cell}" if _FORMULA.match(cell) else cell


def _split(cell: str) -> list[str]:
    """Return the tags of a cell: between commas, else between semicolons, else each behind a #, else one."""
    if "," in cell or '"' in cell:
        return next(csv.reader([cell], skipinitialspace=True), [])
    if ";" in cell:
        return cell.split(";")
    return cell.split() if "#" in cell else [cell]


def _join(tags: Iterable[str]) -> str:
    return ", ".join('"' + tag.replace('"', '""') + '"' if set(tag) & set(',;#"') else tag for tag in tags)


def write_csv(journal: Journal, wins: Iterable[Win], seen: OnProgress | None = None) -> str:
    """Return wins as a table with `FIELDS` as columns and CRLF at the end of each row (RFC 4180).

    Args:
        journal: For the names of goals.
        wins: The rows.
        seen: Is told how much is done.
    """
    text = io.StringIO()
    table = csv.writer(text)
    table.writerow(FIELDS)
    rows = list(wins)
    table.writerows(map(_safe, _row(journal, win)) for win in ProgressCounter(len(rows), seen).over(rows))
    return text.getvalue()


def _row(journal: Journal, win: Win) -> tuple[str, ...]:
    verdict = win.verdict.value if win.verdict is not None else "unsorted"
    day = win.happened_on.isoformat()
    goal, opener = journal.goal_name(win), win.opened_by or ""
    return (day, win.title, verdict, goal, _join(win.tags), win.story, opener, win.id)


CSV: Final = ReadFormat("csv", "CSV", _detects, _read)

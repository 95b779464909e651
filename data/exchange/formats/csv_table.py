"""CSV, as spreadsheets and programs write it; and our own table of wins.

A cell that a spreadsheet would take for a formula (it begins with = + - @, a tab or a return, or does so where a
semicolon, a tab or a line break would part it) is written with a ' before that, which is taken away when it is read.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from msgspec import Struct, structs

from data.base.errors import NotAllowedError
from data.base.progress import OnProgress, ProgressCounter
from data.base.text import clean_line, fold
from data.exchange.formats.markdown_blocks import TABLE_RULE
from data.exchange.importing.column_names import FIELDS
from data.exchange.importing.entry import ImportItem, ReadFormat, Reading, ReadOptions, Refused, Skipped
from data.exchange.importing.source import MAX_FILE_BYTES, Source
from data.exchange.importing.table import Row, RowReader, count_known, find_columns
from data.model.journal import Journal
from data.model.records import Win

_BEGINS: Final = re.compile(r"\A('*)(?=[=+\-@\t\r])")
_INSIDE: Final = re.compile(r"([;\t\n][;\t\n ]*)('*)(?=[=+\-@])")
_SEPARATOR: Final = re.compile(r"\A\ufeff?\"?sep=(.)\"?[ ]*\n")
_DELIMITERS: Final = ",;\t|"
_SAMPLE: Final = 20_000
_HEAD: Final = 50
"""Rows among which the names of the columns are looked for."""
_SAMPLE_ROWS: Final = 500
_END: Final = "end of the table"
"""The row that is put below the last one: a quote that is never closed swallows it."""
_MARK: Final = "\ufeff"
"""The byte order mark: without it a spreadsheet takes UTF-8 for the encoding of its country."""
csv.field_size_limit(2 * MAX_FILE_BYTES)


class _Table(Struct, frozen=True):
    """A table taken apart.

    Attributes:
        names: The names of its columns.
        rows: What is below them, without empty rows.
        above: Rows above the names that hold something.
        open_quote: The line on which a quote opens that is never closed, or None.
    """

    names: tuple[str, ...]
    rows: tuple[Row, ...]
    above: tuple[Row, ...] = ()
    open_quote: int | None = None


def _detects(source: Source, found: object) -> bool:
    if found is not None:
        return False
    if source.suffix in (".csv", ".tsv") or _SEPARATOR.match(source.text):
        return True
    head, _, below = source.text.lstrip().partition("\n")
    if TABLE_RULE.match(below):  # a table of Markdown
        return False
    names = next(csv.reader([head], delimiter=_delimiter(head)), []) if len(head) < _SAMPLE else []
    return count_known(names) > 1 and all(not name.strip() or name.strip()[0].isalnum() for name in names)


def columns_said(text: str) -> dict[str, str]:
    """Return columns by field from "title=What, date=When"; the name of a column may hold commas.

    Raises:
        NotAllowedError: There is no such field, or no column is named for one.
    """
    pairs = [pair.partition("=") for pair in re.split(rf",\s*(?=(?:{'|'.join(FIELDS)})\s*=)", text) if pair.strip()]
    for field, _, name in pairs:
        if field.strip() not in FIELDS or not name.strip():
            raise NotAllowedError("Write columns as title=What, date=When.", f"Fields: {', '.join(FIELDS)}.")
    return {field.strip(): name.strip() for field, _, name in pairs}


def _read(source: Source, options: ReadOptions) -> Reading:
    table = _parse(source, frozenset(fold(clean_line(name)) for name in options.columns.values()))
    columns = find_columns(table.names, table.rows[:_SAMPLE_ROWS], options.columns)
    reader = RowReader(columns, table.rows, options)
    notes = tuple(reader.describe(table.rows))
    return Reading(_items(table, reader), source.text.count("\n") + 1, notes, table.names)


def _items(table: _Table, reader: RowReader) -> Iterator[ImportItem]:
    for row in table.above:
        yield Skipped(row.line, "above the column names")
    for row in table.rows:
        yield reader.item(row)
    if table.open_quote is not None:
        yield Refused(table.open_quote, "A quotation mark opens here and is never closed, so the rest can't be read.")


def _parse(source: Source, said: frozenset[str]) -> _Table:
    """Take a table apart; its names may stand below other rows, and below a line that says what parts its cells."""
    mark = _SEPARATOR.match(source.text)
    text = source.text[mark.end() :] if mark is not None else source.text
    delimiter = mark[1] if mark is not None else "\t" if source.suffix == ".tsv" else _delimiter(text)
    rows, open_quote = _rows(text, delimiter, 1 if mark is not None else 0)
    head = _find_head(rows[:_HEAD], said)
    names = tuple(rows[head].cells) if rows else ()
    below = tuple(rows[head + 1 :])
    if names == FIELDS:
        below = tuple(structs.replace(row, cells=[_unguard(cell) for cell in row.cells]) for row in below)
    else:
        below = tuple(structs.replace(row, cells=[_BEGINS.sub(_one_less, cell) for cell in row.cells]) for row in below)
    return _Table(names, below, tuple(rows[:head]), open_quote)


def _rows(text: str, delimiter: str, before: int) -> tuple[list[Row], int | None]:
    """Return the rows that hold something, each with the line it begins on; and where a quote opens for ever."""
    table = csv.reader(io.StringIO(f"{text}\n{_END}"), delimiter=delimiter)
    rows: list[Row] = []
    start, last, cells = 0, 0, [""]
    for cells in table:
        last, start = start, table.line_num
        if any(cell.strip() for cell in cells):
            rows.append(Row(before + last + 1, cells))
    rows.pop()
    return rows, None if cells == [_END] else before + last + 1


def _find_head(rows: Sequence[Row], said: frozenset[str]) -> int:
    """Return which row names the columns: that with the names that were said, else the first with some known ones."""
    if said:
        found = (at for at, row in enumerate(rows) if said <= {fold(clean_line(cell)) for cell in row.cells})
        if (at := next(found, None)) is not None:
            return at
    known = [count_known(row.cells) for row in rows]
    return next((at for least in (2, 1) for at, count in enumerate(known) if count >= least), 0)


def _delimiter(text: str) -> str:
    """Return what parts the cells: what parts known names in one of the first lines, else what the sniffer finds."""
    lines = text[:_SAMPLE].split("\n")[:_HEAD]
    known = {mark: max(count_known(_split(line, mark)) for line in lines) for mark in _DELIMITERS}
    best = max(known, key=lambda mark: known[mark])
    if known[best] > 1:
        return best
    try:
        return csv.Sniffer().sniff(text[:_SAMPLE], _DELIMITERS).delimiter
    except csv.Error:
        return best


def _split(line: str, mark: str) -> list[str]:
    return next(csv.reader([line], delimiter=mark), [])


def _one_less(found: "re.Match[str]") -> str:
    return found[1][1:]


def _unguard(cell: str) -> str:
    return _INSIDE.sub(lambda found: found[1] + found[2][1:], _BEGINS.sub(_one_less, cell))


def _guard(cell: str) -> str:
    return _INSIDE.sub(r"\1'\2", _BEGINS.sub(r"'\1", cell))


def _join(tags: Iterable[str]) -> str:
    return ", ".join('"' + tag.replace('"', '""') + '"' if set(tag) & set(',;|#"') else tag for tag in tags)


def write_csv(journal: Journal, wins: Iterable[Win], progress: OnProgress | None = None) -> str:
    """Return wins as a table with `FIELDS` as columns and CRLF at the end of each row (RFC 4180).

    It begins with a byte order mark, by which spreadsheets know UTF-8.

    Args:
        journal: For the names of goals.
        wins: The rows.
        progress: Called with the share done, 0 to 1.
    """
    text = io.StringIO()
    text.write(_MARK)
    table = csv.writer(text)
    table.writerow(FIELDS)
    rows = list(wins)
    table.writerows(map(_guard, _row(journal, win)) for win in ProgressCounter(len(rows), progress).over(rows))
    return text.getvalue()


def _row(journal: Journal, win: Win) -> tuple[str, ...]:
    verdict = win.verdict.value if win.verdict is not None else "unsorted"
    day = win.happened_on.isoformat()
    goal, opener = journal.goal_name(win), win.opened_by or ""
    return (day, win.title, verdict, goal, _join(win.tags), win.story, opener, win.id)


CSV: Final = ReadFormat("csv", "CSV", _detects, _read)

"""What goes to stdout: aligned tables for a person, tabs for a pipe, JSON for a program."""

import sys
from collections.abc import Callable, Iterable, Sequence
from typing import Final, NamedTuple

import click
import msgspec

from data.base.text import clean_line, clean_text, escape_json
from tui.cli.shared.context import on_terminal, print_note, wants_colour

_GAP: Final = "  "
_MIN_TEXT_WIDTH: Final = 16
"""The fewest cells a title is cut to."""
_MARK_COLOURS: Final = {"◆": "green", "◇": "magenta"}

as_json = click.option("--json", "as_json", is_flag=True, help="Print JSON.")

CellStyle = Callable[[str], str]


class TableColumn(NamedTuple):
    """How a column of a table is printed.

    Attributes:
        right: Whether it is aligned right, as numbers are.
        gives: The fewest cells it is cut to where room is short; 0 keeps all, `DROPPABLE` gives all.
        paint: Colors the text.
    """

    right: bool = False
    gives: int = 0
    paint: CellStyle | None = None


DROPPABLE: Final = -1
"""A column that is left out where there is no room for it."""


def print_data(line: str) -> None:
    """Print text as data: in a pipe as it is, on a terminal without what it would obey."""
    click.echo(clean_text(line) if on_terminal() else line)


def print_json(value: object) -> None:
    """Print a value as indented JSON in UTF-8, whatever the locale."""
    text = msgspec.json.format(msgspec.json.encode(value), indent=2).decode()
    click.echo(escape_json(text).encode())


def print_table(columns: Sequence[TableColumn], rows: Iterable[Sequence[str]], piped: Iterable[Sequence[str]]) -> None:
    """Print `rows` as a table on a terminal, else `piped` as tab-separated lines."""
    if on_terminal():
        lines = format_table(columns, list(rows), terminal_width())
    else:
        lines = ["\t".join(map(clean_line, row)) for row in piped]
    if lines:
        click.echo("\n".join(lines))


def copy_lines(lines: Iterable[str]) -> None:
    """Copy lines to the clipboard of the terminal, if there is one."""
    from tui.system.clipboard import copy_to_terminal  # noqa: PLC0415 - only --copy pays for it

    text = "\n".join(map(clean_text, lines)) + "\n"
    copied = copy_to_terminal(text, sys.stdout) or copy_to_terminal(text, sys.stderr)
    print_note("Copied." if copied else "Not copied: there is no terminal to copy through.")


def print_sentences(lines: Iterable[str]) -> None:
    """Print sentences, wrapped to the terminal's width."""
    width = terminal_width() if on_terminal() else 0
    for line in lines:
        print_data(click.wrap_text(line, width, subsequent_indent="  ") if width else line)


def terminal_width() -> int:
    """Return the terminal's width in cells."""
    import shutil  # noqa: PLC0415 - 5 ms, paid by tables alone

    return shutil.get_terminal_size().columns


def format_table(columns: Sequence[TableColumn], rows: Sequence[Sequence[str]], width: int) -> list[str]:
    """Return rows as lines with aligned columns.

    Args:
        columns: One per cell of a row; if the table is too wide, those that give are cut, the last first.
        rows: The cells, cleaned here.
        width: The cells available.
    """
    cells = [[clean_line(cell) for cell in row] for row in rows]
    sizes = [max((cell_width(row[index]) for row in cells), default=0) for index in range(len(columns))]
    spare = width - sum(size + len(_GAP) for size in sizes if size) + len(_GAP)
    for index in reversed(range(len(columns))):
        if columns[index].gives and spare < 0:
            kept = max(sizes[index] + spare, min(sizes[index], columns[index].gives), 0)
            spare += sizes[index] - kept
            sizes[index] = kept
    return [_line(columns, row, sizes) for row in cells]


def _line(columns: Sequence[TableColumn], row: Sequence[str], sizes: Sequence[int]) -> str:
    shown = (_cell(column, text, size) for column, text, size in zip(columns, row, sizes, strict=True) if size)
    return _GAP.join(shown).rstrip()


def _cell(column: TableColumn, text: str, size: int) -> str:
    short = clip_cells(text, size)
    blank = " " * (size - cell_width(short))
    painted = column.paint(short) if column.paint is not None else short
    return blank + painted if column.right else painted + blank


def cell_width(text: str) -> int:
    """Return the width of a clean line in cells."""
    if text.isascii():
        return len(text)
    import wcwidth  # noqa: PLC0415 - 35 ms, paid by text beyond ASCII alone

    return wcwidth.width(text)


def clip_cells(text: str, size: int) -> str:
    """Return a clean line cut to `size` cells, with an ellipsis where text is missing."""
    if cell_width(text) <= size:
        return text
    if text.isascii():
        return text[: size - 1].rstrip() + "…"
    import wcwidth  # noqa: PLC0415 - as above

    return wcwidth.clip(text, 0, size - 1).rstrip() + "…"


def paint_marks(text: str) -> str:
    """Return verdict marks in color where there is color; their shapes say the same without."""
    if not wants_colour():
        return text
    return "".join(click.style(char, fg=_MARK_COLOURS[char]) if char in _MARK_COLOURS else char for char in text)


MARK_COLUMN: Final = TableColumn(paint=paint_marks)
NUMBER_COLUMN: Final = TableColumn(right=True)
WORD_COLUMN: Final = TableColumn()
TEXT_COLUMN: Final = TableColumn(gives=_MIN_TEXT_WIDTH)
ASIDE_COLUMN: Final = TableColumn(gives=10)

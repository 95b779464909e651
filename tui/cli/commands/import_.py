"""Commands that bring wins in: `import`."""

import sys
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Final

import click

from data.base.errors import NotAllowedError
from data.base.formatting import plural
from data.exchange.importing.entry import ImportItem, Reading, ReadOptions, Refused
from data.exchange.importing.foreign_dates import date_form
from data.exchange.importing.normalize import ImportContents, normalize_items
from data.exchange.importing.plan import ImportPlan, add_new, describe_plan, plan_import
from data.exchange.importing.source import Source, read_source, read_stream
from data.exchange.registry import READ_FORMATS, detect_format, read_format
from tui.cli.shared.context import CommandContext, print_note
from tui.cli.shared.file_name import FileName
from tui.cli.shared.options import parse_past_option
from tui.cli.shared.output import NUMBER_COLUMN, TEXT_COLUMN, WORD_COLUMN, print_table
from tui.system.clock import local_day

_FORMATS: Final = tuple(one.name for one in READ_FORMATS)
_MAX_REASONS: Final = 20
"""Reasons that are describe_plan, and lines of each, beside the count of all."""
_LONG: Final = 2_000
"""Lines from which on a progress bar is worth its place."""


def _columns(_: click.Context, parameter: click.Parameter, pairs: tuple[str, ...]) -> dict[str, str]:
    from data.exchange.formats.csv_table import FIELDS  # noqa: PLC0415 - most imports map nothing

    found = dict(pair.partition("=")[::2] for pair in pairs)
    if wrong := [field for field, name in found.items() if field not in FIELDS or not name]:
        raise click.BadParameter(f"{wrong[0]!r} is none of {', '.join(FIELDS)}, each with =COLUMN.", param=parameter)
    return found


@click.command("import")
@click.argument("file", type=FileName(allow_dash=True, path_type=Path), metavar="FILE")
@click.option("--format", "kind", type=click.Choice(_FORMATS), help="File format (default: detect).")
@click.option("--dry-run", is_flag=True, help="Only show what would be new, duplicate or refused.")
@click.option("--skip-refused", is_flag=True, help="Import the rest even if some entries are refused.")
@click.option("--on", metavar="DATE", callback=parse_past_option, help="Date for entries without one.")
@click.option(
    "--map", "columns", metavar="FIELD=COLUMN", multiple=True, callback=_columns, help="CSV column for a field."
)
@click.option("--dates", metavar="FORM", default="", help="How dates are written, such as d/m/y or %d/%m/%Y.")
@click.option("--encoding", metavar="NAME", help="Text encoding (default: detect).")
@click.pass_obj
def import_wins(  # noqa: PLR0913 - the options there are
    context: CommandContext,
    *,
    file: Path,
    kind: str | None,
    dry_run: bool,
    skip_refused: bool,
    on: date | None,
    columns: dict[str, str],
    dates: str,
    encoding: str | None,
) -> None:
    """Import wins from another program, or from a journal of smallwins.

    FILE is JSON of smallwins, CSV, Markdown or plain-text bullets, jrnl (JSON or text), Taskwarrior, todo.txt or
    Day One JSON; - reads stdin. Either all of it is imported or nothing, after a backup, as one change that `undo`
    reverses. Importing the same file again adds nothing.
    """
    source = read_stream(sys.stdin.buffer, "", encoding) if str(file) == "-" else read_source(file, encoding)
    wishes = ReadOptions(local=local_day, columns=columns, dates=date_form(dates))
    found = _gather(context, source, kind, wishes, on)
    plan = plan_import(found, context.journal)
    if dry_run:
        _preview(plan)
    else:
        _bring_in(context, found, plan, skip_refused=skip_refused)
    print_note(describe_plan(plan))


def _gather(
    context: CommandContext, source: Source, kind: str | None, wishes: ReadOptions, on: date | None
) -> ImportContents:
    chosen = read_format(kind) if kind is not None else detect_format(source)
    print_note(f"Read as {chosen.title}, {source.encoding}.")
    reading = chosen.read(source, wishes)
    return normalize_items(_watched(reading), chosen.name, context.today, context.now(), on)


def _watched(reading: Reading) -> Iterator[ImportItem]:
    """Yield the items of a reading, with a progress bar beside where it is long and somebody looks."""
    if reading.total < _LONG or not sys.stderr.isatty():
        yield from reading.items
        return
    with click.progressbar(length=reading.total, label="Reading", file=sys.stderr) as bar:
        at = 0
        for item in reading.items:
            if item.line - at >= reading.total / 200 or item.line == reading.total:
                bar.update(item.line - at)
                at = item.line
            yield item
        bar.update(reading.total - at)


def _bring_in(context: CommandContext, found: ImportContents, plan: ImportPlan, *, skip_refused: bool) -> None:
    if plan.refused and not skip_refused:
        for line in _reasons(plan.refused):
            print_note(line)
        raise NotAllowedError(
            f"{plural(len(plan.refused), 'entry', 'entries')} can't be taken, so nothing was brought in.",
            "--dry-run shows all; --skip-refused brings in the others.",
        )
    if plan.new:
        context.store.back_up("import")
        context.change("import", add_new(found))


def _reasons(refused: Sequence[Refused]) -> Iterator[str]:
    """Yield each reason with its lines: a file without dates is refused for the same one a thousand times."""
    lines: dict[str, list[str]] = {}
    for one in refused:
        lines.setdefault(one.reason, []).append(str(one.line))
    for reason, said in list(lines.items())[:_MAX_REASONS]:
        more = f" … ({len(said):,} in all)" if len(said) > _MAX_REASONS else ""
        yield f"{', '.join(said[:_MAX_REASONS])}{more}: {reason}"


def _preview(plan: ImportPlan) -> None:
    rows = sorted(_rows(plan), key=lambda row: int(row[1]))
    print_table((WORD_COLUMN, NUMBER_COLUMN, WORD_COLUMN, TEXT_COLUMN), rows, rows)


def _rows(plan: ImportPlan) -> Iterable[tuple[str, str, str, str]]:
    yield from (("new", str(line), str(win.happened_on), win.title) for line, win in plan.new_wins)
    yield from (("duplicate", str(line), str(win.happened_on), win.title) for line, win in plan.duplicates)
    yield from (("refused", str(one.line), "", one.reason) for one in plan.refused)

"""The command `import`."""

import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Final

import click
from msgspec import structs

from data.base.errors import NotAllowedError
from data.base.formatting import plural
from data.base.progress import OnProgress
from data.exchange.importer import ImportFile, files_of, read_files
from data.exchange.importing.date_pattern import DatePattern
from data.exchange.importing.entry import Place, ReadOptions, Refused, Skipped
from data.exchange.importing.normalize import ImportContents
from data.exchange.importing.plan import ImportPlan, add_new, describe_plan, plan_import
from data.exchange.importing.source import read_stream
from data.exchange.registry import READ_FORMATS
from tui.cli.shared.context import CommandContext, print_note
from tui.cli.shared.file_name import FileName
from tui.cli.shared.options import parse_past_option
from tui.cli.shared.output import TEXT_COLUMN, WORD_COLUMN, as_json, print_json, print_table
from tui.system.clock import local_day

_FORMATS: Final = tuple(one.name for one in READ_FORMATS)
_MAX_LISTED: Final = 20
"""Reasons that are printed, and places of each, beside the count of all."""
_LARGE: Final = 200_000
"""Bytes from which on a progress bar is worth its place."""


def _columns(_: click.Context, parameter: click.Parameter, pairs: tuple[str, ...]) -> dict[str, str]:
    from data.exchange.importing.column_names import FIELDS  # noqa: PLC0415 - most imports map nothing

    found = dict(pair.partition("=")[::2] for pair in pairs)
    if wrong := [field for field, name in found.items() if field not in FIELDS or not name]:
        raise click.BadParameter(f"{wrong[0]!r} is none of {', '.join(FIELDS)}, each with =COLUMN.", param=parameter)
    return found


def _dates(_: click.Context, parameter: click.Parameter, said: str) -> str:
    try:
        if said:
            DatePattern(said)
    except NotAllowedError as error:
        raise click.BadParameter(str(error), param=parameter) from error
    return said


@click.command("import")
@click.argument("paths", type=FileName(allow_dash=True, path_type=Path), metavar="FILE...", nargs=-1, required=True)
@click.option("--format", "kind", type=click.Choice(_FORMATS), help="File format (default: detect).")
@click.option("--dry-run", is_flag=True, help="Only show what would be new, duplicate, refused or skipped.")
@click.option("--skip-refused", is_flag=True, help="Import the rest even if some entries are refused.")
@click.option("--on", metavar="DATE", callback=parse_past_option, help="Date for entries without one.")
@click.option("--map", "columns", metavar="FIELD=COLUMN", multiple=True, callback=_columns, help="Column for a field.")
@click.option("--dates", metavar="FORM", default="", callback=_dates, help="How dates are written, such as d/m/y.")
@click.option("--encoding", metavar="NAME", help="Text encoding (default: detect).")
@as_json
@click.pass_obj
def import_wins(  # noqa: PLR0913 - the options there are
    context: CommandContext,
    *,
    paths: tuple[Path, ...],
    kind: str | None,
    dry_run: bool,
    skip_refused: bool,
    on: date | None,
    columns: dict[str, str],
    dates: str,
    encoding: str | None,
    as_json: bool,
) -> None:
    """Import wins from other programs, or from a journal of smallwins.

    FILE is JSON of smallwins, CSV, Markdown or plain text, Org mode, todo.txt, jrnl, Day One, Taskwarrior, Trello,
    Google Keep or other JSON; a folder stands for its files; - reads stdin. Either everything is imported or nothing,
    after a backup, as one change that `undo` reverses. Importing the same file again adds nothing.
    """
    options = ReadOptions(local=local_day, kind=kind, columns=columns, dates=dates, encoding=encoding, undated=on)
    found = _read(context, paths, options)
    plan = plan_import(found, context.journal)
    for note in plan.notes:
        print_note(note)
    if not dry_run:
        _import(context, found, plan, skip_refused=skip_refused)
    if dry_run or as_json:
        _preview(plan, as_json=as_json)
    print_note(describe_plan(plan))


def _read(context: CommandContext, paths: Sequence[Path], options: ReadOptions) -> ImportContents:
    files = [_with_stdin(file, options) for file in files_of(paths)]
    with _bar(files) as progress:
        return read_files(files, options, context.today, context.now(), progress)


def _with_stdin(file: ImportFile, options: ReadOptions) -> ImportFile:
    if str(file.path) != "-":
        return file
    return structs.replace(file, source=read_stream(sys.stdin.buffer, "", options.encoding))


@contextmanager
def _bar(files: Sequence[ImportFile]) -> Iterator[OnProgress | None]:
    """Give a progress bar where there is much to read and somebody looks."""
    size = sum(file.path.stat().st_size for file in files if file.path.is_file())
    if size < _LARGE or not sys.stderr.isatty():
        yield None
        return
    with click.progressbar(length=100, label="Reading", file=sys.stderr) as bar:
        yield lambda share: bar.update(round(100 * share) - bar.pos)
        bar.update(100 - bar.pos)


def _import(context: CommandContext, found: ImportContents, plan: ImportPlan, *, skip_refused: bool) -> None:
    if plan.refused and not skip_refused:
        for line in _reasons(plan.refused):
            print_note(line)
        raise NotAllowedError(
            f"{plural(len(plan.refused), 'entry', 'entries')} can't be imported, so nothing was.",
            "--dry-run shows all; --skip-refused imports the others.",
        )
    if not plan.is_empty:
        context.store.back_up("import")
        context.change("import", add_new(found))
    for line in _reasons(plan.skipped):
        print_note(f"Skipped {line}.")


def _reasons(found: Sequence[Refused | Skipped]) -> Iterator[str]:
    """Yield each reason with its places: a file without dates is refused for the same one a thousand times."""
    places: dict[str, list[str]] = {}
    for one in found:
        places.setdefault(one.reason, []).append(str(one.place))
    for reason, said in list(places.items())[:_MAX_LISTED]:
        more = f" … ({len(said):,} in all)" if len(said) > _MAX_LISTED else ""
        yield f"{', '.join(said[:_MAX_LISTED])}{more}: {reason}"


def _preview(plan: ImportPlan, *, as_json: bool) -> None:
    rows = [row for _, row in sorted(_rows(plan))]
    if as_json:
        print_json([_as_object(*row) for row in rows])
        return
    print_table((WORD_COLUMN, WORD_COLUMN, WORD_COLUMN, TEXT_COLUMN), rows, rows)


def _as_object(kind: str, place: str, day: str, words: str) -> dict[str, str | None]:
    """Return a row for programs: a win has a title, what is no win a reason."""
    is_win = kind not in ("refused", "skipped")
    title, reason = (words, None) if is_win else (None, words)
    return {"kind": kind, "place": place, "happened_on": day or None, "title": title, "reason": reason}


def _rows(plan: ImportPlan) -> Iterable[tuple[Place, tuple[str, str, str, str]]]:
    for word, wins in (("new", plan.new_wins), ("changed", plan.changed), ("duplicate", plan.duplicates)):
        yield from ((place, (word, str(place), str(win.happened_on), win.title)) for place, win in wins)
    for word, others in (("refused", plan.refused), ("skipped", plan.skipped)):
        yield from ((one.place, (word, str(one.place), "", one.reason)) for one in others)

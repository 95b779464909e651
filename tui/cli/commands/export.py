"""The command `export`."""

from pathlib import Path
from typing import Any

import click

from data.base.text import clean_text, escape_json
from data.exchange.registry import WRITE_FORMATS, Export, WriteFormat, format_for_suffix, write_format
from data.files.export_file import write_export
from data.search.filters import Filter
from tui.cli.shared.context import CommandContext, on_terminal, print_note
from tui.cli.shared.file_name import FileName
from tui.cli.shared.options import filter_from, filter_options

_NAMES = [one.name for one in WRITE_FORMATS]


def _format_for(output: Path | None) -> WriteFormat:
    """Return the format that a file's name asks for; JSON where it says nothing.

    Raises:
        UsageError: It asks for one that is not supported.
    """
    suffix = output.suffix if output is not None else ""
    found = format_for_suffix(suffix or ".json")
    if found is None:
        raise click.UsageError(f"Unknown format {suffix}; choose one: --format {', '.join(_NAMES)}.")
    return found


@click.command("export")
@click.option(
    "--format", "kind", type=click.Choice(_NAMES), help="File format (default: by the file's name, else json)."
)
@click.option(
    "-o", "--output", type=FileName(path_type=Path, allow_dash=True), metavar="FILE", help="Where to (default: stdout)."
)
@click.option("--force", is_flag=True, help="Replace an existing file.")
@click.option("--private", is_flag=True, help="Include stories and reasons of goals.")
@filter_options
@click.pass_obj
def export(
    context: CommandContext,
    /,
    kind: str | None,
    output: Path | None,
    *,
    force: bool,
    private: bool,
    **wanted: Any,  # noqa: ANN401 - as click hands them over
) -> None:
    """Export wins: as an evidence sheet, stories, lines for a résumé, a table for spreadsheets, or JSON.

    html and md are an evidence sheet: real wins (or those of --verdict) by goal, and chains; stories are the twelve
    with most to tell; bullets are a line each. Without --private none includes your stories, reasons or notes. csv is a
    table; json is everything there is, and `import` restores all of it: both are your own, and whole.
    """
    chosen = write_format(kind) if kind is not None else _format_for(output)
    if chosen.is_for_others and wanted["verdict"] is None:
        wanted["verdict"] = "real"
    chosen_wins = filter_from(context.journal, **wanted)
    text = chosen.write(_request(context, chosen_wins, private=private))
    if output is None or str(output) == "-":
        _print(text, chosen)
    else:
        print_note(write_export(output, text.encode(), journal=context.path, force=force).describe())


def _request(context: CommandContext, wanted: Filter, *, private: bool) -> Export:
    return Export(
        journal=context.journal, wanted=wanted, today=context.today, settings=context.settings, private=private
    )


def _print(text: str, chosen: WriteFormat) -> None:
    shown = escape_json(text) if chosen.name == "json" else clean_text(text)
    click.echo(shown if on_terminal() else text.encode(), nl=False)

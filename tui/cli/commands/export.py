"""The command `export`."""

from pathlib import Path
from typing import Any

import click

from data.base.text import clean_text, escape_json
from data.exchange.registry import WRITE_FORMATS, Export, WriteFormat, format_for_suffix, write_format
from data.files.export_file import write_export
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
@filter_options
@click.pass_obj
def export(context: CommandContext, /, kind: str | None, output: Path | None, *, force: bool, **wanted: Any) -> None:  # noqa: ANN401 - as click hands them over
    """Export wins: as JSON, a table for spreadsheets, or an evidence sheet in Markdown or HTML.

    json is everything there is, and `import` restores all of it; csv is for spreadsheets. md and html are an evidence
    sheet for an interview, a review or a mentor: real wins (or those of --verdict) by goal, chains told as stories,
    figures and the course of momentum; the html is one file that prints.
    """
    chosen = write_format(kind) if kind is not None else _format_for(output)
    journal = context.journal
    if chosen.is_sheet and wanted["verdict"] is None:
        wanted["verdict"] = "real"
    request = Export(
        journal=journal, wanted=filter_from(journal, **wanted), today=context.today, settings=context.settings
    )
    text = chosen.write(request)
    if output is None or str(output) == "-":
        shown = escape_json(text) if chosen.name == "json" else clean_text(text)
        click.echo(shown if on_terminal() else text.encode(), nl=False)
        return
    print_note(write_export(output, text.encode(), journal=context.path, force=force).describe())

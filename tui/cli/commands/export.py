"""The command that takes wins out: `export`."""

from pathlib import Path
from typing import Any

import click

from data.base.text import escape_json
from data.exchange.writers import SHEETS, SUFFIXES, WRITTEN, Written, write
from data.files.export_file import write_export
from tui.cli.shared.context import CommandContext, on_terminal, print_note
from tui.cli.shared.file_name import FileName
from tui.cli.shared.options import filter_from, filter_options


def _by_name(output: Path | None) -> Written:
    """Return the format that a file's name asks for; JSON where it says nothing.

    Raises:
        UsageError: It asks for one that there is not.
    """
    ending = output.suffix.lower() if output is not None else ""
    if ending and ending not in SUFFIXES:
        raise click.UsageError(f"There is no format {ending}; say which is meant: --format {', '.join(WRITTEN)}.")
    return SUFFIXES.get(ending, "json")


@click.command("export")
@click.option("--format", "kind", type=click.Choice(WRITTEN), help="The format; by the name of the file, else json.")
@click.option("-o", "--output", type=FileName(path_type=Path, allow_dash=True), metavar="FILE", help="Where; stdout.")
@click.option("--force", is_flag=True, help="Replace a file that is there.")
@filter_options
@click.pass_obj
def export(
    context: CommandContext,
    /,
    kind: Written | None,
    output: Path | None,
    *,
    force: bool,
    **wanted: Any,  # noqa: ANN401 - as click hands them over
) -> None:
    """Take wins out: as JSON, a table for spreadsheets, or an evidence sheet in Markdown or HTML.

    json is everything there is, and `import` brings all of it back; csv is for spreadsheets. md and html are an
    evidence sheet for an interview, a review or a mentor: real wins (or those of --verdict) by goal, chains told as
    stories, figures and the course of momentum; the html is one file that prints.
    """
    chosen = kind or _by_name(output)
    journal = context.journal
    if chosen in SHEETS and wanted["verdict"] is None:
        wanted["verdict"] = "real"
    text = write(journal, chosen, filter_from(journal, **wanted), context.today, context.settings)
    if output is None or str(output) == "-":
        click.echo(escape_json(text) if chosen == "json" and on_terminal() else text.encode(), nl=False)
        return
    write_export(output, text.encode(), journal=context.path, force=force)
    print_note(f"Written to {output}, for your eyes only.")

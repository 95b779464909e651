"""Commands that open the app: `review` and `demo`."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from data.base.errors import NotFoundError
from data.files.locations import DEMO_FOLDER
from tui.cli.shared.context import CommandContext
from tui.cli.shared.open_app import open_app

if TYPE_CHECKING:
    from tempfile import TemporaryDirectory


@click.command()
@click.option(
    "--plain", is_flag=True, help="Ask a line at a time, without a screen: for screen readers and slow lines."
)
@click.pass_obj
@click.pass_context
def review(ctx: click.Context, context: CommandContext, *, plain: bool) -> None:
    """Open this week's review."""
    if not plain:
        ctx.exit(open_app(context, start="review"))
    from tui.cli.shared.plain_review import PlainReview  # noqa: PLC0415 - the app has its own words

    PlainReview(context, _ask_line, click.echo).run()


def _ask_line(question: str) -> str | None:
    """Return the line that answers a question, or None at the end of all lines."""
    click.echo(question)
    return sys.stdin.readline() or None


def _passing_folder() -> "TemporaryDirectory[str]":
    from tempfile import TemporaryDirectory  # noqa: PLC0415 - only the demo pays for it

    try:
        return TemporaryDirectory(prefix=DEMO_FOLDER)
    except FileNotFoundError as error:
        raise NotFoundError("No writable folder for temporary files.", "Set TMPDIR to a folder of yours.") from error


@click.command()
@click.pass_obj
@click.pass_context
def demo(ctx: click.Context, context: CommandContext) -> None:
    """Explore a made-up half-year, kept in a temporary file."""
    from data.demo.half_year import demo_records  # noqa: PLC0415 - a long story
    from data.model.records import Changes  # noqa: PLC0415

    with _passing_folder() as folder:
        made = CommandContext(Path(folder) / "wins.json", context.clock)
        try:
            made.change("make the demo", lambda _: Changes(put=demo_records(context.today, context.now())))
            code = open_app(made, recovers=False)
        finally:
            made.close()
    ctx.exit(code)

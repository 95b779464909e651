"""Commands that open the app: `review` and `demo`."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from data.base.errors import NotFoundError
from tui.cli.shared.context import CommandContext
from tui.cli.shared.open_app import open_app

if TYPE_CHECKING:
    from tempfile import TemporaryDirectory


@click.command()
@click.pass_obj
@click.pass_context
def review(ctx: click.Context, context: CommandContext) -> None:
    """Open the app in this week's review."""
    ctx.exit(open_app(context, start="review"))


def _passing_folder() -> "TemporaryDirectory[str]":
    from tempfile import TemporaryDirectory  # noqa: PLC0415 - not paid by the app on a journal

    try:
        return TemporaryDirectory(prefix="smallwins-demo-")
    except FileNotFoundError as error:
        raise NotFoundError(
            "There is no folder for temporary files that this user may write to.", "Set TMPDIR to one of your own."
        ) from error


@click.command()
@click.pass_obj
@click.pass_context
def demo(ctx: click.Context, context: CommandContext) -> None:
    """Open a made-up half-year, in a temporary file that is removed afterwards."""
    from data.demo.half_year import demo_records  # noqa: PLC0415 - a long story
    from data.model.records import Changes  # noqa: PLC0415

    with _passing_folder() as folder:
        made = CommandContext(Path(folder) / "wins.json", context.clock)
        try:
            made.change("make the demo", lambda _: Changes(put=demo_records(context.today, context.now())))
            code = open_app(made)
        finally:
            made.close()
    ctx.exit(code)

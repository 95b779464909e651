"""Commands that open the app: `review` and `demo`."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from data.base.errors import NotFoundError
from tui.cli.shared.context import Shell
from tui.cli.shared.open_app import open_app

if TYPE_CHECKING:
    from tempfile import TemporaryDirectory


@click.command()
@click.pass_obj
@click.pass_context
def review(context: click.Context, shell: Shell) -> None:
    """Open the app in this week's review."""
    context.exit(open_app(shell, start="review"))


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
def demo(context: click.Context, shell: Shell) -> None:
    """Open a made-up half-year, in a temporary file that is removed afterwards."""
    from data.demo.half_year import demo_records  # noqa: PLC0415 - a long story
    from data.model.records import Changes  # noqa: PLC0415

    with _passing_folder() as folder:
        made = Shell(Path(folder) / "wins.json", shell.clock)
        try:
            made.change("make the demo", lambda _: Changes(put=demo_records(shell.today, shell.now())))
            code = open_app(made)
        finally:
            made.close()
    context.exit(code)

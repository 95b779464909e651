"""The command line: parsing, help and usage errors.

Nothing here imports Textual: the app is imported when it opens, a command when it is called.
"""

import errno
import os
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any, Final, NoReturn

import click

from data import __version__
from data.files.locations import JOURNAL_VARIABLE
from tui.cli.registry import COMMANDS, SECTIONS
from tui.cli.shared.context import CommandContext, print_note
from tui.cli.shared.exit_codes import describe_os_error, run_guarded
from tui.cli.shared.file_name import FileName
from tui.system.clock import local_clock

_COMPLETING: Final = "_SMALLWINS_COMPLETE"
"""What the script of `completion` sets when somebody presses Tab."""
_INTERRUPTED: Final = 130
"""128 plus the signal's number, as shells count."""


_EPILOG: Final = """\b
Examples:
  smallwins add Wrote to the recruiter --goal "Climate work" --tag courage
  smallwins add They called back --on yesterday --after 1a2b
  smallwins list --week this --verdict unsorted
  smallwins export --goal "Climate work" -o evidence.html

Without a command the app opens; without a terminal it prints a summary of the week. DATE is 2026-11-20, today,
yesterday, a weekday such as fri (the last one), 3 days ago or last week. ID is a win's id, its first 4 characters or
more, or words of its title. In a pipe, tables become tab-separated lines; --json is for programs.

\b
Exit codes:
  0  done
  1  failed; a message says why and what to do
  2  usage error
"""


class Commands(click.Group):
    """The registry's commands, each imported when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Return the names in the order of the help page."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's signature
        """Import and return the command with that name."""
        if cmd_name not in COMMANDS:
            return None
        module, _, attribute = COMMANDS[cmd_name].partition(":")
        command: click.Command = getattr(import_module(module), attribute)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the commands by group, each with its whole first sentence."""
        for title, names in SECTIONS.items():
            found = [(name, self.get_command(ctx, name)) for name in names]
            with formatter.section(title):
                formatter.write_dl(
                    [(name, one.get_short_help_str(limit=200)) for name, one in found if one is not None]
                )

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command that is called; a typo gets a suggestion."""
        if args[0] not in COMMANDS and not ctx.resilient_parsing:
            ctx.fail(f"Unknown command {args[0]!r}.{_near(args[0])}")
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 - click's signature
        """Run a command; what is saved stays saved, whether or not anybody can be told."""
        try:
            return super().invoke(ctx)
        except OSError as error:
            if not (isinstance(ctx.obj, CommandContext) and ctx.obj.has_saved):
                raise
            if error.errno != errno.EPIPE:  # a reader that left early, such as `head`, doesn't want to be told
                print_note(f"Saved. {describe_os_error(error)}")
            return 0

    def main(self, *args: Any, **extra: Any) -> NoReturn:  # noqa: ANN401 - click's signature, handed through
        """Run a command line and exit with its code."""
        extra["standalone_mode"] = False
        if _COMPLETING in os.environ:
            import_module("tui.cli.shared.completion").register_completion()
        run = super().main
        sys.exit(run_guarded(lambda: _understood(lambda: run(*args, **extra))))


def _near(word: str) -> str:
    from difflib import get_close_matches  # noqa: PLC0415 - only a typo pays for it

    found = get_close_matches(word, COMMANDS, n=1)
    return f" Did you mean {found[0]!r}?" if found else ""


def _understood(work: Callable[[], object]) -> object:
    """Run the work and report usage errors.

    click itself handles a reader that leaves early (`head`, `less`): quietly, with exit code 1.
    """
    try:
        return work()
    except click.ClickException as error:
        return _not_understood(error)
    except click.Abort:
        return _INTERRUPTED


def _not_understood(error: click.ClickException) -> int:
    ctx = error.ctx if isinstance(error, click.UsageError) else None
    for line in ctx.get_usage().splitlines() if ctx is not None else ():
        print_note(line)
    print_note(f"smallwins: {error.format_message()}")
    if isinstance(error, click.NoSuchOption) and ctx is not None and ctx.info_name == "add":
        print_note("Put words that start with a dash after --, e.g. smallwins add -- -5 kg")
    if ctx is not None:
        print_note(f"`{ctx.command_path} -h` shows the usage.")
    return error.exit_code


@click.command(
    cls=Commands,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog=_EPILOG,
)
@click.option(
    "--file",
    type=FileName(dir_okay=False, readable=False, path_type=Path),
    envvar=JOURNAL_VARIABLE,
    show_envvar=True,
    help="Journal file (default: the one in your data folder).",
)
@click.version_option(__version__, "--version", prog_name="smallwins", message="%(prog)s %(version)s")
@click.pass_context
def cli(ctx: click.Context, file: Path | None) -> None:
    """Write down small wins, tell real ones from cotton candy, watch momentum build."""
    if file is not None and file.is_dir():
        raise click.BadParameter("That is a folder; name a file.", ctx, param_hint="--file")
    ctx.obj = CommandContext(file, ctx.obj or local_clock)
    ctx.call_on_close(ctx.obj.close)
    if ctx.invoked_subcommand is None:
        from tui.cli.shared.open_app import open_app  # noqa: PLC0415 - a command does not pay for the app

        ctx.exit(open_app(ctx.obj))

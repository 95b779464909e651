"""Opening the app, or summarizing the week without a terminal."""

import sys

from tui.cli.shared.context import CommandContext, is_dumb, print_note


def open_app(context: CommandContext, start: str = "board", *, recovers: bool = True) -> int:
    """Open the app on the journal and return its exit code; without a terminal, print the week's summary.

    Args:
        context: The call of the command line.
        start: The page to open first.
        recovers: Whether what an editor saved for a run that was killed is taken over as a draft.
    """
    if not is_interactive():
        if is_dumb() and _on_terminals():
            print_note("This terminal only prints lines (TERM says so), so here is a summary.")
        from tui.cli.shared.summary import print_summary  # noqa: PLC0415 - the app has its own words

        print_summary(context.journal, context.today, context.settings)
        return 0
    from tui.app.launch import run  # noqa: PLC0415 - the summary does without Textual
    from tui.system.left_folders import left_folders  # noqa: PLC0415 - no command needs it

    if recovers and left_folders():
        from tui.cli.shared.given_text import recover_drafts  # noqa: PLC0415 - an editor's run was killed

        recover_drafts(context.path)
    return run(context.store, start=start)


def is_interactive() -> bool:
    """Return whether stdin and stdout are a terminal that can show the app."""
    return _on_terminals() and not is_dumb()


def _on_terminals() -> bool:
    return sys.stdin.isatty() and sys.stdout.isatty()

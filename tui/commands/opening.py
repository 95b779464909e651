"""What `smallwins` alone does."""

from tui.commands.shell import Shell
from tui.commands.summary import say_summary


def open_app(shell: Shell) -> int:
    """Print the week's summary and return the exit code."""
    say_summary(shell.journal, shell.today, shell.settings)
    return 0

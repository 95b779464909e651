"""Completers for the journal's ids, goals and tags, imported when somebody presses Tab."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

Completer = Callable[[click.Context, click.Parameter, str], "list[CompletionItem[str]]"]


def _later(name: str) -> Completer:
    """Return a completer that imports `completion` when it is called, and never before."""

    def offer(ctx: click.Context, parameter: click.Parameter, typed: str) -> "list[CompletionItem[str]]":
        from tui.cli.shared import completion as completing  # noqa: PLC0415 - see above

        found: Completer = getattr(completing, name)
        return found(ctx, parameter, typed)

    return offer


complete_wins = _later("win_completions")
complete_goals = _later("goal_completions")
complete_tags = _later("tag_completions")
complete_trash = _later("trash_completions")
complete_backups = _later("backup_completions")
complete_sort = _later("sort_completions")

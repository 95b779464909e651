"""Completers for the journal's ids, goals and tags, imported when somebody presses Tab."""

from collections.abc import Callable
from types import ModuleType
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

Completer = Callable[[click.Context, click.Parameter, str], "list[CompletionItem[str]]"]


def _later(pick: Callable[[ModuleType], Completer]) -> Completer:
    """Return a completer that imports `completion` when it is called, and never before."""

    def offer(ctx: click.Context, parameter: click.Parameter, typed: str) -> "list[CompletionItem[str]]":
        from tui.cli.shared import completion as completing  # noqa: PLC0415 - see above

        return pick(completing)(ctx, parameter, typed)

    return offer


complete_wins = _later(lambda found: found.win_completions)
complete_goals = _later(lambda found: found.goal_completions)
complete_tags = _later(lambda found: found.tag_completions)
complete_trash = _later(lambda found: found.trash_completions)
complete_backups = _later(lambda found: found.backup_completions)
complete_sort = _later(lambda found: found.sort_completions)

"""What completion offers, looked up when somebody presses Tab: the journal's ids, goals and tags."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

Offer = Callable[[click.Context, click.Parameter, str], "list[CompletionItem[str]]"]


def _later(name: str) -> Offer:
    """Return an offer of `completing`, which is imported when somebody presses Tab and never before."""

    def offer(context: click.Context, parameter: click.Parameter, typed: str) -> "list[CompletionItem[str]]":
        from tui.cli.shared import completion as completing  # noqa: PLC0415 - see above

        found: Offer = getattr(completing, name)
        return found(context, parameter, typed)

    return offer


wins = _later("wins")
goals = _later("goals")
tags = _later("tags")
